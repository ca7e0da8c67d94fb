"""A tick in the studio changes a draft, and another tick takes the change back."""

import pytest

from relais.access.lock import OutOfReach
from relais.kernel.refusals import Refusal
from relais.procedures import services
from relais.procedures.models import EvidenceType, ProcedureVersion
from relais.procedures.rows import terms_of
from tests.procedures.factories import make_draft, make_procedure
from tests.programmes.factories import ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def procedure(world):
    return make_procedure(
        ProgrammeFactory(partners=[world.organisation, world.authority_office]), world.authority_office
    )


@pytest.fixture
def today(procedure):
    return terms_of(procedure.versions.in_force().with_everything().get())


@pytest.fixture
def draft(procedure, coordinator):
    return make_draft(procedure, coordinator)


@pytest.fixture
def tick(draft, today, coordinator):
    def press(do, key="", *evidence, by=coordinator):
        papers = list(EvidenceType.objects.filter(procedure=draft.procedure, key__in=evidence))
        services.tick(version=draft, today=today, do=do, key=key, evidence=papers, by=by)
        return terms_of(ProcedureVersion.objects.with_everything().get(pk=draft.pk))

    return press


def lists(content, key):
    return [set(each) for _, asked in content.asked() if asked.key == key for each in asked.lists]


def test_another_proof_is_accepted_and_refused_again(tick, today):
    assert lists(tick("accept", "birth", "two-witnesses"), "birth") == [{"birth-certificate"}, {"two-witnesses"}]
    assert tick("refuse", "birth", "two-witnesses").steps == today.steps


def test_the_only_proof_is_not_refused(tick):
    with pytest.raises(Refusal, match="only proof"):
        tick("refuse", "birth", "birth-certificate")


def test_a_requirement_is_dropped_and_comes_back_as_it_was(tick, today):
    assert [asked.key for _, asked in tick("drop", "birth").asked()] == ["face"]
    back = tick("bring_back", "birth")
    assert {asked.key: asked for _, asked in back.asked()} == {asked.key: asked for _, asked in today.asked()}
    assert tick("bring_back", "birth") == back


def test_what_the_law_asks_is_not_dropped(tick):
    with pytest.raises(Refusal, match="cannot be dropped"):
        tick("drop", "face")


def test_a_step_is_taken_out_and_comes_back_in_its_place(tick, today):
    tick("accept", "birth", "two-witnesses")
    assert [step.key for step in tick("drop_step", "collect").steps] == ["apply"]
    assert [step.key for step in tick("bring_step_back", "collect").steps] == ["apply", "collect"]
    assert tick("bring_step_back", "collect").steps[1] == today.steps[1]


def test_a_requirement_brings_its_step_back_with_it(tick, today, draft, coordinator):
    content = tick("drop", "birth")
    services.rewrite_draft(version=draft, content=type(content)(steps=content.steps[1:]), by=coordinator)
    back = tick("bring_back", "birth")
    assert [step.key for step in back.steps] == ["apply", "collect"]
    assert back.steps == today.steps


def test_steps_and_requirements_change_places(tick):
    assert [step.key for step in tick("step_up", "collect").steps] == ["collect", "apply"]
    assert [step.key for step in tick("step_down", "collect").steps] == ["apply", "collect"]
    assert [asked.key for _, asked in tick("up", "face").asked()] == ["face", "birth"]
    assert [asked.key for _, asked in tick("down", "face").asked()] == ["birth", "face"]


def test_everything_is_taken_back_at_once(tick, today):
    tick("drop", "birth")
    tick("drop_step", "collect")
    assert tick("start_again").steps == today.steps


@pytest.mark.parametrize(
    ("do", "key"), [("drop", "gone"), ("drop_step", "gone"), ("step_up", "gone"), ("refuse", "birth")]
)
def test_what_someone_else_took_out_is_said(tick, do, key):
    with pytest.raises(Refusal, match="no longer in the draft"):
        tick(do, key)


@pytest.mark.parametrize("do", ["bring_back", "bring_step_back"])
def test_what_never_was_does_not_come_back(tick, do):
    with pytest.raises(Refusal, match="nothing of that name"):
        tick(do, "gone")


def test_a_word_no_button_says_is_a_mistake(tick):
    with pytest.raises(ValueError, match="dance"):
        tick("dance", "birth")


def test_a_companion_ticks_nothing(tick, companion):
    with pytest.raises(OutOfReach):
        tick("drop", "birth", by=companion)
