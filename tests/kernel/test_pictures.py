"""What is handed in as a proof is what it says it is, and tells nothing of the phone it was taken with."""

import io
import struct
import zlib

import pytest
from PIL import Image

from relais.kernel.pictures import cleaned
from relais.kernel.sounds import NotTaken

WHERE = b"GPS 42.8746 N 74.5698 E, Aizada's phone"


def drawn(kind, **more):
    """Draw a small picture, and give it as a file."""
    file = io.BytesIO()
    Image.effect_noise((32, 24), 90).convert("RGB").save(file, kind, **more)
    return file.getvalue()


def pixels(data):
    return Image.open(io.BytesIO(data)).convert("RGB").tobytes()


def png_piece(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_where_a_photo_was_taken_is_cut_out_and_the_picture_stays(kind):
    exif = Image.Exif()
    exif[0x010E] = WHERE.decode()
    taken = drawn(kind, exif=exif)
    assert WHERE in taken
    said, kept = cleaned(taken)
    assert said == f"image/{kind.lower()}"
    assert WHERE not in kept
    assert pixels(kept) == pixels(taken)


def test_comments_texts_and_whatever_hides_behind_a_picture_are_cut_off():
    jpeg = drawn("JPEG", comment=WHERE)
    assert WHERE not in cleaned(jpeg + b"PK\x03\x04" + WHERE)[1]
    png = drawn("PNG")
    told = png[:33] + png_piece(b"tEXt", b"Comment\x00" + WHERE) + png[33:] + b"<script>"
    assert cleaned(told)[1] == png


@pytest.mark.parametrize(
    "attack",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a/*<script>*/",
        b"PK\x03\x04 a bomb",
        b"%PDF-1.7",
        b"\xff\xd8\xff\xe0",
        b"\xff\xd8\xff\xe0\x00\x04ab no segment",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\x00\x00\x00\x00WEBPVP8",
    ],
)
def test_what_is_no_whole_picture_and_no_recording_is_not_taken(attack):
    with pytest.raises(NotTaken):
        cleaned(attack)
