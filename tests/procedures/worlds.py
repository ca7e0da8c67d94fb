"""Random procedures, people and caseloads, small enough to check by hand and odd enough to be wrong about."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from relais.procedures.assess import Situation
from relais.procedures.caseload import Caseload, Codes, Numbers
from relais.procedures.terms import Clause, EvidenceType, Held, Op, Requirement, Step, Version

PAPERS = ("birth", "card", "photo", "witness")
STATUSES = ("citizen", "refugee", "stateless")

clauses = st.one_of(
    st.builds(Clause, st.just("age"), st.sampled_from([Op.GE, Op.LT, Op.IS, Op.IS_NOT]), st.integers(0, 4)),
    st.builds(
        Clause, st.just("age"), st.sampled_from([Op.IN, Op.NOT_IN]), st.frozensets(st.integers(0, 4), min_size=1)
    ),
    st.builds(Clause, st.just("status"), st.sampled_from([Op.IS, Op.IS_NOT]), st.sampled_from((*STATUSES, "nobody"))),
    st.builds(
        Clause,
        st.just("status"),
        st.sampled_from([Op.IN, Op.NOT_IN]),
        st.frozensets(st.sampled_from(STATUSES), min_size=1),
    ),
    st.builds(Clause, st.just("never_recorded"), st.just(Op.IS), st.just("yes")),
)
lists = st.frozensets(st.sampled_from((*PAPERS, "never_asked")), max_size=3)


@st.composite
def versions(draw: st.DrawFn) -> Version:
    """Any version: no step, steps that ask nothing, requirements nobody can meet, contradictory conditions."""
    requirements = draw(
        st.lists(
            st.tuples(
                st.lists(lists, max_size=3).map(tuple), st.lists(clauses, max_size=2).map(tuple), st.integers(0, 2)
            ),
            max_size=5,
        )
    )
    steps = [[], [], []]
    for number, (ways, condition, step) in enumerate(requirements):
        steps[step].append(Requirement(key=f"r{number}", lists=ways, condition=condition))
    papers = [EvidenceType(key=key, visits=draw(st.integers(0, 2))) for key in (*PAPERS, "never_asked")]
    return Version(
        steps=tuple(Step(key=f"s{number}", requirements=tuple(each)) for number, each in enumerate(steps)),
        evidence_types=tuple(papers),
    )


people = st.lists(
    st.builds(
        Situation,
        evidence=st.dictionaries(st.sampled_from(PAPERS), st.sampled_from(Held)),
        attributes=st.fixed_dictionaries(
            {},
            optional={
                "age": st.integers(0, 4),
                "status": st.sampled_from(STATUSES),
                "sex": st.sampled_from(["f", "m"]),
            },
        ),
    ),
    max_size=150,
)


def caseload_of(people: Sequence[Situation]) -> Caseload:
    """Turn people described one by one into columns."""
    return Caseload.of(
        {key: [person.evidence.get(key, Held.UNKNOWN) for person in people] for key in PAPERS},
        {
            "age": Numbers.of([person.attributes.get("age") for person in people]),
            "status": Codes.of([person.attributes.get("status") for person in people], STATUSES),
            "sex": Codes.of([person.attributes.get("sex") for person in people], ("f", "m")),
        },
        people=len(people),
    )
