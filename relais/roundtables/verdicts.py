"""What a prediction said and what happened, in plain words: what came true, what did not, and what it is too early to say."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relais.cases.fates import Fate
from relais.kernel.text import pick
from relais.roundtables.forecast import Range, Shown
from relais.roundtables.observed import SHOWN, Observed, Told

NOT_THERE = (Fate.STOPPED, Fate.REFUSED, Fate.GAVE_UP)


@dataclass(frozen=True)
class Verdict:
    """One thing that was said, what happened, and how the two agree: a word, its icon and its tone."""

    said: str
    happened: str
    word: str
    icon: str
    tone: str


def n(value: int) -> str:
    """Write a number as the reader does."""
    return str(number_format(value, use_l10n=True, force_grouping=True))


def count(value: Shown) -> str:
    """Write a figure, or that it is hidden."""
    return _("hidden") if value is None else n(value)


def headline(observed: Observed) -> str:
    """Say in one sentence how many of those said to be let through got there."""
    said = observed.said[Told.UNLOCKED]
    passed = observed.cells[Told.UNLOCKED, Fate.PASSED]
    if said == 0:
        return _("Nobody was said to be let through for certain.")
    if said is None:
        return _("Some people were said to be let through: too few to be told here.")
    if passed is None:
        return ngettext(
            "%(said)s person was said to be let through for certain.",
            "%(said)s people were said to be let through for certain.",
            said,
        ) % {"said": n(said)}
    return ngettext(
        "Of %(said)s person said to be let through for certain, %(passed)s got what they came for.",
        "Of %(said)s people said to be let through for certain, %(passed)s got what they came for.",
        said,
    ) % {"said": n(said), "passed": n(passed)}


def rest(observed: Observed) -> Iterator[str]:
    """Say where the others of those said to be let through are; one sentence each, the small ones without a number."""
    cells = {fate: observed.cells[Told.UNLOCKED, fate] for fate in SHOWN}
    if waiting := cells[Fate.WAITING]:
        yield ngettext(
            "%(n)s is still on the way.", "%(n)s are still on the way.", waiting
        ) % {"n": n(waiting)}  # fmt: skip
    if returned := cells[Fate.RETURNED]:
        yield ngettext(
            "%(n)s has the dossier back, and it was not handed over again.",
            "%(n)s have their dossier back, and it was not handed over again.",
            returned,
        ) % {"n": n(returned)}
    if stopped := cells[Fate.STOPPED]:
        yield ngettext("%(n)s is stopped again.", "%(n)s are stopped again.", stopped) % {"n": n(stopped)}
    if refused := cells[Fate.REFUSED]:
        yield ngettext("%(n)s was refused.", "%(n)s were refused.", refused) % {"n": n(refused)}
    if gone := cells[Fate.GAVE_UP]:
        yield ngettext("%(n)s gave up.", "%(n)s gave up.", gone) % {"n": n(gone)}
    if None in cells.values():
        yield _("Where only a few of them are is not told, because they could be recognised.")


def given_back(people: Shown, reason: str) -> str:
    """Say how many of those said to be let through had a dossier given back on the way, and why most often."""
    if not people:
        return ""
    said = {"n": n(people), "reason": reason}
    if reason:
        return (
            ngettext(
                "%(n)s had a dossier given back on the way, most often because %(reason)s.",
                "%(n)s had a dossier given back on the way, most often because %(reason)s.",
                people,
            )
            % said
        )
    return (
        ngettext("%(n)s had a dossier given back on the way.", "%(n)s had a dossier given back on the way.", people)
        % said
    )


def verdicts(observed: Observed) -> list[Verdict]:
    """Hold each thing that was said against what happened."""
    found = [_let_through(observed), _fell_short(observed), _shut_out(observed), _got_through_anyway(observed)]
    return [each for each in found if each is not None]


def _let_through(observed: Observed) -> Verdict | None:
    reach = observed.figures.unlocked
    passed = _sum(observed, (Told.UNLOCKED, Told.MAY_UNLOCK), Fate.PASSED)
    if reach.least is None or passed is None or not reach.some:
        return None
    happened = ngettext(
        "%(n)s of those stopped before has what they came for.",
        "%(n)s of those stopped before have what they came for.",
        passed,
    ) % {"n": n(passed)}
    said = _between(
        reach,
        _("that %(least)s would be let through"),
        _("that %(least)s to %(most)s would be let through"),
        _("that some would be let through, too few to be told"),
    )
    if passed >= reach.least:
        return Verdict(said, happened, _("came true"), "accept", "done")
    return Verdict(said, happened, _("not all are there yet"), "waiting", "")


def _fell_short(observed: Observed) -> Verdict | None:
    """Count those for whom the rule opened the door, and who did not get in."""
    if not observed.any_of(Told.UNLOCKED, *NOT_THERE):
        return None
    fell = observed.of(Told.UNLOCKED, *NOT_THERE)
    happened = _some_or(
        fell,
        ngettext(
            "%(n)s of them was stopped again, refused, or gave up.",
            "%(n)s of them were stopped again, refused, or gave up.",
            fell or 0,
        ),
        _("Some of them were stopped again, refused, or gave up: too few to be told here."),
    )
    return Verdict(
        _("that for these nothing would stand in the way"), happened, _("was wrong"), "attention", "attention"
    )


def _shut_out(observed: Observed) -> Verdict:
    reach = observed.figures.newly_blocked
    stopped = observed.cells[Told.HARM, Fate.STOPPED]
    said = (
        _between(
            reach,
            _("that %(least)s would be newly shut out"),
            _("that %(least)s to %(most)s would be newly shut out"),
            _("that some would be newly shut out, too few to be told"),
        )
        if reach.some
        else _("that nobody would be newly shut out")
    )
    if not observed.any_of(Told.HARM, Fate.STOPPED):
        nobody = _("Nobody who could pass before is stopped now.")
        spared = reach.some and reach.least != 0
        return Verdict(said, nobody, _("better than foretold") if spared else _("came true"), "accept", "done")
    happened = _some_or(
        stopped,
        ngettext(
            "%(n)s person who could pass before is stopped now.",
            "%(n)s people who could pass before are stopped now.",
            stopped or 0,
        ),
        _("Some who could pass before are stopped now: too few to be told here."),
    )
    word = _("as foretold, and still harm") if reach.least != 0 else _("the worse end came true")
    return Verdict(said, happened, word, "attention", "attention")


def _got_through_anyway(observed: Observed) -> Verdict | None:
    if not observed.any_of(Told.STILL, Fate.PASSED):
        return None
    passed = observed.cells[Told.STILL, Fate.PASSED]
    happened = _some_or(
        passed,
        ngettext(
            "%(n)s of them got through all the same: what could not be had turned up.",
            "%(n)s of them got through all the same: what could not be had turned up.",
            passed or 0,
        ),
        _("Some of them got through all the same: too few to be told here."),
    )
    return Verdict(_("that these would stay stopped"), happened, _("better than foretold"), "accept", "")


def _sum(observed: Observed, said: tuple[Told, ...], fate: Fate) -> Shown:
    found = [observed.cells[each, fate] for each in said]
    return None if None in found else sum(each or 0 for each in found)


def _between(reach: Range, one: str, two: str, hidden: str) -> str:
    if reach.least is None:
        return hidden
    most = reach.most if reach.most is not None else reach.least
    return (one if most == reach.least else two) % {"least": n(reach.least), "most": n(most)}


def _some_or(count: Shown, words: str, hidden: str) -> str:
    return hidden if count is None else words % {"n": n(count)}


def said_words() -> dict[Told, str]:
    """Name what was said of people."""
    return {
        Told.UNLOCKED: _("let through for certain"),
        Told.MAY_UNLOCK: _("perhaps let through"),
        Told.STILL: _("stays stopped"),
        Told.HARM: _("shut out, or perhaps"),
        Told.OTHERS: _("everyone else"),
    }


def fate_words() -> dict[Fate, str]:
    """Name what became of people."""
    return {
        Fate.PASSED: _("got there"),
        Fate.WAITING: _("on the way"),
        Fate.RETURNED: _("dossier given back"),
        Fate.STOPPED: _("stopped now"),
        Fate.REFUSED: _("was refused"),
        Fate.GAVE_UP: _("gave up"),
        Fate.LEFT: _("left otherwise"),
    }


def name_of(version: object) -> str:
    """Name a version as people speak of it."""
    number, names = version.number, version.names  # type: ignore[attr-defined]
    return pick(names) or _("Version %(number)s") % {"number": number}
