"""The steps of a draft: added, changed, merged, put in another order, dropped."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.journal.services import write
from relais.kernel.refusals import Refusal
from relais.procedures.models import ProcedureVersion, Requirement, Step
from relais.procedures.rules import free_key

FACTS = {"names", "about", "channel", "place", "visits", "fee", "minutes", "waiting_days"}


@transaction.atomic
def add_step(*, version: ProcedureVersion, names: dict[str, str], by: User, **facts: Any) -> Step:
    """Add a step at the end."""
    require(by, Verb.PROCEDURE_DRAFT, version)
    taken = list(version.steps.values_list("key", flat=True))
    step = Step.objects.create(
        version=version, key=free_key(names, taken), position=len(taken) + 1, names=names, **facts
    )
    write("step.added", step, by=by, version=version.pk, key=step.key)
    return step


@transaction.atomic
def change_step(*, step: Step, by: User, **facts: Any) -> Step:
    """Say where a step happens, and what it takes."""
    require(by, Verb.PROCEDURE_DRAFT, step.version)
    changed = sorted(FACTS & facts.keys())
    for name in changed:
        setattr(step, name, facts[name])
    step.save(update_fields=changed)
    write("step.changed", step, by=by, version=step.version_id, key=step.key, fields=changed)
    return step


@transaction.atomic
def reorder_steps(*, version: ProcedureVersion, keys: Sequence[str], by: User) -> None:
    """Put the steps in another order; every step is named once."""
    require(by, Verb.PROCEDURE_DRAFT, version)
    steps = {step.key: step for step in version.steps.all()}
    if sorted(keys) != sorted(steps):
        raise Refusal(
            _("The steps changed while you were ordering them."), next=_("Look at the draft again, then order them.")
        )
    for position, key in enumerate(keys, 1):
        steps[key].position = position
    Step.objects.bulk_update(steps.values(), ["position"])
    write("steps.reordered", version, by=by, keys=list(keys))


def move_step(*, step: Step, places: int, by: User) -> None:
    """Take a step so many places later, or earlier below zero; at the ends it stays."""
    keys = list(step.version.steps.order_by("position").values_list("key", flat=True))
    place = keys.index(step.key)
    keys.insert(min(max(place + places, 0), len(keys) - 1), keys.pop(place))
    reorder_steps(version=step.version, keys=keys, by=by)


@transaction.atomic
def merge_steps(*, step: Step, into: Step, by: User) -> Step:
    """Do two steps in one place: what the first asks is asked in the second, and the first is gone."""
    require(by, Verb.PROCEDURE_DRAFT, step.version)
    if step.version_id != into.version_id or step.pk == into.pk:
        raise Refusal(_("Pick two different steps of this draft."))
    moved = list(step.requirements.all())
    for place, requirement in enumerate(moved, into.requirements.count() + 1):
        requirement.step, requirement.position = into, place
    Requirement.objects.bulk_update(moved, ["step", "position"])
    write("step.merged", step, by=by, version=into.version_id, key=step.key, into=into.key)
    step.delete()
    _close_the_ranks(into.version)
    return into


@transaction.atomic
def drop_step(*, step: Step, by: User) -> None:
    """Take a step out with what it asks, unless the law asks for some of it."""
    version = step.version
    require(by, Verb.PROCEDURE_DRAFT, version)
    if kept := step.requirements.filter(must_keep=True).first():
        raise Refusal(
            _("This step cannot be dropped."),
            why=_("“%(requirement)s” is required by law.") % {"requirement": kept},
            next=_("Move that requirement to another step first."),
        )
    write("step.dropped", step, by=by, version=version.pk, key=step.key)
    step.delete()
    _close_the_ranks(version)


def _close_the_ranks(version: ProcedureVersion) -> None:
    """Number the steps again from one."""
    steps = list(version.steps.order_by("position"))
    for position, step in enumerate(steps, 1):
        step.position = position
    Step.objects.bulk_update(steps, ["position"])
