"""Slows down who guesses passwords, without locking out anyone else and without keeping who tried from where.

django-axes counts wrong passwords for one name from one address. Whoever guesses from elsewhere pauses only themselves, so
nobody can keep a colleague out. Both are kept as keyed digests: a seized database tells neither names typed nor addresses.
"""

import hashlib
import hmac
from collections.abc import Mapping
from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.http import HttpRequest, QueryDict


def name_tried(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """Give the digest of the sign-in name someone tried; letters count the same in any case."""
    typed = (credentials or {}).get("username") or request.POST.get("login") or ""
    return _digest(str(typed).strip().casefold()).hex()


def place_tried_from(request: HttpRequest) -> str:
    """Give the digest of the network a try came from, in the form of an address, which is what django-axes stores."""
    return str(IPv6Address(_digest(_network(_address(request)))))


class Handler(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts wrong passwords and keeps nothing else of the request."""

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        """Count one more, without the browser, the page and the fields django-axes would write down."""
        if request is None:
            return
        for detail in ("axes_user_agent", "axes_http_accept", "axes_path_info"):
            setattr(request, detail, "")
        asked, typed = request.GET, request.POST
        request.GET = request.POST = QueryDict()  # type: ignore[assignment]
        try:
            super().user_login_failed(sender, credentials, request, **kwargs)
        finally:
            request.GET, request.POST = asked, typed  # type: ignore[assignment]


def _address(request: HttpRequest) -> str:
    """Give the address of who asks: behind proxies of ours, the one the outermost of them saw."""
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    trusted = settings.RELAIS_PROXIES
    if trusted and len(hops) >= trusted:
        return str(hops[-trusted]).strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _network(address: str) -> str:
    """Give the home an address belongs to: whoever has one IPv6 address has 18 billion billion of them.

    >>> _network("2001:db8::1") == _network("2001:db8::ffff")
    True
    """
    try:
        return str(IPv4Address(address))
    except AddressValueError:
        pass
    try:
        return str(IPv6Network((address, 64), strict=False))
    except ValueError:
        return address


def _digest(words: str) -> bytes:
    key = f"relais.accounts.lockout {settings.SECRET_KEY}".encode()
    return hmac.new(key, words.encode(), hashlib.sha256).digest()[:16]
