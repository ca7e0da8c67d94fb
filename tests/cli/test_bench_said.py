"""What takes long says what it is doing, beside the answer and never in it."""

import json
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

import bench.index
import bench.simplify
import bench.story
from bench.worlds import World
from relais.cli import simplify
from relais.cli.console import doing
from relais.cli.main import app
from relais.procedures.files import write_caseload

run = CliRunner().invoke
NAMES = {"en": "Card"}


def test_matching_says_which_measure_it_takes():
    told = run(app, ["bench", "matching", "--people", "20", "--json"])
    assert told.stderr.splitlines() == [
        "inventing and indexing 20 people",
        "searching at the door",
        "proposing pairs in a batch",
    ]
    assert json.loads(told.stdout)


@pytest.fixture
def small(monkeypatch):
    """Few people, one instance of each kind."""
    monkeypatch.setattr(bench.simplify, "PEOPLE", 400)
    monkeypatch.setattr(bench.simplify, "SIZES", (6,))
    monkeypatch.setattr(bench.simplify, "CHOICES", (2,))


@pytest.mark.usefixtures("small")
def test_the_proofs_say_which_is_being_made():
    told = run(app, ["bench", "simplify", "--highs", "0", "--no-growth", "--json"])
    assert "bundle, 6 actions: proving the best 2" in told.stderr
    assert len(json.loads(told.stdout)["instances"]) == 2
    said: list[str] = []
    assert [row.people for row in bench.simplify.growth((500,), said.append)] == [500]
    assert said[0] == "growth: inventing 500 people"


@pytest.mark.parametrize("name", ["index", "story"])
def test_databases_say_what_is_done_in_them(monkeypatch, name):
    class Pretended(World):
        def run(self, module, *words, tell):
            tell(f"running {module}")
            return '{"people": 10, "first_cpu": 1.0}'

    @contextmanager
    def pretended(database, tell):
        tell(f"making {database}")
        yield Pretended(Path(database), {})

    monkeypatch.setattr(getattr(bench, name), "world", pretended)
    told = run(app, ["bench", name, "--cases", "10", "--json"])
    assert told.stderr.splitlines() == [
        line
        for database in ("sqlite", "postgres")
        for line in (
            f"making {database}",
            f"{database}: enlarging it to 10 cases",
            "running relais.cli",
            f"running bench.{name}",
        )
    ]
    assert [row["database"] for row in json.loads(told.stdout)] == ["sqlite", "postgres"]


def test_a_process_of_its_own_tells_what_it_says_and_why_it_failed(tmp_path):
    (tmp_path / "deed.py").write_text(
        "import sys\nprint('the first answer', file=sys.stderr)\nprint(7)\nsys.exit(len(sys.argv) - 1)\n"
    )
    said: list[str] = []
    here = World(tmp_path / "sqlite", {"PYTHONPATH": str(tmp_path)})
    assert here.run("deed", tell=said.append) == "7\n"
    assert said == ["sqlite: the first answer"]
    with pytest.raises(SystemExit, match="deed now failed:\nthe first answer"):
        here.run("deed", "now", tell=said.append)


@pytest.mark.usefixtures("small")
def test_a_search_says_the_best_so_far_and_what_none_exceeds(tmp_path, monkeypatch):
    people, version = bench.simplify.people_of(bench.simplify.blocked("bundle", 24))
    service = {"key": "cards", "names": NAMES, "authority": "office"}
    papers = [{"key": each.key, "names": NAMES} for each in version.evidence_types]
    asked = [{"key": each.key, "names": NAMES, "any_of": [[each.key]]} for _, each in version.asked()]
    steps = [{"key": "apply", "names": NAMES, "requirement": asked}]
    written = {"key": "card", "names": NAMES, "service": service, "evidence": papers}
    written["version"] = [{"number": 1, "step": steps}]
    (tmp_path / "card.json").write_text(json.dumps(written), encoding="utf-8")
    write_caseload(people, tmp_path / "people.parquet")
    monkeypatch.setattr(simplify, "doing", lambda what, *, every, quiet: doing(what, every=0 * every, quiet=quiet))
    asked = [
        "simplify",
        str(tmp_path / "card.json"),
        str(tmp_path / "people.parquet"),
        "--no-steps",
        "--proposals",
        "80",
    ]
    told = run(app, [*asked, "--most", "6"])
    assert "6 changes together: " in told.stderr
    assert " unlocked so far, at most " in told.stderr
    assert "so far" not in told.stdout
    assert "so far" not in run(app, [*asked, "--most", "3", "--json"]).stderr
