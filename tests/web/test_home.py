"""The first page: each persona finds what waits for them, and nothing of anyone else's."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from relais.cases.models import Case
from relais.journal.models import Entry
from relais.kernel import clock
from relais.web.home import than
from tests.barriers.factories import BarrierFactory
from tests.cases.factories import EVERYTHING, AppointmentFactory, CaseFactory, FollowUpFactory
from tests.people.factories import PersonFactory
from tests.programmes.factories import PartnerFactory, ProgrammeFactory


@pytest.fixture
def case(world):
    programme = ProgrammeFactory(partners=[world.organisation])
    PartnerFactory(programme=programme, organisation=world.authority_office)
    person = PersonFactory(
        called="Гулнора Рахимова", organisation=world.organisation, programme=programme, registered_by=world.companion
    )
    return CaseFactory(organisation=world.organisation, programme=programme, companion=world.companion, person=person)


def page(world, persona):
    return world.client_of(persona).get("/").content.decode()


def test_a_companion_finds_the_person_and_their_next_step(world, case):
    shown = page(world, "companion")
    assert "Гулнора Рахимова" in shown
    assert "hotograph" in shown or "ertificate" in shown


def test_another_companion_does_not(world, case):
    shown = page(world, "other_companion")
    assert "Гулнора" not in shown
    assert case.person.code not in shown


def test_the_names_on_a_day_are_one_line_in_the_journal(world, case):
    before = Entry.objects.count()
    page(world, "companion")
    assert Entry.objects.count() == before + 1


def test_an_appointment_of_today_stands_first(world, case):
    AppointmentFactory(case=case, at=clock.now() + timedelta(minutes=1))
    assert 'class="hour"' in page(world, "companion")


def test_what_should_have_been_done_is_late(world, case):
    FollowUpFactory(case=case, due_on=clock.today() - timedelta(days=3))
    assert "follow-up past its day" in page(world, "companion")


def test_a_coordinator_sees_how_many_files_are_complete(world, case):
    CaseFactory(
        organisation=world.organisation,
        programme=case.programme,
        procedure=case.procedure,
        companion=world.companion,
        papers=EVERYTHING,
    )
    shown = page(world, "coordinator")
    assert "complete file to hand over" in shown
    assert "Гулнора" not in shown
    assert "complete file" not in page(world, "coordinator_elsewhere")


def test_an_authority_sees_what_stops_people_once_it_is_shared(world, case):
    BarrierFactory(case=case, headline="The archive burned down", people_count=14)
    assert "The archive burned down" not in page(world, "authority")


def test_a_desk_asks_a_constant_number_of_questions(world, case, django_assert_max_num_queries):
    client = world.client_of("coordinator")
    with django_assert_max_num_queries(20):
        client.get("/")


def test_a_day_of_more_people_asks_no_more(world, case, django_assert_max_num_queries):
    for _more in range(5):
        CaseFactory(
            organisation=world.organisation,
            programme=case.programme,
            procedure=case.procedure,
            companion=world.companion,
        )
    assert Case.objects.count() == 6
    client = world.client_of("companion")
    client.get("/")  # the organisation's first line in the journal asks once more
    with django_assert_max_num_queries(28):
        client.get("/")


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [(5, 5, "as many as"), (6, 5, "1 more than"), (3, 5, "2 fewer than")],
)
def test_a_figure_stands_beside_the_one_before(now, before, words):
    assert words in than(now, before)


def test_hours_are_those_of_the_programme(world, case):
    case.programme.time_zone = "Asia/Bishkek"
    case.programme.save()
    AppointmentFactory(case=case, at=datetime(2026, 12, 1, 4, 0, tzinfo=UTC))
    shown = world.client_of("companion").get(reverse("cases:detail", args=[case.pk])).content.decode()
    assert "1 December 2026, 10:00" in shown
