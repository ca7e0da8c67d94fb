"""What the shell needs on every page."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give what the rail, the bar and the account menu show."""
    return {}
