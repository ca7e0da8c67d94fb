"""What people type about tables, made clean."""

from relais.roundtables.forms.agreeing import (
    AdoptForm,
    AnswerForm,
    CommentForm,
    CommitmentForm,
    ConsultationForm,
    DecisionForm,
    DropForm,
    RetireForm,
)
from relais.roundtables.forms.meetings import AgendaForm, CancelForm, InviteForm, MeetingForm, MinutesForm, MoveForm
from relais.roundtables.forms.series import EndForm, SeriesForm
from relais.roundtables.forms.studio import TickForm, WishForm

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
    "EndForm",
    "InviteForm",
    "MeetingForm",
    "MinutesForm",
    "MoveForm",
    "RetireForm",
    "SeriesForm",
    "TickForm",
    "WishForm",
]
