"""The only place that asks what time it is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """Give this instant, in UTC."""
    return timezone.now()


def today(time_zone: str = "UTC") -> date:
    """Give today's date where the programme is."""
    return now().astimezone(ZoneInfo(time_zone)).date()
