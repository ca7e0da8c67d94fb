"""What ISO 3166 and Unicode say of a country: its names, its subdivisions, and Kosovo, which the standard leaves out.

Country names come from Unicode CLDR through Babel, which says them as people do; names of subdivisions come from
ISO 3166-2 through pycountry, in the languages it has been translated to.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from gettext import NullTranslations, translation
from typing import Any

import pycountry
from babel import Locale, UnknownLocaleError

LANGUAGES = ("en", "fr", "ar", "ru")

# The standard has no code for it; XK is the user-assigned code the United Nations, the EU and CLDR use.
KOSOVO = "XK"
KOSOVO_NOTE = {
    "en": "References to Kosovo are to be understood in the context of United Nations Security Council resolution 1244 (1999).",
    "fr": "Toute mention du Kosovo s'entend au sens de la résolution 1244 (1999) du Conseil de sécurité des Nations Unies.",
    "ar": "تُفهم الإشارات إلى كوسوفو في سياق قرار مجلس الأمن التابع للأمم المتحدة 1244 (1999).",
    "ru": "Упоминания Косово следует понимать в контексте резолюции 1244 (1999) Совета Безопасности Организации Объединенных Наций.",
}


@dataclass(frozen=True)
class Place:
    """A country or one of its subdivisions, as the standard describes it."""

    code: str
    names: dict[str, str]
    kind: str
    parent: str | None = None


class NoSuchCountry(LookupError):
    """The code is not one of ISO 3166-1, nor Kosovo's."""


def country(code: str, languages: Sequence[str] = LANGUAGES) -> Place:
    """Describe a country by its two-letter code.

    >>> country("KG").names["fr"], country("XK").names["en"]
    ('Kirghizstan', 'Kosovo')
    """
    listed = pycountry.countries.get(alpha_2=code)
    if code != KOSOVO and not listed:
        raise NoSuchCountry(code)
    names = {language: name for language in languages if (name := _cldr_name(code, language))}
    return Place(code, names or {"en": listed.name if listed else code}, "country")


def subdivisions(code: str, languages: Sequence[str] = LANGUAGES) -> Iterator[Place]:
    """Describe what a country is divided into, a region before what is inside it.

    >>> [place.code for place in subdivisions("KG")][:2]
    ['KG-B', 'KG-C']
    """
    found = sorted(_listed_under(code), key=lambda part: part.code)
    catalogues = {language: _catalogue(language) for language in languages}
    waiting, told = {part.code: part for part in found}, {code}
    while waiting:
        ready = [part for part in waiting.values() if (part.parent_code or code) in told]
        if not ready:  # A parent the standard names but does not list.
            ready = list(waiting.values())
        for part in ready:
            parent = part.parent_code if part.parent_code in told else code
            told.add(part.code)
            del waiting[part.code]
            yield Place(part.code, _names(part.name, catalogues), part.type.lower(), parent)


def _listed_under(code: str) -> list[Any]:
    return list(pycountry.subdivisions.get(country_code=code) or [])  # type: ignore[no-untyped-call]


def _names(english: str, catalogues: dict[str, NullTranslations]) -> dict[str, str]:
    names = {"en": english}
    for language, catalogue in catalogues.items():
        translated = catalogue.gettext(english)
        if translated != english:
            names[language] = translated
    return names


def _catalogue(language: str) -> NullTranslations:
    return translation("iso3166-2", pycountry.LOCALES_DIR, languages=[language], fallback=True)


def _cldr_name(code: str, language: str) -> str | None:
    try:
        return Locale(language).territories.get(code)
    except UnknownLocaleError:
        return None
