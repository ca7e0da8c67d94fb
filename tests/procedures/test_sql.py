"""A database says of everyone what the bits say, and so the interpreter, on rules and people nobody thought of."""

from __future__ import annotations

from uuid import UUID

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relais.procedures.caseload import CaseloadError
from relais.procedures.files import NUMBERS, Columns, read_caseload, write_caseload
from relais.procedures.gather import LARGEST
from relais.procedures.replay import replay
from relais.procedures.sql import replay as replay_in
from relais.procedures.tables import Files, Postgres
from relais.procedures.terms import Clause, EvidenceType, Op, Requirement, Step, Version
from tests.procedures.worlds import PAPERS, caseload_of, people, versions

COLUMNS = Columns(evidence=PAPERS, attributes={"age": NUMBERS, "status": None, "sex": None})
BY = ["sex", "status", "age"]
PATIENT = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def asking(*requirements: Requirement, papers=PAPERS) -> Version:
    return Version(
        steps=tuple(Step(key=f"s-{each.key}", requirements=(each,)) for each in requirements),
        evidence_types=tuple(EvidenceType(key=key) for key in papers),
    )


@pytest.fixture(scope="module")
def put(postgres):
    """Put people in a table of PostgreSQL and give where they are."""
    with psycopg.connect(postgres, autocommit=True) as connection:

        def put(columns: dict[str, str], rows) -> Postgres:
            connection.execute("DROP TABLE IF EXISTS people_asked")
            kinds = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
            connection.execute(f"CREATE TABLE people_asked ({kinds})")
            with connection.cursor().copy("COPY people_asked FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return Postgres(postgres, "people_asked")

        yield put


@PATIENT
@given(versions(), versions(), people)
def test_duckdb_finds_everyone_where_the_bits_do(tmp_path, draft, in_force, people):
    path = tmp_path / "people.parquet"
    write_caseload(caseload_of(people), path)
    bits = replay(read_caseload(path, COLUMNS), draft, in_force, by=BY)
    assert replay_in(Files([path]), draft, in_force, by=BY) == bits


@PATIENT
@given(versions(), versions(), people)
def test_postgresql_finds_everyone_where_the_bits_do(tmp_path, put, draft, in_force, people):
    path = tmp_path / "people.parquet"
    write_caseload(caseload_of(people), path)
    bits = replay(read_caseload(path, COLUMNS), draft, in_force, by=BY)
    kinds = dict.fromkeys(PAPERS, "smallint") | {"age": "integer", "status": "text", "sex": "varchar(1)"}
    table = put(kinds, [row.values() for row in pq.read_table(path).select(list(kinds)).to_pylist()])
    assert replay_in(table, draft, in_force, by=BY) == bits


@PATIENT
@given(
    st.sampled_from([getattr(pa, f"{sign}int{bits}")() for sign in ("", "u") for bits in (8, 16, 32, 64)]).flatmap(
        lambda kind: st.tuples(st.just(kind), st.lists(st.none() | st.integers(0, most_of(kind)), max_size=20))
    ),
    st.integers(0, 300),
)
def test_numbers_of_every_type_are_themselves_and_null_is_not_known(tmp_path, column, limit):
    kind, ages = column
    path = tmp_path / "people.parquet"
    pq.write_table(pa.table({"age": pa.array(ages, kind)}), path)
    columns = Columns(evidence=(), attributes={"age": NUMBERS})
    caseload = read_caseload(path, columns)
    assert caseload.attributes["age"].values.tolist() == [-1 if age is None else age for age in ages]
    draft = asking(Requirement(key="who", condition=(Clause("age", Op.GE, limit),)), papers=())
    bits = replay(caseload, draft, asking(), by=["age"])
    table = Files([path])
    table.check(columns)
    assert replay_in(table, draft, asking(), by=["age"]) == bits
    assert bits.after.blocked == sum(age is not None and age >= limit for age in ages)
    assert bits.after.open == ages.count(None)
    assert {value: effect.people for value, effect in bits.groups["age"].items()} == (
        {"": ages.count(None)} | {str(age): ages.count(age) for age in ages if age is not None}
    )


def most_of(kind: pa.DataType) -> int:
    """The largest number a column of this type and a caseload may both hold."""
    return min(2 ** (kind.bit_width - pa.types.is_signed_integer(kind)) - 1, LARGEST)


def test_a_hundred_requirements_are_replayed_in_a_database(tmp_path):
    keys = [f"paper-{number}" for number in range(100)]
    pq.write_table(
        pa.table({key: pa.array([place % 3, 1, 0, 2], pa.int8()) for place, key in enumerate(keys)}),
        tmp_path / "p.parquet",
    )
    version = asking(*(Requirement(key=key, lists=(frozenset({key}),)) for key in keys), papers=keys)
    bits = replay(read_caseload(tmp_path / "p.parquet"), version, version)
    assert replay_in(Files([tmp_path / "p.parquet"]), version, version) == bits


def test_words_that_look_like_sql_are_only_words(put):
    odd = "x'); DROP TABLE people_asked; --\"%s"
    who = Requirement(key="who", lists=(), condition=(Clause("st'at\"us", Op.IS, odd),))
    table = put({'st\'at""us': "text"}, [(odd,), ("y",), (None,)])
    answer = replay_in(table, asking(who), asking(), by=["st'at\"us"])
    assert (answer.newly_blocked.least, answer.newly_blocked.most) == (1, 2)
    assert set(answer.groups["st'at\"us"]) == {odd, "y", ""}


ASKED = Columns(evidence=("birth",), attributes={"age": NUMBERS, "status": {"citizen"}})
WHO = Requirement(
    key="who",
    lists=(frozenset({"birth"}),),
    condition=(Clause("status", Op.IS, "citizen"), Clause("age", Op.GE, 3)),
)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"birth": [0, 7, 9]}, "column birth, row 2: 7 means nothing here; use 0 (not known)"),
        ({"age": [4, -1]}, "column age, row 2: -1 means nothing here; give a whole number of at least 0"),
        ({"age": pa.array([None, 2**63], pa.uint64())}, "column age, row 2: 9223372036854775808 means nothing here"),
        ({"status": ["citizen", "citzen"]}, "column status, row 2: 'citzen' is no value of it; use one of: citizen"),
        ({"status": pa.array([1, 2], pa.int8())}, "column status holds numbers (int8): give words, one of: citizen"),
        ({"person": ["a", "b", "a"], "birth": [0, 1, 2]}, "column person, row 3: the same person as in row 1"),
        ({"person": ["a", None], "birth": [0, 1]}, "column person, row 2 is empty: give each person an identifier"),
        ({"person": [["a"], ["b"]], "birth": [0, 1]}, "column person is list<element: string>: give each person one"),
    ],
)
def test_files_are_refused_with_the_same_words_by_every_engine(tmp_path, columns, said):
    path = tmp_path / "people.parquet"
    pq.write_table(pa.table(columns), path)
    with pytest.raises(CaseloadError) as in_sql:
        Files([path]).check(ASKED, not_asked=["birth"])
    with pytest.raises(CaseloadError) as in_bits:
        read_caseload(path, ASKED, not_asked=["birth"])
    assert str(in_sql.value) == str(in_bits.value)
    assert said in str(in_sql.value)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"birth": [1], "age": [1.5]}, "column age holds neither words nor whole numbers"),
        ({"birth": [0.5]}, "column birth is double: give whole numbers"),
        ({"birth": [1], "age": ["old"]}, "column age holds words: it cannot be compared with 3"),
        ({"birth": [1], "status": [4]}, "column status holds numbers: it cannot be compared with 'citizen'"),
        ({"birth": [1], "sex": [1.5]}, "column sex is of no kind known here"),
        (
            {"birth": list(range(3)) * 400, "sex": list(range(1200))},
            "cannot group by sex: 200 different values more than 1,000; group by another column",
        ),
    ],
)
def test_what_a_database_cannot_compare_is_refused(tmp_path, columns, said):
    pq.write_table(pa.table(columns), tmp_path / "people.parquet")
    by = ["sex"] if "sex" in columns else []
    people = Files([tmp_path / "people.parquet"])

    def checked():
        people.check(Columns(evidence=("birth",)), by)
        replay_in(people, asking(WHO), asking(WHO), by)

    with pytest.raises(CaseloadError) as refused:
        checked()
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("kinds", "rows", "said"),
    [
        (
            {"birth": "smallint"},
            [[0], [9], [7]],
            "column birth: 2 people have another value, such as 7; use 0 (not known)",
        ),
        ({"age": "integer"}, [[4], [-1]], "column age: 1 people have another number, such as -1; give numbers of at"),
        ({"status": "text"}, [["citizen"], ["citzen"]], "1 people have another value, such as 'citzen'; use one of"),
        (
            {"person": "text"},
            [["Zamira"], ["b"], ["Zamira"]],
            "person: 1 rows are of someone who stands in another row;",
        ),
        ({"person": "uuid"}, [[UUID(int=1)], [UUID(int=1)]], "person: 1 rows are of someone who stands in another row"),
        ({"person": "text"}, [["a"], [None]], "column person: 1 rows are empty; give each person an identifier"),
        ({"person": "date"}, [["2020-01-01"]], "column person is of no kind known here: give words or whole numbers"),
    ],
)
def test_what_is_wrong_in_a_database_is_said_with_its_column_how_many_and_one_value(put, kinds, rows, said):
    with pytest.raises(CaseloadError) as refused:
        put(kinds, rows).check(ASKED, not_asked=["birth"])
    assert said in str(refused.value)
    assert "Zamira" not in str(refused.value)


def test_a_column_of_identifiers_named_by_hand_is_there_in_a_database_too(put):
    people = put({"person": "text", "number": "integer"}, [("f", 1), ("f", 2)])
    with pytest.raises(CaseloadError, match="column nope is missing; name the column of identifiers"):
        people.check(Columns(evidence=()), person="nope")
    people.check(Columns(evidence=()), person="number")
    people.check(Columns(evidence=(), attributes={"person": None}))


def test_what_one_of_several_files_lacks_is_refused_with_its_name(tmp_path):
    for name, columns in (
        ("a", {"birth": [1], "sex": ["f"], "age": [3], "person": [1]}),
        ("b", {"sex": ["f"], "age": [3], "person": [2]}),
        ("c", {"birth": [1], "person": [3]}),
        ("d", {"birth": [1], "sex": ["f"], "person": [1]}),
    ):
        pq.write_table(pa.table(columns), tmp_path / f"{name}.parquet")
    columns = Columns(evidence=("birth",), attributes={"age": NUMBERS})
    for names, said in (
        ("ab", r"b\.parquet: column birth is missing; add it, 0 where it is not known"),
        ("ac", r"c\.parquet: cannot group by sex: there is no such column"),
        ("ad", r"d\.parquet: column person, row 1: the same person as in .*a\.parquet, row 1"),
        ("aa", r"a\.parquet: this file is named twice"),
    ):
        people = Files([tmp_path / f"{name}.parquet" for name in names])
        with pytest.raises(CaseloadError, match=said):
            people.check(columns, ["sex"])
    assert Files([tmp_path / "a.parquet", tmp_path / "d.parquet"]).columns == ["birth", "sex", "person"]


def test_a_table_that_is_not_there_is_refused(tmp_path, postgres):
    with pytest.raises(CaseloadError, match=r"people\.csv: SQL reads Parquet files"):
        Files([tmp_path / "people.csv"])
    for name, said in (
        ("some.csv", "this is none; write it as Parquet"),
        ("some.parquet", "cannot be read as Parquet"),
    ):
        (tmp_path / name).write_text("birth", encoding="utf-8")
        with pytest.raises(CaseloadError, match=said):
            Files([tmp_path / name])
    with pytest.raises(CaseloadError, match=r"the table nowhere\.people cannot be read"):
        Postgres(postgres, "nowhere.people")
    pq.write_table(pa.table({"birth": [1]}), tmp_path / "people.parquet")
    with pytest.raises(CaseloadError, match="column card is missing; add it"):
        Files([tmp_path / "people.parquet"]).check(Columns(evidence=("card",)))
    with pytest.raises(CaseloadError, match="cannot group by sex: there is no such column"):
        replay_in(Files([tmp_path / "people.parquet"]), asking(), asking(), by=["sex"])


def test_nothing_can_be_written_where_people_are(put):
    people = put({"birth": "smallint"}, [(1,)])
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        people.run("DELETE FROM people_asked RETURNING 1")


def test_yes_and_no_are_words_in_a_database_too(tmp_path):
    pq.write_table(pa.table({"disabled": [True, False, None]}), tmp_path / "people.parquet")
    asked = asking(Requirement(key="who", condition=(Clause("disabled", Op.IS, "yes"),)), papers=())
    answer = replay_in(Files([tmp_path / "people.parquet"]), asked, asking(), by=["disabled"])
    bits = replay(
        read_caseload(tmp_path / "people.parquet", Columns.of([asked], ["disabled"])), asked, asking(), ["disabled"]
    )
    assert answer == bits
    assert answer.newly_blocked.least == 1
