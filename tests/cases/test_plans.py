"""Appointments, follow-ups and referrals, and what became of them."""

from datetime import timedelta

import pytest

from relais.access.lock import OutOfReach
from relais.access.roles import Role
from relais.cases import services
from relais.cases.models import Appointment, FollowUp, News, Referral
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.people.models import ConsentText
from tests.cases.factories import AppointmentFactory, CaseFactory, FollowUpFactory, ReferralFactory, today
from tests.organisations.factories import OrganisationFactory, member
from tests.people.factories import consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return CaseFactory()


def test_an_appointment_is_planned_once_and_the_one_who_goes_along_is_told(case):
    friend, sent = member(organisation=case.organisation), uuid7()
    for _time in range(2):
        services.plan_appointment(case=case, at=clock.now(), accompanied_by=friend, by=case.companion, id=sent)
    appointment = Appointment.objects.get()
    assert (appointment.wants_company, appointment.accompanied_by) == (True, friend)
    assert News.objects.get().kind == "company"


def test_only_a_volunteer_of_the_organisation_goes_along(case):
    with pytest.raises(Refusal, match="not a volunteer"):
        services.plan_appointment(case=case, at=clock.now(), accompanied_by=member(), by=case.companion)


def test_a_coordinator_finds_company_for_who_wants_it():
    appointment = AppointmentFactory(wants_company=True)
    services.go_along(appointment=appointment, by=member(Role.COORDINATOR, appointment.case.organisation))
    assert not Appointment.objects.without_company().exists()


def test_a_missed_appointment_says_why_and_is_told_once():
    appointment = AppointmentFactory()
    by = appointment.case.companion
    with pytest.raises(Refusal, match="why the appointment was missed"):
        services.close_appointment(appointment=appointment, state="missed", by=by)
    for _time in range(2):
        services.close_appointment(appointment=appointment, state="missed", reason="distance", by=by)
    with pytest.raises(Refusal, match="already said"):
        services.close_appointment(appointment=appointment, state="kept", by=by)
    with pytest.raises(Refusal, match="already said"):
        services.go_along(appointment=appointment, by=by)


def test_follow_ups_are_planned_each_month_and_never_twice(case):
    for _time in range(2):
        services.plan_follow_ups(case=case, first=today(), months=6, by=case.companion)
    assert FollowUp.objects.count() == 6
    with pytest.raises(Refusal, match="between one month"):
        services.plan_follow_ups(case=case, first=today(), months=99, by=case.companion)


def test_a_follow_up_entered_weeks_late_keeps_the_day_it_happened():
    follow_up = FollowUpFactory(due_on=today() - timedelta(days=60))
    happened = today() - timedelta(days=58)
    for _time in range(2):
        services.record_follow_up(follow_up=follow_up, happened_on=happened, by=follow_up.case.companion)
    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.happened_on, follow_up.entered_at.date()) == ("done", happened, today())
    assert not FollowUp.objects.overdue(today()).exists()


def test_a_missed_follow_up_says_why_and_may_be_put_right():
    follow_up = FollowUpFactory()
    by = follow_up.case.companion
    with pytest.raises(Refusal, match="on which day"):
        services.record_follow_up(follow_up=follow_up, by=by)
    services.record_follow_up(follow_up=follow_up, reason="no_answer", by=by)
    services.record_follow_up(follow_up=follow_up, happened_on=today(), by=by)
    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.reason) == ("done", "")


def test_nobody_is_referred_without_consent_to_that_organisation(case):
    helper, other = OrganisationFactory(), OrganisationFactory()
    consent(case.person, other, ConsentText.Purpose.REFER)
    with pytest.raises(Refusal, match="has not agreed"):
        services.offer_referral(case=case, to=helper, need="shelter", by=case.companion)
    given = consent(case.person, helper, ConsentText.Purpose.REFER)
    referral = services.offer_referral(case=case, to=helper, need="shelter", by=case.companion, id=uuid7())
    again = services.offer_referral(case=case, to=helper, need="shelter", by=case.companion, id=referral.pk)
    assert (referral.consent, referral.override_reason, again) == (given, "", referral)


def test_what_cannot_wait_goes_with_its_reason_written_down(case):
    helper = OrganisationFactory()
    referral = services.offer_referral(
        case=case, to=helper, need="protection", override_reason="Violence at home", by=case.companion
    )
    assert (referral.consent, referral.override_reason) == (None, "Violence at home")
    with pytest.raises(Refusal, match="already with this organisation"):
        services.offer_referral(case=case, to=case.organisation, need="legal", by=case.companion)


def test_a_referral_is_accepted_done_and_its_note_comes_back_to_who_asked():
    referral = ReferralFactory()
    helper, companion = member(Role.COORDINATOR, referral.to), referral.case.companion
    with pytest.raises(Refusal, match="Only a referral that was accepted"):
        services.close_referral(referral=referral, note="", by=helper)
    for _time in range(2):
        services.answer_referral(referral=referral, accept=True, by=helper)
    for _time in range(2):
        services.close_referral(referral=referral, note="She has a room.", by=helper)
    referral.refresh_from_db()
    assert b"room" not in bytes(referral.note_sealed)
    assert services.read_note(referral=referral, by=companion) == "She has a room."
    assert set(News.objects.values_list("to", "kind")) == {(companion.pk, "referral")}
    with pytest.raises(OutOfReach):
        services.read_note(referral=referral, by=helper)


def test_a_refused_referral_says_why_and_is_over():
    referral = ReferralFactory()
    helper = member(Role.COORDINATOR, referral.to)
    with pytest.raises(Refusal, match="why you cannot"):
        services.answer_referral(referral=referral, accept=False, by=helper)
    services.answer_referral(referral=referral, accept=False, reason="full", by=helper)
    with pytest.raises(Refusal, match="already answered"):
        services.answer_referral(referral=referral, accept=True, by=helper)
    with pytest.raises(Refusal, match="is over"):
        services.withdraw_referral(referral=referral, by=referral.case.companion)
    referral.refresh_from_db()
    assert services.read_note(referral=referral, by=referral.case.companion) == ""


def test_a_withdrawn_referral_shows_nothing_to_the_other_side():
    referral = ReferralFactory()
    for _time in range(2):
        services.withdraw_referral(referral=referral, by=referral.case.companion)
    assert Referral.objects.get().state == "withdrawn"
    with pytest.raises(OutOfReach):
        services.answer_referral(referral=referral, accept=True, by=member(Role.COORDINATOR, referral.to))
