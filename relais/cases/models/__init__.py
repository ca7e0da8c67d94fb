"""The tables of accompaniment."""

from relais.cases.models.case import Case, CaseEvidence, CaseStep, Visit
from relais.cases.models.dossier import Batch, Dossier
from relais.cases.models.plan import Appointment, FollowUp, Missed, News, Referral
from relais.cases.models.strain import Strain

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
    "Strain",
    "Visit",
]
