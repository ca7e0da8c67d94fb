"""A draft beside the version in force, over the people now on their way through the procedure."""

from datetime import date
from functools import cached_property

from django.db.models import Q

from relais.cases.groupings import GROUPINGS
from relais.cases.index import current_caseload
from relais.kernel import clock
from relais.procedures import terms
from relais.procedures.caseload import Caseload
from relais.procedures.compare import Change, compare
from relais.procedures.models import ProcedureVersion
from relais.procedures.replay import lacking, replay
from relais.procedures.rows import terms_of
from relais.roundtables.forecast import Forecast, forecast


class DraftReplay:
    """What a draft would change; each answer is worked out when first asked."""

    def __init__(self, version: ProcedureVersion, today: date | None = None) -> None:
        """Remember the draft and the day ages are counted on."""
        programme = version.procedure.programme
        self.version, self.threshold = version, programme.threshold
        self.today = today or clock.today(programme.time_zone)

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
    def people(self) -> Caseload:
        """The people now on their way through the procedure, as columns of bits."""
        return current_caseload(self.version.procedure, self.today)

    @cached_property
    def forecast(self) -> Forecast:
        """What it changes for people, small counts hidden."""
        draft, baseline = self.terms
        self.lacking = lacking(self.people, draft, baseline)
        return forecast(replay(self.people, draft, baseline, by=GROUPINGS), draft, baseline, self.threshold)
