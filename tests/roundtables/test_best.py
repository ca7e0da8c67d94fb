"""The desk finds the few changes that let most people through, says why they are those, and takes them into the draft."""

from dataclasses import replace

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import strip_tags

from relais.kernel.refusals import Refusal
from relais.procedures.actions import drop
from relais.procedures.limits import Floor
from relais.procedures.models import ProcedureVersion
from relais.procedures.rows import terms_of
from relais.procedures.services import accept_list, add_requirement, draft_version
from relais.procedures.simplify import solve
from relais.roundtables.best import BestChanges, Wish
from relais.roundtables.forms import WishForm
from relais.roundtables.replays import DraftReplay
from tests.cases.factories import CaseFactory, known


def address(name, draft):
    return reverse(f"roundtables:{name}", args=[draft.pk])


def text(response):
    return " ".join(strip_tags(response.content.decode().replace("<", " <")).split())


def asked(draft):
    content = terms_of(ProcedureVersion.objects.with_everything().get(pk=draft.pk))
    return {each.key: each.lists for _, each in content.asked()}


@pytest.fixture
def plain(place):
    """A draft that asks what is asked today, and of everyone also where they live and what they live on."""
    version = draft_version(procedure=place.procedure, by=place.coordinator, names={"en": "Plain"})
    apply_step = version.steps.get(key="apply")
    papers = {each.key: each for each in place.procedure.evidence_types.all()}
    for key in ("Home", "Work"):
        add_requirement(
            step=apply_step, names={"en": key}, evidence_types=[papers["two-witnesses"]], by=place.coordinator
        )
    return version


@pytest.fixture
def stopped(place, plain):
    """Eleven stopped by their birth alone; twelve by home and work together, whom no single change helps."""
    at = {"organisation": place.sairon, "programme": place.programme, "procedure": place.procedure}
    for _number in range(11):
        CaseFactory(**at, papers={"photo": 1, "birth-certificate": 2, "two-witnesses": 1})
    for _number in range(12):
        CaseFactory(**at, papers={"photo": 1, "birth-certificate": 1, "two-witnesses": 2})


def test_the_best_changes_are_told_with_their_proof(plain, stopped, place, sign_in):
    seen = text(sign_in(place.official).get(address("best", plain) + "?most=2"))
    assert "Proven: no other set of so many changes lets more through" in seen
    assert "“Home” is no longer asked." in seen
    assert "What only works together" in seen
    assert "together at least 10, apart nobody" in seen


def test_why_not_the_longest_bars_is_said_in_words_with_their_figures(plain, place, sign_in, monkeypatch):
    """Thirty lack one paper; the longest bars are about people who lack several, whom one change does not help."""
    at = {"organisation": place.sairon, "programme": place.programme, "procedure": place.procedure}
    for _number in range(30):
        CaseFactory(**at, papers={"photo": 1, "birth-certificate": 2, "two-witnesses": 1})
    seen = text(sign_in(place.official).get(reverse("roundtables:best", args=[plain.pk])))
    assert "Who lacks two papers is not helped by a change about one of them." in seen
    assert "Here the simpler ways of choosing come out the same." in seen
    assert "You can check it" in seen
    monkeypatch.setattr(BestChanges, "is_misread", True)
    monkeypatch.setattr(BestChanges, "is_missed", True)
    seen = text(sign_in(place.official).get(reverse("roundtables:best", args=[plain.pk])))
    assert "Those let through at least 30; as many changes, weighed together, let through at least 30." in seen
    assert "that lets through at least 30. A change that helps nobody alone is never taken first" in seen


def test_changes_found_are_taken_into_the_draft(plain, stopped, place, sign_in):
    page = sign_in(place.official)
    answer = page.post(address("take", plain), {"action": ["drop:home", "drop:work"]})
    assert answer.url == address("studio", plain)
    assert asked(plain).keys() == {"birth", "face"}


@pytest.mark.parametrize("taken", [[], ["drop:gone"], ["drop:face"], ["drop:home", "drop:gone"]])
def test_changes_that_are_no_longer_proposed_are_not_taken(plain, stopped, place, sign_in, taken):
    before = asked(plain)
    answer = sign_in(place.official).post(address("take", plain), {"action": taken}, follow=True)
    assert "The draft changed meanwhile" in text(answer)
    assert asked(plain) == before


def test_a_change_left_out_or_too_dear_is_not_chosen(plain, stopped, place, sign_in):
    page = sign_in(place.official)
    assert "let through at least 10" in text(page.get(address("best", plain) + "?most=1"))
    seen = text(
        page.get(
            address("best", plain), {"most": 1, "budget": 2, "cost drop:birth": 5, "cost accept:birth:two-witnesses": 5}
        )
    )
    assert "No change within these limits lets anyone through" in seen
    seen = text(page.get(address("best", plain), {"most": 1, "without": ["drop:birth", "accept:birth:two-witnesses"]}))
    assert "No change within these limits lets anyone through" in seen


def test_a_wish_nothing_fulfils_is_refused_in_plain_words(plain, stopped, place, sign_in):
    answer = sign_in(place.official).get(address("best", plain), {"most": 1, "at_least": 5000})
    assert answer.status_code == 422
    assert "No set of changes does this." in text(answer)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"most": "many"}, "how many changes: Enter a whole number."),
        ({"most": 99}, "how many changes: Ensure this value is less than or equal to 10."),
        ({"budget": -1}, "at a cost of at most: Ensure this value is greater than or equal to 0."),
        ({"group": "sex:nobody"}, "Select a valid choice. sex:nobody is not one"),
        ({"cost drop:birth": "dear", "most": 1}, "“dear” is no cost: give a number from 0 to 1000."),
    ],
)
def test_what_cannot_be_read_is_not_guessed(plain, stopped, place, sign_in, typed, words):
    answer = sign_in(place.official).get(address("best", plain), typed)
    assert answer.status_code == 422
    assert words in text(answer)
    assert "What stands below answers the usual question" in text(answer)
    assert "What was weighed" in text(answer)


@pytest.mark.parametrize("change", ["narrow:birth:sex ge 60", "narrow:birth:age is woman", "drop:no-such-thing"])
def test_a_change_that_does_not_go_with_the_draft_is_said_not_to(plain, stopped, place, sign_in, change):
    answer = sign_in(place.official).get(address("best", plain), {"also": change})
    assert answer.status_code == 200
    assert f"Not weighed {change} This cannot be done to the draft as it is now." in text(answer)


def test_who_stays_outside_adds_up(plain, stopped, place):
    at = {"organisation": place.sairon, "programme": place.programme, "procedure": place.procedure}
    for _number in range(12):
        known(CaseFactory(**at, papers={"photo": 2, "birth-certificate": 1, "two-witnesses": 1}), birth_year=1980)
    for _number in range(3):
        known(CaseFactory(**at, papers={"photo": 2, "birth-certificate": 1, "two-witnesses": 2}), birth_year=1980)
    told = BestChanges(DraftReplay(plain), Wish(most=1)).still_outside
    assert [people for _why, people in told] == ["at least 10", "at least 10", "fewer than 10"]
    assert told[-1][0] == "Something else, or more than one thing"


def test_a_search_that_runs_out_of_time_says_that_it_is_not_proven(plain, stopped, place, sign_in, monkeypatch):
    def hurried(collapsed, limits, until):
        found = solve(collapsed, limits)
        return replace(found, curve=tuple(replace(each, bound=each.unlocked + until() * 40) for each in found.curve))

    monkeypatch.setattr("relais.roundtables.best.solve", hurried)
    page = sign_in(place.official)
    assert "Proven: no other set" in text(page.get(address("best", plain)))
    monkeypatch.setattr("relais.roundtables.best.SECONDS", 0)
    assert "Not proven: another set might let through more" in text(page.get(address("best", plain)))


def test_one_may_add_a_proof_to_weigh(plain, stopped, place):
    best = BestChanges(DraftReplay(plain), Wish(also=[drop("home"), drop("no-such-thing")]))
    assert next(each.key for each in best.proposed) == "drop:home"
    assert "drop:no-such-thing" not in [each.key for each in best.proposed]


def test_a_proof_that_speaks_of_something_else_is_not_proposed(plain, stopped):
    keys = [each.key for each in BestChanges(DraftReplay(plain), Wish()).proposed]
    assert "accept:birth:photo" not in keys, "a photograph proves nobody's birth"
    assert "accept:birth:two-witnesses" not in keys, "witnesses were never taken in place of a certificate"


def test_a_proof_that_once_stood_in_for_the_one_asked_is_proposed(plain, stopped, place):
    papers = {each.key: each for each in place.procedure.evidence_types.all()}
    other = draft_version(procedure=place.procedure, by=place.coordinator, names={"en": "Another"})
    step = other.steps.get(key="apply")
    aged = add_requirement(
        step=step, names={"en": "Age"}, evidence_types=[papers["birth-certificate"]], by=place.coordinator
    )
    accept_list(requirement=aged, evidence_types=[papers["two-witnesses"]], by=place.coordinator)
    keys = [each.key for each in BestChanges(DraftReplay(plain), Wish()).proposed]
    assert "accept:birth:two-witnesses" in keys
    assert "accept:face:two-witnesses" not in keys


def test_few_people_are_never_counted_exactly(plain, stopped):
    best = BestChanges(DraftReplay(plain), Wish(most=2))
    assert best.at_least(0) == "nobody"
    assert best.at_least(7) == "fewer than 10"
    assert best.at_least(23) == "at least 20"
    assert [people for _size, people in best.curve] == [0, 10, 10]


def test_a_floor_asks_for_people_of_one_group(plain, stopped):
    best = BestChanges(DraftReplay(plain), Wish(most=3, floor=Floor("", "", 20)))
    assert best.best.unlocked == 23


def test_a_floor_moved_by_one_tells_nobody_how_many_there_are(plain, stopped):
    """Twenty-three can be let through: asking for 21, 23 or 24 of them is answered alike."""
    for asked in (21, 23, 24):
        with pytest.raises(Refusal, match="No set of changes does this"):
            _ = BestChanges(DraftReplay(plain), Wish(most=3, floor=Floor("", "", asked))).best


def test_what_is_no_change_is_left_out_of_the_wish(plain):
    typed = QueryDict("also=drop:home&also=dance:birth&also=accept:birth:photo")
    assert [each.key for each in WishForm(typed, groups=[]).also()] == ["drop:home", "accept:birth:photo"]


def test_where_nobody_is_stopped_there_is_nothing_to_propose(plain, place, sign_in):
    assert "Nothing to propose" in text(sign_in(place.official).get(address("best", plain)))


def test_a_stranger_and_a_companion_find_nothing(plain, stopped, place, sign_in):
    for who in (place.stranger, place.companion):
        page = sign_in(who)
        assert page.get(address("best", plain)).status_code == 404
        assert page.post(address("take", plain), {"action": "drop:home"}).status_code == 404
    assert "home" in asked(plain)
