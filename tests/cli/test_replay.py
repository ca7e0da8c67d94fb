"""`relais replay` on files: figures, hidden ones, refusals in a line, and counts of several organisations added."""

from __future__ import annotations

import json

import numpy as np
import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from relais.cli.main import app
from relais.kernel.refusals import Refusal

run = CliRunner().invoke

PROCEDURE = """
key = "card"
names = { en = "Card" }
[service]
key = "cards"
names = { en = "Cards" }
authority = "office"
[[attribute]]
key = "age"
names = { en = "age" }
[[evidence]]
key = "birth"
names = { en = "Birth certificate" }
[[evidence]]
key = "witness"
names = { en = "Two witnesses" }
[[version]]
number = 1
in_force_from = 2020-01-01
[[version.step]]
key = "apply"
names = { en = "Apply" }
[[version.step.requirement]]
key = "who"
names = { en = "Who you are" }
any_of = [["birth"]]
[[version]]
number = 2
[[version.step]]
key = "apply"
names = { en = "Apply" }
[[version.step.requirement]]
key = "who"
names = { en = "Who you are" }
any_of = [["birth"], ["witness"]]
when = ["age at least 18"]
"""


@pytest.fixture
def card(tmp_path):
    (tmp_path / "card.toml").write_text(PROCEDURE)
    return str(tmp_path / "card.toml")


@pytest.fixture
def people(tmp_path):
    """Two files of people: 400 and 300."""
    paths = []
    for seed, size in ((1, 400), (2, 300)):
        rng = np.random.default_rng(seed)
        table = {
            "birth": rng.integers(0, 3, size),
            "witness": rng.integers(0, 3, size),
            "age": rng.integers(0, 70, size),
        }
        homes = pa.array(np.where(rng.random(size) < 0.02, "camp", "town"), pa.string())
        pq.write_table(pa.table(table | {"home": homes}), tmp_path / f"people-{seed}.parquet")
        paths.append(str(tmp_path / f"people-{seed}.parquet"))
    return paths


def answer(*options):
    result = run(app, ["replay", *options, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_draft_is_replayed_beside_the_version_in_force(card, people):
    told = run(app, ["replay", card, people[0], "--by", "home"])
    assert told.exit_code == 0, told.output
    assert "400 people" in told.stdout
    assert "hidden" in told.stdout
    said = answer(card, people[0], "--by", "home")
    assert (said["version"], said["baseline"], said["warnings"]) == (2, 1, [])
    assert said["figures"]["people"] == 400
    assert {row["value"]: row["people"] for row in said["figures"]["groups"]["home"]}["camp"] is None


def test_whoever_may_see_the_people_sees_every_count(card, people):
    told = run(app, ["replay", card, people[0], "--by", "home", "--exact"])
    assert "small counts point at someone" in told.stdout
    exact = answer(card, people[0], "--by", "home", "--exact")["exact"]
    camp = exact["groups"]["home"]["camp"]["before"]
    assert 0 < sum(camp.values()) < 10


def test_every_engine_gives_the_same_answer(card, people):
    whole = answer(card, *people, "--by", "home", "--exact")
    assert answer(card, *people, "--by", "home", "--exact", "--engine", "sql") == whole
    assert answer(card, *people, "--by", "home", "--exact", "--workers", "2") == whole


def test_people_are_replayed_in_a_database_that_is_not_of_relais(card, people, postgres):
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS registered")
        connection.execute("CREATE TABLE registered (birth smallint, witness smallint, age integer, home text)")
        with connection.cursor().copy("COPY registered FROM STDIN") as copy:
            for row in pq.read_table(people[0]).to_pylist():
                copy.write_row(row.values())
    there = answer(card, postgres, "--table", "registered", "--by", "home", "--exact")
    assert there == answer(card, people[0], "--by", "home", "--exact")


def test_organisations_send_counts_and_small_ones_are_hidden_after_the_addition(card, people, tmp_path):
    documents = [str(tmp_path / f"{place}.json") for place in (1, 2)]
    for path, document in zip(people, documents, strict=True):
        told = run(app, ["replay", card, path, "--by", "home", "--counts-only", document])
        assert (told.exit_code, told.stdout) == (0, "")
    whole = answer(card, *people, "--by", "home")
    assert answer("merge", card, *documents) == whole
    again = run(app, ["replay", card, people[0], "--counts-only", documents[0]])
    assert "is there already. Name a file that does not exist yet." in str(again.exception)
    rerun = str(tmp_path / "again.json")
    run(app, ["replay", card, people[0], "--by", "home", "--counts-only", rerun])
    assert "counts exactly what" in str(run(app, ["replay", "merge", card, documents[0], rerun]).exception)
    assert answer("merge", card, documents[0], rerun, "--allow-equal")["figures"]["people"] == 800
    odd = run(app, ["replay", "merge", card, documents[0], people[0]])
    assert "people-1.parquet:1: its letters are not written as UTF-8." in str(odd.exception)
    twice = run(app, ["replay", "merge", card, documents[0], documents[0]])
    assert twice.exit_code == 1


def test_what_may_be_wrong_is_said_before(tmp_path, people):
    changed = PROCEDURE.replace('any_of = [["birth"]]', "any_of = []").replace("age at least 18", "rent at least 3")
    (tmp_path / "odd.toml").write_text(changed.replace('key = "age"', 'key = "rent"'))
    told = run(app, ["replay", str(tmp_path / "odd.toml"), people[0]])
    assert "Nobody can meet “Who you are”" in told.stderr
    assert "known of nobody" in told.stderr
    assert len(answer(str(tmp_path / "odd.toml"), people[0])["warnings"]) == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--version", "7"], "There is no version 7. Use one of: 1, 2."),
        (["--engine", "magic"], "There is no engine called magic. Use bits or sql."),
        (["--version", "1", "--baseline", "3"], "There is no version 3."),
        (["--by", "village"], "cannot group by village: there is no such column"),
        (["--by", "village", "--engine", "sql"], "cannot group by village: there is no such column"),
        (["--person", "nope"], "people-1.parquet: column nope is missing; name the column of identifiers"),
        (["--person", "hone", "--engine", "sql"], "people-1.parquet: column hone is missing; did you mean 'home'?"),
        (["--cluster", "tcp://127.0.0.1:9"], "no Dask scheduler answers"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(card, people, options, said):
    refused = run(app, ["replay", card, people[0], *options])
    assert refused.exit_code == 1
    assert isinstance(refused.exception, Refusal), refused.output
    assert said in str(refused.exception)


def test_a_file_that_is_not_there_or_not_right_is_refused_in_one_line(card, people, tmp_path):
    for procedure, caseload, said in (
        ("none.toml", people[0], "none.toml: No such file"),
        (card, "none.parquet", "none.parquet: there is no such file"),
        (people[0], people[0], "people-1.parquet:1: its letters are not written as UTF-8. Save it again as UTF-8."),
    ):
        refused = run(app, ["replay", procedure, caseload])
        assert isinstance(refused.exception, Refusal), refused.output
        assert said in str(refused.exception)


def test_a_procedure_without_a_version_or_with_one_only(card, people, tmp_path):
    (tmp_path / "none.toml").write_text("version = []\n" + PROCEDURE.split("[[version]]", maxsplit=1)[0])
    refused = run(app, ["replay", str(tmp_path / "none.toml"), people[0]])
    assert "The procedure has no version." in str(refused.exception)
    (tmp_path / "one.toml").write_text("[[version]]".join(PROCEDURE.split("[[version]]")[:2]))
    assert answer(str(tmp_path / "one.toml"), people[0])["baseline"] == 1


def test_what_is_not_in_force_yet_is_not_what_one_compares_with(tmp_path, people):
    late = PROCEDURE.replace("number = 2\n", "number = 2\nin_force_from = 2999-01-01\n")
    (tmp_path / "late.toml").write_text(
        late + PROCEDURE[PROCEDURE.index("[[version]]\nnumber = 2") :].replace("number = 2", "number = 3")
    )
    assert answer(str(tmp_path / "late.toml"), people[0])["baseline"] == 1


def test_counts_that_cannot_be_written_are_refused_in_one_line(card, people, tmp_path):
    refused = run(app, ["replay", card, people[0], "--counts-only", str(tmp_path / "none" / "counts.json")])
    assert isinstance(refused.exception, Refusal), refused.output
    assert "counts.json cannot be written. No such file or directory." in str(refused.exception)
