"""What a service refuses outside a form becomes a page."""

import pytest
from django.http import Http404
from django.test import RequestFactory

from relais.access.lock import OutOfReach
from relais.kernel.refusals import Refusal
from relais.web.refusals import AnswerRefusals


@pytest.fixture
def answer(rf, companion):
    """Say what a page answers that met this exception."""

    def answering(exception):
        request = RequestFactory().post("/")
        request.user = companion
        return AnswerRefusals(lambda _request: None).process_exception(request, exception)

    return answering


def test_what_is_out_of_reach_does_not_exist(answer):
    with pytest.raises(Http404):
        answer(OutOfReach("You cannot do this here."))


def test_a_refusal_says_what_why_and_what_next(answer):
    response = answer(Refusal("It is already decided.", "The office accepted it.", "Open the case."))
    page = response.content.decode()
    assert response.status_code == 409
    assert all(words in page for words in ("It is already decided.", "The office accepted it.", "Open the case."))


def test_a_mistake_of_ours_stays_a_mistake(answer):
    assert answer(ValueError("ours")) is None
