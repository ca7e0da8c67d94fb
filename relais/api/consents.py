"""What people agreed to, in which exact words, and that they took it back."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Status

from relais.access.verbs import Verb
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import AskAgain, Day, Language, Words
from relais.kernel.pages import reads, writes
from relais.organisations.models import Organisation
from relais.people import services
from relais.people.models import Consent, ConsentText, Person
from relais.people.proofs import Proof
from relais.people.rules import hash_of_text
from relais.programmes.models import Programme

router = Router(tags=["consents"])
WAYS = [way for way in Consent.Way.values if way != Consent.Way.CODE]  # a code is given by the person alone


class ConsentTextOut(ModelSchema):
    """The exact words someone agrees to, and the hash to send back with the consent."""

    id: UUID
    texts: Words
    hashes: Words

    class Meta:
        model = ConsentText
        fields = ["id", "programme", "purpose", "number", "texts", "days_valid"]

    @staticmethod
    def resolve_hashes(row: ConsentText) -> Words:
        """Give the hash of each language's words."""
        return {language: hash_of_text(words) for language, words in row.texts.items()}


class ConsentOut(ModelSchema):
    """To what someone agreed, for whom, how, until when."""

    id: UUID

    class Meta:
        model = Consent
        fields = [
            *("id", "person", "organisation", "recipient", "text", "purpose", "language", "text_hash", "way"),
            *("given_on", "expires_on", "recorded_at", "withdrawn_at", "withdrawn_how", "confirm_by", "confirmed_at"),
        ]
        personal = {"person"}
        verb = Verb.PERSON_READ


class ConsentAsk(AskAgain):
    """A consent that was given."""

    recipient: UUID
    text: UUID
    text_hash: str = Field(min_length=64, max_length=64)
    language: Language
    way: Literal[*WAYS]
    witness: str = Field("", max_length=300, description="Who was the witness, sealed under the person's key.")
    given_on: Day | None = None


@router.get("programmes/{uuid:id}/consent-texts", response=Many[ConsentTextOut])
@reads
def consent_text_list(request: HttpRequest, id: UUID, page: Query[Page]) -> Any:
    """List the texts of a programme, the newest of each purpose first."""
    programme = found(Programme.objects.reachable_by(request.user, Verb.PROGRAMME_READ), id)
    return page_of(programme.consent_texts.order_by("purpose", "-number"), page)


@router.get("people/{uuid:id}/consents", response=Many[ConsentOut])
@reads
def consent_list(request: HttpRequest, id: UUID, page: Query[Page]) -> Any:
    """List what someone agreed to, and took back."""
    person = found(Person.objects.reachable_by(request.user, Verb.CONSENT_GIVE), id)
    return page_of(person.consents.order_by("-recorded_at", "pk"), page)


@router.post("people/{uuid:id}/consents", response={201: ConsentOut})
@writes
def consent_give(request: HttpRequest, id: UUID, ask: ConsentAsk) -> Any:
    """Record that someone agreed to the very words the hash stands for."""
    person = found(
        Person.objects.reachable_by(request.user, Verb.CONSENT_GIVE).select_related("programme", "organisation"), id
    )
    return Status(
        201,
        services.give_consent(
            person=person,
            recipient=named(Organisation.objects.all(), ask.recipient, "recipient"),
            text=named(ConsentText.objects.filter(programme=person.programme_id), ask.text, "text"),
            language=ask.language,
            way=ask.way,
            by=request.user,
            given_on=ask.given_on,
            proof=Proof(witness=ask.witness.strip()),
            text_hash=ask.text_hash,
            id=ask.id,
        ),
    )


@router.post("consents/{uuid:id}/confirm", response=ConsentOut)
@writes
def consent_confirm(request: HttpRequest, id: UUID) -> Any:
    """Say that one asked the person, and that they did agree to what a colleague recorded on their word alone."""
    consent = found(Consent.objects.reachable_by(request.user, Verb.CONSENT_CONFIRM), id)
    return services.confirm_consent(consent=consent, by=request.user)


@router.post("consents/{uuid:id}/withdraw", response=ConsentOut)
@writes
def consent_withdraw(request: HttpRequest, id: UUID) -> Any:
    """Take a consent back; from this moment its recipient no longer knows who the person is."""
    people = Person.objects.reachable_by(request.user, Verb.CONSENT_WITHDRAW)
    consent = found(Consent.objects.filter(person__in=people.values("pk")).select_related("person"), id)
    return services.withdraw_consent(consent=consent, by=request.user)
