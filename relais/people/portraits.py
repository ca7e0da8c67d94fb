"""A picture of someone, made small and drawn anew, so that nothing of the file it came in is left.

Only what is looked at is kept: no place, no hour, no phone, no second picture behind the first. Pillow reads the three kinds
named here and no other, because each reader of a picture is a program that a stranger feeds.
"""

import io
import struct
import warnings
import zlib

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from relais.kernel.refusals import Refusal

KINDS = ("JPEG", "PNG", "WEBP")
LARGEST_BYTES = 8 * 1024 * 1024
LARGEST_PIXELS = 40_000_000
SIZE = (360, 450)
"""At most, in pixels: a face is known by it, on a screen and on a card of A6."""
QUALITY = 80


# What a damaged or hostile file makes its reader stumble over.
BROKEN = (
    *(OSError, EOFError, SyntaxError, ValueError, LookupError, TypeError, ArithmeticError),
    *(struct.error, zlib.error, Image.DecompressionBombError),
)


class NoPicture(Refusal):
    """The file is not a picture of a kind that is kept."""

    def __init__(self) -> None:
        super().__init__(
            _("This file is not a picture that can be kept."),
            why=_("It is damaged, too large, or of another kind than JPEG, PNG and WebP."),
            next=_("Take the picture again, or choose another file."),
        )


def small(data: bytes) -> bytes:
    """Give a picture as a small JPEG without anything beside it.

    >>> small(b"<svg onload='alert(1)'>")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    relais.people.portraits.NoPicture: ...
    """
    if len(data) > LARGEST_BYTES:
        raise NoPicture
    try:
        upright = _opened(data)
    except BROKEN as broken:
        raise NoPicture from broken
    upright.thumbnail(SIZE)
    image = Image.new("RGB", upright.size, "white")
    image.paste(upright, mask=upright)
    written = io.BytesIO()
    image.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()


def _opened(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # pixels are counted here, by a bound of our own; damage is refused, not remarked
        with Image.open(io.BytesIO(data), formats=KINDS) as opened:
            if opened.width * opened.height > LARGEST_PIXELS:
                raise NoPicture
            opened.draft("RGB", SIZE)
            return ImageOps.exif_transpose(opened).convert("RGBA")
