"""How hard people found the way: three questions, no name, apart for each way their case stood."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from relais.access.lock import OutOfReach
from relais.access.roles import Role
from relais.cases.experience import answers_of
from relais.cases.models import Case, Strain
from relais.cases.services import tell_strain
from relais.cases.strain import told_of
from relais.journal.models import Entry
from relais.kernel import clock
from relais.kernel.refusals import Refusal
from relais.people.actors import Themselves
from relais.people.services import forget_person, set_pin
from relais.procedures.caseload import Caseload, Codes, Numbers
from relais.procedures.experience import SCALE, Outcome, experience
from tests.cases.factories import CaseFactory, in_same_place
from tests.organisations.factories import member
from tests.procedures.factories import make_draft

SCORES = {"learning": 4, "effort": 5, "stress": 3}


@pytest.fixture
def case(db):
    return CaseFactory()


def test_what_is_said_is_kept_with_how_the_case_stood_and_nothing_of_who_said_it(case):
    told = tell_strain(case=case, by=case.companion, **SCORES)
    assert (told.learning, told.effort, told.stress, told.outcome) == (4, 5, 3, "pending")
    assert not {field.name for field in Strain._meta.fields} & {"by", "entered_by", "person"}
    assert Entry.objects.get(verb="case.strain_told").detail == {}


def test_said_again_the_same_day_the_later_answer_stands(case):
    tell_strain(case=case, by=case.companion, **SCORES)
    tell_strain(case=case, by=Themselves(case.person_id), **{**SCORES, "stress": 1})
    assert Strain.objects.get().stress == 1


@pytest.mark.parametrize(("ended", "stood"), [("granted", "granted"), ("not_eligible", "refused"), ("lost", "gave_up")])
def test_the_outcome_at_the_time_is_kept_beside_the_answer(case, ended, stood):
    Case.objects.filter(pk=case.pk).update(
        outcome=ended, closed_on=clock.today(), closed_at=clock.now(), closed_by=case.companion
    )
    case.refresh_from_db()
    assert tell_strain(case=case, by=case.companion, **SCORES).outcome == stood


def test_nobody_is_asked_how_hard_it_was_to_die(case):
    case.outcome = "died"
    with pytest.raises(Refusal, match="not asked about"):
        tell_strain(case=case, by=case.companion, **SCORES)


def test_only_the_person_and_who_stands_beside_them_may_say_it(case):
    for someone in (member(Role.COMPANION), Themselves(in_same_place(case).person_id)):
        with pytest.raises(OutOfReach):
            tell_strain(case=case, by=someone, **SCORES)
    with pytest.raises(Refusal, match="one of the five"):
        tell_strain(case=case, by=case.companion, **{**SCORES, "stress": 6})
    with pytest.raises(IntegrityError), transaction.atomic():
        Strain.objects.create(case=case, told_on=clock.today(), outcome="pending", learning=9, effort=1, stress=1)


def test_answers_are_read_for_burden_the_latest_of_each_case_and_none_of_the_forgotten(case):
    tell_strain(case=case, by=case.companion, **SCORES)
    gone = in_same_place(case)
    tell_strain(case=gone, by=gone.companion, **SCORES)
    forget_person(person=gone.person, by=member(Role.COORDINATOR, gone.organisation))
    for answers in (answers_of(case.procedure_id), answers_of(case.procedure_id, version=case.version_id)):
        assert experience(answers).strain[Outcome.PENDING].value == 4
        assert len(answers) == 1
    assert len(answers_of(case.pk)) == 0
    assert len(answers_of(case.procedure_id, until=clock.today())) == 0


def said(answers, sex=()):
    """Answers as columns: an outcome and the same score thrice, for each of some people."""
    scale = {name: Numbers.of([score for _outcome, score in answers]) for name in SCALE}
    groups = {"sex": Codes.of(sex)} if sex else {}
    return Caseload.of({}, {"outcome": Codes.of([outcome for outcome, _score in answers]), **scale, **groups})


def test_few_answers_are_hidden_with_what_would_give_them_away():
    many, few = [("granted", 2)] * 12, [("refused", 5)] * 3
    (granted,) = told_of(said(many))
    assert (granted.people, granted.mean, granted.low, granted.high) == (10, 2.0, 2.0, 2.0)
    assert [told.mean for told in told_of(said(many + few))] == [None, None]
    assert told_of(said([])) == []


def test_versions_told_together_leave_out_what_few_said_of_one(case):
    newer = make_draft(case.procedure, by=member(Role.COORDINATOR, case.organisation))
    for number in range(4):
        each = in_same_place(case)
        Case.objects.filter(pk=each.pk).update(version=newer if number else case.version)
        Strain.objects.create(case=each, told_on=clock.today(), outcome="granted", learning=2, effort=2, stress=2)
    assert [len(answers_of(case.procedure_id, least=least)) for least in (0, 2, 4)] == [4, 3, 0]
    assert len(answers_of(case.procedure_id, version=newer.pk, least=4)) == 3, "hidden where it is told"


def test_groups_are_told_apart_where_there_are_enough_of_each():
    many = [("granted", 2)] * 12 + [("granted", 4)] * 12
    (granted,) = told_of(said(many, ["man"] * 12 + ["woman"] * 12), by=("sex",))
    assert {value: mean.value for value, mean in granted.groups["sex"].items()} == {"man": 2, "woman": 4}
    (granted,) = told_of(said(many, ["man"] * 20 + ["woman"] * 4), by=("sex",))
    assert granted.groups["sex"] == {"man": None, "woman": None}


def test_a_companion_asks_on_the_phone_and_nobody_is_forced(client, case):
    client.force_login(case.companion)
    address = reverse("cases:strain", args=[case.pk])
    assert address in client.get(reverse("cases:detail", args=[case.pk])).content.decode()
    assert "Nobody has to answer" in client.get(address).content.decode()
    assert client.post(address, {"learning": "2"}).status_code == 422
    assert client.post(address, SCORES).url == reverse("cases:detail", args=[case.pk])
    assert Strain.objects.get().effort == 5


def test_a_person_says_it_on_their_own_page(client, case):
    pin = set_pin(person=case.person, by=case.companion)
    client.post(reverse("my:enter"), {"code": case.person.code, "pin": pin})
    address = reverse("cases:own_strain", args=[case.pk])
    assert address in client.get(reverse("my:home")).content.decode()
    assert "Not now" in client.get(address).content.decode()
    assert client.post(address, {}).status_code == 422
    assert client.post(address, SCORES).url == reverse("my:home")
    assert client.get(reverse("cases:own_strain", args=[in_same_place(case).pk])).status_code == 404
