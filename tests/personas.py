"""The ten personas, and the small world they live in.

Two associations work in one programme's country beside one authority. `companion`, `other_companion`, `relay` and
`coordinator` belong to `organisation`; `coordinator_elsewhere` to `elsewhere`, whose rows must never show to the others;
`authority` to `authority_office`. `visitor` is nobody, and `person` is someone served who holds a code and a PIN, no account.
"""

from datetime import date

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from tests import doors

STAFF = {
    "companion": "organisation",
    "other_companion": "organisation",
    "relay": "organisation",
    "coordinator": "organisation",
    "coordinator_elsewhere": "elsewhere",
    "authority": "authority_office",
    "evidence_officer": "organisation",
    "administrator": "organisation",
}
ROLES = {"other_companion": "companion", "coordinator_elsewhere": "coordinator"}


class World:
    """Who and what a test may meet, by name; `furnish` functions of tests/<app>/doors.py add rows to it."""

    def __init__(self):
        """Settle the organisations and the eight people who sign in."""
        from relais.organisations.models import Organisation

        self.organisation = Organisation.objects.create(slug="sairon", kind="association", names={"en": "Sairon"})
        self.elsewhere = Organisation.objects.create(slug="elsewhere", kind="association", names={"en": "Elsewhere"})
        self.authority_office = Organisation.objects.create(
            slug="passport-office", kind="authority", names={"en": "Passport office"}
        )
        for persona, place in STAFF.items():
            setattr(self, persona, employ(persona, getattr(self, place)))
        self.person_session = {}  # what signing in with code and PIN leaves in the session: tests/people/doors.py

    def client_of(self, persona):
        """Give a browser in which this persona is signed in."""
        client = Client()
        if persona == "person":
            session = client.session
            session.update(self.person_session)
            session.save()
            client.cookies["sessionid"] = session.session_key
        elif persona != "visitor":
            client.force_login(getattr(self, persona), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client


def employ(persona, organisation):
    """Make the account and the membership of one persona."""
    from relais.accounts.models import User
    from relais.organisations.models import Membership

    password = make_password("a long enough password")
    user = User.objects.create(username=persona, display_name=persona.replace("_", " "), password=password)
    role = ROLES.get(persona, persona)
    Membership.objects.create(user=user, organisation=organisation, role=role, since=date(2020, 1, 1))
    return user


@pytest.fixture
def world(db):
    """The personas and their organisations, and nothing else."""
    return World()


@pytest.fixture
def furnished_world(world):
    """The world, with the rows each app's pages are about."""
    return furnish(world)


def furnish(world):
    """Let each app add the rows its pages are about."""
    for table in doors.tables():
        getattr(table, "furnish", lambda _: None)(world)
    return world


def persona_fixture(name):
    """Make the fixture that gives one persona's account."""

    @pytest.fixture(name=name)
    def persona(world):
        return getattr(world, name)

    return persona


for _name in STAFF:
    globals()[f"{_name}_fixture"] = persona_fixture(_name)
