"""A picture of someone, made small and drawn anew, so that nothing of the file it came in is left.

Only what is looked at is kept: no place, no hour, no phone, no second picture behind the first. Pillow reads the three kinds
named here and no other, because each reader of a picture is a program that a stranger feeds.
"""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from relais.kernel.sounds import NotTaken

KINDS = ("JPEG", "PNG", "WEBP")
LARGEST_BYTES = 8 * 1024 * 1024
LARGEST_PIXELS = 40_000_000
SIZE = (360, 450)
"""At most, in pixels: a face is known by it, on a screen and on a card of A6."""
QUALITY = 80


def small(data: bytes) -> bytes:
    """Give a picture as a small JPEG without anything beside it.

    >>> small(b"<svg onload='alert(1)'>")
    Traceback (most recent call last):
    relais.kernel.sounds.NotTaken: not a picture of a kind that is kept
    """
    if len(data) > LARGEST_BYTES:
        raise NotTaken("a picture too large to be read")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # counted below, by a bound of our own
            with Image.open(io.BytesIO(data), formats=KINDS) as opened:
                if opened.width * opened.height > LARGEST_PIXELS:
                    raise NotTaken("a picture too large to be read")
                opened.draft("RGB", SIZE)
                upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except UnidentifiedImageError as unknown:
        raise NotTaken("not a picture of a kind that is kept") from unknown
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as broken:
        if isinstance(broken, NotTaken):
            raise
        raise NotTaken("a damaged picture") from broken
    upright.thumbnail(SIZE)
    image = Image.new("RGB", upright.size, "white")
    image.paste(upright, mask=upright)
    written = io.BytesIO()
    image.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()
