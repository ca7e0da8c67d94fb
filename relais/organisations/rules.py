"""Who may give which role to whom; nobody hands out a right they do not hold."""

from collections.abc import Iterable
from uuid import UUID

from relais.access.roles import ROLES, Role

Held = tuple[Role, UUID]


def grantable(held: Iterable[Role], *, is_authority: bool) -> frozenset[Role]:
    """Give the roles that someone who holds these in an organisation may give there.

    A role is theirs to give when they hold each of its rights. An administrator keeps the accounts of the organisation
    without seeing its people, so may give any role of it. The authority's role decides on procedures, so it exists
    only inside a public authority.

    >>> sorted(grantable([Role.COORDINATOR], is_authority=False))
    [<Role.COMPANION: 'companion'>, <Role.COORDINATOR: 'coordinator'>, <Role.EVIDENCE_OFFICER: 'evidence_officer'>, <Role.RELAY: 'relay'>]
    >>> sorted(grantable([Role.AUTHORITY], is_authority=True))
    [<Role.AUTHORITY: 'authority'>]
    """
    roles = set(held)
    verbs = frozenset[object]().union(*(ROLES[role] for role in roles))
    found = {role for role in Role if ROLES[role] <= verbs}
    if Role.ADMINISTRATOR in roles:
        found = set(Role)
    elif Role.COORDINATOR not in roles and Role.AUTHORITY not in roles:
        found = set()  # Holding a right is not yet running the organisation.
    return frozenset(found if is_authority else found - {Role.AUTHORITY})


def outranks(by: Iterable[Held], target: Iterable[Held], authorities: Iterable[UUID]) -> bool:
    """Say whether someone could have given every role that another holds, in each organisation they hold it.

    Whoever opens another's account can act in all its roles; so this is asked before giving someone a new way in.
    """
    mine, public = list(by), set(authorities)
    return all(
        role in grantable((own for own, where in mine if where == organisation), is_authority=organisation in public)
        for role, organisation in target
    )
