"""Days and hours on a page are those of the programme its reader works in."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from relais.access.verbs import Verb
from relais.programmes.models import Programme


class AtTheProgrammesHour:
    """Read and write hours where the programme is: a companion who types ten o'clock means ten o'clock there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        programmes = Programme.objects.reachable_by(user, Verb.PROGRAMME_READ) if user.is_authenticated else None
        request.programme = programmes.first() if programmes is not None else None
        if request.programme is None:
            return self.get_response(request)
        with timezone.override(ZoneInfo(request.programme.time_zone)):
            return self.get_response(request)
