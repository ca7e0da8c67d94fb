"""Every operation there is, and how they are described."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from relais.api import consents, identities, messages, organisations, people, places, programmes
from relais.api.auth import PerAccount, Session, Token
from relais.api.problems import problem
from relais.api.schema import Described

api = Described(
    title="Relais",
    version="1",
    description="Where volunteers and public authorities co-create public services.",
    docs_url=None,
    auth=[Token(), Session()],
    throttle=PerAccount(settings.RELAIS_API_RATE),
)
for subject in (organisations, programmes, places, people, identities, consents, messages):
    api.add_router("", subject.router)


@csrf_exempt
@login_not_required
def nowhere(request: HttpRequest) -> HttpResponse:
    """Say, to a program too, that there is nothing at this address."""
    return problem(404)


_operations, _name, _namespace = api.urls
for _pattern in _operations:
    login_not_required(_pattern.callback)  # each operation asks for a token or a session itself
urlpatterns = [path("", (_operations, _name, _namespace)), re_path("", nowhere)]
