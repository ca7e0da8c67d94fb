"""Procedures and drafts through the API, by keys and in words."""

import pytest

from relais.access.roles import Role
from relais.procedures.models import ProcedureVersion
from tests.organisations.factories import AuthorityFactory, OrganisationFactory, member
from tests.procedures.factories import make_draft, make_procedure, unmet
from tests.programmes.factories import ProgrammeFactory

pytestmark = pytest.mark.django_db
SENT = "0198a000-0000-7000-8000-000000000001"


@pytest.fixture
def sairon():
    return OrganisationFactory()


@pytest.fixture
def procedure(sairon):
    office = AuthorityFactory()
    return make_procedure(ProgrammeFactory(partners=[office, sairon]), office)


@pytest.fixture
def as_coordinator(sairon, caller):
    return caller(member(Role.COORDINATOR, sairon))


def test_a_version_says_what_each_step_asks(procedure, as_coordinator, django_assert_max_num_queries):
    version = procedure.versions.get()
    as_coordinator("get", "/api/procedures")
    with django_assert_max_num_queries(9):
        said = as_coordinator("get", f"/api/versions/{version.pk}").json()
    asked = {each["key"]: each["any_of"] for step in said["steps"] for each in step["requirements"]}
    assert asked == {"birth": [["birth-certificate"]], "face": [["photo"]]}


def test_a_procedure_leads_to_its_cpsv_ap(procedure, as_coordinator, client):
    said = as_coordinator("get", f"/api/procedures/{procedure.pk}").json()
    assert client.get(said["cpsv"])["Content-Type"] == "application/ld+json"


def test_a_draft_made_and_changed_tells_in_words_what_it_changes(procedure, as_coordinator):
    made = as_coordinator("post", f"/api/procedures/{procedure.pk}/drafts", {"id": SENT}).json()
    birth = next(each for each in made["steps"][0]["requirements"] if each["key"] == "birth")
    witnesses = procedure.evidence_types.get(key="two-witnesses").pk
    address = f"/api/requirements/{birth['id']}/lists"
    accepted = as_coordinator("post", address, {"evidence_types": [witnesses]}).json()
    assert accepted["any_of"] == [["birth-certificate"], ["two-witnesses"]]
    before = procedure.versions.in_force().get().pk
    changes = as_coordinator("get", f"/api/versions/{before}/compare/{SENT}").json()
    assert [(each["kind"], each["direction"], each["requirement"]) for each in changes] == [
        ("list_added", "easier", "birth")
    ]
    assert "Two witnesses" in changes[0]["words"]


def test_a_draft_nobody_shared_is_not_there_for_a_companion(procedure, sairon, caller):
    draft = make_draft(procedure, member(Role.COORDINATOR, sairon))
    companion = caller(member(Role.COMPANION, sairon))
    assert companion("get", f"/api/versions/{draft.pk}").status_code == 404
    assert companion("get", "/api/versions?state=draft").json()["count"] == 0
    assert companion("post", f"/api/versions/{draft.pk}/discard", {}).status_code == 404
    assert ProcedureVersion.objects.filter(pk=draft.pk).exists()


def test_a_replay_gives_counts_and_hides_small_ones(procedure, as_coordinator, sairon):
    draft = make_draft(procedure, member(Role.COORDINATOR, sairon))
    said = as_coordinator("get", f"/api/versions/{draft.pk}/replay").json()
    assert (said["people"], said["threshold"]) == (0, procedure.programme.threshold)


def test_what_is_wrong_with_a_version_is_said_with_it_and_with_its_replay(procedure, as_coordinator, sairon):
    coordinator = member(Role.COORDINATOR, sairon)
    draft = make_draft(procedure, coordinator)
    unmet(draft, by=coordinator)
    flaws = {"nothing_accepted", "everyone_excluded", "unknown_attribute"}
    for address in (f"/api/versions/{draft.pk}", f"/api/versions/{draft.pk}/replay"):
        cautions = as_coordinator("get", address).json()["cautions"]
        assert {each["flaw"] for each in cautions} == flaws
        assert any("depends on “rent”, which is known of nobody" in each["words"] for each in cautions)
