"""Every change at the table: one function for each intent."""

from relais.roundtables.services.adoption import adopt_draft
from relais.roundtables.services.agenda import (
    add_agenda_item,
    drop_agenda_item,
    keep_agenda_item,
    propose_agenda,
    raise_agenda_item,
    reorder_agenda,
)
from relais.roundtables.services.comments import comment_on_draft
from relais.roundtables.services.commitments import drop_commitment, fulfil_commitment, make_commitment
from relais.roundtables.services.consultations import answer_consultation, ask_consultation
from relais.roundtables.services.decisions import decide
from relais.roundtables.services.feeds import close_feed, renew_feed
from relais.roundtables.services.meetings import (
    answer_invitation,
    call_meeting,
    cancel_meeting,
    invite,
    move_meeting,
    write_minutes,
)
from relais.roundtables.services.notices import see_notices
from relais.roundtables.services.planning import plan_meetings
from relais.roundtables.services.reminders import remind
from relais.roundtables.services.retiring import retire_procedure
from relais.roundtables.services.series import Plan, change_series, end_series, make_series
from relais.roundtables.services.upgrading import Written, upgrade_series

__all__ = [
    "Plan",
    "Written",
    "add_agenda_item",
    "adopt_draft",
    "answer_consultation",
    "answer_invitation",
    "ask_consultation",
    "call_meeting",
    "cancel_meeting",
    "change_series",
    "close_feed",
    "comment_on_draft",
    "decide",
    "drop_agenda_item",
    "drop_commitment",
    "end_series",
    "fulfil_commitment",
    "invite",
    "keep_agenda_item",
    "make_commitment",
    "make_series",
    "move_meeting",
    "plan_meetings",
    "propose_agenda",
    "raise_agenda_item",
    "remind",
    "renew_feed",
    "reorder_agenda",
    "retire_procedure",
    "see_notices",
    "upgrade_series",
    "write_minutes",
]
