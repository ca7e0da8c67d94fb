"""What is measured side by side answers the same: a figure is reported, an answer is asserted."""

from functools import cache
from importlib.util import find_spec

import pytest

from bench import peers, people
from bench import replay as measured
from bench.replay import Measured, growth
from relais.procedures.replay import replay

VERSIONS = people.versions()


def installed():
    """Whichever of them are here; none has to be."""
    return [
        name for name in peers.PEERS if name == "python" or find_spec({"openfisca": "openfisca_core"}.get(name, name))
    ]


@cache
def few():
    return people.caseload(2_000)


@pytest.mark.parametrize("engine", installed())
def test_every_engine_measured_beside_relais_gives_its_answer(engine):
    draft, in_force = VERSIONS
    columns = peers.columns_of(few())
    run, _ = peers.PEERS[engine](columns, (in_force, draft))
    expected = peers.summary_of(replay(few(), draft, in_force, list(people.GROUPS)))
    assert peers.same(peers.summary(columns, run()), expected)
    assert not peers.same(peers.summary(columns, run()), expected | {"whole": [0] * 6})


def test_the_bits_are_measured_beside_the_interpreter(monkeypatch):
    sample = next(people.tables(200)).to_batches()[0]
    assert measured.as_specified(sample)
    draft, in_force = VERSIONS
    monkeypatch.setattr(measured, "replay", lambda found, *_, **__: replay(found, in_force, draft, list(people.GROUPS)))
    assert not measured.as_specified(sample)


def test_each_row_says_what_its_answers_stand_beside(tmp_path, monkeypatch):
    monkeypatch.setattr(measured, "FOLDER", tmp_path)
    measured.make(300, lambda _what: None)
    assert measured.once("bits", 300).beside == "the interpreter, the first 300 people"
    assert measured.once("python", 300).beside == "the bits"


def test_growth_compares_each_size_with_the_smallest():
    rows = [Measured("bits", "", people, seconds, 0, 0, True) for people, seconds in ((100, 1.0), (1000, 15.0))]
    assert [row["times_base"] for row in growth(rows)] == [1.0, 1.5]
