"""The pages of the table, walked as people walk them: what they read, where they get to, and what stays out of sight."""

from datetime import UTC, date, datetime

import icalendar
import pytest
from django.urls import reverse

from relais.procedures.models import Requirement
from relais.procedures.services import draft_version, drop_requirement
from relais.roundtables import services
from relais.roundtables.models import CalendarFeed, Commitment, Consultation, Decision, Invitee, Meeting
from relais.roundtables.replays import DraftReplay
from tests.barriers.factories import BarrierFactory
from tests.cases.factories import CaseFactory
from tests.roundtables.factories import (
    AgendaItemFactory,
    CommitmentFactory,
    ConsultationAnswerFactory,
    ConsultationFactory,
    DecisionFactory,
    DraftCommentFactory,
    InviteeFactory,
    MeetingFactory,
    NoticeFactory,
    SeriesFactory,
)


@pytest.fixture
def coming(place):
    meeting = MeetingFactory(programme=place.programme, organisation=place.sairon, public=True)
    InviteeFactory(meeting=meeting, user=place.official)
    return meeting


def address(name, *args):
    return reverse(f"roundtables:{name}", args=[getattr(each, "pk", each) for each in args])


def text(response):
    return response.content.decode()


# --- meetings ------------------------------------------------------------------------------------------------


def test_tables_to_come_and_gone_by_stand_apart_and_strangers_see_neither(place, coming, meeting, sign_in):
    meeting.names = {"en": "The table gone by"}
    meeting.save()
    DecisionFactory(meeting=meeting)
    own = sign_in(place.companion)
    assert "Round table of Chui" in text(own.get(address("list")))
    assert "The table gone by" not in text(own.get(address("list")))
    assert "The table gone by" in text(own.get(address("list") + "?past=1"))
    assert "Round table of Chui" not in text(sign_in(place.stranger).get(address("list")))
    assert own.get(address("detail", meeting)).status_code == 404


def test_a_table_is_called_on_the_clock_of_its_place(place, sign_in):
    page = sign_in(place.coordinator)
    typed = {"name": "Extraordinary", "day": "2026-12-01", "hour": "10:00", "minutes": "90", "place": "Kant"}
    assert page.get(address("call", "sairon")).status_code == 200
    response = page.post(address("call", "sairon"), typed)
    meeting = Meeting.objects.get()
    assert response.url == meeting.get_absolute_url()
    assert meeting.starts_at == datetime(2026, 12, 1, 4, tzinfo=UTC)
    assert (meeting.names, meeting.place, meeting.public) == ({"en": "Extraordinary"}, {"en": "Kant"}, False)


def test_a_table_is_moved_and_keeps_its_place_in_every_language(place, coming, sign_in):
    coming.place = {"en": "Kant", "fr": "À Kant"}
    coming.save()
    typed = {"day": "2026-12-16", "hour": "11:00", "minutes": "120", "place": "Kant"}
    assert sign_in(place.coordinator).post(address("move", coming), typed).status_code == 302
    coming.refresh_from_db()
    assert (coming.local_start.hour, coming.place["fr"], coming.sequence) == (11, "À Kant", 1)
    sign_in(place.coordinator).post(address("move", coming), {**typed, "place": "Tokmok"})
    coming.refresh_from_db()
    assert coming.place == {"en": "Tokmok"}


def test_a_table_is_cancelled_with_its_reason_shown(place, coming, sign_in):
    page = sign_in(place.coordinator)
    page.post(address("cancel", coming), {"reason": "Snow on the pass"})
    assert "Snow on the pass" in text(page.get(address("detail", coming)))
    again = page.post(address("cancel", coming), {"reason": "Twice"})
    assert again.status_code == 422
    assert "cannot be changed" in text(again)


def test_people_are_invited_answer_and_are_seen_coming(place, coming, sign_in):
    typed = {"users": [str(place.companion.pk)], "labels": "Two villagers\n\nThe mayor"}
    assert sign_in(place.coordinator).post(address("invite", coming), typed).status_code == 302
    page = sign_in(place.companion)
    page.post(address("answer", coming), {"coming": "yes"})
    assert Invitee.objects.get(user=place.companion).answer == "coming"
    seen = text(page.get(address("detail", coming)))
    assert "Two villagers" in seen
    assert "1 of 4 invited" in seen
    refused = sign_in(place.coordinator).post(address("answer", coming), {"coming": "no"}, follow=True)
    assert "You are not invited" in text(refused)


def test_minutes_are_written_on_the_page_and_shown(place, meeting, sign_in):
    page = sign_in(place.coordinator)
    there = str(meeting.invitees.get(user=place.official).pk)
    page.post(address("minutes", meeting), {"text": "We spoke.\r\nWe agreed.", "came": [there], "revision": "0"})
    meeting.refresh_from_db()
    assert meeting.minutes_text == "We spoke.\nWe agreed."
    assert "We agreed." in text(page.get(address("detail", meeting)))
    lost = page.post(address("minutes", meeting), {"text": "Other", "revision": "0"})
    assert lost.status_code == 422
    assert "Someone else changed" in text(lost)
    assert "Other" in text(lost), "nothing typed is lost"
    assert "We agreed." in text(lost), "and what stands now is beside it"
    both = {"text": "We agreed. Other", "came": [there], "revision": "1"}
    assert page.post(address("minutes", meeting), both).status_code == 302


def test_the_agenda_is_proposed_added_to_and_put_in_order_on_the_page(place, coming, sign_in):
    BarrierFactory(programme=place.programme, headline="The fee", people_count=20, shared=True)
    page = sign_in(place.coordinator)
    page.post(address("agenda_propose", coming))
    seen = text(page.get(address("detail", coming)))
    assert "It stopped 20 people" in seen
    page.post(address("agenda_add", coming), {"title": "Opening hours"})
    last = coming.agenda.latest("position")
    page.post(address("agenda_item", coming, last), {"deed": "up"})
    assert coming.agenda.order_by("position").first() == last
    page.post(address("agenda_item", coming, last), {"deed": "down"})
    page.post(address("agenda_item", coming, last), {"deed": "drop"})
    assert "1 proposal left out" in text(page.get(address("detail", coming)))
    page.post(address("agenda_item", coming, last), {"deed": "keep"})
    page.post(address("agenda_item", coming, last), {"deed": "dance"})
    assert coming.agenda.filter(kept=True).count() == 2
    uninvited = sign_in(place.companion).post(address("agenda_add", coming), {"title": "Mine"})
    assert uninvited.status_code == 422


# --- drafts, decisions, adoption -----------------------------------------------------------------------------


def test_a_draft_says_what_it_would_change_for_the_rule_and_for_people(place, draft, coming, sign_in):
    at = {"organisation": place.sairon, "programme": place.programme, "procedure": place.procedure}
    CaseFactory(**at, companion=place.companion, papers={"birth-certificate": 2, "two-witnesses": 1, "photo": 1})
    page = sign_in(place.coordinator)
    seen = text(page.get(address("draft", draft)))
    assert "can also be shown by: Two witnesses" in seen
    assert "Newly shut out" in seen
    assert "some, hidden" in seen
    assert "Newly shut out" not in text(sign_in(place.companion).get(address("draft", draft))), (
        "counts are for who decides"
    )
    assert sign_in(place.stranger).get(address("draft", draft)).status_code == 404


def test_partners_comment_on_a_draft_and_put_it_on_a_table(place, draft, coming, sign_in):
    sign_in(place.official).post(address("draft_comment", draft), {"text": "Who are the witnesses?"})
    page = sign_in(place.coordinator)
    assert "Who are the witnesses?" in text(page.get(address("draft", draft)))
    assert page.post(address("draft_to_table", draft, coming)).status_code == 302
    assert coming.agenda.get().version == draft
    seen = text(page.get(address("draft", draft)))
    assert "On the agenda of the table of" in seen
    assert "Put it on the table of" not in seen, "it is there already"
    assert page.post(address("draft_comment", draft), {"text": " "}).status_code == 422


def test_a_draft_is_shared_from_the_studio_and_talked_about_beside_it(place, sign_in):
    own = draft_version(procedure=place.procedure, by=place.coordinator, names={"en": "No photo"})
    drop_requirement(requirement=Requirement.objects.get(step__version=own, key="birth"), by=place.coordinator)
    page = sign_in(place.coordinator)
    assert "Only those who write this draft see it." in text(page.get(address("studio", own)))
    assert sign_in(place.companion).get(address("draft", own)).status_code == 404
    page = sign_in(place.coordinator)
    shared = page.post(reverse("procedures:share", args=[own.pk]) + "?from=studio")
    assert shared.url == address("studio", own)
    assert "Shared with the partners since" in text(page.get(shared.url))
    (change,) = DraftReplay(own).changes

    said = sign_in(place.companion).post(address("draft_comment", own), {"text": "At last.", "change": change.key})
    comment = own.comments.get()
    assert said.url == f"{address('draft', own)}#said-{comment.pk}"
    page = sign_in(place.coordinator)
    beside = text(page.get(address("studio", own)))
    assert "At last." in beside
    assert f"{place.companion}, {place.sairon}, 15 November 2026" in beside
    assert "Comment on this change" in beside
    answer = {"text": "Thank you.", "answers": str(comment.pk), "change": ""}
    answered = page.post(address("draft_comment", own) + "?from=studio", answer)
    assert answered.url.startswith(address("studio", own) + "#said-")
    assert "Thank you." in text(sign_in(place.companion).get(address("draft", own)))
    empty = page.post(address("draft_comment", own), {"text": " ", "answers": str(comment.pk)})
    assert empty.status_code == 422
    assert empty.content.decode().count("data-relais-errors") == 1
    assert sign_in(place.stranger).post(address("draft_comment", own), answer).status_code == 404


def test_what_was_said_of_a_change_that_is_gone_stays_readable(place, draft, sign_in):
    DraftCommentFactory(version=draft, change="requirement_removed apply gone", text="Good riddance")
    seen = text(sign_in(place.official).get(address("draft", draft)))
    assert "A change that is no longer in the draft" in seen
    assert "Good riddance" in seen


def test_who_moves_very_many_cases_is_told_to_wait(place, meeting, draft, sign_in, monkeypatch):
    decision = DecisionFactory(meeting=meeting, version=draft, outcome="adopted")
    CaseFactory(organisation=place.sairon, programme=place.programme, procedure=place.procedure)
    page = sign_in(place.official)
    assert "takes a minute" not in text(page.get(address("adopt", decision)))
    monkeypatch.setattr("relais.roundtables.views.decisions.MANY", 0)
    assert "takes a minute" in text(page.get(address("adopt", decision)))


def test_a_decision_is_written_adopted_and_read_along_its_thread(place, meeting, draft, sign_in):
    barrier = BarrierFactory(programme=place.programme, organisation=place.sairon, author=place.companion, shared=True)
    item = AgendaItemFactory(meeting=meeting, reason="most_stopped", barrier=barrier, title=barrier.headline)
    page = sign_in(place.official)
    assert barrier.headline in text(page.get(address("decide", meeting) + f"?version={draft.pk}"))
    typed = {
        "title": "Witnesses will do", "outcome": "adopted", "reasons": "Archives burnt.",
        "version": str(draft.pk), "about": [str(item.pk)],
    }  # fmt: skip
    response = page.post(address("decide", meeting), typed)
    decision = Decision.objects.get()
    assert response.url == decision.get_absolute_url()
    assert "Put the draft in force" in text(page.get(address("decision", decision)))
    assert page.get(address("adopt", decision)).status_code == 200
    early = page.post(address("adopt", decision), {"from_day": "2027-01-01"})
    assert early.status_code == 422
    page.post(address("adopt", decision), {"from_day": "2026-11-15"})
    seen = text(page.get(address("decision", decision)))
    for words in ("1 report · 1 person", "Round table of Chui", "in force from", "What the replay foretold"):
        assert words in seen
    assert page.get(address("adopt", decision)).status_code == 404
    reporter = text(sign_in(place.companion).get(address("reported")))
    assert "In force since" in reporter
    assert decision.get_absolute_url() in reporter


def test_a_refused_decision_keeps_what_was_typed(place, meeting, draft, sign_in):
    asked = ConsultationFactory(programme=place.programme, version=draft)
    ConsultationAnswerFactory(consultation=asked)
    typed = {"title": "Witnesses", "outcome": "adopted", "reasons": "Typed with care", "version": str(draft.pk)}
    response = sign_in(place.official).post(address("decide", meeting), typed)
    assert response.status_code == 422
    assert "Typed with care" in text(response)
    assert "asked about this draft" in text(response)


# --- promises, questions, news -------------------------------------------------------------------------------


def test_promises_are_made_kept_and_dropped_on_pages(place, meeting, sign_in):
    page = sign_in(place.coordinator)
    typed = {
        "what": "Print it", "organisation": str(place.sairon.pk), "owner": str(place.companion.pk), "due_on": "2026-11-10",
    }  # fmt: skip
    assert page.get(address("commit", "sairon") + f"?meeting={meeting.pk}").status_code == 200
    assert page.post(address("commit", "sairon") + f"?meeting={meeting.pk}", typed).url == meeting.get_absolute_url()
    page.post(address("commit", "sairon"), {**typed, "what": "Paint it", "owner": ""})
    own = sign_in(place.companion)
    mine = text(own.get(address("commitments") + "?show=mine"))
    assert "Print it" in mine
    assert "Paint it" not in mine
    assert "late" in text(own.get(address("commitments") + "?show=late"))
    made = Commitment.objects.get(what="Print it")
    own.post(address("commitment_done", made))
    again = own.post(address("commitment_done", Commitment.objects.get(what="Paint it")))
    assert again.status_code == 404
    page = sign_in(place.coordinator)
    page.post(address("commitment_drop", Commitment.objects.get(what="Paint it")), {"reason": "No paint"})
    seen = text(page.get(address("commitments")))
    assert "done on" in seen
    assert "dropped: No paint" in seen
    refused = page.post(address("commitment_done", Commitment.objects.get(what="Paint it")), follow=True)
    assert "was dropped" in text(refused)
    assert page.post(address("commitment_drop", made), {"reason": "Late"}).status_code == 422


def test_people_are_asked_and_answer_in_their_words(place, draft, sign_in):
    page = sign_in(place.coordinator)
    typed = {"question": "Would it help?", "asked_of": "Villagers", "opens_on": "2026-11-15", "closes_on": "2026-12-01"}
    page.post(address("ask", "sairon") + f"?version={draft.pk}", typed)
    asked = Consultation.objects.get()
    assert asked.version == draft
    assert "Two witnesses" in text(page.get(address("ask", "sairon") + f"?version={draft.pk}"))
    own = sign_in(place.companion)
    assert "Enter answers" in text(own.get(address("consultations")))
    assert "Nobody has answered yet" in text(own.get(address("consultation", asked)))
    form = own.get(address("consultation_answer", asked)).context["form"]
    typed = {"id": form.initial["id"], "choice": "worried", "people_count": "3", "reasons": "Neighbours gossip."}
    own.post(address("consultation_answer", asked), typed)
    own.post(address("consultation_answer", asked), typed)
    seen = text(own.get(address("consultation", asked)))
    assert "3 people answered" in seen
    assert "Neighbours gossip." in seen
    silent = own.post(address("consultation_answer", asked), {"choice": "worried", "people_count": "1"})
    assert silent.status_code == 422
    early = sign_in(place.coordinator).post(
        address("ask", "sairon"),
        {"question": "?", "asked_of": "x", "opens_on": "2026-11-15", "closes_on": "2026-11-01"},
    )
    assert early.status_code == 422


def test_a_question_says_whether_the_table_answered(place, meeting, sign_in):
    asked = ConsultationFactory(programme=place.programme, closes_on=date(2026, 11, 1))
    page = sign_in(place.companion)
    assert "has not said yet" in text(page.get(address("consultation", asked)))
    DecisionFactory(meeting=meeting, consultation=asked, what_became_of_answers="It changed the second step.")
    assert "It changed the second step." in text(page.get(address("consultation", asked)))


def test_news_is_read_and_only_ones_own(place, sign_in):
    NoticeFactory(user=place.companion, detail={"meeting": {"en": "Table of spring"}})
    assert "Table of spring" not in text(sign_in(place.official).get(address("notices")))
    page = sign_in(place.companion)
    assert "Table of spring" in text(page.get(address("notices")))
    page.post(address("notices_seen"))
    assert "I have read all of it" not in text(page.get(address("notices")))


# --- calendars -----------------------------------------------------------------------------------------------


def test_ones_own_calendar_holds_the_tables_one_is_invited_to(place, coming, meeting, sign_in, client):
    page = sign_in(place.official)
    page.post(address("calendar_renew"))
    shown = page.get(address("calendar"))
    private = shown.context["address"]
    assert private in text(shown)
    assert private not in text(page.get(address("calendar"))), "shown once"
    client.logout()
    calendar = icalendar.Calendar.from_ical(client.get(private.removeprefix("http://127.0.0.1:8000")).content)
    assert {each["UID"] for each in calendar.walk("VEVENT")} == {coming.uid, meeting.uid}
    sign_in(place.official).post(address("calendar_close"))
    assert not CalendarFeed.objects.exists()


def test_someone_whose_account_is_closed_has_no_calendar(place, coming, client):
    token = services.renew_feed(by=place.official)
    place.official.is_active = False
    place.official.save()
    assert client.get(address("feed", token)).status_code == 404


def test_the_public_calendar_holds_public_tables_without_a_way_in(place, coming, meeting, client):
    response = client.get(address("public_feed", "sairon"))
    (found,) = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    assert found["UID"] == coming.uid
    assert "URL" not in found
    assert "ATTENDEE" not in found


def test_an_invitation_is_a_file_for_any_calendar(place, coming, sign_in):
    response = sign_in(place.companion).get(address("ics", coming))
    assert response["Content-Type"].startswith("text/calendar")
    assert coming.uid.encode() in response.content


# --- how many questions a page asks --------------------------------------------------------------------------


def rows_of_each(place, many):
    for _number in range(many):
        meeting = MeetingFactory(programme=place.programme, organisation=place.sairon, state="held")
        DecisionFactory(meeting=meeting)
        CommitmentFactory(meeting=meeting, owner=place.companion)
        ConsultationAnswerFactory(consultation=ConsultationFactory(programme=place.programme))
        BarrierFactory(programme=place.programme, organisation=place.sairon, author=place.companion)
        NoticeFactory(user=place.companion, programme=place.programme)


@pytest.mark.parametrize(
    "page", ["list", "list?past=1", "decisions", "commitments", "consultations", "reported", "notices", "calendar"]
)
def test_a_longer_list_asks_no_more_questions(place, sign_in, page, django_assert_max_num_queries):
    name, _, query = page.partition("?")
    own = sign_in(place.companion)
    rows_of_each(place, 1)
    with django_assert_max_num_queries(16) as few:
        own.get(address(name) + f"?{query}")
    rows_of_each(place, 5)
    with django_assert_max_num_queries(len(few)):
        own.get(address(name) + f"?{query}")


def test_a_full_table_asks_no_more_questions_than_an_empty_one(
    place, coming, draft, sign_in, django_assert_max_num_queries
):
    page = sign_in(place.coordinator)
    AgendaItemFactory(meeting=coming, version=draft)
    with django_assert_max_num_queries(24) as few:
        page.get(address("detail", coming))
    for _number in range(5):
        AgendaItemFactory(meeting=coming, version=draft)
        InviteeFactory(meeting=coming)
        CommitmentFactory(meeting=coming)
    with django_assert_max_num_queries(len(few)):
        page.get(address("detail", coming))


def test_a_draft_asks_the_same_number_of_questions_however_many_people(
    place, draft, sign_in, django_assert_max_num_queries
):
    at = {"organisation": place.sairon, "programme": place.programme, "procedure": place.procedure}
    page = sign_in(place.coordinator)
    CaseFactory(**at, papers={"photo": 1})
    with django_assert_max_num_queries(34) as few:
        page.get(address("draft", draft))
    for _number in range(4):
        CaseFactory(**at, papers={"photo": 1})
    with django_assert_max_num_queries(len(few)):
        page.get(address("draft", draft))


RHYTHM = {
    "name": "Table of Tokmok", "how": "weeks", "every": "2", "weekday": "1", "starts_on": "2026-11-15", "starts_at_time": "14:00",
    "minutes": "90", "place": "Town hall", "holiday_rule": "skip", "labels": "Two elders\n",
}  # fmt: skip


def test_a_coordinator_starts_a_series_in_plain_words(sign_in, place):
    page = sign_in(place.coordinator)
    made = page.post(reverse("roundtables:series_make", args=["sairon"]), RHYTHM, follow=True)
    shown = text(made)
    for words in ("Every 2 weeks on Tuesday", "Two elders", "14:00 (Asia/Bishkek)", "17 November 2026"):
        assert words in shown
    assert "Table of Tokmok" in text(page.get(reverse("roundtables:series_list")))


def test_a_rhythm_by_a_rule_needs_the_rule(sign_in, place):
    page = sign_in(place.coordinator)
    refused = page.post(reverse("roundtables:series_make", args=["sairon"]), RHYTHM | {"how": "custom"})
    assert (refused.status_code, "Write the rule" in text(refused)) == (422, True)
    unread = page.post(reverse("roundtables:series_make", args=["sairon"]), RHYTHM | {"how": "custom", "rrule": "soon"})
    assert (unread.status_code, "cannot be read" in text(unread)) == (422, True)


def test_a_series_is_changed_from_what_stands_and_keeps_its_words_in_other_languages(sign_in, place):
    series = SeriesFactory(programme=place.programme, organisation=place.sairon)
    page = sign_in(place.coordinator)
    form = page.get(address("series_change", series)).context["form"]
    standing = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", [], False)}
    page.post(address("series_change", series), standing | {"place": "Tokmok", "starts_at_time": "11:00"})
    series.refresh_from_db()
    assert (series.rrule, series.names["fr"], series.place) == (
        "FREQ=MONTHLY;BYMONTHDAY=15", "Table ronde de Tchouï", {"en": "Tokmok"},
    )  # fmt: skip


def test_a_series_ends_on_its_page(sign_in, place):
    series = SeriesFactory(programme=place.programme, organisation=place.sairon)
    page = sign_in(place.coordinator)
    page.post(address("series_end", series), {"ended_on": "2026-12-01", "reason": "The law passed."})
    shown = text(page.get(address("series", series)))
    assert "Ended on 1 December 2026" in shown
    assert "The law passed." in shown
