"""A version as a page says it: each step with its place and costs, what is asked, and every way to prove it."""

from dataclasses import dataclass
from decimal import Decimal

from relais.kernel.text import pick
from relais.procedures.assess import Situation, assess
from relais.procedures.describe import (
    Attributes,
    amount_words,
    burden_words,
    channel_words,
    condition_words,
    cost_words,
    joined,
    proof_words,
)
from relais.procedures.terms import EvidenceType, Requirement, Step, Version
from relais.procedures.written import PICTOGRAMS


@dataclass(frozen=True, slots=True)
class Paper:
    """One proof to bring: its picture, its name, where to get it and what that takes."""

    pictogram: str
    name: str
    about: str
    takes: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked, of whom and why, and the ways to prove it: any one of `ways`, all papers of that one."""

    key: str
    name: str
    why: str
    asked_if: str
    legal_basis: str
    must_keep: bool
    ways: list[list[Paper]]


@dataclass(frozen=True, slots=True)
class Station:
    """One step: what it is called, how and where it is done, what it takes, what is asked."""

    key: str
    name: str
    about: str
    how: str
    place: str
    takes: str
    asked: list[Asked]


def stations(version: Version, attributes: Attributes) -> list[Station]:
    """Say a whole version, step by step, in the reader's language."""
    return [_station(step, version, attributes) for step in version.steps]


def totals(version: Version) -> list[dict[str, str]]:
    """Say what the steps take altogether, whatever proofs one has to get on top."""
    steps = version.steps
    fee = sum((step.fee for step in steps), Decimal(0))
    visits, days = sum(step.visits for step in steps), sum(step.waiting_days for step in steps)
    return [
        {"icon": "visit", "what": amount_words("visits", visits)},
        {"icon": "money", "what": amount_words("fee", fee, version.currency)},
        {"icon": "waiting", "what": amount_words("days", days)},
    ]


def from_nothing(version: Version) -> str:
    """Say what the cheapest way takes of someone who holds no paper yet and of whom everything is asked."""
    return burden_words(assess(version, Situation()).remaining, version.currency)


def _station(step: Step, version: Version, attributes: Attributes) -> Station:
    return Station(
        key=step.key,
        name=pick(step.names),
        about=pick(step.about),
        how=channel_words(step.channel),
        place=pick(step.place),
        takes=joined(cost_words(step, version.currency)),
        asked=[_asked(each, version, attributes) for each in step.requirements],
    )


def _asked(requirement: Requirement, version: Version, attributes: Attributes) -> Asked:
    ways = [[paper for key, paper in version.evidence.items() if key in each] for each in requirement.lists]
    return Asked(
        key=requirement.key,
        name=pick(requirement.names),
        why=pick(requirement.why),
        asked_if=condition_words(requirement.condition, attributes),
        legal_basis=requirement.legal_basis,
        must_keep=requirement.must_keep,
        ways=[[_paper(paper, version.currency) for paper in way] for way in ways],
    )


def _paper(paper: EvidenceType, currency: str) -> Paper:
    picture = paper.pictogram if paper.pictogram in PICTOGRAMS else "evidence"
    return Paper(picture, pick(paper.names), pick(paper.about), proof_words(paper, currency))
