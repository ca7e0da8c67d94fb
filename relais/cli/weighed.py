"""What `relais simplify` is told to weigh, as it is typed: changes, what they cost, and what they must keep to."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from relais.cli.tables import asked_about
from relais.kernel.refusals import Refusal
from relais.procedures.actions import Action, read_key
from relais.procedures.caseload import Caseload, Numbers
from relais.procedures.terms import Clause
from relais.procedures.written import WrittenProcedure

Typed = Sequence[str] | None
AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")


def priced(proposed: Sequence[Action], added: Sequence[Action], without: Typed, costs: Typed) -> list[Action]:
    """Put together the proposals that stay, what was added, and what each costs."""
    prices = {key: amount(said) for key, said in (split(each, "=") for each in costs or ())}
    keys = dict.fromkeys([*(each.key for each in proposed if each.key not in (without or ())), *(a.key for a in added)])
    if strange := prices.keys() - keys:
        raise ValueError(f"there is no change {', '.join(sorted(strange))} to put a cost on")
    return [read_key(key, prices.get(key, Decimal(1))) for key in keys]


def amount(said: str) -> Decimal:
    """Read what something costs."""
    if not AMOUNT.fullmatch(said):
        raise Refusal(_("%s is no amount.") % said, next=_("Give a number of at least 0, such as 3 or 2.5."))
    return Decimal(said)


def refuse_unknown(added: Sequence[Action], written: WrittenProcedure, columns: Collection[str]) -> None:
    """Refuse changes that speak of what neither the columns of the people nor the procedure know."""
    versions = [each.version for each in written.versions]
    evidence = {each.key for each in written.evidence_types} | {key for each in versions for key in each.evidence}
    _refuse({key for each in added for key in each.evidence}, evidence.union(columns))
    attributes = {each.key for each in written.attributes} | asked_about(versions)
    _refuse({clause.attribute for clause in _clauses(added)}, attributes.union(columns))


def refuse_strange(added: Sequence[Action], written: WrittenProcedure, people: Caseload) -> None:
    """Refuse changes that speak of a word that neither the people nor the procedure have."""
    words = {each.key: set(each.values) for each in written.attributes}
    asked = (clause for each in written.versions for _step, one in each.version.asked() for clause in one.condition)
    for each in asked:
        words.setdefault(each.attribute, set()).update(map(str, each.values))
    for clause in _clauses(added):
        known = people.attributes.get(clause.attribute)
        if not clause.is_numeric and not isinstance(known, Numbers):
            labels = known.labels if known is not None else ()
            _refuse({str(value) for value in clause.values}, words.get(clause.attribute, set()).union(labels))


def _refuse(said: Collection[str], known: Collection[str]) -> None:
    """Name the first thing said that is not known, and all that is."""
    for name in sorted(set(said) - set(known)):
        raise Refusal(
            _("Neither the people nor the procedure know of %s.") % name,
            next=_("There are: %s.") % (", ".join(sorted(known)) or "-"),
        )


def _clauses(added: Sequence[Action]) -> list[Clause]:
    """Give the clauses that changes speak of."""
    return [clause for each in added for clause in (each.clause, each.to) if clause is not None]


def pair(said: str) -> tuple[str, str]:
    """Read two keys."""
    return split(said, ",drop", ",accept", ",shorten", ",narrow", ",widen", ",merge")


def split(said: str, *marks: str) -> tuple[str, str]:
    """Cut a text in two before the last of a mark; the comma or equals sign itself is left out."""
    places = [said.rfind(mark) for mark in marks if said.rfind(mark) > 0]
    if not places:
        raise ValueError(f"{said!r} is not two things; write them with {marks[0][0]!r} between")
    return said[: max(places)], said[max(places) + 1 :]


def group_and_number(said: str) -> tuple[str, str, int]:
    """Read a group and a number: `sex=woman:500`, or `:500` for everyone."""
    group, number = split(f" {said}", ":")
    name, value = split(group.strip(), "=") if group.strip() else ("", "")
    if not number.isdecimal():
        raise ValueError(f"{said!r}: give a whole number after the colon, e.g. sex=woman:500")
    return name, value, int(number)
