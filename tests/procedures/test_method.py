"""The page that explains the method computes what it claims."""

import doctest
from pathlib import Path

METHOD = Path(__file__).resolve().parents[2] / "docs" / "method.md"


def test_every_example_on_the_page_of_the_method_is_true():
    found = doctest.testfile(
        str(METHOD), module_relative=False, encoding="utf-8", optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert found.attempted > 20
    assert found.failed == 0
