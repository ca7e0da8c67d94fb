"""Voice notes on barriers: how long they may be, and what kind of sound they are; `sealing.py` keeps them."""

LARGEST_BYTES = 2_000_000  # About ten minutes at what the page records.
BEGINNINGS = {b"OggS": "audio/ogg", b"\x1aE\xdf\xa3": "audio/webm", b"RIFF": "audio/wav", b"ID3": "audio/mpeg"}


def media_type(sound: bytes) -> str:
    """Say what a recording is, by how it begins.

    >>> media_type(b"OggS...."), media_type(b"....ftypM4A "), media_type(b"?")
    ('audio/ogg', 'audio/mp4', 'application/octet-stream')
    """
    if sound[4:8] == b"ftyp":
        return "audio/mp4"
    return next((kind for start, kind in BEGINNINGS.items() if sound.startswith(start)), "application/octet-stream")
