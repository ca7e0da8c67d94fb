"""How signing in differs from allauth's default: nobody signs up by themselves, and one rule counts wrong passwords."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from an invitation, never from an open form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Close the open sign-up form."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave the counting of wrong passwords to lockout.py: allauth counts by name alone, and so would lock others out."""
