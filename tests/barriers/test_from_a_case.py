"""A barrier heard in a case: the case gives its place, and its person is looked for in the words."""

import pytest

from relais.access.lock import OutOfReach
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.barriers.models import Barrier
from relais.barriers.services import hear_voice, record_barrier, share_barriers
from relais.barriers.services.sharing import StillIdentifies
from relais.cases.models import Case
from relais.journal.models import Entry
from relais.kernel.refusals import Refusal
from relais.people.keys import Forgotten
from relais.people.models import Person, PersonKey
from relais.procedures.models import Requirement, Step
from tests.cases.factories import CaseFactory, paper
from tests.organisations.factories import OrganisationFactory, member


@pytest.fixture
def case(db):
    return CaseFactory()


def record(case, by=None, **told):
    return record_barrier(
        **{"case": case, "by": by or case.companion, "kind": "document", "headline": "No paper"} | told
    )


def test_a_case_gives_programme_organisation_procedure_and_place(case):
    barrier = record(case)
    assert (barrier.programme, barrier.organisation, barrier.procedure, barrier.territory) == (
        case.programme,
        case.organisation,
        case.procedure,
        case.person.territory,
    )
    assert Entry.objects.get(verb="barrier.recorded").person_id == case.person_id


def test_a_requirement_gives_its_step(case):
    birth = Requirement.objects.get(step__version=case.version, key="birth")
    barrier = record(case, requirement=birth, evidence_type=paper(case.procedure, "birth-certificate"))
    assert (barrier.step, barrier.requirement) == (birth.step, birth)


def test_a_step_or_paper_of_another_procedure_is_refused(case):
    other = CaseFactory(organisation=OrganisationFactory())
    for told in (
        {"step": Step.objects.filter(version=other.version).first()},
        {"evidence_type": paper(other.procedure, "photo")},
    ):
        with pytest.raises(Refusal, match="another procedure"):
            record(case, **told)


def test_a_requirement_of_another_step_is_refused(case):
    birth = Requirement.objects.get(step__version=case.version, key="birth")
    with pytest.raises(Refusal, match="another step"):
        record(case, requirement=birth, step=Step.objects.get(version=case.version, key="collect"))


def test_a_relay_writes_for_the_companion_of_the_case(case):
    scribe = member(Role.RELAY, case.organisation)
    barrier = record(case, by=scribe)
    assert (barrier.author, barrier.recorded_by, barrier.approved_at) == (case.companion, scribe, None)


def test_another_companion_does_not_hear_from_this_case(case):
    with pytest.raises(OutOfReach):
        record(case, by=member(Role.COMPANION, case.organisation))


def test_an_authority_hears_from_no_case(case):
    official = member(Role.AUTHORITY, case.procedure.service.authority)
    assert not Case.objects.reachable_by(official, Verb.BARRIER_RECORD).exists()


def test_the_name_of_the_person_keeps_a_barrier_inside_in_any_spelling(case):
    coordinator = member(Role.COORDINATOR, case.organisation)
    barrier = record(case, account="They sent Gulnara Rakhimova away")
    with pytest.raises(StillIdentifies):
        share_barriers(barriers=[barrier], by=coordinator)
    share_barriers(barriers=[barrier], by=coordinator, texts={barrier.pk: {"account": "They sent someone away"}})
    assert Entry.objects.filter(verb="identity.listed").exists(), "looking for a name is reading it"


def test_when_the_name_cannot_be_opened_nothing_is_shared(case):
    coordinator = member(Role.COORDINATOR, case.organisation)
    barrier = record(case)
    Person.objects.filter(pk=case.person_id).update(organisation=OrganisationFactory())
    with pytest.raises(Refusal, match="could not be opened"):
        share_barriers(barriers=[barrier], by=coordinator)
    assert not Barrier.objects.shared().exists()


def test_of_someone_forgotten_no_name_is_left_to_look_for(case):
    coordinator = member(Role.COORDINATOR, case.organisation)
    barrier = record(case)
    Person.objects.filter(pk=case.person_id).update(erased_at=case.opened_at)
    assert share_barriers(barriers=[barrier], by=coordinator) == [barrier]


def test_a_voice_note_from_a_case_is_forgotten_with_the_person(case):
    barrier = record(case, voice=b"OggS the sound of a voice")
    assert hear_voice(barrier=barrier, by=case.companion) == b"OggS the sound of a voice"
    assert Entry.objects.get(verb="barrier.voice_heard").person_id == case.person_id
    PersonKey.objects.filter(person=case.person_id).delete()
    with pytest.raises(Forgotten):
        hear_voice(barrier=barrier, by=case.companion)


def test_a_partner_never_hears_the_voice_even_once_the_words_are_shared(case):
    barrier = record(case, voice=b"OggS the sound of a voice")
    share_barriers(barriers=[barrier], by=member(Role.COORDINATOR, case.organisation))
    with pytest.raises(OutOfReach):
        hear_voice(barrier=barrier, by=member(Role.AUTHORITY, case.procedure.service.authority))


def test_a_recording_of_an_hour_is_refused(case):
    with pytest.raises(Refusal, match="too long"):
        record(case, voice=b"x" * 3_000_000)
