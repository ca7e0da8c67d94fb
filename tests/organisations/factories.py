"""Organisations, who belongs to them, and what they lend and hand out."""

from datetime import UTC, date, datetime, timedelta

import factory

from relais.access.roles import Role
from relais.kernel import clock, codes
from relais.organisations.models import ApiToken, Invitation, LentLine, Membership, Organisation
from tests.accounts.factories import UserFactory


def now():
    """Ask at each call, so that the clock of the `at` fixture is heard."""
    return clock.now()


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    slug = factory.Sequence(lambda number: f"association-{number}")
    kind = "association"
    names = factory.LazyAttribute(lambda organisation: {"en": organisation.slug.replace("-", " ").title()})


class AuthorityFactory(OrganisationFactory):
    slug = factory.Sequence(lambda number: f"authority-{number}")
    kind = "authority"


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.COMPANION
    since = date(2020, 1, 1)


class InvitationFactory(factory.django.DjangoModelFactory):
    """An invitation whose token is `token`, so that a test can walk through it."""

    class Meta:
        model = Invitation

    class Params:
        token = factory.LazyFunction(codes.new_token)

    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.COMPANION
    label = "Zarina, from the market"
    token_hash = factory.LazyAttribute(lambda invitation: codes.token_hash(invitation.token))
    created_by = factory.SubFactory(UserFactory)
    created_at = factory.LazyFunction(now)
    expires_at = factory.LazyAttribute(lambda invitation: invitation.created_at + timedelta(days=7))


class LentLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LentLine

    organisation = factory.SubFactory(OrganisationFactory)
    kind = "phone"
    value = factory.Sequence(lambda number: f"+996 312 {number:06}")
    label = {"en": "The phone at the office"}


class ApiTokenFactory(factory.django.DjangoModelFactory):
    """A key whose token is `token`."""

    class Meta:
        model = ApiToken

    class Params:
        token = factory.LazyFunction(codes.new_token)

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory, kind="program")
    name = "Sync with the spreadsheet"
    token_hash = factory.LazyAttribute(lambda token: codes.token_hash(token.token))
    created_at = datetime(2026, 1, 5, tzinfo=UTC)
    created_by = factory.LazyAttribute(lambda token: member(Role.ADMINISTRATOR, token.organisation))
    vouched_by = factory.SelfAttribute("created_by")


def member(role=Role.COMPANION, organisation=None, **user):
    """Give someone who signs in and holds a role; in an organisation of their own unless one is named."""
    organisation = organisation or OrganisationFactory()
    return MembershipFactory(user=UserFactory(**user), organisation=organisation, role=role).user
