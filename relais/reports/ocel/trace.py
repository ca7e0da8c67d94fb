"""What happened to the cases of a procedure, as objects and events of OCEL 2.0 (ocel-standard.org, arXiv:2403.01975).

Nobody can be found in it: every id is made anew for each export with a key that is thrown away, so neither our database nor
another export can be joined to it; times are days, or weeks where few people go this way; there is no text, no name, no code, no attribute of
a person. Volunteers are left out whole: who accompanied whom would fall into as many patterns as there are volunteers, and someone
would know them by their cases. Whoever asked to be forgotten is not in it. Objects are only those an event speaks of: some readers drop the others.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from relais.cases.models import Case, CaseEvidence, CaseStep, Dossier
from relais.procedures.models import Procedure

AT_A_TIME = 5_000
ENOUGH_FOR_DAYS = 100
OBJECT_TYPES = {
    "Case": {},
    "Person": {},
    "Procedure version": {"number": "integer"},
    "Evidence": {"key": "string"},
    "Organisation": {"part": "string"},
}
EVENT_TYPES = {
    "open case": {},
    "obtain evidence": {},
    "find evidence out of reach": {"why": "string"},
    "complete step": {"step": "string"},
    "hand over dossier": {},
    "return dossier": {"reason": "string"},
    "accept dossier": {},
    "close case": {"outcome": "string"},
}
OUT_OF_REACH = CaseEvidence.State.CANNOT_GET
DECIDED = {Dossier.State.ACCEPTED: "accept dossier", Dossier.State.RETURNED: "return dossier"}


@dataclass(frozen=True, slots=True)
class Thing:
    """An object: its type, its attributes, and the objects it belongs to with how."""

    id: str
    type: str
    attributes: dict[str, Any] = field(default_factory=dict)
    related: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """An event: its type, its day, its attributes, and the objects it speaks of with how."""

    id: str
    type: str
    at: datetime
    attributes: dict[str, Any]
    related: tuple[tuple[str, str], ...]


class Trace:
    """One export: everything it says is asked of the database while it is written, a few thousand rows at a time."""

    def __init__(self, procedure: Procedure) -> None:
        """Draw the key of this export, and count how many go this way."""
        self.procedure = procedure
        self.cases = Case.objects.filter(procedure=procedure, person__erased_at=None).exclude(
            outcome=Case.Outcome.MISTAKE
        )
        self.by_week = self.cases.count() < ENOUGH_FOR_DAYS
        self._key = secrets.token_bytes(32)
        self._count = 0

    def objects(self) -> Iterator[Thing]:
        """Give every object an event speaks of, those cases belong to before the cases."""
        cases = self.cases.order_by()
        for id, number in sorted(set(cases.values_list(_text("version"), "version__number"))):
            yield Thing(self._id("version", id), "Procedure version", {"number": number})
        yield from self._organisations()
        known = CaseEvidence.objects.filter(case__in=cases.values("pk"), state__gt=0).order_by()
        for id, key in sorted(set(known.values_list(_text("evidence_type"), "evidence_type__key"))):
            yield Thing(self._id("evidence", id), "Evidence", {"key": key})
        for person in _rows(cases.values_list(_text("person"), flat=True).distinct()):
            yield Thing(self._id("person", person), "Person")
        asked = ("pk", "person", "version", "organisation")
        for case, person, version, organisation in _rows(cases.values_list(*map(_text, asked))):
            yield Thing(
                self._id("case", case),
                "Case",
                related=(
                    (self._id("person", person), "about"),
                    (self._id("version", version), "follows"),
                    (self._id("organisation", organisation), "accompanied by"),
                ),
            )

    def _organisations(self) -> Iterator[Thing]:
        """Give those who accompany, and those to whom something was handed, once each."""
        beside = set(self.cases.order_by().values_list(_text("organisation"), flat=True))
        decide = set(self._dossiers().values_list(_text("authority"), flat=True))
        for id in sorted(beside | decide):
            part = "both" if id in beside & decide else "authority" if id in decide else "association"
            yield Thing(self._id("organisation", id), "Organisation", {"part": part})

    def events(self) -> Iterator[Happening]:
        """Give every event, kind by kind."""
        asked = ("pk", "person", "version", "organisation")
        opened = self.cases.order_by().values_list(*map(_text, asked), "opened_on")
        for case, person, version, organisation, day in _rows(opened):
            beside = (("person", person, "about"), ("version", version, "under"), ("organisation", organisation, "by"))
            yield self._event("open case", day, case, beside)
        yield from self._evidence()
        steps = CaseStep.objects.filter(case__in=self.cases.values("pk")).order_by()
        for case, key, day in _rows(steps.values_list(_text("case"), "step__key", "done_on")):
            yield self._event("complete step", day, case, step=key)
        yield from self._dossier_events()
        ended = self.cases.filter(closed_on__isnull=False).order_by()
        for case, outcome, day in _rows(ended.values_list(_text("pk"), "outcome", "closed_on")):
            yield self._event("close case", day, case, outcome=outcome)

    def _evidence(self) -> Iterator[Happening]:
        known = CaseEvidence.objects.filter(case__in=self.cases.values("pk"), state__gt=0).order_by()
        rows = known.values_list(_text("case"), _text("evidence_type"), "state", "why", "happened_on")
        for case, evidence, state, why, day in _rows(rows):
            about = (("evidence", evidence, "of"),)
            if state == OUT_OF_REACH:
                yield self._event("find evidence out of reach", day, case, about, why=why)
            else:
                yield self._event("obtain evidence", day, case, about)

    def _dossiers(self) -> Any:
        return Dossier.objects.filter(case__in=self.cases.values("pk")).order_by()

    def _dossier_events(self) -> Iterator[Happening]:
        rows = self._dossiers().values_list(
            _text("case"), _text("authority"), "batch__handed_on", "state", "decided_on", "reason"
        )
        for case, authority, handed_on, state, decided_on, reason in _rows(rows):
            about = (("organisation", authority, "to"),)
            yield self._event("hand over dossier", handed_on, case, about)
            if state in DECIDED:
                more = {"reason": reason} if state == Dossier.State.RETURNED else {}
                yield self._event(DECIDED[state], decided_on, case, (("organisation", authority, "by"),), **more)

    def _event(
        self, type: str, day: date, case: str, about: Iterable[tuple[str, str, str]] = (), **attributes: str
    ) -> Happening:
        self._count += 1
        related = ((self._id("case", case), "of"), *((self._id(kind, id), how) for kind, id, how in about))
        return Happening(f"e{self._count}", type, self._coarse(day), attributes, related)

    def _coarse(self, day: date) -> datetime:
        """Give the beginning of a day, or of its week where few people go this way."""
        start = day - timedelta(days=day.weekday()) if self.by_week else day
        return datetime.combine(start, time(), tzinfo=UTC)

    def _id(self, kind: str, id: str) -> str:
        """Make an id that says nothing, the same within this export and never again."""
        return hmac.new(self._key, f"{kind}:{id}".encode(), hashlib.sha256).hexdigest()[:20]


def _text(field: str) -> Cast:
    return Cast(field, TextField())


def _rows(rows: Any) -> Iterator[Any]:
    return iter(rows.iterator(chunk_size=AT_A_TIME))
