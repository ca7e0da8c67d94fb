"""Every change to what was heard: hearing it, sharing it, putting it together, answering it; and what to do first."""

from relais.barriers.services.answering import answer_barrier, tell_author
from relais.barriers.services.grouping import group_barriers, ungroup_barrier
from relais.barriers.services.hearing import approve_barrier, hear_voice, record_barrier
from relais.barriers.services.needs import (
    agree_weights,
    finish_candidate,
    propose_candidate,
    score_candidate,
    set_weights,
)
from relais.barriers.services.originals import read_as_told
from relais.barriers.services.returns import hear_returned_dossier
from relais.barriers.services.sharing import share_barriers

__all__ = [
    "agree_weights",
    "answer_barrier",
    "approve_barrier",
    "finish_candidate",
    "group_barriers",
    "hear_returned_dossier",
    "hear_voice",
    "propose_candidate",
    "read_as_told",
    "record_barrier",
    "score_candidate",
    "set_weights",
    "share_barriers",
    "tell_author",
    "ungroup_barrier",
]
