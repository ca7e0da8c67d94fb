"""A programme with cases in its two versions, made as rows, so that a hundred of them cost little."""

from datetime import UTC, date, datetime, timedelta

from relais.cases.models import Case
from relais.cases.who import word_of
from relais.people.models import Person
from relais.procedures.models import ProcedureVersion
from tests.organisations.factories import AuthorityFactory, OrganisationFactory, member
from tests.people.factories import PersonFactory
from tests.procedures.factories import make_procedure
from tests.programmes.factories import ProgrammeFactory

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


class World:
    """An association, an office, a procedure with an old and a new version; `cases` adds people to it."""

    def __init__(self):
        self.sairon, self.office = OrganisationFactory(), AuthorityFactory()
        self.programme = ProgrammeFactory(partners=[self.sairon, self.office], started_on=date(2025, 1, 1))
        self.procedure = make_procedure(self.programme, self.office)
        self.version = ProcedureVersion.objects.get(procedure=self.procedure)
        self.companion = member(organisation=self.sairon)

    def cases(self, count, *, opened_on=date(2026, 3, 10), days=None, outcome="", version=None, **person):
        """Add people with a case each; `days` later it ended with `outcome`."""
        made = [
            PersonFactory.build(
                organisation=self.sairon, programme=self.programme, registered_by=self.companion, **person
            )
            for _number in range(count)
        ]
        people = Person.objects.bulk_create(made)
        closed = opened_on + timedelta(days=days) if days is not None else None
        ended = {"closed_at": NOON, "closed_by": self.companion, "closed_on": closed, "outcome": outcome}
        return Case.objects.bulk_create(
            Case(
                person=each,
                programme=self.programme,
                organisation=self.sairon,
                procedure=self.procedure,
                version=version or self.version,
                companion=self.companion,
                opened_on=opened_on,
                opened_at=NOON,
                opened_by=self.companion,
                changed_at=NOON,
                who=word_of(each),
                **(ended if closed else {}),
            )
            for each in people
        )
