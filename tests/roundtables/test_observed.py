"""What was foretold of people, and what became of them: frozen on the day, held against the truth, nobody to be found in it."""

from datetime import date, timedelta

import numpy as np
import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from relais.access.roles import Role
from relais.cases.fates import Fate, Fates, fates_since, most_often, returns_since
from relais.cases.index.roll import read_roll
from relais.cases.models import Case, Dossier
from relais.cases.services import close_case
from relais.kernel import clock
from relais.people.services import forget_person
from relais.procedures.cohort import Cohort, Said, as_bytes
from relais.roundtables import services
from relais.roundtables.before_after import before_and_after
from relais.roundtables.forecast import Forecast, Range, read
from relais.roundtables.models import Foretold
from relais.roundtables.observed import Step, Told, observe, put_together
from relais.roundtables.verdicts import given_back, headline, rest, verdicts
from relais.roundtables.views.observed import page_of
from tests.cases.factories import CaseFactory, DossierFactory
from tests.organisations.factories import member
from tests.people.factories import PersonFactory
from tests.roundtables.factories import DecisionFactory

HELD, CANNOT = 1, 2
STOPPED = {"birth-certificate": CANNOT, "two-witnesses": HELD, "photo": HELD}
FINE = {"birth-certificate": HELD, "photo": HELD}
ON, UNTIL = date(2026, 1, 10), date(2026, 12, 31)


@pytest.fixture
def adopted(place, meeting, draft):
    """A draft in force since today, foretold over three people: two it lets through, one who could pass before."""
    at = {"organisation": place.sairon, "programme": place.programme, "procedure": place.procedure}
    place.stopped = [CaseFactory(**at, companion=place.companion, papers=STOPPED) for _ in range(2)]
    place.fine = CaseFactory(**at, companion=place.companion, papers=FINE)
    decision = services.decide(
        meeting=meeting, title="Two witnesses", outcome="adopted", reasons="Burnt.", version=draft, by=place.official
    )
    services.adopt_draft(decision=decision, by=place.official)
    return decision


def figures(before=0, unlocked=0, newly=(0, 0), **more):
    """A forecast as it was published on the day."""
    stands = {"passes": 0, "blocked": before, "open": 0}
    harm = Range(newly[0], newly[1], newly[1] > 0)
    found = {"groups": {}, **more}
    return Forecast(100, 10, stands, stands, Range(unlocked, unlocked, unlocked > 0), harm, found["groups"], [], [])


def world(*people):
    """Columns of people: (how many, what was said, what became of them, on which day)."""
    said = [said for count, said, _, _ in people for _ in range(count)]
    fate = [fate for count, _, fate, _ in people for _ in range(count)]
    day = [day for count, _, _, day in people for _ in range(count)]
    ids = as_bytes([f"{number:032x}" for number in range(1, len(said) + 1)])
    kinds = [("woman", "", "", "", "", ""), ("man", "", "", "", "", "")]
    kind = np.arange(len(said)) % 2
    return Cohort(ids, np.array(said, dtype=np.uint8)), Fates(
        ids, np.array(fate, dtype=np.uint8), np.array(day, dtype=np.int32), kind.astype(np.int32), kinds
    )


def test_what_was_foretold_is_frozen_with_whom_it_was_about(place, adopted):
    kept = adopted.foretold
    cohort = Cohort.read(kept.cases)
    assert (kept.people, len(cohort), kept.version, kept.baseline) == (3, 3, adopted.version, place.in_force)
    assert [cohort.of_case(case.pk) for case in place.stopped] == [Said.UNLOCKED, Said.UNLOCKED]
    assert cohort.of_case(place.fine.pk) == Said.PASSES
    assert read(kept.figures).anyone
    services.adopt_draft(decision=adopted, by=place.official)
    assert Foretold.objects.count() == 1


def test_a_version_is_frozen_once(place, adopted):
    before = Foretold.objects.get().pk
    procedure = adopted.version.procedure_id
    roll = read_roll(Case.objects.counted(procedure), procedure, ON)
    services.freezing.freeze(decision=adopted, version=adopted.version, on=ON, roll=roll)
    assert Foretold.objects.get().pk == before


def test_what_became_of_each_case_is_read_as_columns(place, adopted):
    one, two = place.stopped
    close_case(case=one, outcome="granted", closed_on=clock.today(), by=place.companion)
    DossierFactory(case=two, state="returned", reason="missing", decided_on=clock.today(), decided_at=clock.now(),
                   decided_by=place.official)  # fmt: skip
    later = CaseFactory(
        organisation=place.sairon, programme=place.programme, procedure=place.procedure, companion=place.companion
    )
    Case.objects.filter(pk=later.pk).update(opened_at=clock.now() + timedelta(days=9))
    found = fates_since(place.procedure, adopted.foretold.on)
    fate_of = dict(zip(found.ids.tolist(), found.fate.tolist(), strict=True))
    expected = {one: Fate.PASSED, two: Fate.RETURNED, place.fine: Fate.WAITING}
    assert fate_of == {as_bytes([case.pk])[0]: fate for case, fate in expected.items()}
    assert sorted(found.day.tolist()) == [-1, -1, 0]
    ids, days, reasons = returns_since(place.procedure, adopted.foretold.on)
    assert (ids.tolist(), days.tolist(), reasons) == (as_bytes([two.pk]).tolist(), [0], ["missing"])


def test_a_stopped_case_and_a_forgotten_person_are_told_apart(place, adopted):
    coordinator = member(Role.COORDINATOR, place.sairon)
    forget_person(person=place.fine.person, by=coordinator)
    Case.objects.filter(pk=place.stopped[0].pk).update(standing="blocked")
    found = fates_since(place.procedure, adopted.foretold.on)
    assert sorted(found.fate.tolist()) == [Fate.WAITING, Fate.STOPPED, Fate.FORGOTTEN]
    assert page_of(adopted.foretold)["people"] is None, "three are fewer than may be told"


def test_people_are_grouped_by_what_is_known_of_them():
    _cohort, fates = world((3, Said.UNLOCKED, Fate.PASSED, 5))
    codes, values = fates.groups("sex")
    assert [values[code] for code in codes] == ["woman", "man", "woman"]
    assert fates.groups("status")[1] == [""]
    nobody = Fates(fates.ids[:0], fates.fate[:0], fates.day[:0], fates.kind[:0], [])
    assert nobody.groups("sex")[1] == []


def test_the_commonest_reason_is_told_only_when_enough_gave_it():
    assert most_often(["photo"] * 12 + ["date"], 10) == "photo"
    assert most_often(["photo"] * 3, 10) == ""
    assert most_often([], 10) == ""


def test_of_those_said_to_be_let_through_the_page_says_who_got_there():
    cohort, fates = world(
        (171, Said.UNLOCKED, Fate.PASSED, 60), (12, Said.UNLOCKED, Fate.RETURNED, -1),
        (32, Said.UNLOCKED, Fate.WAITING, -1), (14, Said.MAY_BLOCK, Fate.STOPPED, -1),
        (40, Said.STILL_BLOCKED, Fate.STOPPED, -1), (11, Said.STILL_BLOCKED, Fate.PASSED, 200),
    )  # fmt: skip
    found = observe(cohort, fates, figures(266, 215, (0, 14)), ON, UNTIL, by=["sex"])
    assert headline(found) == "Of 215 people said to be let through for certain, 171 got what they came for."
    assert list(rest(found)) == [
        "32 are still on the way.",
        "12 have their dossier back, and it was not handed over again.",
    ]
    said = {each.said: (each.happened, each.word) for each in verdicts(found)}
    assert said["that 215 would be let through"] == (
        "171 of those stopped before have what they came for.", "not all are there yet"
    )  # fmt: skip
    assert said["that 0 to 14 would be newly shut out"] == (
        "14 people who could pass before are stopped now.", "the worse end came true"
    )  # fmt: skip
    assert said["that these would stay stopped"][1] == "better than foretold"
    assert found.of(Told.UNLOCKED, Fate.PASSED, Fate.RETURNED) == 183
    assert not found.hides
    women, men = found.groups["sex"][1], found.groups["sex"][0]
    assert (women.value, women.people, women.passed) == ("woman", 108, 86)
    assert (men.people, men.passed) == (107, 85)


def test_where_it_was_wrong_is_said_in_plain_words():
    cohort, fates = world(
        (30, Said.UNLOCKED, Fate.PASSED, 60), (12, Said.UNLOCKED, Fate.GAVE_UP, 90),
        (10, Said.UNLOCKED, Fate.REFUSED, 90), (11, Said.UNLOCKED, Fate.STOPPED, -1),
        (20, Said.PASSES, Fate.PASSED, 10),
    )  # fmt: skip
    found = observe(cohort, fates, figures(63, 63), ON, UNTIL)
    assert list(rest(found)) == ["11 are stopped again.", "10 were refused.", "12 gave up."]
    words = {each.word: each.happened for each in verdicts(found)}
    assert words["was wrong"] == "33 of them were stopped again, refused, or gave up."
    assert words["came true"] == "Nobody who could pass before is stopped now."


def test_harm_that_was_foretold_is_still_harm_and_harm_that_stayed_away_is_said():
    cohort, fates = world((20, Said.NEWLY_BLOCKED, Fate.STOPPED, -1), (30, Said.PASSES, Fate.PASSED, 5))
    came = verdicts(observe(cohort, fates, figures(0, 0, (20, 20)), ON, UNTIL))
    assert [each.word for each in came] == ["as foretold, and still harm"]
    cohort, fates = world((20, Said.NEWLY_BLOCKED, Fate.PASSED, 5), (30, Said.PASSES, Fate.PASSED, 5))
    spared = verdicts(observe(cohort, fates, figures(0, 0, (20, 20)), ON, UNTIL))
    assert [each.word for each in spared] == ["better than foretold"]


def test_small_counts_are_hidden_with_what_would_give_them_away():
    cohort, fates = world(
        (50, Said.UNLOCKED, Fate.PASSED, 60), (3, Said.UNLOCKED, Fate.GAVE_UP, 90),
        (4, Said.NEWLY_BLOCKED, Fate.STOPPED, -1), (40, Said.PASSES, Fate.WAITING, -1),
        (2, Said.STILL_BLOCKED, Fate.PASSED, 9), (30, Said.STILL_BLOCKED, Fate.STOPPED, -1),
    )  # fmt: skip
    kept = figures(85, 53, (0, 0))
    found = observe(cohort, fates, kept, ON, UNTIL)
    assert found.hides
    assert found.cells[Told.UNLOCKED, Fate.GAVE_UP] is None
    assert found.cells[Told.UNLOCKED, Fate.PASSED] is None, "53 minus it would tell of three people"
    assert found.said[Told.UNLOCKED] == 53, "that was published on the day"
    words = [each.happened for each in verdicts(found)]
    assert "Some of them were stopped again, refused, or gave up: too few to be told here." in words
    assert "Some who could pass before are stopped now: too few to be told here." in words
    assert "Some of them got through all the same: too few to be told here." in words
    assert headline(found) == "53 people were said to be let through for certain."
    assert "Where only a few of them are is not told, because they could be recognised." in list(rest(found))


def test_a_prediction_too_small_to_be_told_stays_untold():
    cohort, fates = world((4, Said.UNLOCKED, Fate.PASSED, 9), (40, Said.STILL_BLOCKED, Fate.STOPPED, -1))
    kept = Forecast(44, 10, {"passes": 0, "blocked": 44, "open": 0}, {"passes": None, "blocked": None, "open": 0},
                    Range(None, None, True), Range(None, None, True), {}, [], [])  # fmt: skip
    found = observe(cohort, fates, kept, ON, UNTIL)
    assert found.said[Told.UNLOCKED] is None
    assert found.followed is None
    assert headline(found) == "Some people were said to be let through: too few to be told here."
    nobody = observe(*world((40, Said.STILL_BLOCKED, Fate.STOPPED, -1)), figures(40), ON, UNTIL)
    assert headline(nobody) == "Nobody was said to be let through for certain."


def test_months_with_few_people_are_told_together():
    assert put_together([0, 4, 7, 0, 12, 2], 10) == [Step(1, 2, 11), Step(4, 5, 14)]
    assert put_together([3, 3], 10) == []
    cohort, fates = world(
        (4, Said.UNLOCKED, Fate.PASSED, 5), (30, Said.UNLOCKED, Fate.PASSED, 40), (20, Said.UNLOCKED, Fate.WAITING, -1)
    )
    found = observe(cohort, fates, figures(54, 54), ON, UNTIL)
    assert found.steps[Fate.PASSED] == [Step(0, 1, 34)]
    (point,) = found.curves[Fate.PASSED]
    assert (point.share, point.low < 0.63 < point.high) == (0.63, True)


def test_a_case_that_is_no_more_still_counts_in_what_was_said():
    cohort, fates = world((30, Said.UNLOCKED, Fate.PASSED, 40))
    fewer = Fates(fates.ids[:18], fates.fate[:18], fates.day[:18], fates.kind[:18], fates.kinds)
    found = observe(cohort, fewer, figures(30, 30), ON, UNTIL)
    assert (found.said[Told.UNLOCKED], found.cells[Told.UNLOCKED, Fate.LEFT]) == (30, 12)


def test_dossiers_given_back_on_the_way_are_said_with_their_reason():
    assert given_back(None, "") == given_back(0, "photo") == ""
    assert given_back(14, "") == "14 had a dossier given back on the way."
    assert given_back(14, "a proof is missing").endswith("most often because a proof is missing.")


def test_those_who_came_before_stand_beside_those_who_came_after(place, adopted):
    at = {"organisation": place.sairon, "programme": place.programme, "procedure": place.procedure}
    Case.objects.all().delete()
    changed = clock.today()
    came = [(12, -100, -60), (8, -100, 30), (15, 2, 32), (10, 2, None)]
    for people, opened, ended in came:
        for _ in range(people):
            case = CaseFactory(**at, companion=place.companion, opened_on=changed + timedelta(days=opened))
            if ended is not None:
                end = {"closed_on": changed + timedelta(days=ended), "closed_at": clock.now(), "outcome": "granted"}
                Case.objects.filter(pk=case.pk).update(closed_by=place.companion, **end)
    place.in_force.refresh_from_db()
    adopted.version.refresh_from_db()
    old, new = before_and_after(adopted.version, changed + timedelta(days=60), 5)
    assert (old.people, new.people) == (20, 25)
    assert old.curves[Fate.PASSED][-1].share == 0.6, (
        "who was still waiting when the rule changed did not get there under it"
    )
    assert new.curves[Fate.PASSED][-1].share == 0.6
    assert (old.median, new.median) == (40, 30)
    assert before_and_after(adopted.version, changed + timedelta(days=60), 100) == []
    adopted.version.in_force_from = None
    assert before_and_after(adopted.version, changed, 5) == []


def test_the_page_is_read_by_partners_and_by_nobody_else(client, place, adopted):
    address = reverse("roundtables:observed", args=[adopted.pk])
    client.force_login(place.companion)
    page = client.get(address)
    assert "Foretold and observed" in page.content.decode()
    assert "what it would change for fewer than 10 people on the way" in page.content.decode()
    assert reverse("roundtables:observed", args=[adopted.pk]) in client.get(adopted.get_absolute_url()).content.decode()
    client.force_login(place.stranger)
    assert client.get(address).status_code == 404


def test_a_decision_without_a_prediction_leads_back_to_itself(client, place, meeting):
    decision = DecisionFactory(meeting=meeting)
    client.force_login(place.companion)
    assert client.get(reverse("roundtables:observed", args=[decision.pk])).url == decision.get_absolute_url()


def test_the_page_asks_the_database_as_often_for_many_as_for_few(client, place, adopted, django_assert_max_num_queries):
    client.force_login(place.companion)
    with django_assert_max_num_queries(36):
        client.get(reverse("roundtables:observed", args=[adopted.pk]))


@pytest.fixture
def many(place, adopted):
    """Make people who were said to be let through: so many of a sex, and whether they got there; all but `blind` without difficulty."""

    def foretold(*people, blind=0):
        at = {"organisation": place.sairon, "programme": place.programme, "procedure": place.procedure}
        more = []
        for count, sex, ended in people:
            for _ in range(count):
                known = {"sex": sex, "disability": "some" if len(more) < blind else "none"}
                person = PersonFactory(organisation=place.sairon, programme=place.programme, **known)
                more.append(CaseFactory(**at, companion=place.companion, person=person, papers=STOPPED))
                if ended:
                    close_case(case=more[-1], outcome="granted", closed_on=clock.today(), by=place.companion)
        kept = adopted.foretold
        cohort = Cohort.of([case.pk for case in more], [Said.UNLOCKED] * len(more))
        kept.cases, kept.people = cohort.as_bytes(), len(more)
        kept.figures = {**kept.figures, "unlocked": {"least": len(more), "most": len(more), "some": True},
                        "before": {"passes": 0, "blocked": len(more), "open": 0}}  # fmt: skip
        kept.save()
        return more

    return foretold


@pytest.fixture
def words(client, place, adopted):
    """What the page says to a partner."""

    def said():
        client.force_login(place.companion)
        return client.get(reverse("roundtables:observed", args=[adopted.pk])).content.decode()

    return said


def test_many_people_make_a_page_with_curves_groups_and_reasons(place, many, words):
    more = many((13, "woman", True), (15, "man", True), (12, "man", False))
    for case in more[:14]:
        DossierFactory(case=case, state=Dossier.State.RETURNED, reason="missing", decided_on=clock.today(),
                       decided_at=clock.now(), decided_by=place.official)  # fmt: skip
    page = words()
    assert "10 had a dossier given back on the way, most often because a proof is missing." in page
    assert "chart-curves" in page
    section = page[page.index('id="groups"') :].partition("</section>")[0]
    assert "By sex" in section
    told = [" ".join(strip_tags(row.replace("<", " <")).split()) for row in section.split("<tr>")]
    assert "Group Said to be let through Got what they came for Share" in told
    assert [row for row in told if row.startswith(("woman", "man"))] == ["man 20 10 50 %", "woman 10 10 100 %"]
    assert "Group by group nothing is told" not in page
    assert "is left out" not in page


def test_what_cannot_be_told_beside_what_can_is_said(many, words):
    many((13, "woman", True), (15, "man", True), blind=2)
    page = words()
    assert "By sex" in page
    assert "By difficulty" not in page
    assert "What else people are told apart by is left out" in page


def test_how_many_the_prediction_spoke_of_is_rounded_too(many, words):
    many((17, "woman", True))
    page = words()
    assert "what it would change for at least 10 people on the way" in page
    assert ">17<" not in page


def test_where_no_group_may_be_told_it_is_said(many, words):
    many((24, "woman", True), (3, "man", True))
    page = words()
    assert "Group by group nothing is told: so few people stand in some of them" in page


def test_where_nobody_got_there_yet_no_group_is_shown(many, words):
    many((12, "woman", False), (12, "man", False))
    assert "Nobody of them got what they came for yet, in any group." in words()
