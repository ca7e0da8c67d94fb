"""A forecast as what a page shows: figures beside what they are compared to, charts with their tables, groups with their names."""

from collections.abc import Mapping
from datetime import date

from babel import Locale
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relais.cases.groupings import AGE_BANDS
from relais.kernel import charts
from relais.kernel.text import pick
from relais.people.models import Person
from relais.places.models import Territory
from relais.procedures.compare import Direction
from relais.procedures.describe import Attributes, change_words
from relais.procedures.models import Procedure
from relais.roundtables.forecast import Forecast, GroupRow, Range
from relais.roundtables.replays import DraftReplay
from relais.roundtables.views.groups import drafted, unharmed


def figures(forecast: Forecast, procedure: Procedure, as_of: date | None = None) -> dict[str, object]:
    """Give the page of a draft, or of the decision that adopted it, its figures, and the day they are of."""
    hidden = _("hidden")
    groups = _groups(forecast, procedure)
    return {
        "as_of": as_of,
        "anyone": forecast.anyone,
        "unlocked": forecast.unlocked.least,
        "few": _("some, hidden"),
        "unlocked_range": between(forecast.unlocked),
        "newly_blocked": forecast.newly_blocked.least,
        "newly_blocked_range": between(forecast.newly_blocked),
        "harm": forecast.newly_blocked.some,
        "standings": _standings(forecast, hidden),
        "stops": _stops(forecast, hidden),
        "funnel": _funnel(forecast, hidden),
        "groups": groups,
        "group_charts": [drafted(name, rows) for name, rows in groups],
        "unharmed": unharmed(groups),
        "source": _source(forecast),
        "hides": forecast.hides,
        "threshold": forecast.threshold,
    }


def changes_of(replay: DraftReplay, attributes: Attributes) -> list[tuple[bool, bool, str]]:
    """Say each change of the rule in plain words, with whether it asks less or more of people."""
    after, before = replay.terms
    words = [(change.direction, change_words(change, before, after, attributes)) for change in replay.changes]
    return [(way == Direction.EASIER, way == Direction.HARDER, said) for way, said in words]


def between(reach: Range) -> str:
    """Say how far it may go once everything is known."""
    if reach.least is None:
        return _("The exact number is hidden, because so few people could be recognised.")
    if not reach.some:
        return _("Nobody, whatever turns out of what is not yet known.")
    if reach.most is None or reach.most == reach.least:
        return _("For certain.") if reach.most == reach.least else _("More may follow, once everything is known.")
    most = number_format(reach.most, use_l10n=True, force_grouping=True)
    return _("For certain; up to %(most)s, depending on what is not yet known.") % {"most": most}


def _standings(forecast: Forecast, hidden: str) -> dict[str, object]:
    names = {"passes": _("can pass"), "blocked": _("are stopped"), "open": _("not known yet")}
    return charts.bars(
        _("Where people stand, today and with the draft"),
        list(names.values()),
        [
            charts.Series(_("Today"), [forecast.before[each] for each in names], "chart-before"),
            charts.Series(_("With the draft"), [forecast.after[each] for each in names]),
        ],
        first=_("People who"),
        hidden=hidden,
        source=_source(forecast),
    )


def _stops(forecast: Forecast, hidden: str) -> dict[str, object] | None:
    rows = [row for row in forecast.requirements if row.before or row.after]
    if not rows:
        return None
    return charts.bars(
        _("Whom each requirement stops"),
        [pick(row.names) or row.key for row in rows],
        [
            charts.Series(_("Today"), [row.before if row.in_before else 0 for row in rows], "chart-before"),
            charts.Series(_("With the draft"), [row.after if row.in_after else 0 for row in rows]),
        ],
        first=_("Requirement"),
        hidden=hidden,
        source=_(
            "Only what stops enough people to be shown; someone may be stopped by several, so these do not add up. %(source)s"
        )
        % {"source": _source(forecast)},
    )


def _funnel(forecast: Forecast, hidden: str) -> dict[str, object] | None:
    if len(forecast.steps) < 2:
        return None
    return charts.bars(
        _("Where people are stopped first"),
        [pick(row.names) or row.key for row in forecast.steps],
        [
            charts.Series(_("Today"), [row.before if row.in_before else 0 for row in forecast.steps], "chart-before"),
            charts.Series(_("With the draft"), [row.after if row.in_after else 0 for row in forecast.steps]),
        ],
        first=_("Step"),
        hidden=hidden,
        source=_source(forecast),
    )


def _groups(forecast: Forecast, procedure: Procedure) -> list[tuple[str, list[tuple[str, GroupRow]]]]:
    """Give the groupings that say something: each with its values in words."""
    return [
        (name, [(label_of(row.value, labels), row) for row in rows])
        for key, name in group_names().items()
        if len(rows := forecast.groups.get(key, [])) > 1 and _says_something(rows)
        for labels in [labels_of(key, procedure)]
    ]


def _says_something(rows: list[GroupRow]) -> bool:
    """Say whether a table has more to tell than what it hides."""
    return any(row.blocked or row.unlocked or row.newly_blocked for row in rows)


def _source(forecast: Forecast) -> str:
    said = {"people": number_format(forecast.people, use_l10n=True, force_grouping=True), "least": forecast.threshold}
    if not forecast.people:
        return _("Replayed on fewer than %(least)s people with an open case. Counts under %(least)s are hidden.") % said
    return _("Replayed on at least %(people)s people with an open case. Counts under %(least)s are hidden.") % said


def group_names() -> dict[str, str]:
    """Name the groupings, in the order they are shown."""
    return {
        "sex": _("By sex"),
        "age_band": _("By age"),
        "status": _("By status"),
        "territory": _("By territory"),
        "disability": _("By difficulty"),
        "language": _("By language"),
    }


def group_choices(forecast: Forecast, procedure: Procedure) -> list[tuple[str, str]]:
    """Give every group large enough to be spoken of, as `sex:female` and its words."""
    found = []
    for key, name in group_names().items():
        labels = labels_of(key, procedure)
        rows = [row for row in forecast.groups.get(key, []) if row.people and row.value]
        found += [
            (f"{key}:{row.value}", _("%(label)s: %(value)s") % {"label": name, "value": label_of(row.value, labels)})
            for row in rows
        ]
    return found


def label_of(value: str, labels: Mapping[str, str]) -> str:
    """Give the words of a value; people of whom it is not known are named last, never left out."""
    return str(labels.get(value) or value or _("not known"))


def labels_of(grouping: str, procedure: Procedure) -> dict[str, str]:
    """Give the words for the values of a grouping."""
    match grouping:
        case "sex":
            return dict(Person.Sex.choices)
        case "disability":
            return dict(Person.Disability.choices)
        case "territory":
            regions = Territory.objects.filter(parent=procedure.programme.country_id)
            return {each.code.lower(): pick(each.names) for each in regions}
        case "status":
            values = procedure.attributes.get("status", {}).get("values", {})
            return {value: pick(names) for value, names in values.items()}
        case "age_band":
            return {band: _("%(band)s years") % {"band": band} for band in AGE_BANDS}
        case _:
            return dict(Locale.parse(get_language() or "en", sep="-").languages)
