"""What comes in and what may go out, in shapes all subjects share.

What goes out is a `ModelSchema` of open fields. One that also shows personal fields says so in `personal`, with the verb
that reached the row in `verb`; tests/api/test_privacy.py walks every shape and compares it with the model's `Privacy`.
"""

from base64 import b64decode
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Header, Schema
from ninja.errors import HttpError
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, ConfigDict, WithJsonSchema, model_validator

Words = dict[str, str]
"""A text by language, as in {"en": "Passport", "fr": "Passeport"}."""

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


def _within_reason(moment: datetime) -> datetime:
    if not EARLIEST <= moment.date() <= LATEST:
        raise ValueError(moment.year)
    return moment


def _opened(sent: Any) -> Any:
    return b64decode(sent, validate=True) if isinstance(sent, str) else sent


Sound = Annotated[
    bytes,
    BeforeValidator(_opened),
    Field(max_length=3_000_000),
    WithJsonSchema({"type": "string", "contentEncoding": "base64", "maxLength": 4_000_000}),
]
"""A recording, in base64; `bytes` once it is in."""
Picture = Sound
"""A picture, sent as a recording is."""
Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]
Moment = Annotated[AwareDatetime, AfterValidator(_within_reason)]
Line = Annotated[str, Field(max_length=300)]
Long = Annotated[str, Field(max_length=4000)]
Small = Annotated[int, Field(ge=0, le=32_000)]
Amount = Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=2)]
Language = Annotated[str, Field(pattern=r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})?$", max_length=12)]
Texts = Annotated[dict[Language, Long], Field(max_length=30)]


def _has_nul(value: Any) -> bool:
    """Say whether a NUL hides anywhere in what was sent: no database keeps one in a text."""
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(_has_nul(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(_has_nul(part) for part in value)


class Ask(Schema):
    """What someone sends; a name that is not asked for is refused, so that a misspelling is not lost in silence."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _clean(cls, sent: Any) -> Any:
        if isinstance(sent, dict) and _has_nul(sent):
            raise ValueError
        return sent


class Only(Schema):
    """Which rows of a list."""

    @model_validator(mode="before")
    @classmethod
    def _clean(cls, sent: Any) -> Any:
        if _has_nul({key: getattr(sent, key, None) for key in cls.model_fields}):
            raise ValueError
        return sent


class AskAgain(Ask):
    """Something new under an id its sender made, so that it can be sent twice and is there once."""

    id: UUID


class Said(Schema):
    """That something was done, where there is nothing else to tell."""

    done: bool = True


Revision = Annotated[str | None, Header(alias="If-Match")]
"""The revision of a row that its sender saw, as its ETag had it; without it nothing is compared."""


def revision_of(request: HttpRequest) -> int | None:
    """Read the revision a sender saw; refuse one that nothing ever had."""
    seen = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if seen in {"", "*"}:
        return None
    if not (seen.isascii() and seen.isdigit() and len(seen) < 10):
        raise HttpError(412, "")
    return int(seen)
