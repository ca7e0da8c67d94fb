"""The only table from roles to rights. docs/access.md is made from it."""

from collections.abc import Mapping
from enum import StrEnum

from relais.access.verbs import Verb


class Role(StrEnum):
    """What someone is to an organisation."""

    COMPANION = "companion"
    RELAY = "relay"
    COORDINATOR = "coordinator"
    AUTHORITY = "authority"
    EVIDENCE_OFFICER = "evidence_officer"
    ADMINISTRATOR = "administrator"


_EVERYONE = frozenset(
    {
        Verb.ORGANISATION_READ,
        Verb.PROGRAMME_READ,
        Verb.PROCEDURE_READ,
        Verb.OFFICE_READ,
        Verb.TABLE_READ,
        Verb.COURSE_READ,
        Verb.COURSE_TAKE,
        Verb.BARRIER_READ,
        Verb.REPORT_READ,
        Verb.COMMITMENT_FULFIL,
        Verb.DRAFT_COMMENT,
        Verb.NEEDS_READ,
    }
)

_BESIDE_PEOPLE = _EVERYONE | {
    Verb.PERSON_READ,
    Verb.PERSON_IDENTIFY,
    Verb.PERSON_REGISTER,
    Verb.PERSON_CORRECT,
    Verb.CONSENT_GIVE,
    Verb.CONSENT_WITHDRAW,
    Verb.MESSAGE_READ,
    Verb.MESSAGE_SEND,
    Verb.CASE_READ,
    Verb.CASE_OPEN,
    Verb.CASE_WORK,
    Verb.CASE_CLOSE,
    Verb.REFERRAL_OFFER,
    Verb.BARRIER_RECORD,
    Verb.BARRIER_APPROVE,
    Verb.CONSULTATION_ANSWER,
    Verb.NEEDS_ASSESS,
}

ROLES: Mapping[Role, frozenset[Verb]] = {
    Role.COMPANION: frozenset(_BESIDE_PEOPLE),
    # A relay writes for a companion, who stays the author and approves.
    Role.RELAY: frozenset(_BESIDE_PEOPLE - {Verb.BARRIER_APPROVE, Verb.CASE_CLOSE}),
    Role.COORDINATOR: frozenset(
        _BESIDE_PEOPLE
        | {
            Verb.ORGANISATION_MANAGE,
            Verb.MEMBER_READ,
            Verb.MEMBER_INVITE,
            Verb.MEMBER_RECOVER,
            Verb.TOKEN_MANAGE,
            Verb.CONTRIBUTION_RECORD,
            Verb.PERSON_FORGET,
            Verb.PERSON_MERGE,
            Verb.CONSENT_CONFIRM,
            Verb.PIN_UNLOCK,
            Verb.COMPLAINT_READ,
            Verb.COMPLAINT_ANSWER,
            Verb.PROCEDURE_DRAFT,
            Verb.OFFICE_MANAGE,
            Verb.CASE_HAND_OVER,
            Verb.REFERRAL_ANSWER,
            Verb.DOSSIER_READ,
            Verb.DOSSIER_SUBMIT,
            Verb.CASELOAD_REPLAY,
            Verb.JOURNEY_EXPORT,
            Verb.COURSE_MANAGE,
            Verb.TRAINING_RECORD,
            Verb.BARRIER_SHARE,
            Verb.BARRIER_GROUP,
            Verb.NEEDS_AGREE,
            Verb.TABLE_MANAGE,
            Verb.TABLE_DECIDE,
            Verb.CONSULTATION_ASK,
            Verb.COMMITMENT_MAKE,
            Verb.JOURNAL_READ,
        }
    ),
    Role.AUTHORITY: frozenset(
        _EVERYONE
        | {
            Verb.PERSON_READ,
            Verb.PERSON_IDENTIFY,  # reaches only people who consented to this authority
            Verb.MEMBER_READ,
            Verb.MEMBER_INVITE,
            Verb.MEMBER_RECOVER,
            Verb.TOKEN_MANAGE,
            Verb.ORGANISATION_MANAGE,
            Verb.CONTRIBUTION_RECORD,
            Verb.PROCEDURE_DRAFT,
            Verb.PROCEDURE_ADOPT,
            Verb.PROCEDURE_RETIRE,
            Verb.OFFICE_MANAGE,
            Verb.REFERRAL_ANSWER,
            Verb.DOSSIER_READ,
            Verb.DOSSIER_DECIDE,
            Verb.CASELOAD_REPLAY,
            Verb.NEEDS_AGREE,
            Verb.TABLE_MANAGE,
            Verb.TABLE_DECIDE,
            Verb.CONSULTATION_ASK,
            Verb.COMMITMENT_MAKE,
            Verb.JOURNAL_READ,
        }
    ),
    Role.EVIDENCE_OFFICER: frozenset(_EVERYONE | {Verb.CASELOAD_REPLAY, Verb.JOURNEY_EXPORT, Verb.CONTRIBUTION_RECORD}),
    Role.ADMINISTRATOR: frozenset(
        _EVERYONE
        | {
            Verb.ORGANISATION_MANAGE,
            Verb.MEMBER_READ,
            Verb.MEMBER_INVITE,
            Verb.MEMBER_RECOVER,
            Verb.TOKEN_MANAGE,
            Verb.PROGRAMME_MANAGE,
            Verb.CONTRIBUTION_RECORD,
            Verb.PACK_INSTALL,
            Verb.JOURNAL_READ,
        }
    ),
}
