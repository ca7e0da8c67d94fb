"""The tables of accompaniment."""

from relais.cases.models.case import Case, CaseEvidence, CaseStep, Visit
from relais.cases.models.dossier import Batch, Dossier
from relais.cases.models.plan import Appointment, FollowUp, Missed, News, Referral

__all__ = [
    "Appointment",
    "Batch",
    "Case",
    "CaseEvidence",
    "CaseStep",
    "Dossier",
    "FollowUp",
    "Missed",
    "News",
    "Referral",
    "Visit",
]
