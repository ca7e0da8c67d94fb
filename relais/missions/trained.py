"""Who is trained on what is in force, for a page of volunteers in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from relais.access.roles import Role
from relais.accounts.models import User
from relais.missions.models import Course, Training
from relais.organisations.models import Membership

ADVISERS = (Role.COMPANION, Role.RELAY, Role.COORDINATOR)
ENDS_SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class Standing:
    """Where someone stands with a course: never taken, valid, ending soon, or expired."""

    course: Course
    training: Training | None
    state: str

    @property
    def matters(self) -> str:
        """Say whether the gate of a version in force is shut (`now`), shuts soon, or leads to a version of the past."""
        version = self.course.version
        if version is None or version.state == version.State.DRAFT:
            return ""
        if version.state == version.State.RETIRED:
            return "past"
        return {"none": "now", "expired": "now", "ending": "soon"}.get(self.state, "")


def standing(course: Course, trainings: Iterable[Training], today: date) -> Standing:
    """Judge the newest passed training of one person on one course."""
    newest = max((each for each in trainings if each.passed), key=lambda each: each.taken_on, default=None)
    if newest is None:
        return Standing(course, None, "none")
    if newest.expires_on is None or newest.expires_on > today + timedelta(days=ENDS_SOON_DAYS):
        return Standing(course, newest, "valid")
    return Standing(course, newest, "ending" if newest.expires_on > today else "expired")


def courses_of(user: User, courses: Iterable[Course], today: date) -> list[Standing]:
    """Say of each course where one person stands: first what they need today, last what nobody needs any more."""
    passed = list(Training.objects.filter(user=user, passed=True))
    found = [standing(course, [each for each in passed if each.course_id == course.pk], today) for course in courses]
    order = {"now": 0, "soon": 1, "": 2, "past": 4}
    return sorted(found, key=lambda each: 3 if each.state == "valid" and not each.matters else order[each.matters])


def advisers(organisations: Iterable[object], today: date) -> QuerySet[User]:
    """Give the volunteers of some organisations who stand beside people."""
    current = Membership.objects.filter(organisation__in=organisations, role__in=ADVISERS).current(today)
    found: QuerySet[User] = User.objects.filter(is_active=True, pk__in=current.values("user"))
    return found.order_by("display_name", "pk")


def roster(users: Iterable[User], courses: Iterable[Course], today: date) -> list[tuple[User, list[Standing]]]:
    """Say of each volunteer where they stand with each course."""
    users, courses = list(users), list(courses)
    passed: dict[tuple[object, object], list[Training]] = {}
    for each in Training.objects.filter(user__in=users, course__in=courses, passed=True):
        passed.setdefault((each.user_id, each.course_id), []).append(each)
    return [
        (user, [standing(course, passed.get((user.pk, course.pk), ()), today) for course in courses]) for user in users
    ]
