"""A barrier's thread over the table: agenda, decision, procedure, outcome."""

from datetime import date

import pytest

from relais.access.roles import Role
from relais.barriers.models import Barrier
from relais.barriers.telling import tell
from relais.barriers.thread import thread_of
from tests.barriers.factories import BarrierFactory, BarrierGroupFactory
from tests.cases.factories import CaseFactory, in_same_place
from tests.organisations.factories import OrganisationFactory, member
from tests.procedures.factories import make_procedure
from tests.programmes.factories import ProgrammeFactory
from tests.roundtables.factories import AgendaItemFactory, DecisionFactory, MeetingFactory


@pytest.fixture
def sairon(db):
    return OrganisationFactory()


@pytest.fixture
def barrier(sairon):
    return BarrierFactory(organisation=sairon, programme=ProgrammeFactory(partners=[sairon]), shared=True)


@pytest.fixture
def thread(barrier, sairon):
    """Read the thread as the coordinator, in words."""
    reader = member(Role.COORDINATOR, sairon)

    def read():
        found = Barrier.objects.with_everything().get(pk=barrier.pk)
        return {station.what: station for station in thread_of(found, tell(found, reader), reader)}

    return read


def test_a_barrier_on_the_agenda_leads_to_its_meeting(barrier, thread):
    meeting = MeetingFactory(programme=barrier.programme)
    AgendaItemFactory(meeting=meeting, barrier=barrier)
    AgendaItemFactory(barrier=barrier, meeting=MeetingFactory(names={"en": "Elsewhere"}))
    found = thread()
    assert found["On the agenda of Round table of Chui"].href == meeting.get_absolute_url()
    assert "On the agenda of Elsewhere" not in found


def test_what_is_said_of_its_group_is_said_of_a_barrier(barrier, thread):
    group = BarrierGroupFactory(programme=barrier.programme)
    Barrier.objects.filter(pk=barrier.pk).update(group=group)
    AgendaItemFactory(meeting=MeetingFactory(programme=barrier.programme), barrier_group=group)
    assert "On the agenda of Round table of Chui" in thread()


def test_a_decision_leads_to_the_procedure_in_force_and_to_who_got_through(barrier, thread):
    version = make_procedure(barrier.programme).versions.get()
    decision = DecisionFactory(meeting__programme=barrier.programme, version=version)
    decision.barriers.add(barrier)
    found = thread()
    decided = found["Adopted: Two witnesses in place of a birth certificate"]
    assert (decided.note, decided.href) == (decision.reasons, decision.get_absolute_url())
    assert found["In force: Citizenship 1"].on == date(2020, 1, 1)


def test_few_people_who_got_through_are_not_counted_aloud(barrier, thread, sairon):
    procedure = make_procedure(barrier.programme)
    decision = DecisionFactory(meeting__programme=barrier.programme, version=procedure.versions.get())
    decision.barriers.add(barrier)
    first = CaseFactory(organisation=sairon, programme=barrier.programme, procedure=procedure)
    close(first)
    assert thread()["In force: Citizenship 1"].note == ""
    barrier.programme.threshold = 2
    barrier.programme.save()
    close(in_same_place(first))
    assert thread()["In force: Citizenship 1"].note == "2 people got through."


def close(case):
    case.outcome, case.closed_at, case.closed_by, case.closed_on = (
        "granted",
        case.opened_at,
        case.companion,
        case.opened_on,
    )
    case.save()


def test_a_declined_barrier_says_so(barrier, thread):
    decision = DecisionFactory(meeting__programme=barrier.programme, outcome="declined")
    decision.barriers.add(barrier)
    assert thread()["Declined: Two witnesses in place of a birth certificate"].state == "blocked"
