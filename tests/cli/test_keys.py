from typer.testing import CliRunner

from relais.access.lock import OutOfReach
from relais.cli.main import app
from relais.people.keys import facts_of, keyring
from tests.people.factories import PersonFactory

run = CliRunner().invoke


def test_an_organisation_gets_a_new_key_and_everyone_still_opens(world):
    person = PersonFactory(organisation=world.organisation)
    told = run(app, ["keys", "rotate", "sairon", "--by", "coordinator"])
    assert "1 people are under the new key" in told.output
    assert keyring().versions(world.organisation.pk) == [1, 2]
    assert facts_of(person).called


def test_who_does_not_manage_the_organisation_changes_no_key(world):
    PersonFactory(organisation=world.organisation)
    assert isinstance(run(app, ["keys", "rotate", "sairon", "--by", "companion"]).exception, OutOfReach)
    assert run(app, ["keys", "rotate", "nowhere", "--by", "coordinator"]).exit_code == 2
    assert keyring().versions(world.organisation.pk) == [1]
