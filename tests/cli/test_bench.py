"""`relais bench grow`: a demonstration of any size, and never among real people."""

import pytest
from typer.testing import CliRunner

from relais.cases import index
from relais.cases.models import Case
from relais.cli.main import app
from relais.kernel import codes
from relais.kernel.refusals import Refusal
from relais.people.keys import facts_of
from relais.people.models import Person
from relais.procedures.models import Procedure
from tests.cases.factories import CaseFactory
from tests.cases.rows import indexed
from tests.packs.test_demo import play

run = CliRunner().invoke


def test_people_are_only_invented_beside_invented_people(db):
    CaseFactory()
    refused = run(app, ["bench", "grow", "--cases", "10"])
    assert isinstance(refused.exception, Refusal)
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_a_demonstration_grows_to_any_size_and_everything_in_it_still_holds():
    play(100)
    procedure = Procedure.objects.get()
    before = len(indexed(procedure))
    assert "300 cases are open" in run(app, ["bench", "grow", "--cases", "300"]).output
    assert len(indexed(procedure)) == 300 > before
    assert index.check(procedure) == []
    grown = list(Person.objects.order_by("-pk")[: 300 - before])
    assert all(facts_of(person).called and codes.read_code(person.code) for person in grown)
    assert {case.standing for case in Case.objects.filter(person__in=grown)} == {"open", "passes", "blocked"}
    assert "0 invented people were added" in run(app, ["bench", "grow", "--cases", "300"]).output
