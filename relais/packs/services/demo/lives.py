"""Draws the lives of invented people: who they are, which proofs they can get and when, and how their file goes.

Everything follows from the seed and the plan; nothing here touches the database.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from relais.people.identities import Facts
from relais.procedures.terms import Requirement, Version

Plan = Mapping[str, Any]

NEVER = date.max
HEARD_CHANCE, RETURN_CHANCE, ASKED_EARLY = 0.34, 0.12, 0.8
BATCH_DAY = 20
LOSES_HEART = 0.12  # of those the new rule lets through: no rule opens every door
GONE = (("gave_up", 0.05), ("moved", 0.03), ("lost", 0.03))


@dataclass
class Life:
    """One invented person and what happens to them, day by day."""

    registered_on: date
    facts: Facts
    answers: dict[str, Any]
    language: str
    territory: str
    owns_phone: bool
    has_pin: bool
    proofs: dict[str, date] = field(default_factory=dict)
    obstacles: dict[str, tuple[date, str]] = field(default_factory=dict)
    heard: list[tuple[date, str]] = field(default_factory=list)
    visits: list[tuple[date, int]] = field(default_factory=list)
    handed_on: list[date] = field(default_factory=list)
    returned_on: date = NEVER
    return_reason: str = ""
    granted_on: date = NEVER
    gone_on: date = NEVER
    gone_how: str = ""

    def attribute(self, name: str, today: date) -> str | int | None:
        """Give what a condition may ask about, None where nobody knows."""
        if name == "age":
            year = self.answers["birth_year"]
            return today.year - year if year else None
        return self.answers.get(name) or None


class Draws:
    """Draws lives from a plan, with one seed."""

    def __init__(self, plan: Plan, first: Version, second: Version, changes_on: date, today: date) -> None:
        self.random = random.Random(plan["demo"]["seed"])  # noqa: S311 - invented people, no secret
        self.luck = random.Random(plan["demo"]["seed"] + 1)  # noqa: S311 - what the rule cannot foresee
        self.plan, self.first, self.second = plan, first, second
        self.changes_on, self.today = changes_on, today

    def lives(self, start: date) -> Iterator[Life]:
        """Draw everyone, month after month."""
        weights: Sequence[float] = self.plan["demo"]["arrivals"]
        total, owed, days = sum(weights), 0.0, (self.today - start).days / len(weights)
        for month, weight in enumerate(weights):
            owed += self.plan["demo"]["people"] * weight / total
            for _ in range(round(owed)):
                yield self.life(start + timedelta(days=int((month + self.random.random()) * days)))
            owed -= round(owed)

    def life(self, day: date) -> Life:
        """Draw one person who comes on a day."""
        draw, people = self.random, self.plan["people"]
        woman = draw.random() < people["women"]
        year = day.year - self._age()
        known = draw.random() >= people["age_unknown"]
        territory = self._one_of(people["territory"])
        language = self._one_of(people["language"])
        disability = "some" if draw.random() < people["disability"] else "none"
        answers = {
            "sex": "woman" if woman else "man",
            "birth_year": year if known else None,
            "birth_known": draw.choice(["exact", "estimated"]) if known else "unknown",
            "status": self._one_of(people["status"]),
            "disability": disability,
            "household": draw.randint(1, 9),
            "language": language,
            "reads": draw.random() < people["reads"],
        }
        life = Life(
            registered_on=day,
            facts=self._facts(year, woman=woman, known=known),
            answers=answers,
            language=language,
            territory=territory,
            owns_phone=draw.random() < people["own_phone"],
            has_pin=draw.random() < people["pin"],
        )
        self._find_proofs(life)
        self._go_through(life)
        return life

    def _facts(self, year: int, *, woman: bool, known: bool) -> Facts:
        draw, names = self.random, self.plan["names"]
        family, given = draw.choice(names["families"]), draw.choice(names["women" if woman else "men"])
        latin = family.isascii()
        if woman:
            family += "a" if latin else "а"
        if latin != given.isascii():
            given = draw.choice([name for name in names["women" if woman else "men"] if name.isascii() == latin])
        born_on = date(year, draw.randint(1, 12), draw.randint(1, 28)) if known and draw.random() < 0.4 else None
        return Facts(called=f"{given} {family}", born_on=born_on)

    def _age(self) -> int:
        bands = self.plan["people"]["ages"]
        _weight, low, high = self.random.choices(bands, weights=[band[0] for band in bands])[0]
        return self.random.randint(low, high)

    def _one_of(self, weights: Mapping[str, float]) -> str:
        return self.random.choices(list(weights), weights=list(weights.values()))[0]

    def _find_proofs(self, life: Life) -> None:
        """Draw for each proof when it is held, or when it becomes clear that it cannot be had."""
        draw = self.random
        rooted = draw.gauss(0, 0.12)  # some people find every paper, some none: proofs are not independent
        asked_before = {key for _, asked in self.first.asked() for one in asked.lists for key in one}
        for proof in self.plan["evidence"]:
            new = proof["key"] not in asked_before
            # While a draft is talked about, companions ask most people whether they could get what it would accept.
            asked_on = self.changes_on - timedelta(days=60 if draw.random() < ASKED_EARLY else 0)
            begins = max(life.registered_on, asked_on) if new else life.registered_on
            chance = self._chance(proof, life)
            if draw.random() < proof["held"] + rooted / 3:
                life.proofs[proof["key"]] = begins
            elif draw.random() < chance + rooted:
                days = max(1, round(draw.gammavariate(3, proof["days"] / 3)))
                life.proofs[proof["key"]] = begins + timedelta(days=days)
            else:
                day = begins + timedelta(days=draw.randint(3, 45))
                life.obstacles[proof["key"]] = (day, proof["why"])

    def _chance(self, proof: Mapping[str, Any], life: Life) -> float:
        chance: float = proof["gettable"]
        for attribute, chances in proof.get("who", {}).items():
            chance = chances.get(life.answers[attribute], chance)
        return float(proof.get("where", {}).get(life.territory, chance))

    def _go_through(self, life: Life) -> None:
        """Follow the file: complete, handed over on the next batch day, decided, perhaps returned once."""
        draw = self.random
        for number in range(draw.choice([1, 2, 2, 3, 4])):
            day = life.registered_on + timedelta(days=number * draw.randint(12, 60))
            if day < self.today:
                life.visits.append((day, draw.randrange(len(self.plan["notes"]))))
        complete = self._complete_on(life)
        if complete < self.today:
            self._hand_over(life, complete)
            if complete >= self.changes_on and self.luck.random() < LOSES_HEART:
                self._lose_heart(life, complete)
        elif draw.random() < sum(chance for _, chance in GONE):
            life.gone_on = life.registered_on + timedelta(days=draw.randint(90, 420))
            life.gone_how = draw.choices([how for how, _ in GONE], weights=[chance for _, chance in GONE])[0]
        self._tell(life)

    def _lose_heart(self, life: Life, complete: date) -> None:
        """Give up on the eve: a summons, a rumour, a harvest. No rule foresees it."""
        life.handed_on, life.returned_on, life.granted_on = [], NEVER, NEVER
        life.gone_on, life.gone_how = complete + timedelta(days=self.luck.randint(10, 120)), "gave_up"

    def _complete_on(self, life: Life) -> date:
        under_first = self._met_on(life, self.first)
        if under_first < self.changes_on:
            return under_first
        return max(self._met_on(life, self.second), self.changes_on)

    def _met_on(self, life: Life, version: Version) -> date:
        return max((self._requirement_met_on(life, asked) for _, asked in version.asked()), default=NEVER)

    def _requirement_met_on(self, life: Life, asked: Requirement) -> date:
        for clause in asked.condition:
            value = life.attribute(clause.attribute, life.registered_on)
            if value is not None and not clause.accepts(value):
                return life.registered_on
        ways = (max((life.proofs.get(key, NEVER) for key in one), default=life.registered_on) for one in asked.lists)
        return min(ways, default=NEVER)

    def _hand_over(self, life: Life, complete: date) -> None:
        draw = self.random
        version = self.first if complete < self.changes_on else self.second
        waits = sum(step.waiting_days for step in version.steps[-1:])
        life.handed_on.append(next_batch_day(complete))
        decided = life.handed_on[0] + timedelta(days=max(5, round(draw.gauss(waits, waits / 5))))
        if draw.random() < RETURN_CHANCE:
            life.returned_on = life.handed_on[0] + timedelta(days=draw.randint(8, 30))
            life.return_reason = draw.choice(["missing", "unreadable", "unreadable", "expired", "mismatch"])
            life.handed_on.append(next_batch_day(life.returned_on + timedelta(days=draw.randint(5, 40))))
            decided = life.handed_on[1] + timedelta(days=round(draw.gauss(waits, waits / 5)))
        life.granted_on = decided

    def _tell(self, life: Life) -> None:
        """Let some of those who were stopped say so to their companion."""
        stories = {story["evidence"] for story in self.plan["heard"]}
        for version, since in ((self.first, life.registered_on), (self.second, self.changes_on)):
            until = self.changes_on if version is self.first else self.today
            for _, asked in version.asked():
                if self._requirement_met_on(life, asked) < NEVER:
                    continue
                for key in sorted(frozenset[str]().union(*asked.lists) & stories & life.obstacles.keys()):
                    day = max(life.obstacles[key][0], since + timedelta(days=self.random.randint(1, 25)))
                    if day < min(until, life.gone_on) and self.random.random() < HEARD_CHANCE:
                        life.heard.append((day, key))
                        break


def next_batch_day(day: date) -> date:
    """Give the next day on which files are taken to the authority.

    >>> next_batch_day(date(2026, 1, 21))
    datetime.date(2026, 2, 20)
    """
    this_month = day.replace(day=BATCH_DAY)
    return this_month if day <= this_month else (this_month + timedelta(days=28)).replace(day=BATCH_DAY)
