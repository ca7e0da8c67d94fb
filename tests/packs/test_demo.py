import pytest

from relais.barriers.models import Barrier
from relais.cases.models import Case, Dossier
from relais.journal.services import verify
from relais.packs.services import install_pack
from relais.packs.services.demo import play_demo
from relais.people.keys import facts_of
from relais.people.services import check_code_and_pin
from relais.procedures.models import ProcedureVersion
from relais.roundtables.models import Decision, Meeting
from tests.packs.test_services import SAIRON, read_pack


@pytest.fixture
def played(db):
    pack = read_pack(SAIRON)
    return play_demo(pack=pack, programme=install_pack(pack=pack), people=80)


def test_a_demonstration_has_lived_through_the_whole_loop(played):
    assert Barrier.objects.shared().exists()
    assert Decision.objects.get().prediction["people"] > 0
    assert list(ProcedureVersion.objects.order_by("number").values_list("state", flat=True)) == [
        "retired",
        "in_force",
        "draft",
    ]
    assert Dossier.objects.filter(state="accepted").exists()
    assert Case.objects.filter(outcome="granted").exists()
    assert Meeting.objects.filter(state="planned", agenda__isnull=False).exists()


def test_its_people_are_sealed_and_its_journal_holds(played):
    person = Case.objects.first().person
    assert facts_of(person).called
    assert list(verify()) == []


def test_the_printed_code_and_pin_open_that_persons_page(played):
    assert check_code_and_pin(code=played.person.code, pin=played.person.pin)
    assert set(played.personas) >= {"companion", "relay", "coordinator", "authority", "evidence_officer"}


def test_no_case_is_ahead_of_its_day(played):
    for case in Case.objects.filter(closed_on__isnull=False):
        assert case.opened_on <= case.closed_on
