"""Meetings, what is on their agenda, and what came of them; `MeetingFactory(programme=...)` for a programme of one's own."""

from datetime import UTC, date, datetime, time
from uuid import uuid4

import factory

from relais.kernel import clock
from relais.procedures.cohort import Cohort, Said
from relais.roundtables.models import (
    AgendaItem,
    Commitment,
    Consultation,
    ConsultationAnswer,
    Decision,
    DraftComment,
    Foretold,
    Invitee,
    Meeting,
    Notice,
    Series,
    SeriesGuest,
)
from tests.accounts.factories import UserFactory
from tests.organisations.factories import OrganisationFactory
from tests.programmes.factories import ProgrammeFactory


class SeriesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Series

    key = factory.Sequence(lambda number: f"monthly-{number}")
    programme = factory.SubFactory(ProgrammeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    names = {"en": "Round table of Chui", "fr": "Table ronde de Tchouï"}
    place = {"en": "Village hall, Kant"}
    rrule = "FREQ=MONTHLY;BYMONTHDAY=15"
    starts_on = date(2026, 1, 1)
    starts_at_time = time(10, 0)
    time_zone = "Asia/Bishkek"
    holiday_rule = Series.HolidayRule.AFTER


class SeriesGuestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SeriesGuest

    series = factory.SubFactory(SeriesFactory)
    user = factory.SubFactory(UserFactory)


class MeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Meeting

    programme = factory.SubFactory(ProgrammeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    names = {"en": "Round table of Chui", "fr": "Table ronde de Tchouï"}
    place = {"en": "Village hall, Kant"}
    starts_at = datetime(2026, 12, 15, 4, 0, tzinfo=UTC)
    time_zone = "Asia/Bishkek"
    uid = factory.Sequence(lambda number: f"meeting-{number}@relais")
    changed_at = datetime(2026, 11, 1, tzinfo=UTC)


class InviteeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invitee

    meeting = factory.SubFactory(MeetingFactory)
    user = factory.SubFactory(UserFactory)


class AgendaItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.Sequence(lambda number: number + 1)
    reason = AgendaItem.Reason.ADDED
    title = "Opening hours on market days"


class ConsultationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Consultation

    programme = factory.SubFactory(ProgrammeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    question = "Would two witnesses be easier than a birth certificate?"
    asked_of = "People without a birth certificate"
    opens_on = date(2026, 11, 1)
    closes_on = date(2026, 11, 30)
    asked_by = factory.SubFactory(UserFactory)
    asked_at = datetime(2026, 11, 1, 6, 0, tzinfo=UTC)


class ConsultationAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ConsultationAnswer

    consultation = factory.SubFactory(ConsultationFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    choice = ConsultationAnswer.Choice.FOR
    people_count = 3
    reasons = "My uncle and the mullah were there when I was born."
    gathered_by = factory.SubFactory(UserFactory)
    gathered_at = datetime(2026, 11, 10, 6, 0, tzinfo=UTC)


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Decision

    meeting = factory.SubFactory(MeetingFactory)
    programme = factory.SelfAttribute("meeting.programme")
    organisation = factory.SelfAttribute("meeting.organisation")
    title = "Two witnesses in place of a birth certificate"
    outcome = Decision.Outcome.ADOPTED
    reasons = "Archives in Khatlon burnt in 1993: nobody can get the paper."
    decided_on = date(2026, 11, 15)
    decided_at = datetime(2026, 11, 15, 8, 0, tzinfo=UTC)
    decided_by = factory.SubFactory(UserFactory)


class ForetoldFactory(factory.django.DjangoModelFactory):
    """What was foretold of thirty people the draft of a decision would let through; their cases are not there."""

    class Meta:
        model = Foretold

    decision = factory.SubFactory(DecisionFactory)
    version = factory.SelfAttribute("decision.version")
    on = date(2026, 1, 10)
    people = 30
    figures = {
        "people": 30,
        "threshold": 10,
        "before": {"passes": 0, "blocked": 30, "open": 0},
        "after": {"passes": 30, "blocked": 0, "open": 0},
        "unlocked": {"least": 30, "most": 30, "some": True},
        "newly_blocked": {"least": 0, "most": 0, "some": False},
        "groups": {},
        "requirements": [],
        "steps": [],
    }
    cases = factory.LazyFunction(lambda: Cohort.of([uuid4() for _ in range(30)], [Said.UNLOCKED] * 30).as_bytes())


class CommitmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Commitment

    meeting = factory.SubFactory(MeetingFactory)
    programme = factory.SelfAttribute("meeting.programme")
    organisation = factory.SelfAttribute("meeting.organisation")
    owner = factory.SubFactory(UserFactory)
    what = "Print the form in Kyrgyz"
    due_on = date(2026, 11, 30)
    made_at = datetime(2026, 11, 15, 8, 0, tzinfo=UTC)
    made_by = factory.SubFactory(UserFactory)


class NoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notice

    user = factory.SubFactory(UserFactory)
    programme = factory.SubFactory(ProgrammeFactory)
    kind = Notice.Kind.INVITED
    about_id = factory.LazyFunction(lambda: MeetingFactory().pk)
    link = "/tables/"
    told_at = datetime(2026, 11, 15, 8, 0, tzinfo=UTC)


class DraftCommentFactory(factory.django.DjangoModelFactory):
    """What a partner said about the whole of a version, which is given."""

    class Meta:
        model = DraftComment

    organisation = factory.LazyAttribute(lambda made: made.version.procedure.service.authority)
    text = "Who are the witnesses?"
    written_at = factory.LazyFunction(clock.now)
    written_by = factory.SubFactory(UserFactory)
