"""A life with the rows it has by now, and the stage they share."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from random import Random

from relais.cases.models import Case, Dossier
from relais.journal.services import Line
from relais.packs.services.demo.cast import Cast
from relais.packs.services.demo.lives import Life, Plan
from relais.people.keys import keyring
from relais.people.models import Consent, ConsentText, Person
from relais.places.models import Territory
from relais.procedures.models import EvidenceType, Procedure
from relais.programmes.models import Programme


@dataclass
class Lived:
    """A life, and the rows it has by now."""

    life: Life
    person: Person
    case: Case
    key: bytes
    consent: Consent
    dossiers: list[Dossier] = field(default_factory=list)


class Stage:
    """What every part of the history needs: the plan, who is there, what was lived, the journal lines to write."""

    def __init__(self, plan: Plan, programme: Programme, procedure: Procedure, cast: Cast, draw: Random) -> None:
        self.plan, self.programme, self.procedure, self.cast, self.draw = plan, programme, procedure, cast, draw
        self.association = programme.partners.get(organisation__slug="sairon").organisation
        self.authority = procedure.service.authority
        self.places = {place.code: place for place in Territory.objects.all()}
        self.proofs = {proof.key: proof for proof in EvidenceType.objects.filter(procedure=procedure)}
        self.stories = {story["evidence"]: story for story in plan["heard"]}
        self.consent_text = ConsentText.objects.filter(programme=programme, purpose="share_dossier").latest("number")
        self.line = self.association.lent_lines.filter(kind="phone").first()
        self.key_version, self.key_above = keyring().create(self.association.pk)
        self.people: list[Lived] = []
        self.codes: set[str] = set(Person.objects.values_list("code", flat=True))
        self.lines: list[Line] = []
        self.batches: dict[int, int] = {}

    def instant(self, day: date) -> datetime:
        """Give a moment of a working day."""
        hour = time(3 + self.draw.randrange(8), self.draw.randrange(60), tzinfo=UTC)
        return datetime.combine(day, hour)

    def note(self, verb: str, row: object, *, at: datetime, actor: object, lived: Lived, **detail: object) -> None:
        """Keep a journal line for the end of the window."""
        self.lines.append(Line(verb, row, actor, at, person_id=lived.person.pk, detail=detail))  # type: ignore[arg-type]
