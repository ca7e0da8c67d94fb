"""A version out of force without another in its place: why, from when, and what becomes of those on their way."""

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from relais.access.lock import OutOfReach
from relais.kernel.refusals import Refusal
from relais.roundtables import services
from relais.roundtables.models import Notice
from relais.roundtables.sentences import notice_words
from tests.cases.factories import CaseFactory


@pytest.fixture
def retire(place):
    def at(**more):
        said = {
            "version": place.in_force,
            "reason": "The law was repealed.",
            "open_cases": "finish",
            "by": place.official,
        }
        return services.retire_procedure(**said | more)

    return at


def test_who_accompanies_people_through_it_learns_why_and_what_becomes_of_them(place, retire):
    for _person in range(2):
        CaseFactory(
            organisation=place.sairon, programme=place.programme, procedure=place.procedure, version=place.in_force,
            companion=place.companion,
        )  # fmt: skip
    retired = retire()
    assert (retired.state, retired.retired_because) == ("retired", "The law was repealed.")
    said = notice_words(Notice.objects.get(kind="retired", user=place.companion))
    assert "The law was repealed. Your people on their way (2) go on under it until they are decided." in said


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"reason": " "}, "why it is retired"),
        ({"open_cases": ""}, "what becomes"),
        ({"on": "2027-01-01"}, "another day"),
    ],
)
def test_it_needs_its_reason_a_day_gone_by_and_a_word_on_open_cases(retire, wrong, words):
    from datetime import date

    if "on" in wrong:
        wrong = {"on": date.fromisoformat(wrong["on"])}
    with pytest.raises(Refusal, match=words):
        retire(**wrong)


def test_only_the_authority_that_answers_for_it_retires_it(place, retire):
    with pytest.raises(OutOfReach):
        retire(by=place.coordinator)


def test_an_official_retires_it_from_the_page_of_the_version(place, client):
    client.force_login(place.official)
    version = reverse("procedures:version", args=[place.in_force.pk])
    address = reverse("roundtables:retire", args=[place.in_force.pk])
    assert address in client.get(version).content.decode()
    client.post(address, {"on": "2026-11-15", "reason": "The law was repealed.", "open_cases": "stop"})
    shown = client.get(version).content.decode()
    assert "Retired on" in shown
    assert "The law was repealed." in shown
    assert "are not decided any more" in shown


def test_the_day_is_filled_in_whatever_the_language(place, sign_in):
    address = reverse("roundtables:retire", args=[place.in_force.pk])
    for language in ("en", "fr", "ar"):
        seen = sign_in(place.official).get(address, headers={"Accept-Language": language}).content.decode()
        assert 'value="2026-11-15"' in seen, language


def test_how_many_are_on_their_way_is_told_as_figures_of_drafts_are(place, sign_in):
    at = {"organisation": place.sairon, "programme": place.programme, "procedure": place.procedure}
    address = reverse("roundtables:retire", args=[place.in_force.pk])

    def told():
        return " ".join(strip_tags(sign_in(place.official).get(address).content.decode()).split())

    assert "Fewer than 10 people, or nobody, were on their way under it on" in told()
    CaseFactory.create_batch(9, **at)
    assert "Fewer than 10 people, or nobody," in told(), "held still until ten changed"
    CaseFactory.create_batch(8, **at)
    assert "At least 10 people were on their way under it" in told(), "rounded down"
    type(place.programme).objects.update(threshold=0)
    assert "At least 17 people" in told()
