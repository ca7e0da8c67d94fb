"""Every operation there is, and how they are described."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from relais.api import (
    agenda,
    barriers,
    candidates,
    cases,
    commitments,
    complaints,
    consents,
    consultations,
    courses,
    decisions,
    dossiers,
    drafts,
    duplicates,
    groups,
    identities,
    meetings,
    members,
    messages,
    needs,
    news,
    offices,
    organisations,
    packs,
    people,
    places,
    plans,
    procedures,
    programmes,
    progress,
    referrals,
    reports,
    series,
    versions,
    voices,
)
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
SUBJECTS = (
    organisations,
    members,
    programmes,
    places,
    people,
    identities,
    duplicates,
    consents,
    messages,
    complaints,
    procedures,
    versions,
    drafts,
    offices,
    courses,
    cases,
    progress,
    plans,
    referrals,
    dossiers,
    barriers,
    groups,
    voices,
    needs,
    candidates,
    meetings,
    series,
    agenda,
    consultations,
    decisions,
    commitments,
    news,
    reports,
    packs,
)
for subject in SUBJECTS:
    api.add_router("", subject.router)


@csrf_exempt
@login_not_required
def nowhere(request: HttpRequest) -> HttpResponse:
    """Say, to a program too, that there is nothing at this address."""
    return problem(404)


def speaking(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let an operation ask for a token or a session itself, and answer in problems where the framework has none."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def operation(request: HttpRequest, **names: Any) -> HttpResponse:
        response = view(request, **names)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        refused = problem(HTTPStatus.METHOD_NOT_ALLOWED)
        refused["Allow"] = response["Allow"]
        return refused

    return operation


_operations, _name, _namespace = api.urls
for _pattern in _operations:
    _pattern.callback = speaking(_pattern.callback)
urlpatterns = [path("", (_operations, _name, _namespace)), re_path("", nowhere)]
