"""Whose words a browser holds: what a form sent, and who last signed in here."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from relais.accounts.models import User
from relais.accounts.services.drafts import DAYS_KEPT, Values

READER_COOKIE = "relais_reader"
NEVER_KEPT = ("password", "pin", "token", "secret", "otp", "credential")
OURS = {"csrfmiddlewaretoken", "kept_draft"}


def typed_in(request: HttpRequest) -> Values:
    """Give what a form sent, without files and without anything that opens a door."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in OURS and not any(word in name.lower() for word in NEVER_KEPT)
        for value in values
        if value
    ]


def is_from_our_pages(request: HttpRequest) -> bool:
    """Say whether the browser vouches that a form stood on a page of ours, not of another site."""
    return request.headers.get("Sec-Fetch-Site", "") == "same-origin"


def reader_of(request: HttpRequest) -> UUID | None:
    """Give who last signed in with this browser; it says whose words these are, and lets nobody in."""
    note = request.COOKIES.get(READER_COOKIE, "")
    try:
        return UUID(signing.loads(note, salt=READER_COOKIE, max_age=timedelta(days=DAYS_KEPT)))
    except (signing.BadSignature, ValueError):
        return None


def remember_reader(response: HttpResponse, user: User) -> None:
    """Leave a signed note in the browser of who reads, so that what they type after their session ends is kept for them."""
    response.set_cookie(
        READER_COOKIE,
        signing.dumps(str(user.pk), salt=READER_COOKIE),
        max_age=timedelta(days=DAYS_KEPT),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
