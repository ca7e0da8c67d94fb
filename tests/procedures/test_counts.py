"""Organisations add their counts without showing their people, and counts of other rules are never added."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.procedures import counts
from relais.procedures.caseload import Caseload
from relais.procedures.counts import CountsError, rules_of
from relais.procedures.replay import replay
from relais.procedures.terms import EvidenceType, Requirement
from tests.procedures.sharded import people as some
from tests.procedures.sharded import version
from tests.procedures.worlds import caseload_of, people, versions


@given(versions(), versions(), people, st.integers(0, 150))
def test_counts_written_apart_and_added_are_those_of_everyone(draft, in_force, people, cut):
    parts = [replay(caseload_of(each), draft, in_force, by=["sex"]) for each in (people[:cut], people[cut:])]
    texts = [(f"{place}.json", counts.write(each, draft, in_force)) for place, each in enumerate(parts)]
    merged = counts.merge(texts, allow_equal=True)
    assert merged.replay == replay(caseload_of(people), draft, in_force, by=["sex"])
    counts.check(merged, draft, in_force)


@given(versions())
def test_the_rules_are_the_same_whatever_they_are_called_or_cost(one):
    renamed = replace(
        one,
        number=9,
        steps=tuple(replace(step, names={"en": "other"}, fee=7) for step in one.steps),
        evidence_types=(*one.evidence_types, EvidenceType(key="new", visits=9)),
    )
    assert rules_of(renamed) == rules_of(one)
    stricter = replace(one.steps[0], requirements=(*one.steps[0].requirements, Requirement(key="more")))
    assert rules_of(replace(one, steps=(stricter, *one.steps[1:]))) != rules_of(one)


def written(*lists: list[str], by=("sex",)) -> str:
    draft, in_force = version(*lists), version(["birth"])
    return counts.write(replay(some(1), draft, in_force, by), draft, in_force)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _: "{", "b.json cannot be read as replay counts: write it again"),
        (lambda _: "[]", "b.json cannot be read as replay counts"),
        (lambda said: json.dumps(said | {"format": 9}), "b.json is no replay counts of format 1"),
        (lambda said: json.dumps(said | {"people": 3}), "b.json: its counts do not add up to its people"),
        (lambda said: json.dumps(said).replace('"passes": 1', '"passes": -1'), "b.json cannot be read"),
        (lambda said: json.dumps(said).replace('"alone"', '"aline"'), "b.json cannot be read"),
        (json.dumps, "b.json is the same document as a.json: add it once"),
        (lambda _: written(["witness"]), "b.json replayed other rules than a.json"),
        (lambda _: written(["birth"], by=()), "b.json groups by nothing, a.json by sex"),
    ],
)
def test_what_cannot_be_added_is_refused_with_its_name_and_a_remedy(change, said):
    first = written(["birth"])
    with pytest.raises(CountsError) as refused:
        counts.merge([("a.json", first), ("b.json", change(json.loads(first)))])
    assert said in str(refused.value)


def changed(said, path: str, count: int):
    *parents, last = path.split(".")
    found = said["counts"]
    for name in parents:
        found = found[name]
    found[last] = count
    return said


@pytest.mark.parametrize(
    "changes",
    [
        {"whole.unlocked.least": 99, "whole.unlocked.most": 990},
        {"whole.unlocked.most": 501},
        {"whole.newly_blocked.least": 1, "whole.newly_blocked.most": 1},
        {"groups.sex.f.before.open": 0},
        {"groups.sex.m.unlocked.most": 499},
        {"version.whole.passes": 0},
        {"version.steps.apply.stopped": 500},
        {"baseline.steps.apply.blocked": 0},
        {"baseline.requirements.who.alone": 500},
        {"baseline.requirements.who.met": 0},
    ],
)
def test_counts_that_cannot_all_be_true_are_refused(changes):
    said = json.loads(written(["birth"], ["witness"]))
    for path, count in changes.items():
        said = changed(said, path, count)
    with pytest.raises(CountsError, match="its counts do not add up to its people"):
        counts.read(json.dumps(said))


def leaves(said, path=()):
    for name, each in said.items():
        yield from leaves(each, (*path, name)) if isinstance(each, dict) else [(*path, name)]


@given(versions(), versions(), people, st.data())
def test_no_count_may_be_more_than_there_are_people(draft, in_force, people, data):
    said = json.loads(counts.write(replay(caseload_of(people), draft, in_force, by=["sex"]), draft, in_force))
    *parents, last = data.draw(st.sampled_from(list(leaves(said["counts"]))))
    found = said["counts"]
    for name in parents:
        found = found[name]
    found[last] = len(people) + 1
    with pytest.raises(CountsError, match="its counts do not add up to its people"):
        counts.read(json.dumps(said))


def test_the_same_counts_twice_are_the_same_people_until_someone_says_they_are_others():
    again = [("a.json", written(["birth"])), ("c.json", written(["birth"]))]
    with pytest.raises(CountsError, match=r"c\.json counts exactly what a\.json counts, .* say --allow-equal"):
        counts.merge(again)
    assert counts.merge(again, allow_equal=True).replay.people == 1000
    rules = version(["birth"])
    nobody = [counts.write(replay(Caseload.of({"birth": []}), rules, rules), rules, rules) for _ in range(2)]
    assert counts.merge([("a.json", nobody[0]), ("b.json", nobody[1])]).replay.people == 0


def test_counts_about_other_versions_are_not_shown_as_these():
    merged = counts.merge([("a.json", written(["birth"]))])
    with pytest.raises(CountsError, match="about other rules than these two versions"):
        counts.check(merged, version(["witness"]), version(["birth"]))
