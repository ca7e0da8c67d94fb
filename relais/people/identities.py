"""What is inside a sealed identity: the names, day of birth and papers of one person, as plain values."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Self

# What someone who agreed to a purpose agreed that its recipient knows; how to reach them is opened apart.
AGREED: Mapping[str, frozenset[str]] = {
    "share_identity": frozenset(["called"]),
    "share_dossier": frozenset(["called", "other_names", "born_on", "papers"]),
    "refer": frozenset(["called"]),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A document someone holds, with its number."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Who someone is; only what we call them is always there.

    >>> Facts.from_json(Facts(called="Гулнора", papers=(Paper("passport", "A 12"),)).as_json()).papers[0].number
    'A 12'
    """

    called: str
    other_names: tuple[str, ...] = ()
    born_on: date | None = None
    papers: tuple[Paper, ...] = field(default=())

    @property
    def names(self) -> tuple[str, ...]:
        """Give every name the person goes by."""
        return (self.called, *self.other_names)

    def agreed_for(self, purposes: Iterable[str]) -> Self:
        """Leave out what none of these purposes names.

        >>> everything = Facts("Gulnora", ("Gulya",), date(1984, 5, 1), (Paper("passport", "A 12"),))
        >>> everything.agreed_for(["share_identity"])
        Facts(called='Gulnora', other_names=(), born_on=None, papers=())
        >>> everything.agreed_for(["refer", "share_dossier"]) == everything
        True
        """
        named = frozenset[str]().union(*(AGREED[purpose] for purpose in purposes))
        return replace(
            self,
            other_names=self.other_names if "other_names" in named else (),
            born_on=self.born_on if "born_on" in named else None,
            papers=self.papers if "papers" in named else (),
        )

    def as_json(self) -> bytes:
        """Write the facts as they are sealed."""
        return json.dumps(asdict(self), default=date.isoformat, ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, opened: bytes) -> Self:
        """Read the facts as they were sealed; what a later version added is left aside."""
        held: Mapping[str, Any] = json.loads(opened)
        born_on = held.get("born_on")
        return cls(
            called=held["called"],
            other_names=tuple(held.get("other_names", ())),
            born_on=date.fromisoformat(born_on) if born_on else None,
            papers=tuple(Paper(paper["kind"], paper["number"]) for paper in held.get("papers", ())),
        )
