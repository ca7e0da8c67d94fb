from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from relais.access.roles import Role
from relais.procedures.models import ProcedureVersion
from relais.reports import figures
from tests.barriers.factories import BarrierFactory
from tests.cases.factories import DossierFactory, VisitFactory
from tests.organisations.factories import MembershipFactory, member
from tests.programmes.factories import ContributionFactory
from tests.reports.worlds import World
from tests.roundtables.factories import MeetingFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture
def world():
    return World()


def figure(world, stage, name):
    return {str(each.name): each.value for each in figures.figures_of(world.programme, TODAY)[0][stage]}[name]


def test_volunteers_are_people_who_belong_today_to_who_brings_volunteers(world):
    member(Role.RELAY, world.sairon)
    member(Role.ADMINISTRATOR, world.sairon)
    member(Role.COMPANION, world.office)
    member(Role.COMPANION)
    MembershipFactory(organisation=world.sairon, until=date(2026, 1, 1))
    MembershipFactory(organisation=world.sairon, user__kind="program")
    MembershipFactory(user=world.companion, organisation=world.sairon, role=Role.COORDINATOR)
    assert figure(world, "people", "volunteers") == 2


def test_hours_are_those_of_visits_and_those_partners_recorded(world):
    case = world.cases(1)[0]
    VisitFactory(case=case, minutes=90)
    VisitFactory(case=case, minutes=None)
    ContributionFactory(programme=world.programme, organisation=world.sairon, amount=Decimal(10), unit="hours")
    ContributionFactory(programme=world.programme, organisation=world.sairon, amount=Decimal(99), unit="euros")
    assert figure(world, "people", "hours given") == 12


def test_barriers_count_once_approved_and_answers_beside_them(world):
    BarrierFactory(programme=world.programme, organisation=world.sairon, people_count=30)
    BarrierFactory(programme=world.programme, organisation=world.sairon, answered=True, sort="idea")
    BarrierFactory(programme=world.programme, organisation=world.sairon, waiting=True)
    BarrierFactory()
    assert figure(world, "hear", "barriers heard") == 1
    assert figure(world, "hear", "people stopped") == 30
    assert figure(world, "hear", "concerns and ideas") == 1
    assert figure(world, "learn", "barriers answered") == 1


def test_only_round_tables_that_were_held_count(world):
    MeetingFactory(programme=world.programme, state="held", held_at=datetime(2026, 5, 15, tzinfo=UTC))
    MeetingFactory(programme=world.programme)
    MeetingFactory(state="held", held_at=datetime(2026, 5, 15, tzinfo=UTC))
    assert figure(world, "agree", "round tables held") == 1


def test_cases_opened_by_mistake_and_those_of_others_do_not_count(world):
    world.cases(12, days=30, outcome="granted")
    world.cases(11)
    world.cases(15, days=1, outcome="mistake")
    World().cases(20)
    assert figure(world, "accompany", "cases opened") == 23
    assert figure(world, "accompany", "still on their way") == 11
    assert figure(world, "accompany", "got what they came for") == 12


def test_few_people_are_not_counted_in_public(world):
    world.cases(4, days=30, outcome="granted")
    assert figure(world, "accompany", "got what they came for") is None
    assert figures.figures_of(world.programme, TODAY)[1]["people_granted"] is None


def test_outcomes_carry_their_figure(world):
    world.cases(10, days=20, outcome="granted")
    world.cases(11, days=40, outcome="granted")
    assert figures.figures_of(world.programme, TODAY)[1] == {
        "people_granted": 21,
        "days_to_outcome": 40,
        "dossiers_returned": 0,
    }


def test_a_returned_dossier_is_counted(world):
    case = world.cases(1)[0]
    DossierFactory(
        case=case,
        state="returned",
        reason="missing",
        decided_on=TODAY,
        decided_at=datetime(2026, 6, 1, tzinfo=UTC),
        decided_by=world.companion,
    )
    world.programme.threshold = 1
    assert figures.figures_of(world.programme, TODAY)[1]["dossiers_returned"] == 1


def test_a_new_version_is_shown_beside_the_one_it_followed(world):
    old = world.version
    ProcedureVersion.objects.filter(pk=old.pk).update(state="retired", retired_on=date(2026, 1, 1))
    new = ProcedureVersion.objects.create(
        procedure=world.procedure,
        number=2,
        state="in_force",
        based_on=old,
        in_force_from=date(2026, 1, 1),
        drafted_at=datetime(2025, 12, 1, tzinfo=UTC),
    )
    world.cases(10, days=90, outcome="granted", version=old)
    world.cases(10, days=21, outcome="granted", version=new)
    world.cases(9, days=5, outcome="refused", version=new)
    change = figures.changes_of(world.programme)[0]
    assert (change.version, change.days_before, change.days_after) == (new, 90, 21)
    assert (change.before.documents, change.before.visits) == (2, 5)
    assert change.after.documents == 0


def test_a_first_version_changed_nothing(world):
    assert figures.changes_of(world.programme) == []


def test_the_number_of_questions_does_not_grow_with_the_programme(world, django_assert_num_queries):
    world.cases(40, days=30, outcome="granted")
    with django_assert_num_queries(7):
        figures.figures_of(world.programme, TODAY)
