"""Two people who write about one barrier: the second is told, keeps what they typed, and reads what stands."""

import pytest
from django.urls import reverse

from relais.barriers.models import Barrier
from relais.barriers.services import answer_barrier, read_as_told, share_barriers
from relais.journal.models import Entry
from relais.kernel.refusals import Conflict, Refusal
from tests.barriers.factories import BarrierFactory
from tests.cases.test_concurrency import at_once

WITNESSES, WAIT = "Two witnesses will do.", "It waits for the ministry."


@pytest.fixture
def heard(programme, sairon, amina):
    return BarrierFactory(programme=programme, organisation=sairon, author=amina, account="They sent her away twice")


@pytest.fixture
def shared(programme, sairon, amina):
    return BarrierFactory(programme=programme, organisation=sairon, author=amina, shared=True)


@pytest.fixture
def sign_in(client):
    def as_someone(user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return as_someone


def test_an_answer_is_not_replaced_unread(shared, officer, dana):
    answer_barrier(barrier=shared, state="taken_up", answer=WITNESSES, by=officer, revision=0)
    with pytest.raises(Conflict, match="Someone else changed this") as told:
        answer_barrier(barrier=shared, state="on_table", answer=WAIT, by=officer, revision=0)
    assert [text for _label, text in told.value.newer] == [WITNESSES]
    assert officer.username in told.value.why
    shared.refresh_from_db()
    assert shared.answer == WITNESSES
    read = answer_barrier(barrier=shared, state="on_table", answer=WAIT, by=officer, revision=told.value.revision)
    assert read.answer == WAIT


def test_an_answer_and_new_words_do_not_disturb_each_other(shared, officer, dana):
    answer_barrier(barrier=shared, state="taken_up", answer=WITNESSES, by=officer)
    words = {shared.pk: {"account": "They sent someone away"}}
    share_barriers(barriers=[shared], by=dana, texts=words, revision=0)
    shared.refresh_from_db()
    assert (shared.account, shared.answer, shared.revision) == ("They sent someone away", WITNESSES, 2)


@pytest.mark.parametrize("seen", [0, None])
def test_words_typed_while_someone_else_shared_are_not_lost_in_silence(heard, dana, seen):
    share_barriers(barriers=[heard], by=dana, texts={heard.pk: {"account": "Someone was sent away"}}, revision=0)
    with pytest.raises(Conflict) as told:
        share_barriers(barriers=[heard], by=dana, texts={heard.pk: {"account": "Sent away, twice"}}, revision=seen)
    assert "Someone was sent away" in [text for _label, text in told.value.newer]
    heard.refresh_from_db()
    assert heard.account == "Someone was sent away"


def test_what_is_on_the_table_is_reworded_by_who_read_it_and_the_first_words_stay_sealed(heard, dana):
    share_barriers(barriers=[heard], by=dana, texts={heard.pk: {"account": "Someone was sent away"}})
    first = Barrier.objects.get().shared_at
    share_barriers(barriers=[heard], by=dana, texts={heard.pk: {"account": "Sent away, twice"}}, revision=1)
    heard.refresh_from_db()
    assert (heard.account, heard.shared_at) == ("Sent away, twice", first)
    assert read_as_told(barrier=heard, by=dana) == {"account": "They sent her away twice"}
    assert Entry.objects.get(verb="barrier.reworded").detail["reworded"] == ["account"]


def test_new_words_on_the_table_name_nobody_either(heard, dana):
    share_barriers(barriers=[heard], by=dana)
    with pytest.raises(Refusal, match="could be known"):
        share_barriers(barriers=[heard], by=dana, texts={heard.pk: {"account": "Ring 0700 123456"}}, revision=1)


def test_the_second_to_answer_sees_both_texts_and_can_save_again(sign_in, shared, officer):
    page, address = sign_in(officer), reverse("barriers:answer", args=[shared.pk])
    typed = {"state": "on_table", "answer": WAIT, "revision": "0"}
    answer_barrier(barrier=shared, state="taken_up", answer=WITNESSES, by=officer)
    refused = page.post(address, typed)
    text = refused.content.decode()
    assert refused.status_code == 422
    assert all(words in text for words in (WAIT, WITNESSES, "What stands now", 'name="revision" value="1"'))
    assert page.post(address, typed | {"revision": "1"}).status_code == 302


def test_the_second_to_share_sees_both_texts(sign_in, heard, dana):
    share_barriers(barriers=[heard], by=dana, texts={heard.pk: {"account": "Someone was sent away"}})
    address = reverse("barriers:check", args=[heard.pk])
    typed = {"headline": heard.headline, "account": "Sent away, twice", "revision": "0"}
    refused = sign_in(dana).post(address, typed)
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "Sent away, twice" in text
    assert "Someone was sent away" in text


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_the_same_moment_one_is_told(shared, officer):
    def say(words):
        fresh = Barrier.objects.get(pk=shared.pk)
        return answer_barrier(barrier=fresh, state="taken_up", answer=words, by=officer, revision=0).answer

    answers = at_once(lambda: say(WITNESSES), lambda: say(WAIT))
    assert sum(isinstance(each, Conflict) for each in answers) == 1
    assert Barrier.objects.get().answer in answers
