"""Turns a refusal no form was there to show into a page: out of reach does not exist, anything else says what to do."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from relais.access.lock import OutOfReach
from relais.kernel.refusals import Refusal
from relais.web.errors import only_a_button


class AnswerRefusals:
    """Answer what a service refused outside a form, after its transaction was undone; and what a browser asked wrongly."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            return only_a_button(request, response.headers.get("Allow", ""))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Give 404 for what is out of reach, and a page with the reason for any other refusal."""
        if isinstance(exception, OutOfReach):
            raise Http404 from exception
        if isinstance(exception, Refusal):
            return render(request, "web/refused.html", {"refusal": exception}, status=409)
        return None
