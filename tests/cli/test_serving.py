import socket

import pytest
from django.db import connection
from typer.testing import CliRunner

from relais.cli import serving
from relais.cli.main import app
from relais.kernel.refusals import Refusal


@pytest.fixture
def taken():
    """A port of this machine that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


@pytest.fixture
def served(monkeypatch):
    """How the server would have been started."""
    asked = {}

    class Granian:
        def __init__(self, _target, **options):
            asked.update(options)

        def serve(self):
            asked["serving"] = True

    monkeypatch.setattr(serving, "Granian", Granian)
    return asked


def test_a_port_another_program_listens_on_is_refused_in_a_sentence(db, taken, served):
    refused = CliRunner().invoke(app, ["serve", "--port", str(taken)])
    assert isinstance(refused.exception, Refusal)
    assert f"port {taken}" in str(refused.exception)
    assert "PORT=" in str(refused.exception)
    assert not served


def test_a_demonstration_is_not_made_for_a_port_it_cannot_have(taken, tmp_path, settings, monkeypatch):
    settings.RELAIS_DEMO = True
    monkeypatch.setenv("RELAIS_DATA", str(tmp_path))
    refused = CliRunner().invoke(app, ["demo", "--data", str(tmp_path), "--port", str(taken)])
    assert isinstance(refused.exception, Refusal)
    assert not list(tmp_path.iterdir())


def shown(folder, settings, monkeypatch):
    """Start a demonstration that was made before."""
    settings.RELAIS_DEMO = True
    monkeypatch.setenv("RELAIS_DATA", str(folder))
    (folder / "sign-ins.txt").write_text("gulnara", encoding="utf-8")
    return CliRunner().invoke(app, ["demo", "--data", str(folder), "--no-serve"])


def test_a_demonstration_is_shown_again(db, tmp_path, settings, monkeypatch):
    assert "gulnara" in shown(tmp_path, settings, monkeypatch).output


def test_a_demonstration_of_another_version_is_not_shown(db, tmp_path, settings, monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE roundtables_notice RENAME COLUMN link TO way")
    refused = shown(tmp_path, settings, monkeypatch)
    assert isinstance(refused.exception, Refusal)
    assert str(tmp_path) in str(refused.exception)


def test_a_server_stopped_while_it_starts_stops(db, served):
    with socket.create_server(("127.0.0.1", 0)) as other:
        free = other.getsockname()[1]
    assert CliRunner().invoke(app, ["serve", "--port", str(free)]).exit_code == 0
    assert served["serving"]
    assert 0 < served["workers_kill_timeout"] < 10
