"""The card of a person as a page of A6: a large code, a QR to their own page, pictograms, in their language."""

import tomllib
from functools import cache
from pathlib import Path

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, get_language_info

from relais.kernel import papers
from relais.kernel.codes import show_code

DOCUMENTS = Path(__file__).parent / "documents"
PICTOGRAMS = ("show", "phone", "lock")


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads((DOCUMENTS / "card.toml").read_text("utf-8"))


def languages() -> list[str]:
    """List the languages a card can be printed in."""
    return list(_words())


def address_of(code: str) -> str:
    """Give what the QR holds; behind the # it stays in the phone and reaches no server and no log."""
    return f"{settings.RELAIS_PUBLIC_ADDRESS.rstrip('/')}{reverse('my:enter')}#{code}"


def pdf(code: str, language: str = "", picture: bytes = b"") -> bytes:
    """Draw the card of one code, in the person's language or the reader's, with their picture if they want it there."""
    spoken = next((one for one in (language, get_language() or "") if one in _words()), "en")
    address = address_of(code)
    card = {
        "code": show_code(code),
        "language": spoken,
        "rtl": bool(get_language_info(spoken)["bidi"]) if spoken != "tg" else False,
        "words": _words()[spoken],
        "qr": segno.make(address, error="m").svg_inline(border=0, dark="#1f2421"),
        "pictograms": {name: (DOCUMENTS / f"{name}.svg").read_text("utf-8") for name in PICTOGRAMS},
        "picture": list(picture),
        "address": address.split("#")[0].split("://")[-1],
    }
    return papers.draw(DOCUMENTS / "card.typ", card)
