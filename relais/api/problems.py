"""Problems as RFC 9457 has them: what happened, and what to do next, in the reader's language."""

import json
import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja.errors import HttpError, Throttled, ValidationError

from relais.access.lock import OutOfReach
from relais.kernel.refusals import Conflict, Refusal, Words

logger = logging.getLogger(__name__)

NAMES = {
    400: "unreadable",
    401: "not-signed-in",
    403: "forged",
    404: "not-found",
    405: "not-done-so",
    409: "refused",
    412: "changed",
    413: "too-large",
    422: "invalid",
    429: "too-many",
    500: "broken",
}
TITLES = {
    400: gettext_lazy("This request cannot be read."),
    401: gettext_lazy("Sign in first."),
    403: gettext_lazy("This request did not come from our own page."),
    404: gettext_lazy("There is nothing here, or nothing within your reach."),
    405: gettext_lazy("This cannot be done here."),
    409: gettext_lazy("This cannot be done as things stand."),
    412: gettext_lazy("Someone else changed this first."),
    413: gettext_lazy("This is too large."),
    422: gettext_lazy("Something in the request is missing or wrong."),
    429: gettext_lazy("Too many requests."),
    500: gettext_lazy("Something went wrong on our side."),
}
NEXT = {
    400: gettext_lazy("Send JSON, in UTF-8."),
    401: gettext_lazy("Send the token of your organisation as “Authorization: Bearer …”."),
    403: gettext_lazy("Send the CSRF token of the session, or use a token of your organisation."),
    404: gettext_lazy("Check the address, or ask your coordinator whether your role reaches it."),
    405: gettext_lazy("See what each address offers in /api/openapi.json."),
    412: gettext_lazy("Read it again, then repeat the change if it still holds."),
    413: gettext_lazy("Send less at a time."),
    422: gettext_lazy("Correct the fields named, and send it again."),
    429: gettext_lazy("Wait a moment, then go on."),
    500: gettext_lazy("Try again later; sending the same id twice does no harm."),
}
FAULTS = {
    "missing": gettext_lazy("This is missing."),
    "extra_forbidden": gettext_lazy("Nothing of this name is asked."),
    "literal_error": gettext_lazy("This is not one of the words known here."),
    "string_too_long": gettext_lazy("This is too long."),
    "string_too_short": gettext_lazy("This is too short."),
    "uuid_parsing": gettext_lazy("This is not an identifier."),
    "less_than_equal": gettext_lazy("This is too much."),
    "greater_than_equal": gettext_lazy("This is too little."),
    "too_long": gettext_lazy("There are too many."),
    "too_short": gettext_lazy("There are too few."),
    "unknown": gettext_lazy("There is nothing here, or nothing within your reach."),
}


class Unknown(Exception):
    """Something a body names does not exist within reach."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(field)


def problem(status: int, *, detail: Words = "", next: Words = "", **more: Any) -> HttpResponse:
    """Give a problem its status, its name, its sentence, and what to do next."""
    said: dict[str, Any] = {
        "type": f"urn:relais:{NAMES[status]}",
        "title": str(TITLES[status]),
        "status": status,
        "detail": str(detail or TITLES[status]),
        "next": str(next or NEXT.get(status, "")),
        **more,
    }
    body = json.dumps(said, ensure_ascii=False)
    response = HttpResponse(body, status=status, content_type="application/problem+json")
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="relais"'
    return response


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    detail = " ".join(str(part) for part in (refusal.what, refusal.why) if part)
    status = 412 if isinstance(refusal, Conflict) and "If-Match" in request.headers else 409
    more = {"type": "urn:relais:conflict"} if isinstance(refusal, Conflict) and status == 409 else {}
    response = problem(status, detail=detail, next=refusal.next)
    if more:
        response.content = json.dumps({**json.loads(response.content), **more}, ensure_ascii=False)
    return response


def _invalid(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    faults = [{"field": _place(each["loc"]), "what": _fault(each["type"])} for each in wrong.errors]
    return problem(422, errors=faults)


def _place(where: tuple[Any, ...]) -> str:
    """Name a field as the sender wrote it: without where it was read from."""
    return ".".join(str(part) for part in where[1:] if part not in {"ask", "page", "only"})


def _fault(kind: str) -> str:
    return str(FAULTS.get(kind) or _("This is not what is asked here."))


def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    status = error.status_code if error.status_code in TITLES else 400
    return problem(status)


def _too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    response = problem(429)
    response["Retry-After"] = str(int(error.wait or 1) + 1)
    return response


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say that it is our fault; what it was is for the log alone."""
    logger.error(
        "An API operation failed: %s %s",
        request.method,
        request.resolver_match.route if request.resolver_match else "",
        exc_info=error,
    )
    return problem(500)


def _unknown(request: HttpRequest, error: Unknown) -> HttpResponse:
    return problem(422, errors=[{"field": error.field, "what": _fault("unknown")}])


def _nothing_here(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(404)


def _too_large(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(413)


SPOKEN: dict[type[Exception], Callable[..., HttpResponse]] = {
    Refusal: _refused,
    OutOfReach: _nothing_here,
    Http404: _nothing_here,
    RequestDataTooBig: _too_large,
    ValidationError: _invalid,
    Unknown: _unknown,
    HttpError: _http,
    Throttled: _too_many,
    Exception: _broken,
}
