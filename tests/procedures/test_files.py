"""Files give back the people that were written, and anything else is refused with column, row and remedy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings

from relais.procedures import json as json_file
from relais.procedures import toml
from relais.procedures.caseload import Caseload, CaseloadError, Codes, Numbers
from relais.procedures.files import NUMBERS, Columns, read_caseload, read_procedure, write_caseload
from relais.procedures.replay import funnel, replay
from relais.procedures.terms import Clause, EvidenceType, Op, Requirement, Step, Version
from relais.procedures.toml import Faulty
from relais.procedures.twice import once
from tests.procedures.worlds import PAPERS, caseload_of, people, versions

COLUMNS = Columns(evidence=PAPERS, attributes={"age": NUMBERS, "status": None, "sex": {"f", "m"}})
BIRTH = Columns(evidence=("birth",))


@pytest.mark.parametrize("ending", [".parquet", ".arrow", ".csv"])
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(versions(), versions(), people)
def test_a_file_gives_back_the_people_that_were_written(tmp_path, ending, draft, in_force, people):
    caseload = caseload_of(people)
    path = tmp_path / f"people{ending}"
    write_caseload(caseload, path)
    same = read_caseload(path, COLUMNS)
    assert len(same) == len(people)
    answer, again = (replay(each, draft, in_force) for each in (caseload, same))
    assert answer == again


@pytest.mark.parametrize("rows", [0, 1, 63, 64, 65, 1000])
def test_people_are_the_same_however_the_file_is_cut(tmp_path, rows, monkeypatch):
    monkeypatch.setattr("relais.procedures.files.BLOCK", 128)
    monkeypatch.setattr("relais.procedures.gather.even.__defaults__", (128,))
    known = np.random.default_rng(rows).integers(0, 3, rows)
    sexes = np.where(known == 0, "f", "m")
    table = pa.table({"birth": known, "sex": pa.array(sexes, pa.string()).dictionary_encode()})
    pq.write_table(table, tmp_path / "people.parquet", row_group_size=100)
    read = read_caseload(tmp_path / "people.parquet", Columns(evidence=("birth",), attributes={"sex": None}))
    whole = Caseload.of({"birth": known}, {"sex": Codes.of(sexes.tolist())})
    asked = Requirement(key="who", lists=(frozenset({"birth"}),))
    version = Version(steps=(Step(key="apply", requirements=(asked,)),), evidence_types=(EvidenceType(key="birth"),))
    assert replay(read, version, version, by=["sex"]) == replay(whole, version, version, by=["sex"])


def test_a_file_says_itself_which_columns_are_evidence(tmp_path):
    write_caseload(Caseload.of({"birth": [1, 2]}, {"age": Numbers.of([3, None])}), tmp_path / "ours.parquet")
    theirs = pa.table({"birth": pa.array([1, None], pa.int8()), "age": pa.array([3, None], pa.int32())})
    pq.write_table(theirs, tmp_path / "theirs.parquet")
    for name in ("ours.parquet", "theirs.parquet"):
        caseload = read_caseload(tmp_path / name)
        assert (list(caseload.held), list(caseload.attributes)) == (["birth"], ["age"])


def test_yes_and_no_and_digits_are_understood(tmp_path):
    (tmp_path / "people.csv").write_text("person,birth,age,disabled\na,1,7,yes\nb,,,\n")
    read = read_caseload(
        tmp_path / "people.csv", Columns(evidence=("birth",), attributes={"age": NUMBERS, "disabled": None})
    )
    assert read.attributes["age"].values.tolist() == [7, -1]
    table = pa.table({"birth": [1, 0, 2], "disabled": [True, None, False], "empty": pa.nulls(3)})
    pq.write_table(table, tmp_path / "people.parquet")
    columns = Columns(evidence=("birth",), attributes={"disabled": None, "empty": None})
    groups = read_caseload(tmp_path / "people.parquet", columns).groups("disabled")
    assert {value: bits.tolist() for value, bits in groups.items()} == {"no": [4], "yes": [1], "": [2]}


def test_a_thousand_kinds_of_evidence_and_a_hundred_requirements_are_replayed(tmp_path):
    keys = [f"paper-{number}" for number in range(1000)]
    rng = np.random.default_rng(1)
    write_caseload(Caseload.of({key: rng.integers(0, 3, 200) for key in keys}), tmp_path / "people.parquet")
    asked = [Requirement(key=f"r{n}", lists=(frozenset(keys[n * 10 : n * 10 + 2]),)) for n in range(100)]
    papers = tuple(EvidenceType(key=key) for key in keys)
    version = Version(steps=(Step(key="apply", requirements=tuple(asked)),), evidence_types=papers)
    caseload = read_caseload(tmp_path / "people.parquet", Columns.of([version]))
    assert len(caseload.held) == 1000
    assert len(funnel(caseload, version).requirements) == 100


def table(**columns):
    return lambda path: pq.write_table(pa.table(columns), path)


def test_a_csv_file_that_is_none_says_what_it_is_instead(tmp_path):
    for content, said in (
        (b"", "there is nothing in it; begin with a row that names the columns"),
        (b"birth;age\n1;3\n", "its columns are kept apart by ';'; write the file again with commas"),
        ("birth,ôge\n1,3\n".encode("latin-1"), "its letters are not written as UTF-8; save it again as UTF-8"),
    ):
        (tmp_path / "people.csv").write_bytes(content)
        with pytest.raises(CaseloadError, match=said):
            read_caseload(tmp_path / "people.csv", BIRTH)


@pytest.mark.parametrize(
    ("write", "columns", "said"),
    [
        (table(birth=[0, 1, 7]), BIRTH, "column birth, row 3: 7 means nothing here; use 0 (not known)"),
        (table(birth=[0, -1]), BIRTH, "column birth, row 2: -1 means nothing here"),
        (table(birth=["1", "yes"]), BIRTH, "column birth, row 2: 'yes' means nothing here"),
        (table(birth=[1.0, 0.5]), BIRTH, "column birth is double: give whole numbers"),
        (table(birth=[True]), BIRTH, "column birth is bool: give whole numbers"),
        (table(brith=[1]), BIRTH, "column birth is missing; did you mean 'brith'?"),
        (table(card=[1]), Columns(evidence=("xyz",)), "column xyz is missing; add it, 0 where it is not known"),
        (table(birth=[1, 2, 1], person=["a", "b", "a"]), BIRTH, "column person, row 3: the same person as in row 1"),
        (table(birth=[1, 2], person=[4, 4]), BIRTH, "row 2: the same person as in row 1; keep one row a person"),
        (
            table(birth=[1, 2], person=[["a"], ["b"]]),
            BIRTH,
            "column person is list<element: string>: give each person one",
        ),
        (
            table(birth=[1], person=[{"a": 1}]),
            BIRTH,
            "column person is struct<a: int64>: give each person one identifier",
        ),
        (table(birth=[1, 2], person=["a", None]), BIRTH, "column person, row 2 is empty"),
        (table(age=[3, -2]), Columns(evidence=(), attributes={"age": NUMBERS}), "column age, row 2: -2 means nothing"),
        (
            table(age=pa.array([3, None, 2**63], pa.uint64())),
            Columns(evidence=(), attributes={"age": NUMBERS}),
            "column age, row 3: 9223372036854775808 means nothing here; give a whole number of at least 0 and at most 9",
        ),
        (table(age=["3", "old"]), Columns(evidence=(), attributes={"age": NUMBERS}), "column age, row 2: 'old' means"),
        (table(age=[3.5]), Columns(evidence=(), attributes={"age": None}), "column age is double: give words"),
        (table(age=[True]), Columns(evidence=(), attributes={"age": NUMBERS}), "column age holds yes or no"),
        (table(sex=["f", "x"]), Columns(evidence=(), attributes={"sex": {"f", "m"}}), "row 2: 'x' is no value of it"),
        (
            table(sex=[1]),
            Columns(evidence=(), attributes={"sex": {"f"}}),
            "column sex holds numbers (int64): give words",
        ),
        (
            table(name=[f"n{number}" for number in range(10_001)]),
            Columns(evidence=(), attributes={"name": None}),
            "column name, row 10001: more than 10,000 different values",
        ),
        (lambda path: path.write_bytes(b"PAR1 no"), BIRTH, "people.parquet: cannot be read as parquet"),
        (lambda _: None, BIRTH, "people.parquet: there is no such file"),
        (
            lambda path: pq.write_table(pa.Table.from_arrays([pa.array([1])] * 2, ["birth", "birth"]), path),
            BIRTH,
            "column birth is there twice",
        ),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_column_row_and_remedy(tmp_path, write, columns, said):
    path = tmp_path / "people.parquet"
    write(path)
    with pytest.raises(CaseloadError) as refused:
        read_caseload(path, columns)
    assert said in str(refused.value)
    assert str(refused.value).startswith("people.parquet: ")


def test_identifiers_are_compared_themselves_where_their_marks_are_equal(tmp_path, monkeypatch):
    monkeypatch.setattr("relais.procedures.twice.hash", len, raising=False)
    monkeypatch.setattr("relais.procedures.twice.AT_ONCE", 2)
    write = table(birth=[1] * 6, person=pa.array(["a", "bb", "cc", "d", "eee", "fff"]).dictionary_encode())
    write(tmp_path / "people.parquet")
    assert len(read_caseload(tmp_path / "people.parquet", BIRTH)) == 6
    (tmp_path / "more.csv").write_text("birth,person\n1,gg\n1,12\n1,d\n1,a\n")
    paths = [tmp_path / "people.parquet", tmp_path / "more.csv"]
    with pytest.raises(
        CaseloadError, match=r"more\.csv: column person, row 3: the same person as in .*people.parquet, row 4"
    ):
        once(paths)
    table(birth=[1], number=[12])(tmp_path / "people.parquet")
    paths[1].write_text("birth,number\n1,2\n1,12\n")
    with pytest.raises(CaseloadError, match=r"more\.csv: column number, row 2: the same person as in .*row 1"):
        once(paths, "number")


def test_a_column_of_identifiers_named_by_hand_is_there(tmp_path):
    table(birth=[1, 2], number=[4, 4], sex=["f", "m"])(tmp_path / "people.parquet")
    assert len(read_caseload(tmp_path / "people.parquet", BIRTH)) == 2
    with pytest.raises(CaseloadError, match=r"people\.parquet: column numbr is missing; did you mean 'number'\?"):
        read_caseload(tmp_path / "people.parquet", BIRTH, person="numbr")
    with pytest.raises(CaseloadError, match="column number, row 2: the same person as in row 1"):
        read_caseload(tmp_path / "people.parquet", BIRTH, person="number")
    table(birth=[1, 2], person=["f", "f"])(tmp_path / "people.parquet")
    asked = Columns(evidence=("birth",), attributes={"person": None})
    assert list(read_caseload(tmp_path / "people.parquet", asked).groups("person")) == ["f", ""]


def test_an_identifier_is_never_repeated_in_a_message(tmp_path):
    table(birth=[1, 2], person=["Zamira Sulaimanova"] * 2)(tmp_path / "people.parquet")
    with pytest.raises(CaseloadError) as refused:
        read_caseload(tmp_path / "people.parquet", BIRTH)
    assert "Zamira" not in str(refused.value)
    (tmp_path / "people.csv").write_text("birth,person\n1,Zamira\n1,Amina,Zamira\n")
    with pytest.raises(CaseloadError, match="row 2: 3 columns, the header has 2") as refused:
        read_caseload(tmp_path / "people.csv", BIRTH)
    assert "Zamira" not in str(refused.value)


def test_a_text_without_types_needs_to_be_told_what_its_columns_are(tmp_path):
    (tmp_path / "people.csv").write_text("birth\n1\n")
    with pytest.raises(CaseloadError, match="a CSV file does not say which columns are evidence"):
        read_caseload(tmp_path / "people.csv")
    (tmp_path / "people.txt").write_text("birth\n1\n")
    with pytest.raises(CaseloadError, match=r"\.txt is no format known here; use \.parquet"):
        read_caseload(tmp_path / "people.txt")
    with pytest.raises(CaseloadError, match=r"\.txt is no format known here; use \.parquet"):
        write_caseload(Caseload.of({}), tmp_path / "people.txt")


def test_a_proof_nobody_was_asked_about_may_have_no_column(tmp_path):
    table(birth=[1, 2])(tmp_path / "people.parquet")
    columns = Columns(evidence=("birth", "witness"), attributes={"rent": None})
    caseload = read_caseload(tmp_path / "people.parquet", columns, not_asked=["witness"])
    assert (list(caseload.held), list(caseload.attributes)) == (["birth"], [])


def test_only_evidence_a_requirement_asks_for_has_to_have_a_column(tmp_path):
    table(birth=[1, 2])(tmp_path / "people.parquet")
    papers = tuple(EvidenceType(key=key) for key in ("birth", "witness"))
    asked = Requirement(key="who", lists=(frozenset({"birth"}),))
    version = Version(steps=(Step(key="apply", requirements=(asked,)),), evidence_types=papers)
    assert list(read_caseload(tmp_path / "people.parquet", Columns.of([version])).held) == ["birth"]
    stricter = version.changing("who", lists=(frozenset({"birth", "witness"}),))
    with pytest.raises(CaseloadError, match="column witness is missing; add it"):
        read_caseload(tmp_path / "people.parquet", Columns.of([version, stricter]))


def test_reading_tells_how_far_it_is(tmp_path):
    table(birth=[1, 2])(tmp_path / "people.parquet")
    told = []
    read_caseload(tmp_path / "people.parquet", BIRTH, progress=lambda done, of: told.append((done, of)))
    assert told == [(2, 2)]


def test_the_columns_a_procedure_needs_are_those_it_asks_about():
    written = read_procedure(Path("packs/sairon/procedures/citizenship.toml"))
    columns = Columns.of([each.version for each in written.versions], ["sex", "office"], written)
    assert "tajik-passport" in columns.evidence
    assert columns.attributes["sex"] == {"woman", "man", "other"}
    assert columns.attributes["office"] is None


PROCEDURE = """{
  "key": "card", "names": {"en": "Card"},
  "service": {"key": "s", "names": {"en": "S"}, "authority": "a"},
  "attribute": [{"key": "age", "names": {"en": "age"}}],
  "evidence": [{"key": "birth", "names": {"en": "Birth \\"certificate\\""}, "fee": 2.5}],
  "version": [{
    "number": 1, "in_force_from": "2024-03-01",
    "step": [{"key": "apply", "names": {"en": "Apply"}, "requirement": [
      {"key": "who", "names": {"en": "Who"}, "any_of": [["birth"]], "when": ["age at least 18"]}
    ]}]
  }]
}"""


def test_a_procedure_is_the_same_in_json_and_in_toml(tmp_path):
    (tmp_path / "card.json").write_text(PROCEDURE)
    written = read_procedure(tmp_path / "card.json")
    assert written.versions[0].version.steps[0].requirements[0].condition == (Clause("age", Op.GE, 18),)
    assert toml.read(toml.write(written)) == written


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('[["birth"]]', '[["brith"]]', "card.json:9: no evidence is called brith. Did you mean birth."),
        ('"2024-03-01"', '"soon"', "card.json:7: in_force_from is 'soon'. Give a day"),
        ('"number": 1,', '"number": 1, "number": 2,', "number is given twice in one table. Keep one of them."),
        ('"version": [{', '"version": [[], {', "card.json:6: version is not a table"),
        ('"version": [{', '"version": {', "card.json:11: this is not JSON"),
        (PROCEDURE, "[]", "card.json:1: the file is not a table"),
    ],
)
def test_a_fault_in_json_has_its_line_and_a_remedy(old, new, said):
    with pytest.raises(Faulty) as faulty:
        json_file.read(PROCEDURE.replace(old, new), "card.json")
    assert said in str(faulty.value)


@pytest.mark.parametrize("depth", [50, 900, 3000, 50_000])
@pytest.mark.parametrize(("read", "text"), [(json_file.read, '{{"version": {}}}'), (toml.read, "version = {}")])
def test_lists_in_each_other_are_a_fault_however_deep(read, text, depth):
    with pytest.raises(
        Faulty, match=r"deep\.file:1: (version is|hundreds of lists or tables stand in each other\. Write)"
    ):
        read(text.format("[" * depth + "]" * depth), "deep.file")
