"""The tables of agreeing."""

from relais.roundtables.models.decision import (
    Commitment,
    Consultation,
    ConsultationAnswer,
    Decision,
    DraftComment,
)
from relais.roundtables.models.meeting import AgendaItem, CalendarFeed, Invitee, Meeting, Series

__all__ = [
    "AgendaItem",
    "CalendarFeed",
    "Commitment",
    "Consultation",
    "ConsultationAnswer",
    "Decision",
    "DraftComment",
    "Invitee",
    "Meeting",
    "Series",
]
