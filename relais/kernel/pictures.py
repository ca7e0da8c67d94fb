"""What a file that was handed in really is, by how it begins; and a picture without what a phone wrote into it.

A photo taken on a phone says where and when it was taken, and on which phone. That is cut out, piece by piece, without
decoding the picture: what is shown stays the same to the last bit. Only the kinds that can be cleaned are taken; an SVG is a program,
not a picture. Formats: ITU-T T.81 annex B (JPEG), W3C PNG section 5, Google's WebP container.
"""

import struct
from collections.abc import Iterator

from relais.kernel import sounds
from relais.kernel.sounds import NotTaken

PNG = b"\x89PNG\r\n\x1a\n"
PNG_DRAWS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs", b"bKGD"}
WEBP_TELLS = {b"EXIF", b"XMP "}
START_OF_SCAN, END = 0xDA, 0xD9
NEEDED = {0xE0, 0xEE}  # JFIF and Adobe say how colours are written; all other application segments tell of the phone
SEGMENTS_THAT_TELL = ({*range(0xE0, 0xF0)} - NEEDED) | {0xFE}


def cleaned(data: bytes) -> tuple[str, bytes]:
    """Give what a file is, and the file without what tells of its maker.

    >>> cleaned(b"<svg onload='alert(1)'>")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    relais.kernel.sounds.NotTaken: ...
    """
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return "image/jpeg", b"".join(_jpeg(data))
        if data.startswith(PNG):
            return "image/png", b"".join(_png(data))
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return "image/webp", _webp(data)
    except (struct.error, IndexError) as broken:
        raise NotTaken from broken
    return sounds.kind_of(data), sounds.cleaned(data)


def _jpeg(data: bytes) -> Iterator[bytes]:
    yield data[:2]
    at = 2
    while True:
        if data[at] != 0xFF:
            raise NotTaken
        marker = data[at + 1]
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        if marker == START_OF_SCAN:
            # What follows the last scan is no picture: a second one for the phone's gallery, or another file altogether.
            yield data[at : data.index(bytes([0xFF, END]), at) + 2] if bytes([0xFF, END]) in data[at:] else data[at:]
            return
        if marker not in SEGMENTS_THAT_TELL:
            yield data[at : at + 2 + length]
        at += 2 + length


def _png(data: bytes) -> Iterator[bytes]:
    yield PNG
    at = len(PNG)
    while True:
        (length,), name = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        if name in PNG_DRAWS:
            yield data[at : at + 12 + length]
        if name == b"IEND":
            return
        at += 12 + length


def _webp(data: bytes) -> bytes:
    kept, at = bytearray(), 12
    while at < len(data):
        name, (length,) = data[at : at + 4], struct.unpack("<I", data[at + 4 : at + 8])
        end = at + 8 + length + length % 2
        if name not in WEBP_TELLS:
            kept += data[at:end]
        at = end
    if kept[:4] == b"VP8X":
        kept[8] &= ~0b1100  # it announced the pieces that are gone
    return b"RIFF" + struct.pack("<I", len(kept) + 4) + b"WEBP" + bytes(kept)
