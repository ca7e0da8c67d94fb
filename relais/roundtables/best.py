"""Which few changes would let most people through: what `simplify` finds on a draft, told so that nobody can be found in it.

Every count is given as *at least so many*, rounded down to the programme's threshold, so that the difference of two answers
says nothing of a few people either; the effect by group is a forecast like any other, with its small counts hidden.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from time import monotonic
from uuid import UUID

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from relais.kernel.disclosure import round_down
from relais.kernel.refusals import Refusal
from relais.kernel.text import pick
from relais.procedures.actions import Action, ActionError, apply
from relais.procedures.caseload import CaseloadError
from relais.procedures.compare import compare
from relais.procedures.describe import Attributes, change_words, joined
from relais.procedures.limits import Floor, Limits, LimitsError
from relais.procedures.masks import collapse
from relais.procedures.models import EvidenceTypeList
from relais.procedures.outside import outside
from relais.procedures.propose import propose
from relais.procedures.simplify import Answer, Choice, solve
from relais.procedures.terms import Version
from relais.roundtables.forecast import Forecast
from relais.roundtables.replays import DraftReplay, told

OUTSIDE_SHOWN = 6
"""Reasons for staying outside that are told, the most frequent first."""
SECONDS = 10
"""Someone waits: what is found by then is shown, with how much better any other set could be."""


@dataclass(frozen=True)
class Wish:
    """What someone asks of the search: how many changes, what each costs, which to leave out, and whom not to forget."""

    most: int = 3
    budget: Decimal | None = None
    costs: Mapping[str, Decimal] = field(default_factory=dict)
    left_out: Collection[str] = ()
    also: Collection[Action] = ()
    floor: Floor | None = None


@dataclass(frozen=True)
class Told:
    """One action in plain words, with its cost; `taken` when it is in the best set."""

    key: str
    words: str
    cost: Decimal
    weighed: bool
    taken: bool


class BestChanges:
    """The best few changes of a draft; each part is worked out when first asked."""

    def __init__(self, drafted: DraftReplay, wish: Wish) -> None:
        """Remember the draft, the people and the wish."""
        self.drafted, self.wish = drafted, wish
        self.attributes: Attributes = drafted.version.procedure.attributes
        self.threshold = drafted.threshold

    @cached_property
    def draft(self) -> Version:
        """The draft the changes would come on top of."""
        return self.drafted.terms[0]

    @cached_property
    def proposed(self) -> list[Action]:
        """Every action the caseload suggests, each with the cost it was given."""
        found = [each.action for each in propose(self.drafted.people, self.draft, proves=self.may_prove)]
        own = [each for each in self.wish.also if each.key not in self.unfit]
        return [replace(each, cost=self.wish.costs.get(each.key, Decimal(1))) for each in dict.fromkeys([*own, *found])]

    @cached_property
    def unfit(self) -> list[str]:
        """What someone typed that cannot be weighed on this draft, as they typed it."""
        return [each.key for each in self.wish.also if not self._fits(each)]

    def _fits(self, action: Action) -> bool:
        """Say whether an action someone typed can be taken on this draft as it is now."""
        try:
            told(self.drafted.people, apply(self.draft, [action]), self.draft, self.threshold)
        except (ActionError, CaseloadError):
            return False
        return all(key in self.draft.evidence for key in action.evidence)

    def may_prove(self, paper: str, requirement: str) -> bool:
        """Say whether an official could mean that a paper proves something.

        A caseload only knows who holds what. That two witnesses can stand for where someone lives, and not for a fee, is read
        from what the versions of the procedure ever accepted: for this very thing, or where a paper that is enough for it was enough too.
        """
        lists = [each.lists for _step, each in self.draft.asked() if each.key == requirement]
        enough = {only for each in lists for list_ in each if len(list_) == 1 for only in list_}
        return requirement in self.accepted_for[paper] or bool(self.stood_in_for[paper] & enough)

    @cached_property
    def accepted_for(self) -> Mapping[str, set[str]]:
        """For each kind of evidence, the requirements it was ever accepted for, in any version."""
        found: dict[str, set[str]] = defaultdict(set)
        for requirement, lists in self._ever_asked:
            for paper in frozenset[str]().union(*lists):
                found[paper].add(requirement)
        return found

    @cached_property
    def stood_in_for(self) -> Mapping[str, set[str]]:
        """For each kind of evidence that was ever enough alone, the others that were enough alone for the same thing."""
        found: dict[str, set[str]] = defaultdict(set)
        for _requirement, lists in self._ever_asked:
            enough = {only for each in lists if len(each) == 1 for only in each}
            for paper in enough:
                found[paper] |= enough - {paper}
        return found

    @cached_property
    def _ever_asked(self) -> list[tuple[str, list[set[str]]]]:
        """Every requirement of every version, with its lists."""
        lists = EvidenceTypeList.objects.filter(requirement__step__version__procedure=self.drafted.version.procedure_id)
        papers: dict[UUID, dict[UUID, set[str]]] = defaultdict(lambda: defaultdict(set))
        keys = dict[UUID, str]()
        for row, requirement, key, paper in lists.values_list(
            "pk", "requirement", "requirement__key", "evidence_types__key"
        ):
            keys[requirement] = key
            papers[requirement][row].add(paper)
        return [(key, list(papers[requirement].values())) for requirement, key in keys.items()]

    @cached_property
    def answer(self) -> Answer:
        """What was found; a wish that nothing can fulfil is refused."""
        weighed = [each for each in self.proposed if each.key not in self.wish.left_out]
        limits = Limits(most=self.wish.most, budget=self.wish.budget, floors=self.floors)
        try:
            last = monotonic() + SECONDS
            collapsed = collapse(self.drafted.people, self.draft, weighed, limits.groups)
            return solve(collapsed, limits, until=lambda: monotonic() > last)
        except LimitsError as error:
            raise Refusal(
                _("No set of changes does this."),
                why=_("Within these limits nothing lets so many people through."),
                next=_("Allow more changes or a higher cost, or ask for fewer people of that group."),
            ) from error

    @property
    def floors(self) -> tuple[Floor, ...]:
        """Whom not to forget, by whole thresholds: asking for 12, then for 13, must not tell that there are exactly 12."""
        floor = self.wish.floor
        return (replace(floor, at_least=self.rounded(floor.at_least + self.threshold - 1)),) if floor else ()

    @cached_property
    def best(self) -> Choice:
        """The best set of at most as many changes as were asked for."""
        return self.answer.best()

    @property
    def after(self) -> Version:
        """The draft with the best set taken."""
        return apply(self.draft, self.best.actions)

    @cached_property
    def effect(self) -> Forecast:
        """What the best set does on top of the draft, small counts hidden and the others rounded."""
        return told(self.drafted.people, self.after, self.draft, self.threshold)

    @property
    def listed(self) -> list[Told]:
        """Every action proposed, in plain words."""
        try:
            taken = set(self.best.keys)
        except Refusal:
            taken = set()
        return [
            Told(
                each.key,
                self.words(each),
                Decimal(str(each.cost)),
                each.key not in self.wish.left_out,
                each.key in taken,
            )
            for each in self.proposed
        ]

    @property
    def curve(self) -> list[tuple[int, int]]:
        """How many are let through with 0, 1, 2, ... changes, rounded down."""
        return [(choice.size, self.rounded(choice.unlocked)) for choice in self.answer.curve]

    @property
    def simpler_ways(self) -> list[tuple[str, list[str], str]]:
        """What choosing one by one, and reading the bar chart, would have chosen, and how many that lets through."""
        ways = [
            (_("The best set"), self.best),
            (_("One change after the other, each time the one that helps most"), self.answer.greedy[-1]),
            (_("The changes about what stops most people"), self.answer.top_blockers[-1]),
        ]
        return [(name, [self.words(each) for each in way.actions], self.at_least(way.unlocked)) for name, way in ways]

    @property
    def is_misread(self) -> bool:
        """Say whether reading the chart of what stops most people would have let clearly fewer through."""
        return self.rounded(self.answer.top_blockers[-1].unlocked) < self.rounded(self.best.unlocked)

    @property
    def is_missed(self) -> bool:
        """Say whether taking one change after the other, each time the best, would have let clearly fewer through."""
        return self.rounded(self.answer.greedy[-1].unlocked) < self.rounded(self.best.unlocked)

    @property
    def said(self) -> dict[str, str]:
        """How many each way of choosing lets through, in words."""
        ways = {"best": self.best, "greedy": self.answer.greedy[-1], "chart": self.answer.top_blockers[-1]}
        return {name: self.at_least(way.unlocked) for name, way in ways.items()}

    @property
    def together(self) -> list[tuple[str, str, str]]:
        """The actions that only work together: in words, what they do together, and apart."""
        return [
            (joined(self.words(each) for each in one.actions), self.at_least(one.together), self.at_least(one.apart))
            for one in self.answer.bundles
            if one.together >= self.threshold
        ][:OUTSIDE_SHOWN]

    @property
    def still_outside(self) -> list[tuple[str, str]]:
        """Who stays outside all the same, and what still stops them; few people are not told apart."""
        names = {asked.key: pick(asked.names) or asked.key for _step, asked in self.after.asked()}
        found = outside(self.drafted.people, self.draft, self.after)
        shown = [each for each in found[:OUTSIDE_SHOWN] if each.people >= self.threshold]
        lines = [
            (
                joined(names[key] for key in each.requirements)
                or _("Nothing any more, once what is not known is asked"),
                self.at_least(each.people),
            )
            for each in shown
        ]
        others = sum(each.people for each in found) - sum(each.people for each in shown)
        return [*lines, (_("Something else, or more than one thing"), self.at_least(others))] if others else lines

    @property
    def requirements(self) -> list[tuple[str, str]]:
        """What the draft asks, to choose from."""
        return [(asked.key, pick(asked.names) or asked.key) for _step, asked in self.draft.asked()]

    @property
    def papers(self) -> list[tuple[str, str]]:
        """The kinds of evidence the procedure speaks of, to choose from."""
        return [(key, pick(paper.names) or key) for key, paper in self.draft.evidence.items()]

    def words(self, action: Action) -> str:
        """Say an action in plain words."""
        after = apply(self.draft, [action])
        return " ".join(change_words(each, self.draft, after, self.attributes) for each in compare(self.draft, after))

    def rounded(self, people: int) -> int:
        """Round down to the threshold."""
        return round_down(people, self.threshold)

    def at_least(self, people: int) -> str:
        """Say a count without its last people."""
        if people < self.threshold:
            return _("fewer than %(least)s") % {"least": self.threshold} if people else _("nobody")
        return _("at least %(people)s") % {"people": number_format(self.rounded(people), force_grouping=True)}
