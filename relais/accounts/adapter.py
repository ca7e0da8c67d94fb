"""How signing in differs from allauth's default: nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from an invitation, never from an open form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Close the open sign-up form."""
        return False
