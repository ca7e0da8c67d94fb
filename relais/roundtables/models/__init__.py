"""The tables of agreeing."""

from relais.roundtables.models.cohort import Foretold
from relais.roundtables.models.decision import (
    Commitment,
    Consultation,
    ConsultationAnswer,
    Decision,
    DraftComment,
)
from relais.roundtables.models.meeting import AgendaItem, CalendarFeed, Invitee, Meeting, Series, SeriesGuest
from relais.roundtables.models.notice import Notice

__all__ = [
    "AgendaItem",
    "CalendarFeed",
    "Commitment",
    "Consultation",
    "ConsultationAnswer",
    "Decision",
    "DraftComment",
    "Foretold",
    "Invitee",
    "Meeting",
    "Notice",
    "Series",
    "SeriesGuest",
]
