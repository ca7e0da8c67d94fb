"""Deciding with reasons, putting a draft in force, and telling everyone what came of it."""

from datetime import date
from uuid import uuid4

import pytest

from relais.access.lock import OutOfReach
from relais.access.roles import Role
from relais.barriers.models import Barrier
from relais.journal.models import Entry
from relais.journal.services import verify
from relais.kernel.refusals import Refusal
from relais.roundtables import services
from relais.roundtables.forecast import read
from relais.roundtables.models import AgendaItem, Decision, Notice
from relais.roundtables.outcomes import outcomes_of
from tests.barriers.factories import BarrierFactory, BarrierGroupFactory
from tests.cases.factories import CaseFactory
from tests.organisations.factories import member
from tests.procedures.factories import make_procedure
from tests.roundtables.factories import (
    AgendaItemFactory,
    ConsultationAnswerFactory,
    ConsultationFactory,
    DecisionFactory,
    MeetingFactory,
)

HELD, CANNOT = 1, 2


@pytest.fixture
def barrier(place):
    """A barrier a companion reported and the coordinator shared."""
    return BarrierFactory(
        programme=place.programme, organisation=place.sairon, author=place.companion, shared=True,
        procedure=place.procedure, people_count=38,
    )  # fmt: skip


@pytest.fixture
def stopped(place):
    """Someone who cannot get a birth certificate and has two witnesses; they are stopped today."""
    papers = {"birth-certificate": CANNOT, "two-witnesses": HELD, "photo": HELD}
    at = {"organisation": place.sairon, "programme": place.programme, "procedure": place.procedure}
    return CaseFactory(**at, companion=place.companion, papers=papers)


def decide(place, meeting, **more):
    values = {"title": "Two witnesses will do", "outcome": "adopted", "reasons": "The archives burnt.", **more}
    return services.decide(
        meeting=meeting, by=more.pop("by", place.official), **{k: v for k, v in values.items() if k != "by"}
    )


def test_a_decision_needs_its_reasons_and_an_outcome(place, meeting):
    with pytest.raises(Refusal, match="needs its reasons"):
        decide(place, meeting, reasons="  ")
    with pytest.raises(Refusal, match="adopted, declined or postponed"):
        decide(place, meeting, outcome="perhaps")
    assert not Decision.objects.exists()


def test_who_is_not_in_charge_decides_nothing(place, meeting):
    for someone in (place.companion, place.stranger):
        with pytest.raises(OutOfReach):
            decide(place, meeting, by=someone)


def test_nothing_is_decided_at_a_table_that_was_cancelled(place, meeting):
    meeting.state = "cancelled"
    meeting.save()
    with pytest.raises(OutOfReach):
        decide(place, meeting)


def test_a_decision_sent_twice_is_one_decision(place, meeting):
    id = uuid4()
    assert decide(place, meeting, id=id) == decide(place, meeting, id=id)


@pytest.mark.parametrize(
    ("outcome", "state"), [("adopted", "taken_up"), ("declined", "declined"), ("postponed", "on_table")]
)
def test_each_who_reported_learns_what_became_of_it(place, meeting, barrier, outcome, state):
    decision = decide(place, meeting, outcome=outcome, barriers=[barrier])
    barrier.refresh_from_db()
    assert (barrier.state, barrier.answer) == (state, "Two witnesses will do. The archives burnt.")
    assert list(barrier.decisions.all()) == [decision]
    notice = Notice.objects.get(user=place.companion)
    assert (notice.kind, notice.link) == ("barrier_answered", f"/tables/decisions/{decision.pk}/")


def test_a_decision_on_an_agenda_item_answers_everyone_who_said_the_same(place, meeting, barrier):
    other = BarrierFactory(programme=place.programme, headline=barrier.headline.upper(), shared=True)
    kept_back = BarrierFactory(programme=place.programme, headline=barrier.headline)
    item = AgendaItemFactory(meeting=meeting, reason=AgendaItem.Reason.MOST_STOPPED, barrier=barrier)
    decision = decide(place, meeting, agenda_item=item)
    assert set(decision.barriers.all()) == {barrier, other}
    kept_back.refresh_from_db()
    assert kept_back.state == Barrier.State.HEARD


def test_a_decision_on_a_group_or_a_requirement_answers_all_of_it(place, meeting, barrier):
    group = BarrierGroupFactory(programme=place.programme)
    Barrier.objects.filter(pk=barrier.pk).update(group=group)
    by_group = AgendaItemFactory(meeting=meeting, barrier_group=group)
    assert list(decide(place, meeting, agenda_item=by_group).barriers.all()) == [barrier]
    birth = place.in_force.steps.get(key="apply").requirements.get(key="birth")
    asked = BarrierFactory(programme=place.programme, procedure=place.procedure, requirement=birth, shared=True)
    by_requirement = AgendaItemFactory(meeting=meeting, requirement=birth)
    assert list(decide(place, meeting, agenda_item=by_requirement).barriers.all()) == [asked]
    by_nothing = AgendaItemFactory(meeting=meeting)
    assert not decide(place, meeting, agenda_item=by_nothing).barriers.exists()


def test_a_draft_nobody_could_read_is_not_decided(place, meeting, draft):
    draft.shared_at = None
    draft.save()
    with pytest.raises(Refusal, match="not shared"):
        decide(place, meeting, version=draft)


def test_only_a_draft_of_this_programme_is_decided(place, meeting):
    elsewhere = make_procedure()
    MeetingFactory(programme=elsewhere.programme)
    version = elsewhere.versions.get()
    with pytest.raises(OutOfReach):
        decide(place, meeting, version=version)
    both = member(Role.COORDINATOR, elsewhere.programme.partners.filter(part="volunteers").get().organisation)
    both.memberships.create(organisation=place.sairon, role=Role.COORDINATOR, since=date(2020, 1, 1))
    with pytest.raises(Refusal, match="another programme"):
        decide(place, meeting, version=version, by=both)
    with pytest.raises(Refusal, match="no longer a draft"):
        decide(place, meeting, version=place.in_force)


def test_people_who_were_asked_are_told_what_became_of_their_answers(place, meeting, draft):
    asked = ConsultationFactory(programme=place.programme, organisation=place.sairon, version=draft)
    ConsultationAnswerFactory(consultation=asked)
    with pytest.raises(Refusal, match="asked about this draft"):
        decide(place, meeting, version=draft)
    with pytest.raises(Refusal, match="what became"):
        decide(place, meeting, version=draft, consultation=asked)
    said = "Most would be helped; who fears the neighbours may bring two officials."
    decision = decide(place, meeting, version=draft, consultation=asked, what_became_of_answers=said)
    assert decision.consultation == asked
    with pytest.raises(Refusal, match="belongs to another programme"):
        decide(place, meeting, consultation=ConsultationFactory(), what_became_of_answers=said)


def test_adopting_keeps_what_the_replay_foretold(place, meeting, draft, stopped):
    decision = decide(place, meeting, version=draft)
    foretold = read(decision.prediction)
    assert (foretold.people, foretold.anyone) == (0, True)
    assert foretold.unlocked.some
    assert foretold.unlocked.least is None, "one person is too few to count aloud"
    assert decide(place, meeting, version=draft, outcome="postponed").prediction is None


def test_adoption_changes_the_rule_moves_open_cases_and_tells_everyone(place, meeting, draft, stopped, barrier):
    decision = decide(place, meeting, version=draft, barriers=[barrier])
    assert stopped.standing == "blocked"
    version = services.adopt_draft(decision=decision, by=place.official)
    assert (version.state, version.in_force_from) == ("in_force", date(2026, 11, 15))
    place.in_force.refresh_from_db()
    assert place.in_force.state == "retired"
    stopped.refresh_from_db()
    assert (stopped.version, stopped.standing) == (version, "passes")
    told = Notice.objects.get(user=place.companion, kind="in_force")
    assert (told.detail["people"], told.detail["better"], told.detail["worse"]) == (1, 1, 0)
    barrier.refresh_from_db()
    assert barrier.state == "solved"
    assert Entry.objects.filter(verb="draft.adopted", row_id=decision.pk).exists()
    assert list(verify()) == []


def test_a_draft_that_shuts_someone_out_tells_their_companion(place, meeting, draft):
    at = {"organisation": place.sairon, "programme": place.programme, "procedure": place.procedure}
    CaseFactory(**at, companion=place.companion, papers={"birth-certificate": HELD, "photo": HELD})
    birth = draft.steps.get(key="apply").requirements.get(key="birth")
    birth.lists.exclude(evidence_types__key="two-witnesses").delete()
    known = {"birth-certificate": HELD, "photo": HELD, "two-witnesses": CANNOT}
    CaseFactory(**at, companion=place.companion, papers=known)
    services.adopt_draft(decision=decide(place, meeting, version=draft), by=place.official)
    told = Notice.objects.get(user=place.companion, kind="in_force")
    assert (told.detail["people"], told.detail["better"], told.detail["worse"]) == (2, 0, 1)


def test_only_the_authority_that_answers_for_the_service_adopts(place, meeting, draft):
    decision = decide(place, meeting, version=draft)
    for someone in (place.coordinator, place.companion, place.stranger):
        with pytest.raises(OutOfReach):
            services.adopt_draft(decision=decision, by=someone)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_what_was_not_adopted_is_not_put_in_force(place, meeting, draft):
    for decision in (decide(place, meeting, version=draft, outcome="declined"), decide(place, meeting)):
        with pytest.raises(Refusal, match="no draft to put in force"):
            services.adopt_draft(decision=decision, by=place.official)


def test_a_draft_is_not_put_in_force_ahead_of_its_day_nor_twice(place, meeting, draft):
    decision = decide(place, meeting, version=draft)
    with pytest.raises(Refusal, match="still to come"):
        services.adopt_draft(decision=decision, by=place.official, from_day=date(2027, 1, 1))
    services.adopt_draft(decision=decision, by=place.official)
    services.adopt_draft(decision=decision, by=place.official)
    assert Entry.objects.filter(verb="draft.adopted").count() == 1


def test_what_happened_stands_beside_what_was_before(place, meeting, draft, stopped):
    decision = decide(place, meeting, version=draft)
    assert outcomes_of(decision) == []
    decision.version = services.adopt_draft(decision=decision, by=place.official)
    before, after = outcomes_of(decision)
    assert (before.version, before.open) == (place.in_force, 0)
    assert (after.version, after.open) == (decision.version, None), "one person is hidden"
    assert outcomes_of(DecisionFactory(meeting=meeting)) == []
