"""What is done to accounts, and to what their owners were typing."""

from relais.accounts.services.accounts import (
    choose_language,
    choose_mail,
    choose_name,
    close_account,
    make_account,
    make_program,
    set_password,
)
from relais.accounts.services.drafts import forget_drafts, forget_old_drafts, open_draft, save_draft, take_draft
from relais.accounts.services.mailing import Waiting, stop_mail, tell_by_mail, who_stops

__all__ = [
    "Waiting",
    "choose_language",
    "choose_mail",
    "choose_name",
    "close_account",
    "forget_drafts",
    "forget_old_drafts",
    "make_account",
    "make_program",
    "open_draft",
    "save_draft",
    "set_password",
    "stop_mail",
    "take_draft",
    "tell_by_mail",
    "who_stops",
]
