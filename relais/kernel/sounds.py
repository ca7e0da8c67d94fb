"""What a recording that was handed in really is, by what is in it; and the recording without what a phone wrote into it.

A phone may note in a recording where it was made (`©xyz`, `loci`) and what its owner called it. That is cut out, or overwritten
where places in the file must stay: what is heard stays the same to the last bit. Formats: ISO 14496-12 (MP4), id3.org (MP3), RIFF (WAV).
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from relais.kernel.refusals import Refusal

BEGINNINGS = {
    b"OggS": "audio/ogg",
    b"\x1aE\xdf\xa3": "audio/webm",
    b"#!AMR": "audio/amr",
    b"ID3": "audio/mpeg",
    b"\xff\xfb": "audio/mpeg",
    b"\xff\xf1": "audio/aac",
    b"\xff\xf9": "audio/aac",
}
SUFFIXES = {"audio/mp4": "m4a", "audio/mpeg": "mp3"}
BOXES_OF_BOXES = {b"moov", b"trak", b"mdia", b"minf", b"moof", b"traf"}
BOXES_THAT_TELL = {b"udta", b"meta", b"uuid", b"free", b"skip", b"wide", b"pdin"}
WAVE_SOUNDS = {b"fmt ", b"fact", b"data"}
HEAD = 8
LARGEST = 2_000_000  # About ten minutes at what the page records.


class NotTaken(Refusal):
    """The file is neither a picture nor a recording of a kind that is kept."""

    def __init__(self) -> None:
        super().__init__(
            _("This file is neither a picture nor a recording that can be kept."),
            next=_("Take the photo or the recording again, or choose another file."),
        )


def kind_of(sound: bytes) -> str:
    """Say what a recording is, by how it begins; never something a browser would run.

    >>> kind_of(b"OggS...."), kind_of(b"....ftypM4A "), kind_of(b"<html>")
    ('audio/ogg', 'audio/mp4', 'application/octet-stream')
    """
    if sound[4:HEAD] == b"ftyp":
        return "audio/mp4"
    if sound[:4] == b"RIFF" and sound[HEAD:12] == b"WAVE":
        return "audio/wav"
    return next((kind for start, kind in BEGINNINGS.items() if sound.startswith(start)), "application/octet-stream")


def cleaned(sound: bytes) -> bytes:
    """Give a recording without what tells where, when or by whom it was made; refuse what is no recording."""
    kind = kind_of(sound)
    try:
        if kind == "audio/mp4":
            kept = bytearray(sound)
            _blank(kept, 0, len(kept))
            return bytes(kept)
        if kind == "audio/wav":
            pieces = b"".join(_wave(sound))
            return b"RIFF" + struct.pack("<I", len(pieces) + 4) + b"WAVE" + pieces
        if kind == "audio/mpeg":
            return _untagged(sound)
    except (struct.error, IndexError) as broken:
        raise NotTaken from broken
    if kind == "application/octet-stream":
        raise NotTaken
    return sound


def read(file: BinaryIO | None) -> bytes:
    """Read what was handed in, and no more of it than is enough to say that it is too long."""
    return file.read(LARGEST + 1) if file else b""


def played(sound: bytes) -> HttpResponse:
    """Send a recording to be heard: as the sound it is, as a file and nothing else, and kept by no browser."""
    kind = kind_of(sound)
    name = f"voice.{SUFFIXES.get(kind, kind.partition('/')[2])}"
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(sound, content_type=kind, headers=headers)


def _blank(kept: bytearray, at: int, end: int) -> None:
    """Overwrite boxes that tell of the phone; none changes its place, since others say where the sound lies."""
    while at < end:
        (size,), name = struct.unpack(">I", kept[at : at + 4]), bytes(kept[at + 4 : at + HEAD])
        head = HEAD
        if size == 1:
            (size,), head = struct.unpack(">Q", kept[at + HEAD : at + 2 * HEAD]), 2 * HEAD
        size = size or end - at
        if size < head or at + size > end:
            raise NotTaken
        if name in BOXES_OF_BOXES:
            _blank(kept, at + head, at + size)
        elif name in BOXES_THAT_TELL:
            kept[at + 4 : at + HEAD] = b"free"
            kept[at + head : at + size] = bytes(size - head)
        at += size


def _wave(sound: bytes) -> Iterator[bytes]:
    at = 12
    while at < len(sound):
        name, (length,) = sound[at : at + 4], struct.unpack("<I", sound[at + 4 : at + HEAD])
        end = at + HEAD + length + length % 2
        if name in WAVE_SOUNDS:
            yield sound[at:end]
        at = end


def _untagged(sound: bytes) -> bytes:
    if sound.startswith(b"ID3"):
        size = 0
        for byte in sound[6:10]:
            size = size << 7 | byte & 0x7F
        sound = sound[10 + size :]
    if sound[-128:-125] == b"TAG":
        sound = sound[:-128]
    if sound[:1] != b"\xff":
        raise NotTaken
    return sound
