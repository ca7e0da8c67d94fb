"""In the studio an official ticks a change and reads at once whom it lets through and whom it shuts out."""

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from relais.procedures import services as procedures
from relais.procedures.models import ProcedureVersion
from relais.procedures.rows import terms_of
from tests.cases.factories import CaseFactory
from tests.procedures.factories import unmet

HTMX = {"HTTP_HX_REQUEST": "true"}


def address(name, draft):
    return reverse(f"roundtables:{name}", args=[draft.pk])


def text(response):
    return " ".join(strip_tags(response.content.decode().replace("<", " <")).split())


def asked(draft, key):
    content = terms_of(ProcedureVersion.objects.with_everything().get(pk=draft.pk))
    return next((each for _, each in content.asked() if each.key == key), None)


@pytest.fixture
def stopped(place):
    """Twelve people who cannot get a birth certificate and have two witnesses, and someone elsewhere."""
    at = {"organisation": place.sairon, "programme": place.programme, "procedure": place.procedure}
    for _number in range(12):
        CaseFactory(**at, papers={"photo": 1, "birth-certificate": 2, "two-witnesses": 1})
    CaseFactory(papers={"photo": 1})


def test_the_draft_stands_beside_the_rule_of_today(place, draft, stopped, sign_in):
    seen = text(sign_in(place.official).get(address("studio", draft)))
    assert "Two witnesses" in seen
    assert "Required by law" in seen
    assert "Let through 10" in seen
    assert "stops 10" in seen


def test_a_tick_changes_the_draft_and_the_figures_at_once(place, draft, stopped, sign_in):
    page = sign_in(place.official)
    answer = page.post(address("tick", draft), {"tick": "refuse birth two-witnesses"}, **HTMX)
    assert asked(draft, "birth").lists == (frozenset({"birth-certificate"}),)
    assert answer.status_code == 200
    assert "Let through 0" in text(answer)
    assert "no longer accepted" not in text(answer), "it never was accepted in the rule of today"


def test_a_tick_works_without_a_script(place, draft, stopped, sign_in):
    page = sign_in(place.official)
    answer = page.post(address("tick", draft), {"tick": "drop birth"})
    assert answer.status_code == 302
    assert answer.url == address("studio", draft)
    assert asked(draft, "birth") is None
    assert "no longer asked" in text(page.get(answer.url))


def test_what_may_not_be_ticked_is_said_where_one_looks(place, draft, sign_in):
    page = sign_in(place.official)
    assert "cannot be dropped" in text(page.post(address("tick", draft), {"tick": "drop face"}, **HTMX))
    assert "cannot be dropped" in text(page.post(address("tick", draft), {"tick": "drop face"}, follow=True))


@pytest.mark.parametrize("said", ["", "dance birth", "accept birth of-another-procedure", "drop birth;face"])
def test_a_tick_no_button_makes_changes_nothing(place, draft, sign_in, said):
    before = asked(draft, "birth")
    answer = sign_in(place.official).post(address("tick", draft), {"tick": said}, **HTMX)
    assert "could not be read" in text(answer)
    assert asked(draft, "birth") == before


def test_a_stranger_and_a_companion_find_no_studio(place, draft, sign_in):
    for who in (place.stranger, place.companion):
        page = sign_in(who)
        assert page.get(address("studio", draft)).status_code == 404
        assert page.post(address("tick", draft), {"tick": "drop birth"}).status_code == 404
        assert page.get(address("brief", draft)).status_code == 404
    assert asked(draft, "birth") is not None


def test_the_studio_shows_steps_taken_out_and_put_in(place, draft, sign_in):
    page = sign_in(place.official)
    page.post(address("tick", draft), {"tick": "drop_step collect"})
    procedures.add_step(version=draft, names={"en": "Listen"}, by=place.official)
    seen = text(page.get(address("studio", draft)))
    assert "taken out" in seen
    assert "Listen" in seen
    assert "Bring the step back" in seen


def test_who_asks_something_of_others_is_shown_beside_today(place, draft, sign_in):
    face = next(each for step in draft.steps.all() for each in step.requirements.all() if each.key == "face")
    procedures.relax_condition(requirement=face, condition=(), by=place.official)
    seen = text(sign_in(place.official).get(address("studio", draft)))
    assert "Asked of everyone. Today: only if age is 16 or more." in seen


def test_from_the_studio_one_comes_back_to_the_studio(place, draft, sign_in):
    page = sign_in(place.official)
    form = reverse("procedures:requirement_accept", args=[draft.pk, "birth"]) + "?from=studio"
    assert address("studio", draft) in page.get(form).content.decode()
    paper = place.procedure.evidence_types.get(key="photo")
    assert page.post(form, {"evidence_types": [str(paper.pk)]}).url == address("studio", draft)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_brief_is_two_pages_in_each_language(place, draft, stopped, sign_in, language):
    page = sign_in(place.official)
    page.cookies["relais_language"] = language
    answer = page.get(address("brief", draft))
    drawn = answer.content
    assert drawn.startswith(b"%PDF")
    assert drawn.count(b"/Type /Page\n") + drawn.count(b"/Type/Page/") + drawn.count(b"/Type /Page /") in (0, 2)
    assert answer["Cache-Control"] == "no-store"


def test_a_tick_asks_the_same_number_of_questions_however_many_people(
    place, draft, stopped, sign_in, django_assert_max_num_queries
):
    page = sign_in(place.official)
    page.get(address("studio", draft))
    with django_assert_max_num_queries(30):
        page.get(address("studio", draft))


@pytest.mark.parametrize("where", ["studio", "draft", "best", "burden"])
def test_what_is_wrong_with_a_draft_is_said_above_its_figures(place, draft, stopped, sign_in, where):
    unmet(draft, by=place.coordinator)
    seen = text(sign_in(place.coordinator).get(address(where, draft)))
    assert "Nobody can meet “Not a refugee”: no proof is accepted." in seen
    assert "Taken together, the exclusions turn everyone away" in seen
    assert "“A low rent” depends on “rent”, which is known of nobody" in seen
    assert "depends on “status”" in seen, "nobody here was asked about it"
