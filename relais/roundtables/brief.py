"""The two-page brief of a draft: what it changes, for whom, and what people say, printed for the table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from relais.kernel import papers
from relais.kernel.text import apart, day_in_words, pick
from relais.procedures.models import ProcedureVersion
from relais.roundtables.best import BestChanges, Wish
from relais.roundtables.brief_groups import and_more, in_room
from relais.roundtables.burdens import Burdens
from relais.roundtables.forecast import Forecast, Shown
from relais.roundtables.replays import DraftReplay
from relais.roundtables.verdicts import count

DOCUMENT = Path(__file__).parent / "documents" / "brief.typ"
ROOMS = (20, 12, 8, 6, 5, 4, 3, 2, 1, 0)
"""Changes, requirements and groups of a grouping printed: the first that leaves a page one page is taken."""

VOICES = 3
"""Questions to people and comments of partners printed."""

LETTERS = 220
"""How much of a question or of a comment."""


@dataclass(frozen=True)
class Brief:
    """What a brief says; everything in it is on the page of the draft as well."""

    title: str
    facts: list[tuple[str, str]]
    changes: list[str]
    forecast: Forecast
    as_of: date
    figures: dict[str, Any]
    burden: list[tuple[str, str, str]]
    best: list[str]
    voices: list[str]

    def pdf(self) -> bytes:
        """Draw it on two pages of A4."""
        return papers.draw(DOCUMENT, self.told())

    def told(self) -> dict[str, Any]:
        """Give every word and figure to the page."""
        return {
            "language": get_language() or "en",
            "rtl": get_language_bidi(),
            "title": apart(Truncator(self.title).chars(LETTERS)),
            "facts": [_("%(label)s: %(value)s") % {"label": label, "value": value} for label, value in self.facts],
            "heads": _heads(),
            "figures": [
                [_("Let through"), _figure(self.figures["unlocked"], self.figures), self.figures["unlocked_range"]],
                [
                    _("Newly shut out"),
                    _figure(self.figures["newly_blocked"], self.figures),
                    self.figures["newly_blocked_range"],
                ],
            ],
            "standings": self._standings(),
            "first": [self._first(room) for room in ROOMS],
            "second": [in_room(self.figures["groups"], room, harm=self.figures["harm"]) for room in ROOMS],
            "burden": self.burden,
            "best": self.best,
            "voices": self.voices,
            "limits": _limits(self.forecast, self.as_of),
        }

    def _standings(self) -> list[list[Any]]:
        names = {"passes": _("can pass"), "blocked": _("are stopped"), "open": _("not known yet")}
        rows = [(name, self.forecast.before[key], self.forecast.after[key]) for key, name in names.items()]
        return _bars(rows, self.forecast.people)

    def _first(self, room: int) -> dict[str, list[Any]]:
        """Give the changes and the requirements there is room for, and how many more there are."""
        rows = [
            (apart(pick(row.names) or row.key), row.before if row.in_before else 0, row.after if row.in_after else 0)
            for row in self.forecast.requirements
            if row.before or row.after
        ]
        most = max((max(was or 0, now or 0) for _name, was, now in rows), default=1)
        return {
            "changes": [*self.changes[:room], *and_more(len(self.changes) - room)],
            "stops": _bars(rows[:room], most),
            "left": and_more(len(rows) - room),
        }


def _bars(rows: Iterable[tuple[str, Shown, Shown]], most: int) -> list[list[Any]]:
    """Give each row its two figures, and how long to draw them (shares of the longest)."""
    longest = max(most, 1)
    return [[name, count(was), count(now), (was or 0) / longest, (now or 0) / longest] for name, was, now in rows]


def _figure(value: Shown, figures: dict[str, Any]) -> str:
    return str(figures["few"]) if value is None else count(value)


def _heads() -> dict[str, str]:
    return {
        "changes": _("What changes in the rule"),
        "people": _("What it does for people on their way"),
        "stops": _("Whom each requirement stops"),
        "groups": _("Who gains, who loses"),
        "burden": _("What it asks of people"),
        "best": _("What would let more people through"),
        "voices": _("What people say"),
        "limits": _("What these figures can and cannot say"),
        "today": _("Today"),
        "draft": _("With the draft"),
        "group": _("Group"),
        "count": _("People"),
        "stopped": _("Stopped today"),
        "unlocked": _("Let through"),
        "shut": _("Newly shut out"),
    }


def _limits(forecast: Forecast, as_of: date) -> list[str]:
    return [
        _(
            "Figures as of %(day)s, rounded down to a multiple of %(least)s. "
            "They move when the situations of at least %(least)s people have changed."
        )
        % {"day": day_in_words(as_of), "least": forecast.threshold},
        _("Counted on the people with an open case, at least %(people)s, person by person; nothing is estimated.")
        % {"people": count(forecast.people)},
        _("Those who never came are not in it, nor those who would come once it is easier."),
        _("Where a proof is not known yet, the figure is a range: the truth lies within."),
        _("Counts under %(least)s are hidden, and others with them from which they could be worked out.")
        % {"least": forecast.threshold},
    ]


def brief_of(version: ProcedureVersion, replay: DraftReplay, figures: dict[str, Any], changes: list[str]) -> Brief:
    """Gather what a table reads before it decides on a draft."""
    procedure = version.procedure
    return Brief(
        title=pick(version.names) or str(version),
        facts=[
            (_("Procedure"), pick(procedure.names)),
            (_("Authority"), str(procedure.service.authority)),
            (_("Printed on"), day_in_words(replay.today)),
        ],
        changes=changes or [_("Nothing: it asks what is asked today.")],
        forecast=replay.forecast,
        as_of=replay.as_of,
        figures=figures,
        burden=list(Burdens(replay).told()) if replay.forecast.anyone else [],
        best=_best(replay),
        voices=[*_asked(version), *_commented(version)],
    )


def _best(replay: DraftReplay) -> list[str]:
    """Name the best three further changes, and what they would do."""
    found = BestChanges(replay, Wish())
    if not found.proposed or not found.best.actions:
        return []
    said = [found.words(each) for each in found.best.actions]
    return [*said, _("Together these would let through: %(people)s.") % {"people": found.at_least(found.best.unlocked)}]


def _asked(version: ProcedureVersion) -> list[str]:
    """Say what the people concerned answered, question by question, as much as there is room for."""
    said = []
    asked = list(version.consultations.with_people())
    for consultation in asked[:VOICES]:
        told = {"question": _quoted(consultation.question), "people": count(consultation.people)}
        said.append(
            ngettext(
                "%(question)s %(people)s person answered.",
                "%(question)s %(people)s people answered.",
                consultation.people,
            )
            % told
        )
    return [*said, *and_more(len(asked) - VOICES)] or [_("Nobody has been asked about this draft.")]


def _commented(version: ProcedureVersion) -> list[str]:
    """Give what each partner wrote, the newest first, as much as there is room for."""
    comments = list(version.comments.select_related("organisation").order_by("-written_at"))
    said = [
        _("%(organisation)s: “%(comment)s”") % {"organisation": each.organisation, "comment": _quoted(each.text)}
        for each in comments[:VOICES]
    ]
    return [*said, *and_more(len(comments) - VOICES)]


def _quoted(words: str) -> str:
    return apart(Truncator(" ".join(words.split())).chars(LETTERS))
