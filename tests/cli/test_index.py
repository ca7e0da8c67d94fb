"""`relais index`: what one types, and what one reads."""

import pytest
from typer.testing import CliRunner

from relais.cases.models import CaseEvidence
from relais.cli.main import app
from relais.kernel.refusals import Refusal
from tests.cases.factories import HELD, CaseFactory

run = CliRunner().invoke


@pytest.fixture
def case(db):
    return CaseFactory(papers={"photo": HELD})


def test_an_index_is_built_checked_and_dropped(case):
    assert "citizenship: 1 people on their way" in run(app, ["index", "build"]).output
    assert "the same as the database" in run(app, ["index", "check", "citizenship"]).output
    assert "deleted" in run(app, ["index", "drop"]).output
    assert "there was none" in run(app, ["index", "drop"]).output
    assert "the same as the database" in run(app, ["index", "check"]).output


def test_an_index_the_disk_refuses_is_not_said_to_be_built(case, settings, tmp_path):
    settings.DATA = tmp_path / "file"
    settings.DATA.write_text("a file is no folder", encoding="utf-8")
    refused = run(app, ["index", "build"])
    assert isinstance(refused.exception, Refusal), refused.output
    assert ".columns cannot be written. Use a folder" in str(refused.exception)


def test_an_index_that_differs_ends_with_a_failure(case):
    run(app, ["index", "build"])
    CaseEvidence.objects.update(state=2)
    checked = run(app, ["index", "check"])
    assert checked.exit_code == 1
    assert "differs in" in checked.output


def test_a_procedure_nobody_knows_is_refused_with_those_there_are(case):
    refused = run(app, ["index", "build", "citizen"])
    assert isinstance(refused.exception, Refusal)
    assert "citizenship" in str(refused.exception)
