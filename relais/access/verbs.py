"""Every right there is, one word each; the same word names the url, the journal line and the test."""

from enum import StrEnum


class Verb(StrEnum):
    """A right, as noun.verb."""

    # journal, accounts, organisations, places, programmes
    JOURNAL_READ = "journal.read"
    ORGANISATION_READ = "organisation.read"
    ORGANISATION_MANAGE = "organisation.manage"
    MEMBER_READ = "member.read"
    MEMBER_INVITE = "member.invite"
    MEMBER_RECOVER = "member.recover"
    TOKEN_MANAGE = "token.manage"
    PROGRAMME_READ = "programme.read"
    PROGRAMME_MANAGE = "programme.manage"
    CONTRIBUTION_RECORD = "contribution.record"
    # people
    PERSON_READ = "person.read"  # the code and what is open
    PERSON_IDENTIFY = "person.identify"  # names, dates, contacts: journaled
    PERSON_REGISTER = "person.register"
    PERSON_CORRECT = "person.correct"
    PERSON_FORGET = "person.forget"
    PERSON_MERGE = "person.merge"
    CONSENT_GIVE = "consent.give"
    CONSENT_WITHDRAW = "consent.withdraw"
    CONSENT_CONFIRM = "consent.confirm"
    MESSAGE_READ = "message.read"
    MESSAGE_SEND = "message.send"
    PIN_UNLOCK = "pin.unlock"
    COMPLAINT_READ = "complaint.read"
    COMPLAINT_ANSWER = "complaint.answer"
    # procedures, directory
    PROCEDURE_READ = "procedure.read"
    PROCEDURE_DRAFT = "procedure.draft"
    PROCEDURE_ADOPT = "procedure.adopt"
    PROCEDURE_RETIRE = "procedure.retire"
    OFFICE_READ = "office.read"
    OFFICE_MANAGE = "office.manage"
    # cases
    CASE_READ = "case.read"
    CASE_OPEN = "case.open"
    CASE_WORK = "case.work"
    CASE_HAND_OVER = "case.hand_over"
    CASE_CLOSE = "case.close"
    REFERRAL_OFFER = "referral.offer"
    REFERRAL_ANSWER = "referral.answer"
    DOSSIER_READ = "dossier.read"
    DOSSIER_SUBMIT = "dossier.submit"
    DOSSIER_DECIDE = "dossier.decide"
    CASELOAD_REPLAY = "caseload.replay"
    # missions
    COURSE_READ = "course.read"
    COURSE_TAKE = "course.take"
    COURSE_MANAGE = "course.manage"
    TRAINING_RECORD = "training.record"
    # barriers
    BARRIER_READ = "barrier.read"
    BARRIER_RECORD = "barrier.record"
    BARRIER_APPROVE = "barrier.approve"
    BARRIER_SHARE = "barrier.share"
    BARRIER_GROUP = "barrier.group"
    NEEDS_READ = "needs.read"
    NEEDS_ASSESS = "needs.assess"
    NEEDS_AGREE = "needs.agree"
    # round tables
    TABLE_READ = "table.read"
    TABLE_MANAGE = "table.manage"
    TABLE_DECIDE = "table.decide"
    CONSULTATION_ASK = "consultation.ask"
    CONSULTATION_ANSWER = "consultation.answer"
    COMMITMENT_MAKE = "commitment.make"
    COMMITMENT_FULFIL = "commitment.fulfil"
    DRAFT_COMMENT = "draft.comment"
    # reports, packs
    REPORT_READ = "report.read"
    JOURNEY_EXPORT = "journey.export"  # pseudonymous traces of cases: no name, no code, coarse days
    PACK_INSTALL = "pack.install"
