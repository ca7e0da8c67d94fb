"""Pages for when something went wrong: what happened, what to do next, and the way back for whoever reads them."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

log = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request could not be read."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this is not open to this account."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing here, or nothing within reach."""
    return render(request, "404.html", status=404)


def only_a_button(request: HttpRequest, allowed: str) -> HttpResponse:
    """Say that an address only takes what a button sends: it was opened from the history, or after signing in again."""
    response = render(request, "405.html", status=405)
    response["Allow"] = allowed
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault and nothing typed is lost; on a bare page if even the usual one cannot be drawn."""
    try:
        return render(request, "500.html", status=500)
    except Exception:
        log.exception("The page that says something went wrong could not be drawn.")
        return HttpResponse(render_to_string("500_bare.html"), status=500)
