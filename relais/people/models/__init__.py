"""The tables of people."""

from relais.people.models.consent import Consent, ConsentText
from relais.people.models.person import Contact, DuplicatePair, Identity, Person, PersonKey, Portrait
from relais.people.models.words import Complaint, Message

__all__ = [
    "Complaint",
    "Consent",
    "ConsentText",
    "Contact",
    "DuplicatePair",
    "Identity",
    "Message",
    "Person",
    "PersonKey",
    "Portrait",
]
