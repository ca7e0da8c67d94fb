"""What became of it, and who was told."""

import pytest

from relais.access.lock import OutOfReach
from relais.barriers.models import Barrier
from relais.barriers.services import answer_barrier, tell_author
from relais.journal.models import Entry
from relais.kernel.refusals import Refusal
from tests.barriers.factories import BarrierFactory


@pytest.fixture
def shared(programme, sairon, amina):
    return BarrierFactory(programme=programme, organisation=sairon, author=amina, shared=True)


def test_the_authority_answers_with_its_reason(shared, officer, amina):
    answered = answer_barrier(barrier=shared, state="taken_up", answer="Two witnesses will do.", by=officer)
    assert (answered.state, answered.answer) == ("taken_up", "Two witnesses will do.")
    assert list(Barrier.objects.author_to_tell()) == [answered]
    assert list(Barrier.objects.unanswered()) == []


@pytest.mark.parametrize(
    ("state", "answer", "reason"),
    [
        ("declined", "   ", "needs its reason"),
        ("heard", "Thank you.", "what became of it"),
        ("nonsense", "Thank you.", "what became of it"),
    ],
)
def test_an_answer_says_what_and_why(shared, officer, state, answer, reason):
    with pytest.raises(Refusal, match=reason):
        answer_barrier(barrier=shared, state=state, answer=answer, by=officer)


def test_the_same_answer_twice_is_one_answer(shared, officer):
    for _time in range(2):
        answer_barrier(barrier=shared, state="taken_up", answer="Two witnesses will do.", by=officer)
    assert Entry.objects.filter(verb="barrier.answered").count() == 1


def test_a_new_answer_is_to_be_told_again(shared, officer, amina):
    answer_barrier(barrier=shared, state="on_table", answer="On 15 December.", by=officer)
    tell_author(barrier=shared, by=amina)
    answered = answer_barrier(barrier=shared, state="solved", answer="Two witnesses will do.", by=officer)
    assert answered.author_told_at is None


def test_an_author_who_read_the_answer_was_told(shared, officer, amina):
    answer_barrier(barrier=shared, state="solved", answer="Two witnesses will do.", by=officer)
    assert tell_author(barrier=shared, by=amina).author_told_at is not None
    tell_author(barrier=shared, by=amina)
    assert Entry.objects.get(verb="barrier.author_told").detail == {"read_it_themselves": True}


def test_a_coordinator_can_tell_the_author(shared, officer, dana):
    answer_barrier(barrier=shared, state="solved", answer="Two witnesses will do.", by=officer)
    tell_author(barrier=shared, by=dana)
    assert Entry.objects.get(verb="barrier.author_told").detail == {"read_it_themselves": False}


def test_nobody_is_told_before_there_is_an_answer(shared, amina):
    with pytest.raises(Refusal, match="no answer"):
        tell_author(barrier=shared, by=amina)


def test_an_authority_cannot_say_that_the_author_knows(shared, officer):
    answer_barrier(barrier=shared, state="solved", answer="Two witnesses will do.", by=officer)
    with pytest.raises(Refusal, match="Only its author"):
        tell_author(barrier=shared, by=officer)


def test_what_was_not_shared_is_answered_inside_only(programme, sairon, amina, officer, dana):
    kept = BarrierFactory(programme=programme, organisation=sairon, author=amina)
    with pytest.raises(OutOfReach):
        answer_barrier(barrier=kept, state="solved", answer="We went along.", by=officer)
    assert answer_barrier(barrier=kept, state="solved", answer="We went along.", by=dana).state == "solved"


def test_a_companion_does_not_answer(shared, amina):
    with pytest.raises(OutOfReach):
        answer_barrier(barrier=shared, state="solved", answer="We went along.", by=amina)
