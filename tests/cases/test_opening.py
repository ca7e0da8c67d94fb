"""A case begins, changes hands, ends, and may go on."""

from datetime import timedelta

import pytest

from relais.access.lock import OutOfReach
from relais.access.roles import Role
from relais.cases import services
from relais.cases.models import Case, CaseEvidence, News
from relais.journal.models import Entry
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Conflict, Refusal
from relais.procedures import gate
from tests.cases.factories import CaseFactory, DossierFactory, EvidenceFactory, in_same_place, paper, today
from tests.organisations.factories import member
from tests.people.factories import PersonFactory
from tests.procedures.factories import make_procedure

pytestmark = pytest.mark.django_db


@pytest.fixture
def door():
    """A person of a companion, and a procedure in force."""
    procedure = make_procedure()
    partner = procedure.programme.partners.exclude(organisation=procedure.service.authority).get()
    person = PersonFactory(organisation=partner.organisation, programme=procedure.programme)
    return {"person": person, "procedure": procedure, "opened_on": today(), "by": person.registered_by}


@pytest.fixture
def nobody_trained(monkeypatch):
    monkeypatch.setattr(gate, "_gates", [lambda *_: False])


def test_a_case_opens_with_three_answers(door):
    case = services.open_case(**door)
    assert (case.person, case.procedure, case.companion) == (door["person"], door["procedure"], door["by"])
    assert (case.version.number, case.standing) == (1, "open")
    assert Entry.objects.filter(verb="case.opened", row_id=case.pk, person_id=door["person"].pk).exists()


def test_a_case_sent_twice_is_one_case(door):
    sent = uuid7()
    assert services.open_case(**door, id=sent) == services.open_case(**door, id=sent)
    assert Case.objects.count() == 1


def test_the_same_id_with_other_answers_is_a_conflict(door):
    case = services.open_case(**door)
    with pytest.raises(Conflict):
        services.open_case(**{**door, "opened_on": today() - timedelta(days=1)}, id=case.pk)


def test_a_person_has_one_open_case_in_a_procedure(door):
    services.open_case(**door)
    with pytest.raises(Refusal, match="already has an open case"):
        services.open_case(**door)


def test_nobody_advises_on_a_version_they_were_not_trained_on(door, nobody_trained):
    with pytest.raises(Refusal, match="not yet trained"):
        services.open_case(**door)


def test_a_case_is_not_opened_in_the_future_nor_without_a_version_in_force(door):
    with pytest.raises(Refusal, match="has not come"):
        services.open_case(**{**door, "opened_on": today() + timedelta(days=3)})
    door["procedure"].versions.update(state="retired")
    with pytest.raises(Refusal, match="No version"):
        services.open_case(**door)


def test_a_case_stays_in_the_programme_of_the_person(door):
    with pytest.raises(Refusal, match="another programme"):
        services.open_case(**{**door, "procedure": make_procedure()})


def test_a_colleague_cannot_open_a_case_for_someone_elses_person(door):
    with pytest.raises(OutOfReach):
        services.open_case(**{**door, "by": member(organisation=door["person"].organisation)})


def test_a_relay_opens_a_case_for_a_companion_who_is_told(door):
    relay = member(Role.RELAY, door["person"].organisation)
    case = services.open_case(**{**door, "by": relay}, companion=door["by"])
    assert (case.companion, case.opened_by) == (door["by"], relay)
    assert News.objects.get(to=door["by"]).kind == "yours"


def test_a_case_is_not_given_to_a_volunteer_of_another_organisation(door):
    with pytest.raises(Refusal, match="does not accompany"):
        services.open_case(**door, companion=member())


def test_a_coordinator_hands_a_case_over_and_both_companions_are_told():
    case = CaseFactory()
    before, after = case.companion, member(organisation=case.organisation)
    services.hand_over_case(case=case, to=after, by=member(Role.COORDINATOR, case.organisation))
    assert Case.objects.get().companion == after
    assert {news.to: news.kind for news in News.objects.all()} == {after: "yours", before: "not_yours"}


def test_a_case_is_only_handed_to_who_is_trained(nobody_trained):
    case = CaseFactory()
    with pytest.raises(Refusal, match="not yet trained"):
        services.hand_over_case(
            case=case, to=member(organisation=case.organisation), by=member(Role.COORDINATOR, case.organisation)
        )


def test_a_companion_does_not_hand_cases_over_themselves():
    case = CaseFactory()
    with pytest.raises(OutOfReach):
        services.hand_over_case(case=case, to=member(organisation=case.organisation), by=case.companion)


def test_a_case_that_ended_last_week_is_closed_today():
    case = CaseFactory()
    ended = today() - timedelta(days=7)
    services.close_case(case=case, outcome="gave_up", reason="fee", closed_on=ended, by=case.companion)
    case.refresh_from_db()
    assert (case.closed_on, case.closed_at.date(), case.outcome) == (ended, clock.today(), "gave_up")


def test_closing_twice_says_the_same_and_work_on_it_is_refused():
    case = CaseFactory()
    for _time in range(2):
        services.close_case(case=case, outcome="moved", closed_on=today(), by=case.companion)
    with pytest.raises(Refusal, match="closed"):
        services.set_evidence(case=case, evidence_type=paper(case.procedure, "photo"), state=1, by=case.companion)


def test_a_case_does_not_end_before_it_began_nor_while_the_authority_has_its_dossier():
    dossier = DossierFactory()
    case = dossier.case
    with pytest.raises(Refusal, match="before it began"):
        services.close_case(case=case, outcome="lost", closed_on=case.opened_on - timedelta(days=1), by=case.companion)
    with pytest.raises(Refusal, match="still has this dossier"):
        services.close_case(case=case, outcome="lost", closed_on=today(), by=case.companion)


def test_a_case_goes_on_within_a_year_and_stands_as_it_is_known_today():
    case = CaseFactory()
    services.close_case(case=case, outcome="lost", closed_on=today(), by=case.companion)
    EvidenceFactory(
        case=case, evidence_type=paper(case.procedure, "birth-certificate"), state=CaseEvidence.State.CANNOT_GET
    )
    services.reopen_case(case=case, by=case.companion)
    case.refresh_from_db()
    assert (case.closed_at, case.outcome, case.standing) == (None, "", "blocked")


def test_a_case_that_ended_long_ago_or_was_opened_anew_stays_closed():
    case = CaseFactory()
    services.close_case(case=case, outcome="lost", closed_on=today(), by=case.companion)
    Case.objects.filter(pk=case.pk).update(closed_on=today() - timedelta(days=400))
    with pytest.raises(Refusal, match="more than a year"):
        services.reopen_case(case=case, by=case.companion)
    Case.objects.filter(pk=case.pk).update(closed_on=today())
    in_same_place(case, person=case.person, companion=case.companion)
    with pytest.raises(Refusal, match="another open case"):
        services.reopen_case(case=case, by=case.companion)


def test_two_people_edit_one_case_and_the_second_is_told_what_changed():
    case = CaseFactory()
    seen = case.revision
    coordinator = member(Role.COORDINATOR, case.organisation)
    photo, birth = paper(case.procedure, "photo"), paper(case.procedure, "birth-certificate")
    services.set_evidence(case=case, evidence_type=photo, state=1, by=coordinator, revision=seen)
    with pytest.raises(Conflict, match="Photograph"):
        services.set_evidence(case=case, evidence_type=photo, state=2, why="fee", by=case.companion, revision=seen)
    services.set_evidence(case=case, evidence_type=birth, state=1, by=case.companion, revision=seen)
    with pytest.raises(Conflict):
        services.close_case(case=case, outcome="lost", closed_on=today(), by=case.companion, revision=seen)
