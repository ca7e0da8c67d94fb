"""A procedure is imported, drafted, changed on paper, and put in force by the authority that answers for it."""

import uuid
from datetime import date

import pytest

from relais.access.lock import OutOfReach
from relais.journal.models import Entry
from relais.kernel.refusals import Refusal
from relais.procedures import services
from relais.procedures.compare import Kind, compare
from relais.procedures.models import EvidenceType, ProcedureVersion, Requirement, Step
from relais.procedures.rows import terms_of
from relais.procedures.terms import Clause, Op
from relais.procedures.toml import read
from tests.procedures.factories import TEXT, make_draft, make_procedure
from tests.programmes.factories import PartnerFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def procedure(world):
    programme = ProgrammeFactory(partners=[world.organisation, world.authority_office])
    make_procedure(key="unrelated")
    return make_procedure(programme, world.authority_office)


@pytest.fixture
def draft(procedure, coordinator):
    return make_draft(procedure, coordinator)


def fresh(version) -> ProcedureVersion:
    return ProcedureVersion.objects.with_everything().get(pk=version.pk)


def changes(draft):
    before = ProcedureVersion.objects.with_everything().get(pk=draft.based_on_id)
    return [change.kind for change in compare(terms_of(before), terms_of(fresh(draft)))]


def test_what_a_pack_says_is_what_the_database_says(procedure):
    version = procedure.versions.in_force().with_everything().get()
    assert terms_of(version).steps == read(TEXT).versions[0].version.steps
    assert version.in_force_from == date(2020, 1, 1)


def test_importing_again_changes_nothing(procedure, world):
    again = services.import_procedure(
        written=read(TEXT), programme=procedure.programme, authority=world.authority_office, by=None
    )
    assert again == procedure
    assert procedure.versions.count() == 1


def test_a_pack_cannot_rewrite_what_people_went_through(procedure, world):
    changed = read(TEXT.replace('any_of = [["birth-certificate"]]', 'any_of = [["two-witnesses"]]'))
    with pytest.raises(Refusal, match="Give the changed version a new number"):
        services.import_procedure(
            written=changed, programme=procedure.programme, authority=world.authority_office, by=None
        )


def test_a_newer_version_of_a_pack_retires_the_one_before(world):
    second = TEXT[TEXT.index("[[version]]") :].replace("number = 1", "number = 2").replace("2020-01-01", "2024-06-01")
    written = read(TEXT + second)
    programme = ProgrammeFactory(partners=[world.authority_office])
    imported = services.import_procedure(
        written=written, programme=programme, authority=world.authority_office, by=None
    )
    states = dict(imported.versions.values_list("number", "state"))
    assert states == {1: "retired", 2: "in_force"}
    assert imported.versions.get(number=1).retired_on == date(2024, 6, 1)
    assert imported.versions.in_force_on(date(2022, 1, 1)).get().number == 1


def test_a_companion_cannot_import_a_procedure(world, companion):
    with pytest.raises(OutOfReach):
        make_procedure(ProgrammeFactory(), world.authority_office, by=companion)


def test_a_draft_starts_as_a_copy_of_the_version_in_force(procedure, draft):
    assert (draft.number, draft.state, draft.based_on.number) == (2, "draft", 1)
    assert changes(draft) == []


def test_a_draft_said_twice_with_one_id_is_one_draft(procedure, coordinator):
    same = uuid.uuid4()
    first = services.draft_version(procedure=procedure, by=coordinator, id=same)
    assert services.draft_version(procedure=procedure, by=coordinator, id=same) == first
    assert procedure.versions.drafts().count() == 1


def test_a_coordinator_of_another_programme_cannot_draft(procedure, coordinator_elsewhere, companion):
    for stranger in (coordinator_elsewhere, companion):
        with pytest.raises(OutOfReach):
            services.draft_version(procedure=procedure, by=stranger)


def test_two_witnesses_are_accepted_beside_the_certificate(draft, coordinator):
    birth = Requirement.objects.get(step__version=draft, key="birth")
    witnesses = EvidenceType.objects.get(procedure=draft.procedure, key="two-witnesses")
    accepted = services.accept_list(requirement=birth, evidence_types=[witnesses], by=coordinator)
    assert services.accept_list(requirement=birth, evidence_types=[witnesses], by=coordinator) == accepted
    assert changes(draft) == [Kind.LIST_ADDED]
    services.drop_list(evidence_list=accepted, by=coordinator)
    assert changes(draft) == []


def test_the_last_proof_accepted_cannot_be_dropped(draft, coordinator):
    birth = Requirement.objects.get(step__version=draft, key="birth")
    with pytest.raises(Refusal, match="nobody could meet"):
        services.drop_list(evidence_list=birth.lists.get(), by=coordinator)


def test_proof_of_another_procedure_is_refused(draft, coordinator):
    stranger = EvidenceType.objects.exclude(procedure=draft.procedure).first()
    birth = Requirement.objects.get(step__version=draft, key="birth")
    with pytest.raises(Refusal, match="another procedure"):
        services.accept_list(requirement=birth, evidence_types=[stranger], by=coordinator)


def test_a_requirement_is_asked_of_fewer_people(draft, coordinator):
    birth = Requirement.objects.get(step__version=draft, key="birth")
    services.relax_condition(requirement=birth, condition=(Clause("age", Op.LT, 60),), by=coordinator)
    assert changes(draft) == [Kind.CONDITION_NARROWED]


def test_a_requirement_is_dropped_unless_the_law_asks_for_it(draft, coordinator):
    services.drop_requirement(requirement=Requirement.objects.get(step__version=draft, key="birth"), by=coordinator)
    with pytest.raises(Refusal, match="article 9"):
        services.drop_requirement(requirement=Requirement.objects.get(step__version=draft, key="face"), by=coordinator)
    assert changes(draft) == [Kind.REQUIREMENT_DROPPED]


def test_a_requirement_is_added_and_moved(draft, coordinator):
    apply, collect = draft.steps.all()
    photo = EvidenceType.objects.get(procedure=draft.procedure, key="photo")
    added = services.add_requirement(step=apply, names={"en": "Where you live"}, evidence_types=[photo], by=coordinator)
    assert added.key == "where-you-live"
    services.move_requirement(requirement=added, step=collect, by=coordinator)
    services.move_requirement(
        requirement=Requirement.objects.get(step=apply, key="face"), step=apply, position=1, by=coordinator
    )
    assert [each.key for each in apply.requirements.all()] == ["face", "birth"]
    assert [each.key for each in collect.requirements.all()] == ["where-you-live"]


def test_steps_are_added_reordered_merged_and_dropped(draft, coordinator):
    services.add_step(version=draft, names={"en": "Have your photograph taken"}, by=coordinator)
    services.reorder_steps(version=draft, keys=["have-your-photograph-taken", "apply", "collect"], by=coordinator)
    assert [step.key for step in draft.steps.all()] == ["have-your-photograph-taken", "apply", "collect"]
    services.drop_step(step=Step.objects.get(version=draft, key="have-your-photograph-taken"), by=coordinator)
    apply, collect = draft.steps.all()
    services.merge_steps(step=apply, into=collect, by=coordinator)
    assert [(step.key, step.position) for step in draft.steps.all()] == [("collect", 1)]
    assert changes(draft) == [Kind.STEP_MERGED, Kind.REQUIREMENT_MOVED, Kind.REQUIREMENT_MOVED]


def test_a_step_with_a_requirement_of_the_law_cannot_be_dropped(draft, coordinator):
    with pytest.raises(Refusal, match="required by law"):
        services.drop_step(step=Step.objects.get(version=draft, key="apply"), by=coordinator)


def test_steps_that_changed_meanwhile_are_not_reordered(draft, coordinator):
    with pytest.raises(Refusal, match="changed while"):
        services.reorder_steps(version=draft, keys=["apply"], by=coordinator)


def test_adopting_a_draft_retires_the_version_before(procedure, draft, authority, at):
    at("2026-03-01 20:00")
    services.adopt_version(version=draft, by=authority)
    assert dict(procedure.versions.values_list("number", "state")) == {1: "retired", 2: "in_force"}
    assert fresh(draft).in_force_from == date(2026, 3, 2)  # already the next day in Bishkek
    assert Entry.objects.filter(verb="procedure.adopted", row_id=draft.pk).exists()


def test_only_the_authority_that_answers_for_the_service_adopts(procedure, draft, coordinator):
    with pytest.raises(OutOfReach):
        services.adopt_version(version=draft, by=coordinator)


def test_a_draft_nobody_could_meet_is_not_adopted(draft, coordinator, authority):
    services.add_requirement(step=draft.steps.first(), names={"en": "A stamp"}, by=coordinator)
    with pytest.raises(Refusal, match="A stamp"):
        services.adopt_version(version=draft, by=authority)


def test_what_is_in_force_cannot_be_changed(procedure, authority, coordinator):
    requirement = Requirement.objects.get(step__version__procedure=procedure, key="birth")
    for someone in (authority, coordinator):
        with pytest.raises(OutOfReach):
            services.drop_requirement(requirement=requirement, by=someone)


def test_a_version_is_retired_without_another_in_its_place(procedure, authority):
    services.retire_version(
        version=procedure.versions.get(), reason="Repealed", open_cases="finish", by=authority, on=date(2026, 1, 1)
    )
    assert not procedure.versions.in_force().exists()


def test_a_draft_is_thrown_away_until_partners_have_read_it(procedure, draft, coordinator):
    other = make_draft(procedure, coordinator)
    services.discard_draft(version=other, by=coordinator)
    services.share_draft(version=draft, by=coordinator)
    with pytest.raises(Refusal, match="shared with the partners"):
        services.discard_draft(version=draft, by=coordinator)
    assert list(procedure.versions.drafts()) == [draft]


def test_a_draft_is_read_by_other_partners_only_once_shared(procedure, draft, coordinator, companion, world):
    from relais.access.verbs import Verb

    PartnerFactory(programme=procedure.programme, organisation=world.elsewhere)
    reachable = ProcedureVersion.objects.reachable_by(companion, Verb.PROCEDURE_READ)
    assert draft not in reachable
    services.share_draft(version=draft, by=coordinator)
    assert draft in reachable.all()


def test_evidence_is_described_and_corrected(procedure, coordinator):
    paper = services.add_evidence_type(procedure=procedure, names={"en": "House book"}, by=coordinator, visits=1)
    services.change_evidence_type(evidence_type=paper, by=coordinator, visits=0, held_by_state=True)
    assert EvidenceType.objects.get(pk=paper.pk).held_by_state
    with pytest.raises(Refusal):
        services.change_evidence_type(evidence_type=paper, by=coordinator, key="other")
