"""Every change to what we know of people, and every reading of who they are: one function per human intent."""

from relais.people.services.complaints import answer_complaint, file_complaint, read_complaints, read_own_complaints
from relais.people.services.consents import confirm_consent, give_consent, reveal_proof, withdraw_consent
from relais.people.services.contacts import add_contact, end_contact, reveal_contacts
from relais.people.services.duplicates import dismiss_duplicate, merge_people, propose_duplicates, undo_merge
from relais.people.services.erasure import ask_to_be_forgotten, forget_again, forget_person
from relais.people.services.identities import correct_identity, corrected_at, reveal, reveal_many
from relais.people.services.keys import rotate_organisation_key
from relais.people.services.messages import (
    assign_message,
    pass_on_message,
    read_inbox,
    read_messages,
    receive_message,
    send_message,
)
from relais.people.services.pins import check_code_and_pin, set_pin, unlock_pin
from relais.people.services.portraits import drop_portrait, keep_portrait, reveal_portrait
from relais.people.services.registration import find_people, register_person

__all__ = [
    "add_contact",
    "answer_complaint",
    "ask_to_be_forgotten",
    "assign_message",
    "check_code_and_pin",
    "confirm_consent",
    "correct_identity",
    "corrected_at",
    "dismiss_duplicate",
    "drop_portrait",
    "end_contact",
    "file_complaint",
    "find_people",
    "forget_again",
    "forget_person",
    "give_consent",
    "keep_portrait",
    "merge_people",
    "pass_on_message",
    "propose_duplicates",
    "read_complaints",
    "read_inbox",
    "read_messages",
    "read_own_complaints",
    "receive_message",
    "register_person",
    "reveal",
    "reveal_contacts",
    "reveal_many",
    "reveal_portrait",
    "reveal_proof",
    "rotate_organisation_key",
    "send_message",
    "set_pin",
    "undo_merge",
    "unlock_pin",
    "withdraw_consent",
]
