"""A small partnership: an association and a passport office around one table, one procedure, and a stranger elsewhere."""

from types import SimpleNamespace

import pytest

from relais.access.roles import Role
from relais.procedures.services import accept_list, draft_version, share_draft
from tests.organisations.factories import AuthorityFactory, OrganisationFactory, member
from tests.procedures.factories import make_procedure
from tests.programmes.factories import ProgrammeFactory
from tests.roundtables.factories import InviteeFactory, MeetingFactory

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NOON_OF_THE_TABLE = "2026-11-15 06:30"


@pytest.fixture
def place(db, at):
    """Everyone and everything a table needs; it is the 15th of November 2026, half past twelve in Bishkek."""
    at(NOON_OF_THE_TABLE)
    sairon, office = OrganisationFactory(slug="sairon"), AuthorityFactory(slug="passport-office")
    programme = ProgrammeFactory(slug="sairon", partners=[sairon, office])
    people = {
        "coordinator": member(Role.COORDINATOR, sairon),
        "companion": member(Role.COMPANION, sairon),
        "official": member(Role.AUTHORITY, office),
        "stranger": member(Role.COORDINATOR),
    }
    procedure = make_procedure(programme, office)
    return SimpleNamespace(
        programme=programme,
        sairon=sairon,
        office=office,
        procedure=procedure,
        in_force=procedure.versions.get(),
        **people,
    )


@pytest.fixture
def meeting(place):
    """The table of today, begun two hours and a half ago, with the coordinator, the official and two villagers."""
    from datetime import UTC, datetime

    meeting = MeetingFactory(
        programme=place.programme, organisation=place.sairon, starts_at=datetime(2026, 11, 15, 4, tzinfo=UTC)
    )
    for user in (place.coordinator, place.official):
        InviteeFactory(meeting=meeting, user=user)
    InviteeFactory(meeting=meeting, user=None, label="Two villagers of Kant")
    return meeting


@pytest.fixture
def draft(place):
    """A shared draft that accepts two witnesses in place of a birth certificate."""
    version = draft_version(procedure=place.procedure, by=place.coordinator, names={"en": "Two witnesses"})
    birth = next(each for step in version.steps.all() for each in step.requirements.all() if each.key == "birth")
    witnesses = place.procedure.evidence_types.get(key="two-witnesses")
    accept_list(requirement=birth, evidence_types=[witnesses], by=place.coordinator)
    return share_draft(version=version, by=place.coordinator)


@pytest.fixture
def sign_in(client):
    def as_someone(user):
        client.force_login(user, backend=BACKEND)
        return client

    return as_someone
