"""What leaves the organisation, and in which words."""

import pytest
from django.utils import translation

from relais.access.lock import OutOfReach
from relais.barriers.deidentify import find_identifying
from relais.barriers.models import Barrier
from relais.barriers.services import read_as_told, share_barriers
from relais.barriers.services.sharing import REASONS, StillIdentifies, names_in, proposals
from relais.journal.models import Entry
from relais.kernel.refusals import Refusal
from tests.barriers.factories import BarrierFactory


@pytest.fixture
def hear(programme, sairon, amina):
    def barrier(**more):
        return BarrierFactory(**{"programme": programme, "organisation": sairon, "author": amina} | more)

    return barrier


def test_a_coordinator_puts_a_barrier_on_the_table(hear, dana):
    [barrier] = share_barriers(barriers=[hear()], by=dana)
    assert (barrier.shared_by, list(Barrier.objects.shared())) == (dana, [barrier])
    assert Entry.objects.get(verb="barrier.shared").detail == {"reworded": [], "revision": 1, "touches": "words"}


@pytest.mark.parametrize("field", ["headline", "account", "effect", "would_help"])
def test_nothing_is_shared_while_any_text_could_tell_who_someone_is(hear, dana, field):
    barrier = hear(**{field: "Ask her on 0700 123456"})
    with pytest.raises(StillIdentifies) as refused:
        share_barriers(barriers=[barrier], by=dana)
    assert set(refused.value.found) == {field}
    assert not Barrier.objects.shared().exists()


def test_one_that_still_identifies_keeps_the_others_back_too(hear, dana):
    with pytest.raises(StillIdentifies):
        share_barriers(barriers=[hear(), hear(account="Ask her on 0700 123456")], by=dana)
    assert not Barrier.objects.shared().exists()


def test_corrected_words_are_shared_and_the_first_ones_stay_inside_sealed(hear, dana):
    barrier = hear(account="Ask her on 0700 123456")
    share_barriers(barriers=[barrier], by=dana, texts={barrier.pk: {"account": "Ask her on the phone"}})
    barrier.refresh_from_db()
    assert barrier.account == "Ask her on the phone"
    assert b"0700" not in bytes(barrier.as_told_sealed)
    assert read_as_told(barrier=barrier, by=dana) == {"account": "Ask her on 0700 123456"}
    assert Entry.objects.get(verb="barrier.original_read").actor_id == dana.pk
    line = Entry.objects.get(verb="barrier.shared")
    assert line.detail["reworded"] == ["account"], "the journal says what was reworded, never the words"


def test_words_that_stand_as_they_were_told_have_no_other(hear, dana):
    [barrier] = share_barriers(barriers=[hear()], by=dana)
    with pytest.raises(OutOfReach):
        read_as_told(barrier=barrier, by=dana)


def test_nobody_outside_reads_the_first_words(hear, dana, officer, bo):
    barrier = hear(account="Ask her on 0700 123456")
    share_barriers(barriers=[barrier], by=dana, texts={barrier.pk: {"account": "Ask her on the phone"}})
    barrier.refresh_from_db()
    for who in (officer, bo):
        with pytest.raises(OutOfReach):
            read_as_told(barrier=barrier, by=who)


def test_all_that_still_identify_are_told_at_once(hear, dana):
    first, fine, last = hear(account="0700 123456"), hear(), hear(headline="Ask on 0700 123456")
    with pytest.raises(StillIdentifies) as refused:
        share_barriers(barriers=[first, fine, last], by=dana)
    assert {barrier.pk for barrier in refused.value.held} == {first.pk, last.pk}


def test_a_correction_that_still_identifies_is_refused(hear, dana):
    barrier = hear(account="Ask her on 0700 123456")
    with pytest.raises(StillIdentifies):
        share_barriers(barriers=[barrier], by=dana, texts={barrier.pk: {"account": "Ask her on 0700 123457"}})


def test_a_correction_touches_the_words_and_nothing_else(hear, dana, bo):
    barrier = hear()
    share_barriers(barriers=[barrier], by=dana, texts={barrier.pk: {"author_id": str(bo.pk), "state": "solved"}})
    barrier.refresh_from_db()
    assert (barrier.author.display_name, barrier.state) == ("Amina", "heard")


def test_a_headline_cannot_be_corrected_away(hear, dana):
    barrier = hear()
    with pytest.raises(Refusal, match="in a few words"):
        share_barriers(barriers=[barrier], by=dana, texts={barrier.pk: {"headline": "  "}})


def test_the_name_of_who_heard_it_is_looked_for_too(hear, dana):
    with pytest.raises(StillIdentifies):
        share_barriers(barriers=[hear(account="Амина went along")], by=dana)


def test_what_its_author_has_not_approved_is_not_shared(hear, dana):
    with pytest.raises(Refusal, match="waits for its author"):
        share_barriers(barriers=[hear(waiting=True)], by=dana)


def test_sharing_twice_is_sharing_once(hear, dana):
    barrier = hear()
    share_barriers(barriers=[barrier], by=dana)
    assert share_barriers(barriers=[barrier], by=dana) == []
    assert Entry.objects.filter(verb="barrier.shared").count() == 1


def test_nobody_but_a_coordinator_shares(hear, amina, scribe, officer):
    barrier = hear()
    for who in (amina, scribe, officer):
        with pytest.raises(OutOfReach):
            share_barriers(barriers=[barrier], by=who)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_proposed_words_pass_the_check_in_every_language(hear, dana, language):
    barrier = hear(account="Amina, 0700 123456, 12.03.1984, AN 1234567, aida@example.org, ул. Ленина 5")
    names = names_in(barriers=[barrier], by=dana)[barrier.pk]
    with translation.override(language):
        for words in REASONS.values():
            assert find_identifying(f"[{words}] [{words}]") == ()
        share_barriers(barriers=[barrier], by=dana, texts={barrier.pk: proposals(barrier, names)})
    barrier.refresh_from_db()
    assert barrier.shared_at is not None
