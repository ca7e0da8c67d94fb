"""What people type about tables, made clean."""

from relais.roundtables.forms.agreeing import (
    AdoptForm,
    AnswerForm,
    CommentForm,
    CommitmentForm,
    ConsultationForm,
    DecisionForm,
    DropForm,
)
from relais.roundtables.forms.meetings import AgendaForm, CancelForm, InviteForm, MeetingForm, MinutesForm, MoveForm

__all__ = [
    "AdoptForm",
    "AgendaForm",
    "AnswerForm",
    "CancelForm",
    "CommentForm",
    "CommitmentForm",
    "ConsultationForm",
    "DecisionForm",
    "DropForm",
    "InviteForm",
    "MeetingForm",
    "MinutesForm",
    "MoveForm",
]
