import errno

from typer.testing import CliRunner

from relais.access.lock import OutOfReach
from relais.cli.main import app
from relais.kernel.refusals import Refusal
from relais.people.keys import facts_of, keyring
from tests.people.factories import PersonFactory

run = CliRunner().invoke


def test_an_organisation_gets_a_new_key_and_everyone_still_opens(world):
    person = PersonFactory(organisation=world.organisation)
    told = run(app, ["keys", "rotate", "sairon", "--by", "coordinator"])
    assert "1 people are under the new key" in told.output
    assert keyring().versions(world.organisation.pk) == [1, 2]
    assert facts_of(person).called


def test_a_disk_that_refuses_a_new_key_is_said_and_nothing_is_changed(world, monkeypatch):
    def refuse(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    PersonFactory(organisation=world.organisation)
    monkeypatch.setattr("relais.kernel.vault.os.link", refuse)
    refused = run(app, ["keys", "rotate", "sairon", "--by", "coordinator"]).exception
    assert isinstance(refused, Refusal)
    assert "cannot be written. No space left on device." in str(refused)
    monkeypatch.undo()
    assert keyring().versions(world.organisation.pk) == [1]


def test_who_does_not_manage_the_organisation_changes_no_key(world):
    PersonFactory(organisation=world.organisation)
    assert isinstance(run(app, ["keys", "rotate", "sairon", "--by", "companion"]).exception, OutOfReach)
    assert run(app, ["keys", "rotate", "nowhere", "--by", "coordinator"]).exit_code == 2
    assert keyring().versions(world.organisation.pk) == [1]
