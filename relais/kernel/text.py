"""Text that exists in several languages, and which of them to show."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _

FALLBACKS = ("en", "fr", "ru")


def pick(text: Mapping[str, str] | str | None, language: str | None = None) -> str:
    """Give the text in the reader's language, else in the first language it has.

    >>> pick({"en": "Birth certificate", "fr": "Acte de naissance"}, "fr")
    'Acte de naissance'
    >>> pick({"ru": "Паспорт"}, "ar")
    'Паспорт'
    >>> pick({}, "fr")
    ''
    """
    if not text:
        return ""
    if isinstance(text, str):
        return text
    wanted = (language or get_language() or "en").split("-")[0]
    for code in (wanted, *FALLBACKS):
        if text.get(code):
            return text[code]
    return next((words for words in text.values() if words), "")


def apart(words: object) -> str:
    """Set words apart in their own direction, so that the quotation marks around them stay where they belong.

    >>> ascii(apart("Yes.")) == ascii(chr(0x2068) + "Yes." + chr(0x2069))
    True
    """
    return f"\u2068{words}\u2069"


def day_in_words(day: date) -> str:
    """Say a day as the reader's language does: 12 March 2026; in French, the first of a month is the 1er."""
    words = date_format(day, "DATE_FORMAT")
    return words.replace("1 ", "1er ", 1) if day.day == 1 and (get_language() or "").startswith("fr") else words


def moment_in_words(at: datetime) -> str:
    """Say a day and an hour, as its own clock shows them: 12 March 2026, 14:05."""
    comma = "، " if get_language_bidi() else ", "
    return comma.join([day_in_words(at.date()), date_format(at, "H:i")])


def is_translated(value: Any) -> None:
    """Refuse anything but a mapping of language codes to words."""
    if not isinstance(value, dict) or not all(isinstance(k, str) and isinstance(v, str) for k, v in value.items()):
        raise ValidationError(_("This text must be given by language, for example English and French."))


class TranslatedField(models.JSONField):
    """Text by language, as in {"en": "Passport", "fr": "Passeport"}."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("validators", [is_translated])
        super().__init__(*args, **kwargs)
