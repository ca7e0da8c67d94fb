"""Recording what was heard, in one's own name or for a companion, and standing behind it."""

from datetime import date
from uuid import uuid4

import pytest

from relais.access.lock import OutOfReach
from relais.access.roles import Role
from relais.barriers.models import Barrier
from relais.barriers.sealing import unseal
from relais.barriers.services import approve_barrier, record_barrier, share_barriers
from relais.journal.models import Entry
from relais.kernel.refusals import Conflict, Refusal
from tests.barriers.factories import BarrierFactory
from tests.organisations.factories import member
from tests.programmes.factories import ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def tell(programme, sairon):
    """Record the same barrier, but for what the test says."""

    def record(**told):
        return record_barrier(
            **{"programme": programme, "organisation": sairon, "kind": "document", "headline": "No birth certificate"}
            | told
        )

    return record


def test_a_companion_stands_behind_what_they_record_themselves(tell, amina):
    barrier = tell(by=amina)
    assert (barrier.author, barrier.recorded_by, barrier.approved_how) == (amina, amina, "tap")
    assert barrier.approved_at is not None


def test_what_a_relay_writes_for_a_companion_waits_for_their_approval(tell, amina, scribe):
    barrier = tell(by=scribe, author=amina)
    assert (barrier.author, barrier.recorded_by, barrier.approved_at) == (amina, scribe, None)
    assert list(Barrier.objects.to_approve(amina)) == [barrier]


def test_a_relay_must_say_who_heard_it(tell, scribe):
    with pytest.raises(Refusal, match="which companion"):
        tell(by=scribe)


def test_a_relay_is_never_the_author(tell, scribe):
    with pytest.raises(Refusal, match="must be a companion"):
        tell(by=scribe, author=scribe)


def test_a_companion_cannot_put_words_in_the_mouth_of_another(tell, amina, sairon):
    with pytest.raises(Refusal, match="in the name of someone else"):
        tell(by=amina, author=member(Role.COMPANION, sairon))


def test_the_author_must_belong_to_the_organisation(tell, scribe):
    with pytest.raises(Refusal, match="must be a companion of this organisation"):
        tell(by=scribe, author=member(Role.COMPANION))


def test_nobody_hears_for_an_organisation_they_do_not_belong_to(tell):
    with pytest.raises(OutOfReach):
        tell(by=member(Role.COMPANION))


def test_nobody_hears_for_a_programme_their_organisation_has_no_part_in(tell, amina):
    with pytest.raises(OutOfReach):
        tell(by=amina, programme=ProgrammeFactory())


def test_the_organisation_named_must_take_part_in_the_programme_named(tell, amina):
    elsewhere = member(Role.COMPANION).memberships.get().organisation
    amina.memberships.create(organisation=elsewhere, role=Role.COMPANION, since=date(2020, 1, 1))
    with pytest.raises(Refusal, match="does not take part"):
        tell(by=amina, organisation=elsewhere)


def test_a_programme_and_an_organisation_are_needed_without_a_case(tell, amina):
    with pytest.raises(Refusal, match="name both"):
        tell(by=amina, programme=None)


def test_a_late_entry_keeps_the_day_it_happened(tell, amina, at):
    at("2026-11-20 10:00")
    barrier = tell(by=amina, observed_on=date(2026, 9, 1))
    assert (barrier.observed_on, barrier.recorded_at.date()) == (date(2026, 9, 1), date(2026, 11, 20))


def test_the_day_is_today_where_the_programme_is(tell, amina, at):
    at("2026-11-20 20:00")
    assert tell(by=amina).observed_on == date(2026, 11, 21), "it is already tomorrow in Bishkek"


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"headline": "  "}, "in a few words"),
        ({"observed_on": date(2099, 1, 1)}, "has not come yet"),
        ({"people_count": 0}, "how many people"),
        ({"people_count": 1_000_000}, "how many people"),
    ],
)
def test_what_cannot_be_is_refused(tell, amina, told, reason):
    with pytest.raises(Refusal, match=reason):
        tell(by=amina, **told)


def test_the_same_words_sent_twice_are_one_barrier(tell, amina):
    sent = uuid4()
    assert tell(by=amina, id=sent).pk == tell(by=amina, id=sent).pk == sent
    assert Barrier.objects.count() == 1
    assert Entry.objects.filter(verb="barrier.recorded").count() == 1


def test_sending_again_after_a_coordinator_shared_a_corrected_text_is_still_the_same(tell, amina, dana):
    barrier = tell(by=amina, id=uuid4(), account="Gulnora was sent away")
    share_barriers(barriers=[barrier], by=dana, texts={barrier.pk: {"account": "Someone was sent away"}})
    assert tell(by=amina, id=barrier.pk, account="Gulnora was sent away").pk == barrier.pk
    with pytest.raises(Conflict):
        tell(by=amina, id=barrier.pk, account="Someone was sent away")


@pytest.mark.parametrize("other", [{"headline": "Another"}, {"people_count": 3}, {"kind": "fee"}])
def test_other_words_under_the_same_identifier_are_a_conflict(tell, amina, other):
    sent = uuid4()
    tell(by=amina, id=sent)
    with pytest.raises(Conflict):
        tell(by=amina, id=sent, **other)


def test_a_voice_note_is_sealed_and_opens_only_in_its_place(tell, amina):
    barrier = tell(by=amina, voice=b"OggS sound of a voice")
    assert b"sound" not in bytes(barrier.voice_sealed)
    barrier.refresh_from_db()
    assert unseal(barrier, "voice_sealed") == b"OggS sound of a voice"


def test_the_journal_says_that_it_was_recorded_without_the_words(tell, amina):
    tell(by=amina, account="Gulnora was sent away")
    line = Entry.objects.get(verb="barrier.recorded")
    assert line.detail == {"kind": "document", "sort": "barrier", "for_someone_else": False}


def test_an_author_approves_by_a_tap(amina, sairon, programme):
    barrier = BarrierFactory(waiting=True, author=amina, organisation=sairon, programme=programme)
    assert approve_barrier(barrier=barrier, by=amina).approved_how == "tap"
    assert list(Barrier.objects.approved()) == [barrier]


def test_an_author_approves_by_saying_so(amina, sairon, programme):
    barrier = BarrierFactory(waiting=True, author=amina, organisation=sairon, programme=programme)
    approved = approve_barrier(barrier=barrier, by=amina, voice=b"OggS yes, these are my words")
    assert approved.approved_how == "voice"
    assert unseal(approved, "approval_sealed") == b"OggS yes, these are my words"


def test_approving_twice_is_approving_once(amina, sairon, programme, at):
    barrier = BarrierFactory(waiting=True, author=amina, organisation=sairon, programme=programme)
    at("2026-11-20 10:00")
    first = approve_barrier(barrier=barrier, by=amina).approved_at
    at("2026-11-21 10:00")
    assert approve_barrier(barrier=barrier, by=amina).approved_at == first
    assert Entry.objects.filter(verb="barrier.approved").count() == 1


@pytest.mark.parametrize("role", [Role.COMPANION, Role.RELAY, Role.COORDINATOR])
def test_nobody_but_its_author_approves(amina, sairon, programme, role):
    barrier = BarrierFactory(waiting=True, author=amina, organisation=sairon, programme=programme)
    with pytest.raises(OutOfReach):
        approve_barrier(barrier=barrier, by=member(role, sairon))
