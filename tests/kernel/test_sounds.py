"""A recording is taken for what is in it, and keeps nothing of where it was made."""

import struct

import pytest

from relais.kernel.sounds import NotTaken, cleaned, kind_of, played

WHERE = b"+42.8746+074.5698/"


def box(name, content=b""):
    return struct.pack(">I", 8 + len(content)) + name + content


def piece(name, content):
    return name + struct.pack("<I", len(content)) + content


def told_in_mp4():
    """Give the box a phone writes the place into, in each way it is written."""
    return box(b"udta", box(b"\xa9xyz", b"\x00\x12\x15\xc7" + WHERE) + box(b"loci", WHERE)) + box(b"meta", WHERE)


def mp4(told=b""):
    sound = box(b"trak", box(b"mdia", box(b"minf", b"") + told) + told)
    return box(b"ftyp", b"M4A ") + box(b"moov", box(b"mvhd", b"length") + sound + told) + box(b"mdat", b"voice") + told


def test_where_an_m4a_was_recorded_is_overwritten_and_the_sound_stays_where_it_was():
    recorded = mp4(told_in_mp4())
    kept = cleaned(recorded)
    assert WHERE not in kept
    assert b"xyz" not in kept
    assert (len(kept), kept.index(b"mdatvoice")) == (len(recorded), recorded.index(b"mdatvoice"))


def test_what_hides_in_a_box_of_64_bits_or_in_the_last_one_is_overwritten_too():
    large = struct.pack(">I", 1) + b"uuid" + struct.pack(">Q", 16 + len(WHERE)) + WHERE
    last = struct.pack(">I", 0) + b"free" + WHERE
    assert WHERE not in cleaned(mp4(large) + last)


def test_an_m4a_without_a_word_of_its_phone_stays_as_it_is():
    assert cleaned(mp4()) == mp4()


def test_tags_of_other_recordings_are_cut_off():
    tagged = b"ID3\x04\x00\x00" + bytes([0, 0, 0, len(WHERE)]) + WHERE + b"\xff\xfbsound" + b"TAG" + WHERE.ljust(125)
    assert cleaned(tagged) == b"\xff\xfbsound"
    wave = b"RIFF\x00\x00\x00\x00WAVE"
    kept = cleaned(wave + piece(b"fmt ", b"pcm!") + piece(b"LIST", WHERE) + piece(b"data", b"sound."))
    assert kept == b"RIFF" + struct.pack("<I", 30) + b"WAVE" + piece(b"fmt ", b"pcm!") + piece(b"data", b"sound.")


@pytest.mark.parametrize(
    ("sound", "kind"),
    [
        (b"OggS voice", "audio/ogg"),
        (b"\x1aE\xdf\xa3 voice", "audio/webm"),
        (b"#!AMR\n voice", "audio/amr"),
        (b"\xff\xf1 voice", "audio/aac"),
        (b"\xff\xfb voice", "audio/mpeg"),
        (mp4(), "audio/mp4"),
    ],
)
def test_a_recording_is_known_by_how_it_begins_and_played_as_that_and_nothing_else(sound, kind):
    assert cleaned(sound) == sound
    answer = played(sound)
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="voice.')


@pytest.mark.parametrize(
    "attack",
    [
        b"",
        b"<!doctype html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\x80\x04\x95\x1a\x00cposix\nsystem\n.",
        b"%PDF-1.7",
        b"PK\x03\x04 a bomb",
        b"\xff\xd8\xff\xe0 a picture",
        b"\x00\x00\x00\x18ftypM4A ",
        b"\x00\x00\x00\x04ftypM4A ",
        mp4() + b"<html>",
        b"ID3\x04\x00\x00\x00\x00\x00\x04 tag <script>",
        b"RIFF\x00\x00\x00\x00WAVEda",
        b"RIFF\x00\x00\x00\x00AVI ",
    ],
)
def test_what_is_no_recording_is_not_taken_whatever_it_is_called(attack):
    with pytest.raises(NotTaken):
        cleaned(attack)


def test_what_was_kept_before_anyone_looked_is_handed_out_as_a_mere_file():
    assert kind_of(b"<html>") == "application/octet-stream"
