"""A phone that heard no answer sends again, and again, all at once: what it sent is there once, and each time answered the same."""

import pytest

from relais.barriers.models import Barrier
from relais.barriers.services import record_barrier
from relais.cases import services
from relais.cases.models import Appointment, Visit
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.people import services as people
from relais.people.models import Complaint, Contact
from tests.cases.factories import CaseFactory, today
from tests.people.test_concurrency import AT_ONCE, at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def deeds(case, sent):
    """Give what a companion sends under an id of their own: in which table it lands, and how it is done."""
    by, person = case.companion, case.person
    yield Visit, lambda: services.note_visit(case=case, happened_on=today(), minutes=5, by=by, id=sent)
    yield Appointment, lambda: services.plan_appointment(case=case, at=clock.now(), by=by, id=sent)
    yield Complaint, lambda: people.file_complaint(person=person, words="Nobody came.", by=by, id=sent)
    yield Contact, lambda: people.add_contact(person=person, kind="phone", value="+996 555 1", by=by, id=sent)
    heard = {"kind": "fee", "headline": "Too dear", "people_count": 1, "case": case}
    yield Barrier, lambda: record_barrier(**heard, by=by, id=sent)


@pytest.mark.parametrize("which", range(5), ids=["visit", "appointment", "complaint", "contact", "barrier"])
def test_what_is_sent_many_times_in_one_instant_is_there_once(which):
    sent = uuid7()
    table, deed = list(deeds(CaseFactory(), sent))[which]
    assert at_once(lambda: deed().pk) == [sent] * AT_ONCE
    assert table.objects.count() == 1
