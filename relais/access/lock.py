"""The one lock: which rows a verb reaches for someone, asked for one row or for all.

A right is a filter. Apps register filters with `@reach(verb, Model)`; where someone holds which role comes from the
one function registered with `@role_source`. A verb nobody granted reaches nothing.
"""

from collections.abc import Callable, Iterable
from typing import Any, Self
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from relais.access.roles import ROLES, Role
from relais.access.verbs import Verb
from relais.kernel.refusals import Refusal

Actor = Any  # accounts.User, which this floor may not know; AnonymousUser holds no role
Reach = Callable[[Actor], Q]
NOTHING = Q(pk__in=[])

_reaches: dict[tuple[Verb, type[Model]], list[Reach]] = {}
_role_sources: list[Callable[[Actor], Iterable[tuple[Role, UUID]]]] = []


class OutOfReach(Refusal):
    """The row does not exist for this actor; pages answer 404."""


def reach(verb: Verb, model: type[Model]) -> Callable[[Reach], Reach]:
    """Register what a verb reaches in a table; several filters on one verb add up."""

    def register(function: Reach) -> Reach:
        _reaches.setdefault((verb, model), []).append(function)
        return function

    return register


def role_source(
    function: Callable[[Actor], Iterable[tuple[Role, UUID]]],
) -> Callable[[Actor], Iterable[tuple[Role, UUID]]]:
    """Register where roles come from: pairs of role and organisation id."""
    _role_sources.append(function)
    return function


def roles_of(actor: Actor) -> frozenset[tuple[Role, UUID]]:
    """Give the roles someone holds, asked once per loaded actor."""
    if not getattr(actor, "is_authenticated", False) or not actor.is_active:
        return frozenset()
    if not hasattr(actor, "held_roles"):
        actor.held_roles = frozenset(pair for source in _role_sources for pair in source(actor))
    held: frozenset[tuple[Role, UUID]] = actor.held_roles
    return held


def organisations_where(actor: Actor, verb: Verb, *roles: Role) -> set[UUID]:
    """Give the organisations where someone holds a verb, if asked only through some roles."""
    return {
        organisation for role, organisation in roles_of(actor) if verb in ROLES[role] and (not roles or role in roles)
    }


def may(actor: Actor, verb: Verb) -> bool:
    """Say whether someone holds a verb anywhere; a page asks this to show a link, never to open a row."""
    return bool(organisations_where(actor, verb))


def filter_for(actor: Actor, verb: Verb, model: type[Model]) -> Q:
    """Give the rows a verb reaches for someone, as one filter."""
    if not may(actor, verb):
        return NOTHING
    found = NOTHING
    for function in _reaches.get((verb, model), []):
        reached = function(actor)
        if not reached:  # An empty filter keeps every row; `|` would drop it as if it kept none.
            return reached
        found |= reached
    return found


def may_reach(by: Actor, verb: Verb, row: Model) -> bool:
    """Say whether a verb reaches this row for this actor."""
    model = type(row)
    return model._default_manager.filter(filter_for(by, verb, model), pk=row.pk).exists()


def require(by: Actor, verb: Verb, row: Model) -> None:
    """Refuse when a verb does not reach this row for this actor."""
    if not may_reach(by, verb, row):
        raise OutOfReach(
            _("You cannot do this here."),
            why=_("Your role does not reach it."),
            next=_("Ask your coordinator if you think it should."),
        )


def require_any(by: Actor, verb: Verb) -> None:
    """Refuse when someone holds a verb nowhere."""
    if not may(by, verb):
        raise OutOfReach(_("You cannot do this."), next=_("Ask your coordinator if you think you should."))


class ReachableQuerySet(QuerySet[Any]):
    """A query that knows the lock."""

    def reachable_by(self, actor: Actor, verb: Verb) -> Self:
        """Keep the rows a verb reaches for someone; filters that follow many rows use `pk__in`, never a join."""
        return self.filter(filter_for(actor, verb, self.model))


def registered() -> dict[tuple[Verb, type[Model]], list[Reach]]:
    """Give every registered reach, for docs/access.md and the tests."""
    return dict(_reaches)
