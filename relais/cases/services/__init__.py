"""Everything one can do with a case, one function for each thing a volunteer or an authority would say."""

from relais.cases.services.deciding import accept_dossier, return_dossier
from relais.cases.services.dossiers import hand_dossiers, receive_batch, withdraw_dossier
from relais.cases.services.news import read_news
from relais.cases.services.opening import close_case, hand_over_case, open_case, reopen_case
from relais.cases.services.plans import (
    close_appointment,
    go_along,
    plan_appointment,
    plan_follow_ups,
    record_follow_up,
)
from relais.cases.services.progress import complete_step, hear_visit, note_visit, set_evidence, undo_step
from relais.cases.services.reading import Read, read_case, read_visits
from relais.cases.services.reassessing import Moved, reassess_cases
from relais.cases.services.referrals import (
    answer_referral,
    close_referral,
    offer_referral,
    read_note,
    withdraw_referral,
)
from relais.cases.services.straining import tell_strain

__all__ = [
    "Moved",
    "Read",
    "accept_dossier",
    "answer_referral",
    "close_appointment",
    "close_case",
    "close_referral",
    "complete_step",
    "go_along",
    "hand_dossiers",
    "hand_over_case",
    "hear_visit",
    "note_visit",
    "offer_referral",
    "open_case",
    "plan_appointment",
    "plan_follow_ups",
    "read_case",
    "read_news",
    "read_note",
    "read_visits",
    "reassess_cases",
    "receive_batch",
    "record_follow_up",
    "reopen_case",
    "return_dossier",
    "set_evidence",
    "tell_strain",
    "undo_step",
    "withdraw_dossier",
    "withdraw_referral",
]
