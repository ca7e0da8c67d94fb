"""A volunteer takes a test, or a coordinator writes down who was trained in a room."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import organisations_where, require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.kernel.repeats import sent_before
from relais.missions.models import Course, Training
from relais.missions.rules import is_passed, percent_right, valid_until
from relais.organisations.models import Membership, Organisation


@transaction.atomic
def take_test(*, course: Course, answers: Mapping[int, int], by: User, id: UUID | None = None) -> Training:
    """Answer the questions of a course; one may try again as often as one likes. Sent twice, it counts once."""
    require(by, Verb.COURSE_TAKE, course)
    taken: Training | None = sent_before(Training, id, user=by, course=course)
    if taken:
        return taken
    right = dict(course.questions.values_list("position", "right"))
    if not right:
        raise Refusal(_("This course has no test yet."), next=_("Ask your coordinator to record that you took it."))
    if missing := right.keys() - answers.keys():
        raise Refusal(_("Answer every question; %(count)d are still open.") % {"count": len(missing)})
    score = percent_right(right, answers)
    own = Organisation.objects.filter(pk__in=organisations_where(by, Verb.COURSE_TAKE))
    organisation = own.filter(partnerships__programme=course.programme_id).order_by("slug").first()
    assert organisation is not None  # the lock has just found one
    facts: dict[str, Any] = {
        "user": by,
        "organisation": organisation,
        "score": score,
        "passed": is_passed(score, course.pass_mark),
    }
    return _record(course=course, by=by, id=id, taken_on=clock.today(), **facts)


@transaction.atomic
def record_training(
    *, course: Course, user: User, organisation: Organisation, taken_on: date, by: User, id: UUID | None = None
) -> Training:
    """Write down that a volunteer of one's organisation took a course in a room and understood it."""
    require(by, Verb.TRAINING_RECORD, organisation)
    require(by, Verb.TRAINING_RECORD, course)
    taken: Training | None = sent_before(Training, id, user=user, course=course)
    if taken:
        return taken
    if (taken_on - clock.today()).days > 1:
        raise Refusal(_("This day has not come yet."), next=_("Enter the day of the training."))
    if not Membership.objects.filter(user=user, organisation=organisation).current(clock.today()).exists():
        raise Refusal(_("%(who)s does not belong to this organisation.") % {"who": user})
    facts: dict[str, Any] = {"user": user, "organisation": organisation, "passed": True}
    return _record(course=course, by=by, id=id, taken_on=taken_on, **facts)


def _record(*, course: Course, by: User, id: UUID | None, taken_on: date, passed: bool, **facts: Any) -> Training:
    training = Training.objects.create(
        id=id or uuid7(),
        course=course,
        taken_on=taken_on,
        passed=passed,
        expires_on=valid_until(taken_on, course.days_valid) if passed else None,
        recorded_at=clock.now(),
        recorded_by=by,
        **facts,
    )
    detail: dict[str, Any] = {"course": course.key, "user": training.user_id, "passed": passed, "on": taken_on}
    journal.write("training.recorded", training, by=by, **detail)
    return training
