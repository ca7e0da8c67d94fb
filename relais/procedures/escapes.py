"""How someone shut out by one version might still pass another: what an interval may count beyond what is certain."""

from __future__ import annotations

from dataclasses import dataclass, replace

from relais.procedures.terms import Requirement, Version, implies


@dataclass(frozen=True, slots=True)
class Escape:
    """How someone shut out by `requirement` of one version might still pass the other.

    Whoever is blocked by it fails all its lists, hence every list that holds one of them. `rest` gives, for each requirement of the
    other version that loses lists so, the lists it has left, and whether it certainly applies to these people.
    """

    requirement: Requirement
    rest: tuple[tuple[Requirement, bool], ...]


def escapes(version: Version, other: Version) -> list[Escape]:
    """Find the requirements of a version that the other does not imply, with what the other has left beside each."""
    result = []
    for _, mine in version.asked():
        rest = []
        for _, theirs in other.asked():
            left = tuple(each for each in theirs.lists if not any(less <= each for less in mine.lists))
            if len(left) < len(theirs.lists) or not left:
                certain = implies(mine.condition, theirs.condition)
                rest.append((replace(theirs, lists=left), certain))
        if not any(certain and not left.lists for left, certain in rest):
            result.append(Escape(mine, tuple(rest)))
    return result
