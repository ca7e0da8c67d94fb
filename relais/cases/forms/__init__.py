"""What people type about cases, made clean."""

from relais.cases.forms.case import (
    CarryForm,
    CloseForm,
    EvidenceForm,
    FilterForm,
    OpenForm,
    StepForm,
    VisitForm,
)
from relais.cases.forms.dossier import DecideForm, HandForm, ReturnForm
from relais.cases.forms.plan import AnswerForm, AppointmentForm, FollowUpForm, FollowUpPlanForm, ReferralForm, ToldForm
from relais.cases.forms.strain import StrainForm

__all__ = [
    "AnswerForm",
    "AppointmentForm",
    "CarryForm",
    "CloseForm",
    "DecideForm",
    "EvidenceForm",
    "FilterForm",
    "FollowUpForm",
    "FollowUpPlanForm",
    "HandForm",
    "OpenForm",
    "ReferralForm",
    "ReturnForm",
    "StepForm",
    "StrainForm",
    "ToldForm",
    "VisitForm",
]
