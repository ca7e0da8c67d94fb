"""Puts on stage who signs in: the personas, the volunteers, and what they were trained on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password

from relais.access.roles import Role
from relais.accounts.models import User
from relais.missions.models import Course, Training
from relais.organisations.models import Membership, Organisation
from relais.packs.services.demo.lives import Plan
from relais.places.models import Territory


@dataclass(frozen=True)
class Cast:
    """Who is there: the personas by role, and the companions by the district they work in."""

    personas: dict[str, User]
    companions: list[User]
    territory_of: dict[Any, str]

    def companion_for(self, territory: str, draw: Random) -> User:
        """Give a companion of a district."""
        near = [user for user in self.companions if self.territory_of[user.pk] == territory]
        shown = self.personas[Role.COMPANION]  # whose pages a newcomer opens first
        return draw.choice([*near, shown, shown] if shown in near else near or self.companions)


def put_on_stage(plan: Plan, since: date, draw: Random) -> Cast:
    """Create every account with the one password of the demonstration, and its membership."""
    password = make_password(plan["demo"]["password"])
    places = {place.code: place for place in Territory.objects.all()}
    organisations = {row.slug: row for row in Organisation.objects.all()}
    users, memberships = [], []
    rows = [*plan["personas"], *_volunteers(plan, draw)]
    for row in rows:
        user = User(username=row["username"], display_name=row["name"], password=password, language="en")
        users.append(user)
        memberships.append(
            Membership(
                user=user,
                organisation=organisations[row["organisation"]],
                role=row["role"],
                territory=places.get(row.get("territory", "")),
                since=since,
            )
        )
    User.objects.bulk_create(users)
    Membership.objects.bulk_create(memberships)
    companions = [user for user, row in zip(users, rows, strict=True) if row["role"] == Role.COMPANION]
    personas: dict[str, User] = {}
    for user, row in zip(users, rows, strict=True):
        personas.setdefault(row["role"], user)
    personas |= {user.username: user for user in users[: len(plan["personas"])]}
    territory_of = {user.pk: row.get("territory", "") for user, row in zip(users, rows, strict=True)}
    return Cast(personas=personas, companions=companions, territory_of=territory_of)


def _volunteers(plan: Plan, draw: Random) -> list[dict[str, str]]:
    names = plan["names"]
    districts = list(plan["people"]["territory"])
    found = []
    for place, given in enumerate(names["volunteers"][: plan["demo"]["volunteers"]]):
        family = draw.choice(names["volunteer_families"])
        found.append(
            {
                "username": f"{given.lower()}.{family.lower()}",
                "name": f"{given} {family}",
                "role": "companion",
                "organisation": "sairon",
                "territory": districts[place % len(districts)],
            }
        )
    return found


def train(cast: Cast, course: Course, on: datetime, draw: Random, *, all_of_them: bool) -> None:
    """Record who passed a course in the weeks after a day, and renew it each time it ran out."""
    organisation = Membership.objects.filter(user=cast.companions[0]).select_related("organisation")[0].organisation
    coordinator = cast.personas[Role.COORDINATOR]
    rows = []
    for place, user in enumerate([*cast.companions, cast.personas[Role.RELAY], coordinator]):
        if not all_of_them and place % 12 == 11:
            continue  # a few have not found the time: the gate keeps them from advising
        taken = on + timedelta(days=0 if all_of_them else draw.randint(1, 26))
        rows.append(
            Training(
                course=course,
                user=user,
                organisation=organisation,
                taken_on=taken.date(),
                score=draw.choice([75, 75, 100, 100, 100]),
                passed=True,
                expires_on=taken.date() + timedelta(days=course.days_valid) if course.days_valid else None,
                recorded_at=taken,
                recorded_by=coordinator,
            )
        )
    Training.objects.bulk_create(rows)
