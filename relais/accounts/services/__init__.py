"""What is done to accounts, and to what their owners were typing."""

from relais.accounts.services.accounts import (
    choose_language,
    choose_name,
    close_account,
    make_account,
    make_program,
    set_password,
)
from relais.accounts.services.drafts import forget_old_drafts, open_draft, save_draft, take_draft

__all__ = [
    "choose_language",
    "choose_name",
    "close_account",
    "forget_old_drafts",
    "make_account",
    "make_program",
    "open_draft",
    "save_draft",
    "set_password",
    "take_draft",
]
