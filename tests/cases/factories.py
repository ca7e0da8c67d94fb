"""Cases as services leave them, in a small world of one procedure; `papers` fills in what the person holds."""

from datetime import timedelta

import factory

from relais.cases.models import Appointment, Batch, Case, CaseEvidence, Dossier, FollowUp, Referral, Visit
from relais.cases.services.standing import place_case
from relais.cases.who import word_of
from relais.kernel import clock
from relais.people.models import ConsentText
from relais.procedures.models import ProcedureVersion
from tests.organisations.factories import AuthorityFactory, OrganisationFactory, member
from tests.people.factories import PersonFactory, consent
from tests.procedures.factories import make_procedure
from tests.programmes.factories import PartnerFactory, ProgrammeFactory

HELD, CANNOT = CaseEvidence.State.HELD, CaseEvidence.State.CANNOT_GET
EVERYTHING = {"birth-certificate": HELD, "photo": HELD}


def now():
    """Ask at each call, so that the clock of the `at` fixture is heard."""
    return clock.now()


def today():
    """Ask at each call, so that the clock of the `at` fixture is heard."""
    return clock.today()


class CaseFactory(factory.django.DjangoModelFactory):
    """A case in the version in force; give `papers={"photo": HELD}` for what is known of the person's proofs."""

    class Meta:
        model = Case
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    programme = factory.LazyAttribute(lambda case: _programme(case.organisation))
    procedure = factory.LazyAttribute(lambda case: _procedure(case.programme))
    version = factory.LazyAttribute(
        lambda case: ProcedureVersion.objects.filter(procedure=case.procedure).in_force().get()
    )
    companion = factory.LazyAttribute(lambda case: member(organisation=case.organisation))
    person = factory.LazyAttribute(
        lambda case: PersonFactory(
            organisation=case.organisation, programme=case.programme, registered_by=case.companion
        )
    )
    who = factory.LazyAttribute(lambda case: word_of(case.person))
    opened_on = factory.LazyFunction(lambda: today() - timedelta(days=20))
    opened_at = factory.LazyFunction(now)
    changed_at = factory.SelfAttribute("opened_at")
    opened_by = factory.SelfAttribute("companion")

    @factory.post_generation
    def papers(self, create, papers, **kwargs):
        for key, state in (papers or {}).items():
            EvidenceFactory(case=self, evidence_type=paper(self.procedure, key), state=state)
        place_case(case=self)
        self.save()


def known(case, **answers):
    """Say more of a person than a factory does."""
    for name, value in answers.items():
        setattr(case.person, name, value)
    case.person.save()
    Case.objects.filter(person=case.person).update(who=word_of(case.person))
    return case


class EvidenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CaseEvidence

    case = factory.SubFactory(CaseFactory)
    state = HELD
    why = factory.LazyAttribute(lambda row: CaseEvidence.Why.DOCUMENT if row.state == CANNOT else "")
    happened_on = factory.LazyFunction(today)
    entered_at = factory.LazyFunction(now)
    entered_by = factory.SelfAttribute("case.companion")


class VisitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Visit

    case = factory.SubFactory(CaseFactory)
    happened_on = factory.LazyFunction(today)
    minutes = 30
    by = factory.SelfAttribute("case.companion")
    entered_at = factory.LazyFunction(now)
    entered_by = factory.SelfAttribute("case.companion")


class AppointmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Appointment

    case = factory.SubFactory(CaseFactory)
    at = factory.LazyFunction(lambda: clock.now() + timedelta(days=3))
    entered_at = factory.LazyFunction(now)
    entered_by = factory.SelfAttribute("case.companion")


class FollowUpFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FollowUp

    case = factory.SubFactory(CaseFactory)
    due_on = factory.LazyFunction(today)


class ReferralFactory(factory.django.DjangoModelFactory):
    """A referral the person agreed to."""

    class Meta:
        model = Referral

    case = factory.SubFactory(CaseFactory)
    organisation = factory.SelfAttribute("case.organisation")
    to = factory.SubFactory(OrganisationFactory)
    need = "shelter"
    consent = factory.LazyAttribute(lambda row: consent(row.case.person, row.to, ConsentText.Purpose.REFER))
    offered_at = factory.LazyFunction(now)
    offered_by = factory.SelfAttribute("case.companion")


class BatchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Batch

    organisation = factory.SubFactory(OrganisationFactory)
    procedure = factory.LazyAttribute(lambda batch: _procedure(ProgrammeFactory(partners=[batch.organisation])))
    authority = factory.LazyAttribute(lambda batch: batch.procedure.service.authority)
    number = factory.Sequence(lambda number: f"2026-F{number}")  # never what a service numbers
    handed_on = factory.LazyFunction(today)
    handed_at = factory.LazyFunction(now)
    handed_by = factory.LazyAttribute(lambda batch: member("coordinator", batch.organisation))


class DossierFactory(factory.django.DjangoModelFactory):
    """A complete dossier, handed over under the person's consent."""

    class Meta:
        model = Dossier

    case = factory.SubFactory(CaseFactory, papers=EVERYTHING)
    organisation = factory.SelfAttribute("case.organisation")
    authority = factory.LazyAttribute(lambda row: row.case.procedure.service.authority)
    batch = factory.LazyAttribute(
        lambda row: BatchFactory(organisation=row.organisation, procedure=row.case.procedure, authority=row.authority)
    )
    consent = factory.LazyAttribute(lambda row: agree(row.case))


def agree(case, to=None):
    """Let the person agree that the authority of the procedure gets their file."""
    return consent(case.person, to or case.procedure.service.authority, ConsentText.Purpose.SHARE_DOSSIER)


def paper(procedure, key):
    """Give a kind of evidence of a procedure by its key."""
    return procedure.evidence_types.get(key=key)


def in_same_place(case, **more):
    """Make another case of the same organisation, programme and procedure."""
    return CaseFactory(organisation=case.organisation, programme=case.programme, procedure=case.procedure, **more)


def _programme(organisation):
    partner = organisation.partnerships.first()
    return partner.programme if partner else ProgrammeFactory(partners=[organisation])


def _procedure(programme):
    known = programme.procedures.first()
    if known:
        return known
    office = programme.partners.filter(part="authority").first()
    authority = (
        office.organisation
        if office
        else PartnerFactory(programme=programme, organisation=AuthorityFactory()).organisation
    )
    return make_procedure(programme, authority)
