"""At the desk: procedures are read, compared in plain words, and changed on paper."""

import pytest
from django.urls import reverse

from relais.procedures.models import EvidenceType, Requirement
from relais.procedures.rows import condition_from
from relais.procedures.terms import Clause, Op
from tests.procedures.factories import make_draft, make_procedure
from tests.programmes.factories import ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def procedure(world):
    programme = ProgrammeFactory(partners=[world.organisation, world.authority_office], languages=["ru", "en"])
    return make_procedure(programme, world.authority_office)


@pytest.fixture
def draft(procedure, coordinator):
    return make_draft(procedure, coordinator)


@pytest.fixture
def desk(world):
    return world.client_of("coordinator")


def page(client, name, *args, query=""):
    return client.get(reverse(f"procedures:{name}", args=args) + query).content.decode()


def paper(procedure, key):
    return EvidenceType.objects.get(procedure=procedure, key=key)


def test_the_list_shows_ones_own_programmes_only(desk, procedure):
    other = make_procedure(key="elsewhere")
    shown = page(desk, "list")
    assert reverse("procedures:detail", args=[procedure.pk]) in shown
    assert reverse("procedures:detail", args=[other.pk]) not in shown


def test_the_list_asks_a_constant_number_of_questions(desk, procedure, django_assert_num_queries):
    page(desk, "list")
    with django_assert_num_queries(7):
        page(desk, "list")
    for number in range(3):
        make_procedure(procedure.programme, procedure.service.authority, key=f"more-{number}")
    with django_assert_num_queries(7):
        page(desk, "list")


def test_a_version_page_asks_a_constant_number_of_questions(desk, draft, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        page(desk, "version", draft.pk)


def test_drafting_opens_a_copy_of_what_is_in_force(desk, procedure):
    response = desk.post(reverse("procedures:draft", args=[procedure.pk]), follow=True)
    assert "it asks what is asked today" in response.content.decode()
    assert procedure.versions.drafts().get().based_on.number == 1


def test_accepting_a_proof_is_read_in_plain_words_before_it_is_done(desk, procedure, draft):
    address = reverse("procedures:requirement_accept", args=[draft.pk, "birth"])
    ticked = {"evidence_types": [paper(procedure, "two-witnesses").pk]}
    preview = desk.post(address, {**ticked, "preview": "1"})
    assert preview.status_code == 200
    said = "“Where and when you were born” can also be shown by: Two witnesses."
    assert said in preview.content.decode()
    assert said not in page(desk, "version", draft.pk)
    desk.post(address, ticked)
    assert said in page(desk, "version", draft.pk)
    assert said in page(desk, "changes", draft.pk)


def test_a_condition_is_read_in_plain_words_before_it_is_set(desk, draft):
    address = reverse("procedures:requirement_condition", args=[draft.pk, "birth"])
    chosen = {"age_ge": "18", "age_lt": "60", "status": ["refugee", "stateless"]}
    preview = desk.post(address, {**chosen, "preview": "1"}).content.decode()
    assert "only if status is “refugee” or “stateless” and age is from 18 to 59. Before: everyone." in preview
    desk.post(address, chosen)
    condition = condition_from(Requirement.objects.get(step__version=draft, key="birth").condition)
    assert condition == (
        Clause("age", Op.GE, 18),
        Clause("age", Op.LT, 60),
        Clause("status", Op.IN, frozenset({"refugee", "stateless"})),
    )
    form = desk.get(address).content.decode()
    assert 'value="18"' in form
    assert form.count("checked") == 2


def test_what_was_typed_is_kept_when_a_form_is_refused(desk, draft):
    address = reverse("procedures:step_change", args=[draft.pk, "apply"])
    response = desk.post(address, {"names_en": "Hand it in", "channel": "office", "visits": "-1"})
    assert response.status_code == 422
    assert "Hand it in" in response.content.decode()


def test_a_text_in_a_language_the_form_does_not_show_is_kept(desk, procedure, draft):
    address = reverse("procedures:requirement_change", args=[draft.pk, "birth"])
    desk.post(address, {"names_en": "Your birth", "names_ru": ""})
    names = Requirement.objects.get(step__version=draft, key="birth").names
    assert names == {"en": "Your birth", "fr": "Où et quand vous êtes né"}


def test_a_refusal_is_said_on_the_draft(desk, draft):
    address = reverse("procedures:requirement_drop", args=[draft.pk, "face"])
    shown = desk.post(address, follow=True).content.decode()
    assert "This requirement cannot be dropped." in shown
    assert "Law on citizenship, article 9" in shown


def test_a_draft_nobody_could_pass_is_warned_of(desk, draft):
    Requirement.objects.get(step__version=draft, key="birth").lists.get().delete()
    assert "Nobody can meet “Where and when you were born”" in page(desk, "version", draft.pk)


def test_two_versions_are_compared_either_way(desk, procedure, draft):
    desk.post(reverse("procedures:requirement_drop", args=[draft.pk, "birth"]))
    forwards = page(desk, "changes", draft.pk)
    backwards = page(desk, "changes", draft.based_on_id, query=f"?with={draft.pk}")
    assert "“Where and when you were born” is no longer asked." in forwards
    assert "“Where and when you were born” is newly asked at “Hand in the file”." in backwards


def test_steps_are_moved_merged_and_dropped_on_screen(desk, draft):
    for name, args, data in (
        ("step_move", ["collect"], {"to": "up"}),
        ("requirement_move", ["birth"], {"to": "down"}),
        ("requirement_move", ["birth"], {"step": "collect"}),
        ("step_merge", ["apply"], {"into": "collect"}),
    ):
        assert desk.post(reverse(f"procedures:{name}", args=[draft.pk, *args]), data).status_code == 302
    (step,) = draft.steps.all()
    assert [each.key for each in step.requirements.all()] == ["birth", "face"]


def test_a_requirement_and_a_proof_are_added_on_screen(desk, procedure, draft):
    proof = {"names_en": "House book", "visits": "1", "fee": "20", "minutes": "10", "days": "0"}
    desk.post(reverse("procedures:evidence_add", args=[procedure.pk]), proof)
    asked = {"names_en": "Where you live", "evidence_types": [paper(procedure, "house-book").pk]}
    desk.post(reverse("procedures:requirement_add", args=[draft.pk, "collect"]), asked)
    shown = page(desk, "version", draft.pk)
    assert "“Where you live” is newly asked at “Collect the passport”." in shown
    assert "20\u00a0KGS" in shown


def test_a_companion_reads_what_is_in_force_and_changes_nothing(world, procedure):
    client = world.client_of("companion")
    shown = page(client, "version", procedure.versions.get().pk)
    assert "Hand in the file" in shown
    assert "Ask for one more thing" not in shown
    assert "Draft a change" not in page(client, "detail", procedure.pk)
