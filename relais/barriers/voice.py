"""Voice notes on barriers, sealed: under the key of the person concerned, or of the organisation when there is no case.

What was said in a case is forgotten with the person. A number in front of the sealed sound says which key: 0 is the
person's, any other the version of the organisation's, so that a newer key does not make a recording unreadable.
"""

from django.conf import settings

from relais.barriers.models import Barrier
from relais.kernel import vault
from relais.people.keys import key_of

VERSION_BYTES = 4
OF_THE_PERSON = 0
LARGEST_BYTES = 2_000_000  # About ten minutes at what the page records.
BEGINNINGS = {b"OggS": "audio/ogg", b"\x1aE\xdf\xa3": "audio/webm", b"RIFF": "audio/wav", b"ID3": "audio/mpeg"}


def seal_voice(barrier: Barrier, field: str, sound: bytes) -> bytes:
    """Seal a recording."""
    if barrier.case_id:
        version, key = OF_THE_PERSON, key_of(barrier.case.person)
    else:
        version, key = _keyring().create(barrier.organisation_id)
    return version.to_bytes(VERSION_BYTES, "big") + vault.seal(key, sound, _place(barrier, field, version))


def open_voice(barrier: Barrier, field: str) -> bytes:
    """Open a recording; raise `people.keys.Forgotten` when the person it belongs to was forgotten."""
    sealed = bytes(getattr(barrier, field))
    version = int.from_bytes(sealed[:VERSION_BYTES], "big")
    of_the_person = version == OF_THE_PERSON
    key = key_of(barrier.case.person) if of_the_person else _keyring().get(barrier.organisation_id, version)
    return vault.unseal(key, sealed[VERSION_BYTES:], _place(barrier, field, version))


def media_type(sound: bytes) -> str:
    """Say what a recording is, by how it begins.

    >>> media_type(b"OggS...."), media_type(b"....ftypM4A "), media_type(b"?")
    ('audio/ogg', 'audio/mp4', 'application/octet-stream')
    """
    if sound[4:8] == b"ftyp":
        return "audio/mp4"
    return next((kind for start, kind in BEGINNINGS.items() if sound.startswith(start)), "application/octet-stream")


def _keyring() -> vault.Keyring:
    return vault.Keyring(settings.RELAIS_KEYS_DIR)


def _place(barrier: Barrier, field: str, version: int) -> vault.Aad:
    return vault.Aad("barriers.barrier", barrier.pk, field, version)
