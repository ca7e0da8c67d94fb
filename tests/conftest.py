"""What every test lives with: no network, no other day than the one it names, no undefined template variable."""

import socket
from datetime import datetime
from zoneinfo import ZoneInfo

import hypothesis
import pytest
from django.utils.translation import override

pytest_plugins = ["tests.personas"]

# Tests assert answers; how long they take is for `relais bench`, on a machine that does nothing else.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


def pytest_addoption(parser):
    parser.addoption("--no-skips", action="store_true", help="a skipped test fails the run (what `make test` asks)")


def pytest_collection_modifyitems(config, items):
    """Leave out, rather than skip, what needs the other database."""
    if config.getoption("database") == "postgres":
        return
    kept = [item for item in items if not item.get_closest_marker("postgres")]
    config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("postgres")])
    items[:] = kept


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """Fail a run that skipped anything: a test nobody runs protects nobody."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and session.config.getoption("no_skips") and reporter.stats.get("skipped"):
        reporter.write_line("\nSKIPPED TESTS FAIL THIS RUN: make them run, or delete them.", red=True, bold=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True, scope="session")
def _no_network():
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def connect_here_only(self, address):
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise PermissionError(f"A test tried to reach {address[0]}: tests stay on this machine.")
        return connect(self, address)

    socket.socket.connect = connect_here_only
    yield
    socket.socket.connect = connect


@pytest.fixture
def at(monkeypatch):
    """Set the clock: `at("2026-11-15 09:00")`, in UTC unless a time zone is named."""
    from relais.kernel import clock

    def set_clock(moment, time_zone="UTC"):
        instant = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(time_zone))
        monkeypatch.setattr(clock, "now", lambda: instant)
        return instant

    return set_clock


@pytest.fixture(autouse=True)
def _english():
    """Begin in English, whatever the test before has left in this thread."""
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def _lighter_settings(settings):
    """Hash fast, argon2 being slow by design; and serve static files as they are, not as last published."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    """Name static files as they are: hashed names exist only where `relais assets` published them."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True, scope="session")
def _keys_elsewhere(tmp_path_factory):
    """Keep the keys of organisations that tests invent out of `var/`."""
    from django.conf import settings

    kept, settings.RELAIS_KEYS_DIR = settings.RELAIS_KEYS_DIR, tmp_path_factory.mktemp("keys")
    yield
    settings.RELAIS_KEYS_DIR = kept


@pytest.fixture(autouse=True, scope="session")
def _empty_the_journal_between_stories():
    """Let a story that commits be cleaned away on SQLite, which empties tables row by row: past the journal's guards."""
    from django.db.backends.sqlite3.base import DatabaseWrapper

    from tests.journal.guards import guards

    operations = DatabaseWrapper.ops_class
    flush = operations.sql_flush

    def past_the_guards(self, style, tables, **options):
        without = [f"DROP TRIGGER IF EXISTS {name}" for name, _table in guards.names(guards.SQLITE)]
        return [*without, *flush(self, style, tables, **options), *guards.SQLITE]

    operations.sql_flush = past_the_guards
    yield
    operations.sql_flush = flush
