"""What the shell of every page needs to know: who reads it, in which language, and where they can go."""

import base64
import hashlib
import hmac
from functools import cached_property
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, get_language_info

from relais.access.lock import may
from relais.access.verbs import Verb
from relais.people.visiting import is_open_in
from relais.web import navigation


def shell(request: HttpRequest) -> dict[str, "Shell"]:
    """Give every template its shell; nothing is asked of the database until it is shown."""
    return {"shell": Shell(request)}


class Shell:
    """The frame around a page, for this reader."""

    home = "/"

    def __init__(self, request: HttpRequest):
        self.request = request

    @property
    def demo(self) -> bool:
        """Say whether everyone on these pages is invented."""
        return settings.RELAIS_DEMO

    @cached_property
    def signed_in(self) -> bool:
        user = getattr(self.request, "user", None)
        return bool(user and user.is_authenticated)

    @property
    def layout(self) -> str:
        """The pages an error stands in: those someone works in, or those open to everyone."""
        return "web/page.html" if self.signed_in else "web/public.html"

    @property
    def back(self) -> str:
        """The page of ours one came from; nothing when it was elsewhere, or would lead to the same error."""
        came_from = self.request.headers.get("Referer", "")
        try:
            ours = url_has_allowed_host_and_scheme(came_from, self.request.get_host(), self.request.is_secure())
        except DisallowedHost:
            return ""
        return came_from if ours and urlsplit(came_from).path != self.request.path else ""

    @cached_property
    def own(self) -> str:
        """The page of who is here with code and PIN, for a quarter of an hour; nothing for anyone else."""
        return navigation.address("my:home") if is_open_in(self.request) else ""

    @property
    def in_own(self) -> bool:
        """Say whether this is one of the pages about oneself."""
        return self.request.path.startswith(navigation.address("my:enter") or "\0")

    @property
    def leave(self) -> str:
        return navigation.address("my:leave")

    @cached_property
    def name(self) -> str:
        """The name colleagues see."""
        return str(self.request.user)

    @cached_property
    def stages(self) -> list[navigation.Stage]:
        return navigation.stages(self.request.path, self.request.user)

    @cached_property
    def programme(self) -> navigation.Link | None:
        """The programme one works in, above the four stages."""
        found = getattr(self.request, "programme", None)
        return navigation.Link(str(found), navigation.address("programmes:detail", found.slug)) if found else None

    @cached_property
    def bar(self) -> list[navigation.Link]:
        """The bar of four, for who works with a phone beside people."""
        if not self.signed_in or not may(self.request.user, Verb.BARRIER_RECORD):
            return []
        return navigation.links(navigation.BAR, self.request.path, self.request.user)

    @cached_property
    def account(self) -> list[navigation.Link]:
        return navigation.links(navigation.ACCOUNT, self.request.path, self.request.user)

    @cached_property
    def foot(self) -> list[navigation.Link]:
        foot = navigation.OWN_FOOT if self.own else navigation.FOOT
        return navigation.links(foot, self.request.path, None)

    @property
    def sign_in(self) -> str:
        return navigation.address("account_login")

    @property
    def sign_out(self) -> str:
        return navigation.address("account_logout")

    @property
    def languages(self) -> list[tuple[str, str]]:
        return [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]

    @property
    def language_name(self) -> str:
        return get_language_info(get_language() or "en")["name_local"].capitalize()

    @cached_property
    def draft_key(self) -> str:
        """A key only this account is given, and only on this page, so that drafts left on a shared phone stay sealed.

        They do for the next reader, and for who typed them once the page is out of their reach: after they left, or after
        the person it is about was forgotten. Pages that only say that something went wrong give no key.
        """
        if not self.signed_in:
            return ""
        whose = f"drafts {self.request.user.pk} {self.request.path}"
        key = hmac.new(settings.SECRET_KEY.encode(), whose.encode(), hashlib.sha256)
        return base64.b64encode(key.digest()).decode()
