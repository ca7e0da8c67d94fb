"""A procedure written as text reads back as it was, and a mistake is told with its line and its remedy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.procedures.terms import Op
from relais.procedures.toml import Faulty, read
from relais.procedures.written import WrittenAttribute, WrittenProcedure, WrittenService, WrittenVersion, write
from tests.procedures.worlds import STATUSES, versions

TEXT = """key = "citizenship"
names = { en = "Citizenship", ru = "Гражданство" }

[service]
key = "citizenship"
names = { en = "Citizenship" }
authority = "srs"

[[attribute]]
key = "age"
names = { en = "age" }

[[attribute]]
key = "status"
names = { en = "status" }
values = { refugee = { en = "refugee" }, stateless = { en = "stateless" } }

[[evidence]]
key = "birth-certificate"
names = { en = "Birth certificate" }
fee = 500

[[version]]
number = 1

[[version.step]]
key = "apply"
names = { en = "Hand in the file" }

[[version.step.requirement]]
key = "who"
names = { en = "Who you are" }
any_of = [["birth-certificate"]]
when = ["age at least 18"]
"""


def test_a_file_without_fault_is_read():
    procedure = read(TEXT)
    (requirement,) = procedure.versions[0].version.steps[0].requirements
    assert requirement.lists == (frozenset({"birth-certificate"}),)
    assert requirement.condition[0].op == Op.GE


ATTRIBUTES = (
    WrittenAttribute(key="age", names={"en": "age"}),
    WrittenAttribute(key="status", names={"en": "status"}, values={s: {"en": s} for s in (*STATUSES, "nobody")}),
    WrittenAttribute(key="never_recorded", names={"en": "?"}, values={"yes": {"en": "yes"}}),
)


@given(versions())
def test_what_is_written_is_read_back_as_it_was(version):
    named = WrittenProcedure(
        key="p",
        names={"en": 'A "quoted" name\nin two lines'},
        service=WrittenService(key="s", names={"en": "s"}, authority="srs"),
        attributes=ATTRIBUTES,
        evidence_types=tuple(with_names(each) for each in version.evidence_types),
        versions=(WrittenVersion(version=complete(version)),),
    )
    assert read(write(named)) == named


def with_names(thing, **more):
    return type(thing)(
        **{f: getattr(thing, f) for f in thing.__dataclass_fields__} | {"names": {"en": thing.key}} | more
    )


def complete(version):
    steps = tuple(
        with_names(step, requirements=tuple(with_names(each) for each in step.requirements)) for step in version.steps
    )
    papers = tuple(with_names(each) for each in version.evidence_types)
    return type(version)(steps=steps, evidence_types=papers, number=version.number)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("[[version]]", "[[version]", 23, "this is not TOML"),
        ('any_of = [["birth-certificate"]]', 'any_of = [["birth-certifcate"]]', 33, "Did you mean birth-certificate"),
        (
            'any_of = [["birth-certificate"]]',
            'any_of = ["birth-certificate"]',
            33,
            'Write any_of = [["one"], ["two", "three"]]',
        ),
        ("any_of = ", "anyof = ", 30, "requirement has no any_of"),
        ("age at least 18", "age older than 18", 34, "Say it as one of"),
        ("age at least 18", "agee at least 18", 34, "Did you mean age"),
        ("age at least 18", "age is refugee", 34, "age is a number"),
        ("age at least 18", "status at least 3", 34, "status is one of: refugee, stateless"),
        ("age at least 18", "status is refuge", 34, "Did you mean refugee"),
        ("fee = 500", "fee = -1", 21, "Give a number of at least 0"),
        ("fee = 500", 'fee = "free"', 21, "Give a number"),
        ("fee = 500", "fee = nan", 21, "Give a number of at least 0"),
        ("fee = 500", "fee = 500000000000", 21, "at most 99999999"),
        ("number = 1", 'number = 1\ncurrency = "som"', 25, "Give its three letters"),
        ("number = 1", "number = 99999", 24, "at most 9999"),
        ("number = 1", "number = 1\nin_force_from = 2024-01-01T10:00:00", 25, "Give a day"),
        ("fee = 500", "fees = 500", 21, "Did you mean fee"),
        ('key = "apply"', 'key = "Apply now"', 27, "Use small letters, digits and dashes"),
        ('names = { en = "Who you are" }', 'names = "Who you are"', 32, "a text in several languages"),
        (
            'names = { en = "Hand in the file" }',
            'names = { en = "x" }\nchannel = "fax"',
            29,
            "Use one of: office, online",
        ),
        ('authority = "srs"\n', "", 4, "service has no authority"),
        (
            "number = 1",
            'number = 1\n[[version.step]]\nkey = "apply"\nnames = { en = "x" }',
            23,
            "step given twice: apply",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_to_do(old, new, line, says):
    assert old in TEXT
    with pytest.raises(Faulty) as refused:
        read(TEXT.replace(old, new), "citizenship.toml")
    said = [str(fault) for fault in refused.value.faults]
    assert any(each.startswith(f"citizenship.toml:{line}: ") and says in each for each in said), said


def test_every_mistake_is_told_at_once():
    with pytest.raises(Faulty) as refused:
        read(TEXT.replace("fee = 500", "fee = -1").replace("at least", "about"))
    assert len(refused.value.faults) == 2


def test_versions_are_numbered_upwards_each_once():
    with pytest.raises(Faulty, match="Number them upwards"):
        read(TEXT + TEXT[TEXT.index("[[version]]") :])


VALUES = [
    '""',
    '"x"',
    "-1",
    "1.5",
    "inf",
    "true",
    "[]",
    "[[]]",
    '["x"]',
    "[1]",
    "{}",
    "{ en = 1 }",
    "2024-01-01",
    "[{}]",
    "1e999",
]


@given(st.data())
def test_whatever_a_file_says_it_is_read_or_refused_with_its_faults(data):
    lines = TEXT.splitlines()
    for number in data.draw(st.lists(st.integers(0, len(lines) - 1), min_size=1, max_size=4)):
        key, equals, _value = lines[number].partition(" = ")
        lines[number] = (
            f"{key} = {data.draw(st.sampled_from(VALUES))}" if equals else data.draw(st.sampled_from(["", "?"]))
        )
    faults = faults_of("\n".join(lines))
    assert all(fault.line <= len(lines) and fault.remedy for fault in faults)


def faults_of(text):
    try:
        read(text)
    except Faulty as refused:
        return refused.faults
    return []
