import pytest

from relais.barriers.models import Barrier
from relais.cases import index
from relais.cases.models import Case, Dossier
from relais.journal.services import verify
from relais.kernel import clock
from relais.kernel.refusals import Refusal
from relais.packs.services import install_pack
from relais.packs.services.demo import play_demo
from relais.people.keys import facts_of
from relais.people.models import Consent
from relais.people.services import check_code_and_pin
from relais.procedures.models import Procedure, ProcedureVersion
from relais.roundtables.models import Decision, Foretold, Meeting
from relais.web import story
from tests.packs.test_services import SAIRON, read_pack


def play(people):
    pack = read_pack(SAIRON)
    return play_demo(pack=pack, programme=install_pack(pack=pack), people=people)


def test_a_demonstration_has_lived_through_the_whole_loop(db):
    played = play(150)
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
    assert Consent.objects.to_confirm(clock.today()).exists(), "so that the page of consents to confirm is not empty"
    holds_together(played)


def holds_together(played):
    assert Decision.objects.get().prediction["unlocked"] == Foretold.objects.get().figures["unlocked"]
    assert index.check(Procedure.objects.get()) == []
    assert not Barrier.objects.filter(answered_at__isnull=False, author_told_at=None).exists()
    assert facts_of(Case.objects.first().person).called
    assert check_code_and_pin(code=played.person.code, pin=played.person.pin)
    assert set(played.personas) >= {"companion", "relay", "coordinator", "authority", "evidence_officer"}
    assert all(click.page(story.someone(click.role)) for click in story.CLICKS)
    assert list(verify()) == []
    for case in Case.objects.filter(closed_on__isnull=False):
        assert case.opened_on <= case.closed_on


def test_a_history_of_too_few_people_is_refused(db):
    with pytest.raises(Refusal, match="at least 100"):
        play(20)
