"""Who may advise on a version: packages above register what they ask of an adviser, such as training on it."""

from collections.abc import Callable
from datetime import date

from relais.accounts.models import User
from relais.procedures.models import ProcedureVersion

Gate = Callable[[User, ProcedureVersion, date], bool]
_gates: list[Gate] = []


def gate(function: Gate) -> Gate:
    """Register a question every adviser on a version must pass."""
    _gates.append(function)
    return function


def may_advise(adviser: User, version: ProcedureVersion, today: date) -> bool:
    """Say whether someone may accompany people through a version of a procedure."""
    return all(passes(adviser, version, today) for passes in _gates)
