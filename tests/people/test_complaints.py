"""Whoever was treated badly can say so, and gets an answer."""

import pytest

from relais.access.lock import OutOfReach
from relais.kernel.refusals import Refusal
from relais.people import services
from relais.people.actors import Themselves
from relais.people.models import Complaint
from tests.people.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def gulnora(world):
    return PersonFactory(organisation=world.organisation, registered_by=world.companion)


def test_a_complaint_is_answered_and_the_person_reads_it(gulnora, coordinator):
    themselves = Themselves(gulnora.pk)
    complaint = services.file_complaint(person=gulnora, words="They shouted at me", by=themselves)
    assert b"shouted" not in bytes(complaint.sealed)
    assert list(Complaint.objects.open()) == [complaint]
    assert services.read_complaints(complaints=[complaint], by=coordinator)[0].words == "They shouted at me"
    services.answer_complaint(complaint=complaint, words="We are sorry", by=coordinator)
    assert list(Complaint.objects.open()) == []
    assert [one.answer for one in services.read_own_complaints(person=gulnora, by=themselves)] == ["We are sorry"]
    with pytest.raises(Refusal, match="already answered"):
        services.answer_complaint(complaint=Complaint.objects.get(), words="Again", by=coordinator)


def test_a_companion_takes_a_complaint_down_and_does_not_read_others(gulnora, companion, other_companion, authority):
    complaint = services.file_complaint(person=gulnora, words="They shouted at me", by=companion)
    for stranger in (companion, other_companion, authority):
        with pytest.raises(OutOfReach):
            services.read_complaints(complaints=[complaint], by=stranger)
        with pytest.raises(OutOfReach):
            services.answer_complaint(complaint=complaint, words="No", by=stranger)
    with pytest.raises(OutOfReach):
        services.file_complaint(person=gulnora, words="x", by=other_companion)


def test_a_complaint_of_someone_forgotten_is_counted_and_says_nothing(gulnora, companion, coordinator):
    complaint = services.file_complaint(person=gulnora, words="They shouted at me", by=companion)
    services.forget_person(person=gulnora, by=coordinator)
    assert services.read_complaints(complaints=[complaint], by=coordinator)[0].words == ""
    assert Complaint.objects.count() == 1


def test_an_empty_complaint_is_refused_and_one_sent_twice_is_one(gulnora, companion):
    with pytest.raises(Refusal):
        services.file_complaint(person=gulnora, words=" ", by=companion)
    first = services.file_complaint(person=gulnora, words="They shouted", by=companion)
    assert services.file_complaint(person=gulnora, words="They shouted", by=companion, id=first.pk) == first
