"""The algorithms are a library of their own: usable where there is no Django at all."""

import doctest
import importlib
import subprocess
import sys

import pytest

LIBRARY = (
    "terms", "assess", "caseload", "replay", "compare", "written", "toml", "rules", "gather", "files", "json", "answers",
    "escapes", "actions", "limits", "masks", "lattice", "search", "solving", "bundles", "outside", "propose", "simplify", "examples",
    "costs", "burden", "vector", "way", "experience", "counts", "sql", "tables", "shards",
)  # fmt: skip


def test_the_library_is_imported_without_django():
    imports = ", ".join(f"relais.procedures.{name}" for name in LIBRARY)
    code = f"import sys, {imports}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("name", LIBRARY)
def test_the_examples_in_its_pages_are_true(name):
    assert doctest.testmod(importlib.import_module(f"relais.procedures.{name}")).failed == 0
