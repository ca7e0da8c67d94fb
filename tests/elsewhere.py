"""What another organisation keeps, one row of everything: `settle(world)` gives those ids by the name of their table.

Whatever names someone, or is told in someone's words, holds `CANARY`, so that one look at an answer says whether it got out.
"""

from datetime import date

from django.apps import apps

from relais.people import services as people
from relais.people.models import ConsentText
from tests.barriers.factories import BarrierFactory, BarrierGroupFactory, CandidateFactory, CriterionFactory
from tests.cases.factories import (
    EVERYTHING,
    AppointmentFactory,
    DossierFactory,
    EvidenceFactory,
    FollowUpFactory,
    ReferralFactory,
    VisitFactory,
    in_same_place,
    paper,
)
from tests.directory.factories import OfficeFactory
from tests.missions.factories import CourseFactory, TrainingFactory
from tests.organisations.factories import ApiTokenFactory, InvitationFactory, LentLineFactory, member
from tests.people.factories import ConsentTextFactory, PersonFactory, consent
from tests.procedures.factories import make_draft
from tests.programmes.factories import ContributionFactory
from tests.roundtables.factories import (
    AgendaItemFactory,
    CommitmentFactory,
    ConsultationAnswerFactory,
    ConsultationFactory,
    DecisionFactory,
    InviteeFactory,
    MeetingFactory,
    SeriesFactory,
)

CANARY, NEAR = "Zulhumor", "Mehriniso"


def settle(world):
    """Give the ids of an organisation our personas have nothing to do with, by table."""
    before = {pk for rows in everything().values() for pk in rows}
    _work_of(world)
    theirs = {table: {pk for pk in rows if pk not in before} for table, rows in everything().items()}
    theirs["accounts.user"] |= {world.coordinator_elsewhere.pk}
    theirs["organisations.organisation"] = {world.elsewhere.pk}
    theirs["organisations.membership"] |= {world.coordinator_elsewhere.memberships.get().pk}
    theirs["programmes.programme"] = {world.other_programme.pk}
    theirs["programmes.partner"] |= set(world.other_programme.partners.values_list("pk", flat=True))
    theirs["places.territory"] = set()  # the same for everyone
    for table, path in OF_A_PROCEDURE.items():
        rows = apps.get_model(table).objects.filter(**{path: world.other_programme})
        theirs[table] |= set(rows.values_list("pk", flat=True))
    return {table: sorted(rows, key=str) for table, rows in theirs.items()}


def settle_near(world):
    """Give the ids of what another companion of the same organisation carries: out of reach of the first one all the same."""
    before = {pk for rows in everything().values() for pk in rows}
    home = {"programme": world.programme, "organisation": world.organisation}
    person = PersonFactory(**home, registered_by=world.other_companion, called=f"{NEAR} Beside")
    people.add_contact(person=person, by=world.other_companion, kind="phone", value=f"{NEAR} 997")
    case = in_same_place(world.case, person=person, companion=world.other_companion)
    VisitFactory(case=case)
    BarrierFactory(**home, author=world.other_companion, headline=f"{NEAR} is kept", account=NEAR)
    consent(person, world.authority_office, ConsentText.Purpose.CONTACT)
    return {table: sorted(rows - before, key=str) for table, rows in everything().items()}


def everything():
    """Give the ids of all rows of Relais, by table."""
    return {model._meta.label_lower: set(model._base_manager.values_list("pk", flat=True)) for model in ours()}


def ours():
    """Give the tables of Relais."""
    return [model for model in apps.get_models() if model.__module__.startswith("relais.")]


OF_A_PROCEDURE = {
    "procedures.procedure": "programme",
    "procedures.evidencetype": "procedure__programme",
    "procedures.procedureversion": "procedure__programme",
    "procedures.step": "version__procedure__programme",
    "procedures.requirement": "step__version__procedure__programme",
}


def _work_of(world):
    place, office = world.elsewhere, world.other_programme.procedures.get().service.authority
    by = member("companion", place, display_name=f"{CANARY} Adviser")
    home = {"programme": world.other_programme, "organisation": place}
    person = PersonFactory(**home, registered_by=by, called=f"{CANARY} Karimova", sex="woman", birth_year=1984)
    PersonFactory(**home, registered_by=by, called=f"{CANARY} Karimowa", sex="woman", birth_year=1984)
    people.propose_duplicates(person=person)
    line = LentLineFactory(organisation=place)
    people.add_contact(person=person, by=by, kind="phone", value=f"{CANARY} 996")
    people.receive_message(lent_line=line, words=f"{CANARY} has a paper", by=by, person=person)
    people.file_complaint(person=person, words=f"{CANARY} was shouted at", by=by)
    ConsentTextFactory(programme=world.other_programme, texts={"en": f"{CANARY} agrees"})
    consent(person, office, ConsentText.Purpose.CONTACT)
    dossier = DossierFactory(case__person=person, case__companion=by, case__papers=EVERYTHING,
                             case__programme=world.other_programme, case__organisation=place)  # fmt: skip
    case = in_same_place(dossier.case, companion=by)
    EvidenceFactory(case=case, evidence_type=paper(case.procedure, "photo"))
    for factory in (VisitFactory, AppointmentFactory, FollowUpFactory, ReferralFactory):
        factory(case=case)
    make_draft(case.procedure, member("coordinator", place, display_name=f"{CANARY} Coordinator"))
    told = {"headline": f"{CANARY} is kept inside", "account": f"{CANARY} wept"}
    BarrierFactory(**home, author=by, **told)
    BarrierFactory(**home, author=by, waiting=True, **told)
    BarrierFactory(
        **home, author=by, group=BarrierGroupFactory(programme=world.other_programme, headline=CANARY), **told
    )
    shelter = CandidateFactory(
        organisation=place, label=f"{CANARY}’s house", assessment__programme=world.other_programme
    )
    CriterionFactory(assessment=shelter.assessment)
    OfficeFactory(**home)
    TrainingFactory(course=CourseFactory(programme=world.other_programme), user=by, organisation=place)
    InvitationFactory(organisation=place, created_by=by, token=f"{CANARY}-token", label=CANARY)
    ApiTokenFactory(organisation=place, created_by=by, name=CANARY)
    ContributionFactory(**home)
    meeting = MeetingFactory(**home, series=SeriesFactory(**home), names={"en": f"Table of {CANARY}"})
    InviteeFactory(meeting=meeting, user=by)
    AgendaItemFactory(meeting=meeting, title=f"{CANARY}’s stamp")
    asked = ConsultationFactory(**home)
    ConsultationAnswerFactory(consultation=asked, organisation=place, reasons=CANARY)
    decision = DecisionFactory(meeting=meeting, consultation=asked, title=f"{CANARY} decides")
    CommitmentFactory(meeting=meeting, owner=by, decision=decision, organisation=place, due_on=date(2100, 1, 1))
