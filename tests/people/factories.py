"""People with a sealed identity, and what they agreed to and wrote."""

import factory

from relais.access.roles import Role
from relais.kernel import clock, codes
from relais.people import services
from relais.people.identities import Facts
from relais.people.keys import seal_field
from relais.people.models import Consent, ConsentText, Identity, Person, PersonKey
from relais.people.proofs import Proof
from relais.people.services.keys import create_key
from tests.organisations.factories import AuthorityFactory, OrganisationFactory, member
from tests.programmes.factories import PartnerFactory, ProgrammeFactory

WORDS = {"en": "I agree that this office knows who I am.", "fr": "J’accepte que ce bureau sache qui je suis."}


class PersonFactory(factory.django.DjangoModelFactory):
    """Someone registered by a companion of their organisation; `called` and `other_names` are sealed."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    code = factory.LazyFunction(codes.new_code)
    organisation = factory.SubFactory(OrganisationFactory)
    programme = factory.LazyAttribute(lambda person: ProgrammeFactory(partners=[person.organisation]))
    registered_at = factory.LazyFunction(clock.now)
    registered_by = factory.LazyAttribute(lambda person: member(Role.COMPANION, person.organisation))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        facts = Facts(called=kwargs.pop("called", "Гулнора Рахимова"), other_names=kwargs.pop("other_names", ()))
        person = super()._create(model_class, *args, **kwargs)
        sealed = seal_field(create_key(person=person), "identity", person.pk, "sealed", facts.as_json())
        Identity.objects.create(person=person, sealed=sealed, changed_at=clock.now())
        return person


class ConsentTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ConsentText

    programme = factory.SubFactory(ProgrammeFactory)
    purpose = ConsentText.Purpose.SHARE_IDENTITY
    number = 1
    texts = WORDS


def consent(person, recipient=None, purpose=ConsentText.Purpose.SHARE_IDENTITY, by=None, **more) -> Consent:
    """Let a person agree, before a witness, that a recipient knows who they are."""
    recipient = recipient or AuthorityFactory()
    if not person.programme.partners.filter(organisation=recipient).exists():
        PartnerFactory(programme=person.programme, organisation=recipient)
    text = ConsentText.objects.filter(programme=person.programme, purpose=purpose).first()
    text = text or ConsentTextFactory(programme=person.programme, purpose=purpose)
    has_key = PersonKey.objects.filter(person=person).exists()
    way = more.pop("way", Consent.Way.WITNESS if has_key else Consent.Way.ORAL)
    if way == Consent.Way.WITNESS:
        more.setdefault("proof", Proof(witness="Zarina Saidova"))
    return services.give_consent(
        person=person, recipient=recipient, text=text, language="en", way=way, by=by or person.registered_by, **more
    )
