"""What someone agrees to, in which exact words, and that they may take it back at once."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from relais.access.lock import Actor, require
from relais.access.verbs import Verb
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.kernel.repeats import sent_before
from relais.organisations.models import Organisation
from relais.people.actors import Themselves, account, require_or_self
from relais.people.keys import key_of, open_field, seal_field
from relais.people.models import Consent, ConsentText, Person
from relais.people.proofs import Proof
from relais.people.rules import DAYS_TO_CONFIRM, hash_of_text, is_word_alone
from relais.programmes.models import Partner


@transaction.atomic
def give_consent(
    *,
    person: Person,
    recipient: Organisation,
    text: ConsentText,
    language: str,
    way: str,
    by: Actor,
    given_on: date | None = None,
    proof: Proof | None = None,
    text_hash: str = "",
    id: UUID | None = None,
) -> Consent:
    """Record that a person agreed, for one recipient, to the words that were read to them.

    `text_hash` is what stood on the page or the device: if the words changed meanwhile, they did not agree to these.
    """
    require_or_self(by, Verb.CONSENT_GIVE, person)
    known: Consent | None = sent_before(Consent, id, person=person)
    if known:
        return known
    today = clock.today(person.programme.time_zone)
    given_on = given_on or today
    words = _check(person, recipient, text, language, text_hash)
    _check_way(way, by, proof, given_on, today)
    consent = Consent(
        id=id or uuid7(),
        person=person,
        organisation_id=person.organisation_id,
        recipient=recipient,
        text=text,
        purpose=text.purpose,
        language=language,
        text_hash=hash_of_text(words),
        way=way,
        given_on=given_on,
        expires_on=given_on + timedelta(days=text.days_valid),
        recorded_at=clock.now(),
        recorded_by=account(by),
    )
    if is_word_alone(way=way, has_proof=bool(proof)):
        consent.confirm_by = today + timedelta(days=DAYS_TO_CONFIRM)
    if proof:
        consent.evidence_sealed = seal_field(key_of(person), "consent", consent.pk, "evidence_sealed", proof.as_bytes())
    consent.save(force_insert=True)
    journal.write(
        "consent.given", consent, by=by, person_id=person.pk, purpose=text.purpose, recipient=recipient.pk, way=way
    )
    return consent


@transaction.atomic
def confirm_consent(*, consent: Consent, by: Actor) -> Consent:
    """Confirm that someone did agree: they say so themselves, or another than who recorded it asked them."""
    if isinstance(by, Themselves):
        require_or_self(by, Verb.CONSENT_CONFIRM, consent.person)
    else:
        require(by, Verb.CONSENT_CONFIRM, consent)
    consent = Consent.objects.select_for_update(of=("self",)).select_related("person__programme").get(pk=consent.pk)
    today = clock.today(consent.person.programme.time_zone)
    if consent.withdrawn_at or consent.has_lapsed(today):
        raise Refusal(_("This consent no longer holds."), next=_("Ask the person again."))
    if consent.needs_confirming(today):
        consent.confirmed_at, consent.confirmed_by = clock.now(), account(by)
        consent.save(update_fields=["confirmed_at", "confirmed_by"])
        journal.write("consent.confirmed", consent, by=by, person_id=consent.person_id)
    return consent


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: Actor, how: str = "") -> Consent:
    """Take a consent back: from this moment its recipient no longer knows who the person is."""
    require_or_self(by, Verb.CONSENT_WITHDRAW, consent.person)
    if consent.withdrawn_at is None:
        consent.withdrawn_at = clock.now()
        consent.withdrawn_how = how or ("own page" if isinstance(by, Themselves) else "companion")
        consent.save(update_fields=["withdrawn_at", "withdrawn_how"])
        journal.write("consent.withdrawn", consent, by=by, person_id=consent.person_id, recipient=consent.recipient_id)
    return consent


@transaction.atomic
def reveal_proof(*, consent: Consent, by: Actor) -> Proof | None:
    """Open the proof of a consent for who records them, and write down that they did."""
    require_or_self(by, Verb.CONSENT_GIVE, consent.person)
    if not consent.evidence_sealed:
        return None
    journal.write("identity.read", consent.person, by=by, person_id=consent.person_id, why="proof")
    key = key_of(consent.person)
    return Proof.from_bytes(open_field(key, "consent", consent.pk, "evidence_sealed", consent.evidence_sealed))


def _check(person: Person, recipient: Organisation, text: ConsentText, language: str, text_hash: str) -> str:
    if text.programme_id != person.programme_id:
        raise Refusal(_("This text belongs to another programme."))
    if not Partner.objects.filter(programme=person.programme_id, organisation=recipient).exists():
        raise Refusal(_("This organisation does not take part in the programme."))
    words: str = text.texts.get(language, "")
    if not words:
        raise Refusal(
            _("This text does not exist in this language."), next=_("Read it in a language the person knows.")
        )
    if ConsentText.objects.filter(programme=text.programme_id, purpose=text.purpose, number__gt=text.number).exists():
        raise Refusal(_("There is a newer text."), next=_("Read the newer text to the person, and ask again."))
    if text_hash and text_hash != hash_of_text(words):
        raise Refusal(_("The words changed since they were read."), next=_("Read them again, and ask again."))
    return words


def _check_way(way: str, by: Actor, proof: Proof | None, given_on: date, today: date) -> None:
    if (way == Consent.Way.CODE) != isinstance(by, Themselves):
        raise Refusal(_("Only the person gives a consent with code and PIN."))
    if way == Consent.Way.WITNESS and not (proof and proof.witness):
        raise Refusal(_("Write who was the witness."))
    if given_on > today:
        raise Refusal(_("A consent cannot be given on a day to come."))
