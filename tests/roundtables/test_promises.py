"""Consultations, promises, comments, calendar addresses, and reminders of all of it."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from relais.access.lock import OutOfReach
from relais.access.roles import Role
from relais.kernel.refusals import Refusal
from relais.roundtables import services
from relais.roundtables.models import CalendarFeed, Commitment, ConsultationAnswer, Notice
from relais.roundtables.replays import DraftReplay
from relais.roundtables.sentences import notice_words
from relais.roundtables.services.reminders import Skip
from tests.organisations.factories import member
from tests.roundtables.factories import (
    CommitmentFactory,
    ConsultationAnswerFactory,
    ConsultationFactory,
    DecisionFactory,
    DraftCommentFactory,
    InviteeFactory,
    MeetingFactory,
    NoticeFactory,
)

TODAY = date(2026, 11, 15)
NEXT_MONTH = date(2026, 12, 15)


@pytest.fixture
def asked(place):
    return ConsultationFactory(programme=place.programme, organisation=place.sairon, asked_by=place.coordinator)


def ask(place, **more):
    values = {"question": "Would it help?", "asked_of": "Villagers", "opens_on": TODAY, "closes_on": NEXT_MONTH, **more}
    return services.ask_consultation(programme=place.programme, **{"by": place.coordinator, **values})


def answer(place, asked, **more):
    return services.answer_consultation(**{"consultation": asked, "choice": "for", "by": place.companion, **more})


def promise(place, **more):
    values = {"organisation": place.sairon, "what": "Print it", "due_on": NEXT_MONTH, "by": place.official, **more}
    return services.make_commitment(programme=place.programme, **values)


# --- questions -----------------------------------------------------------------------------------------------


def test_people_are_asked_about_a_draft_before_it_is_decided(place, draft):
    id = uuid4()
    consultation = ask(place, version=draft, id=id)
    assert ask(place, version=draft, id=id) == consultation
    assert (consultation.organisation, consultation.version) == (place.sairon, draft)
    with pytest.raises(Refusal, match="no longer a draft"):
        ask(place, version=place.in_force)
    draft.shared_at = None
    draft.save()
    with pytest.raises(Refusal, match="not shared"):
        ask(place, version=draft)


def test_a_question_closes_after_it_opens_and_is_asked_by_who_may(place):
    with pytest.raises(Refusal, match="close before it opens"):
        ask(place, closes_on=TODAY - timedelta(days=1))
    for someone in (place.companion, place.stranger):
        with pytest.raises(OutOfReach):
            ask(place, by=someone)


def test_a_volunteer_brings_back_what_people_said_once(place, asked):
    id = uuid4()
    first = answer(place, asked, people_count=4, reasons=" We were all there. ", id=id)
    assert answer(place, asked, people_count=4, id=id) == first
    assert (first.people_count, first.reasons, first.organisation) == (4, "We were all there.", place.sairon)


def test_an_answer_says_who_many_and_why_it_worries(place, asked):
    with pytest.raises(Refusal, match="would help, worries"):
        answer(place, asked, choice="maybe")
    with pytest.raises(Refusal, match="Between 1 and 1000"):
        answer(place, asked, people_count=0)
    with pytest.raises(Refusal, match="in their words"):
        answer(place, asked, choice="worried")
    for someone in (place.official, place.stranger):
        with pytest.raises(OutOfReach):
            answer(place, asked, by=someone)


def test_what_people_said_reaches_the_table_without_saying_who_they_are(place, asked):
    for words in ("Gulnora Rahimova is afraid of it.", "Ask her on +996 555 123456."):
        with pytest.raises(Refusal, match="could be known"):
            answer(place, asked, choice="worried", reasons=words)
    assert not ConsultationAnswer.objects.exists()


def test_answers_count_until_the_table_says_what_became_of_them(place, asked, at):
    at("2026-12-20 06:30")
    answer(place, asked)
    DecisionFactory(meeting__programme=place.programme, consultation=asked)
    with pytest.raises(Refusal, match="This question is closed"):
        answer(place, asked)
    assert ConsultationAnswer.objects.count() == 1


def test_a_question_that_is_not_open_yet_takes_no_answer(place, asked, at):
    at("2026-10-20 06:30")
    with pytest.raises(Refusal, match="not open yet"):
        answer(place, asked)


# --- promises ------------------------------------------------------------------------------------------------


def test_a_promise_names_a_partner_and_one_of_its_members(place, meeting):
    id = uuid4()
    made = promise(place, owner=place.companion, meeting=meeting, id=id)
    assert promise(place, owner=place.companion, meeting=meeting, id=id) == made
    with pytest.raises(Refusal, match="does not belong to"):
        promise(place, owner=place.official)
    with pytest.raises(Refusal, match="not a partner"):
        promise(place, organisation=place.stranger.memberships.get().organisation)
    with pytest.raises(Refusal, match="what is promised"):
        promise(place, what=" ")
    with pytest.raises(Refusal, match="another programme"):
        promise(place, meeting=MeetingFactory())


def test_a_promise_made_with_a_decision_belongs_to_its_table(place, meeting):
    decision = DecisionFactory(meeting=meeting)
    assert promise(place, decision=decision).meeting == meeting


def test_who_promised_or_runs_the_organisation_keeps_it(place, meeting):
    kept = services.fulfil_commitment(commitment=promise(place, owner=place.companion), by=place.companion)
    assert (kept.done_on, kept.done_by) == (TODAY, place.companion)
    assert services.fulfil_commitment(commitment=kept, by=place.coordinator).done_by == place.companion
    for someone in (place.official, place.stranger):
        with pytest.raises(OutOfReach):
            services.fulfil_commitment(commitment=promise(place), by=someone)
    with pytest.raises(Refusal, match="still to come"):
        services.fulfil_commitment(commitment=promise(place), by=place.coordinator, done_on=NEXT_MONTH)


def test_a_promise_is_dropped_with_a_reason_and_stays_dropped(place):
    made = promise(place)
    with pytest.raises(Refusal, match="Say why"):
        services.drop_commitment(commitment=made, reason=" ", by=place.coordinator)
    dropped = services.drop_commitment(commitment=made, reason="The printer broke.", by=place.coordinator)
    assert not dropped.is_pending
    with pytest.raises(Refusal, match="was dropped"):
        services.fulfil_commitment(commitment=dropped, by=place.coordinator)
    kept = services.fulfil_commitment(commitment=promise(place), by=place.coordinator)
    with pytest.raises(Refusal, match="already done"):
        services.drop_commitment(commitment=kept, reason="Late.", by=place.coordinator)


def test_what_is_late_is_what_was_promised_for_a_day_gone_by(place):
    late = CommitmentFactory(due_on=TODAY - timedelta(days=1))
    CommitmentFactory(due_on=TODAY)
    kept_late = CommitmentFactory(due_on=TODAY - timedelta(days=9), done_on=TODAY, done_by=place.companion)
    assert list(Commitment.objects.overdue(TODAY)) == [late]
    assert list(Commitment.objects.done_late()) == [kept_late]


# --- comments and calendar addresses -------------------------------------------------------------------------


def test_partners_comment_on_a_shared_draft_once(place, draft):
    id = uuid4()
    said = services.comment_on_draft(version=draft, text=" Who are the witnesses? ", by=place.official, id=id)
    assert services.comment_on_draft(version=draft, text="Again", by=place.official, id=id) == said
    assert (said.text, said.organisation) == ("Who are the witnesses?", place.office)
    with pytest.raises(Refusal, match="what you think"):
        services.comment_on_draft(version=draft, text=" ", by=place.companion)
    with pytest.raises(OutOfReach):
        services.comment_on_draft(version=draft, text="Mine", by=place.stranger)


def test_a_change_is_commented_and_a_comment_answered(place, draft):
    (change,) = DraftReplay(draft).changes
    asked = services.comment_on_draft(version=draft, text="Who may witness?", change=change.key, by=place.official)
    told = services.comment_on_draft(version=draft, text="Neighbours.", answers=asked, by=place.coordinator)
    assert (told.answers, told.change, told.organisation) == (asked, change.key, place.sairon)
    again = services.comment_on_draft(version=draft, text="Which ones?", answers=told, by=place.official)
    assert again.answers == asked, "answers stand one deep"
    with pytest.raises(Refusal, match="no longer in the draft"):
        services.comment_on_draft(version=draft, text="And this?", change="list_added apply gone", by=place.official)
    elsewhere = DraftCommentFactory(version=place.in_force)
    with pytest.raises(Refusal, match="another draft"):
        services.comment_on_draft(version=draft, text="No.", answers=elsewhere, by=place.official)


def test_who_wrote_a_draft_learns_of_a_comment_and_who_commented_of_the_answer(place, draft):
    asked = services.comment_on_draft(version=draft, text="Who may witness?", by=place.official)
    services.comment_on_draft(version=draft, text="Neighbours.", answers=asked, by=place.companion)
    told = {(each.user, each.kind): notice_words(each) for each in Notice.objects.all()}
    assert set(told) == {(draft.drafted_by, "commented"), (place.official, "answered")}
    assert str(place.sairon) in told[place.official, "answered"]
    assert Notice.objects.filter(user=draft.drafted_by).count() == 2


def test_nobody_is_told_of_what_they_said_themselves(place, draft):
    mine = services.comment_on_draft(version=draft, text="I am not sure.", by=draft.drafted_by)
    services.comment_on_draft(version=draft, text="Nor are we.", answers=mine, by=place.official)
    assert [each.kind for each in Notice.objects.all()] == ["answered"]


def test_a_new_calendar_address_makes_the_old_one_worthless(place, client):
    old, new = services.renew_feed(by=place.companion), services.renew_feed(by=place.companion)
    assert client.get(f"/tables/calendar/{old}.ics").status_code == 404
    assert client.get(f"/tables/calendar/{new}.ics").status_code == 200
    assert new not in CalendarFeed.objects.get().token_hash
    services.close_feed(by=place.companion)
    services.close_feed(by=place.companion)
    assert client.get(f"/tables/calendar/{new}.ics").status_code == 404


# --- reminders -----------------------------------------------------------------------------------------------


def sent():
    return [(each.kind.value, each.user_id) for each in services.remind() if each.skipped is None]


def test_who_promised_is_reminded_shortly_before_and_each_week_after(place, at):
    made = promise(place, owner=place.companion, due_on=date(2026, 11, 17))
    assert sent() == [("commitment_due", place.companion.pk)]
    assert [each.skipped for each in services.remind()] == [Skip.REMINDED]
    at("2026-11-20 06:30")
    assert sent() == [("commitment_late", place.companion.pk)]
    at("2026-11-28 06:30")
    assert sent() == [("commitment_late", place.companion.pk)]
    made.refresh_from_db()
    assert made.reminded_at == datetime(2026, 11, 28, 6, 30, tzinfo=UTC)
    services.fulfil_commitment(commitment=made, by=place.companion)
    assert services.remind() == []


def test_a_promise_without_a_name_reminds_who_runs_the_organisation(place):
    promise(place, due_on=TODAY)
    assert sent() == [("commitment_due", place.coordinator.pk)]


def test_a_reminder_that_is_not_sent_says_why(place):
    gone = member(Role.COMPANION, place.sairon)
    promise(place, owner=gone, due_on=TODAY)
    gone.is_active = False
    gone.save()
    place.coordinator.memberships.update(until=TODAY)
    promise(place, due_on=TODAY, by=place.official)
    assert [each.skipped for each in services.remind()] == [Skip.GONE, Skip.NOBODY]


def test_who_is_invited_is_reminded_on_the_day_before_unless_they_said_no(place):
    tomorrow = MeetingFactory(programme=place.programme, starts_at=datetime(2026, 11, 16, 4, tzinfo=UTC))
    MeetingFactory(programme=place.programme, starts_at=datetime(2026, 11, 17, 4, tzinfo=UTC))
    InviteeFactory(meeting=tomorrow, user=place.companion)
    InviteeFactory(meeting=tomorrow, user=place.official, answer="not_coming")
    assert sent() == [("meeting_soon", place.companion.pk)]


def test_minutes_results_and_adoptions_that_are_owed_are_asked_for(place, draft):
    MeetingFactory(programme=place.programme, organisation=place.sairon, starts_at=datetime(2026, 11, 1, 4, tzinfo=UTC))
    asked = ConsultationFactory(
        programme=place.programme, asked_by=place.coordinator, closes_on=TODAY - timedelta(days=20)
    )
    ConsultationAnswerFactory(consultation=asked)
    held = MeetingFactory(programme=place.programme, state="held")
    DecisionFactory(meeting=held, version=draft, decided_at=datetime(2026, 11, 1, tzinfo=UTC))
    assert sent() == [
        ("minutes_owed", place.coordinator.pk),
        ("result_owed", place.coordinator.pk),
        ("adoption_owed", place.official.pk),
    ]


@pytest.mark.parametrize("kind", Notice.Kind)
def test_every_kind_of_news_is_a_sentence(db, kind):
    detail = {
        "meeting": {"en": "Round table"}, "starts_at": "2026-12-15T04:00:00+00:00", "time_zone": "Asia/Bishkek",
        "what": "print it", "days": 3, "name": {"en": "Two witnesses"}, "state": "solved", "better": 4, "worse": 1,
    }  # fmt: skip
    words = notice_words(NoticeFactory.build(kind=kind, user=None, programme=None, about_id=uuid4(), detail=detail))
    assert words.rstrip().endswith(".")
    assert "%" not in words
    assert notice_words(NoticeFactory.build(kind=kind, user=None, programme=None, about_id=uuid4(), detail={}))


def test_news_is_read_once(place):
    notice = NoticeFactory(user=place.companion)
    assert services.see_notices(by=place.official) == 0
    assert services.see_notices(by=place.companion, ids=[notice.pk]) == 1
    assert services.see_notices(by=place.companion) == 0
