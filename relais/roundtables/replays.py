"""A draft beside the version in force, over the people on their way through the procedure as they were last let out.

Everyone around the table reads the same figures: of people who hold still until enough of them changed (`settled_caseload`), each
count rounded down to the threshold. So neither two days nor two drafts can be subtracted to find a few.
"""

from datetime import date
from functools import cached_property

from django.db.models import Q

from relais.cases.groupings import GROUPINGS
from relais.cases.index import settled_caseload
from relais.cases.index.settled import Settled
from relais.kernel import clock
from relais.procedures import terms
from relais.procedures.caseload import Caseload
from relais.procedures.compare import Change, compare
from relais.procedures.describe import caution_words
from relais.procedures.models import ProcedureVersion
from relais.procedures.replay import lacking, replay
from relais.procedures.rows import terms_of
from relais.procedures.rules import Flaw, warnings
from relais.roundtables.forecast import Forecast, forecast, rounded


class DraftReplay:
    """What a draft would change; each answer is worked out when first asked."""

    def __init__(self, version: ProcedureVersion) -> None:
        """Remember the draft, and what day it is."""
        programme = version.procedure.programme
        self.version, self.threshold = version, programme.threshold
        self.today = clock.today(programme.time_zone)

    @cached_property
    def read(self) -> list[ProcedureVersion]:
        """The draft, the version in force and the one the draft was made from, read together with all they ask."""
        versions = ProcedureVersion.objects.filter(procedure=self.version.procedure_id).with_everything()
        concerned = Q(state=ProcedureVersion.State.IN_FORCE) | Q(pk__in=[self.version.pk, self.version.based_on_id])
        return list(versions.filter(concerned))

    @cached_property
    def baseline(self) -> ProcedureVersion | None:
        """The version in force, or the one a draft was made from; none for the first version of all."""
        others = [each for each in self.read if each.pk != self.version.pk]
        others.sort(key=lambda each: each.state != ProcedureVersion.State.IN_FORCE)
        return others[0] if others else None

    @cached_property
    def terms(self) -> tuple[terms.Version, terms.Version]:
        """Both versions as the library knows them: the draft, and what it is compared to."""
        draft = next(each for each in self.read if each.pk == self.version.pk)
        return terms_of(draft), terms_of(self.baseline) if self.baseline else terms.Version()

    @cached_property
    def changes(self) -> list[Change]:
        """What the draft changes in the rule."""
        draft, baseline = self.terms
        return compare(baseline, draft)

    @cached_property
    def cautions(self) -> list[tuple[Flaw, str]]:
        """What may be wrong with the draft, said before anyone believes its figures: conditions are held against what is known."""
        attributes = self.version.procedure.attributes
        return [(each.flaw, caution_words(each, attributes)) for each in warnings(self.terms[0], self.people.known)]

    @cached_property
    def settled(self) -> Settled:
        """The people on their way through the procedure as they were last let out, and on which day."""
        return settled_caseload(self.version.procedure)

    @property
    def people(self) -> Caseload:
        """These people, as columns of bits."""
        return self.settled.people

    @property
    def as_of(self) -> date:
        """The day the figures are of."""
        return self.settled.on

    @cached_property
    def forecast(self) -> Forecast:
        """What it changes for people, small counts hidden and the others rounded."""
        draft, baseline = self.terms
        self.lacking = lacking(self.people, draft, baseline)
        return told(self.people, draft, baseline, self.threshold)


def told(people: Caseload, draft: terms.Version, baseline: terms.Version, threshold: int) -> Forecast:
    """Replay a draft, and tell what it found: small counts hidden, the others rounded."""
    return rounded(forecast(replay(people, draft, baseline, by=GROUPINGS), draft, baseline, threshold))
