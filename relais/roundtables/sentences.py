"""Agenda items and notices as sentences in the reader's language, with their figures and what they are compared to."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relais.barriers.models import Barrier
from relais.barriers.wording import coded_words
from relais.cases.models import Dossier
from relais.kernel.text import moment_in_words, pick
from relais.procedures.models import ProcedureVersion
from relais.roundtables.models import AgendaItem, Notice
from relais.roundtables.sources import words_of_source

Reason, Kind = AgendaItem.Reason, Notice.Kind


def _n(value: Any) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)


def title_of(item: AgendaItem) -> str:
    """Give what an agenda item is called, in the reader's language where it is about something that has a name."""
    if said := words_of_source(item):
        return said[0]
    if item.version:
        return _("Draft %(number)s: %(name)s") % {
            "number": item.version.number,
            "name": pick(item.version.names) or pick(item.version.procedure.names),
        }
    if item.requirement:
        return _("What the procedure asks: %(requirement)s") % {"requirement": pick(item.requirement.names)}
    if item.consultation:
        return item.consultation.question
    if item.commitment:
        return item.commitment.what
    if item.barrier and item.barrier.coded:
        return item.barrier.words
    return item.title or (
        _("Dossiers that came back") if item.reason == Reason.RETURNS else str(item.get_reason_display())
    )


def why(item: AgendaItem) -> str:
    """Say why something is on the agenda, in one sentence with its figure."""
    if said := words_of_source(item):
        return said[1]
    match item.reason:
        case Reason.MOST_STOPPED | Reason.RISING:
            return _why_heard(item)
        case Reason.DRAFT:
            return _why_draft(item)
        case Reason.CONSULTED:
            return _why_consulted(item)
        case Reason.RETURNS:
            return _why_returns(item)
        case Reason.OVERDUE:
            return ngettext(
                "Promised, and %(days)s day late.", "Promised, and %(days)s days late.", item.figure or 0
            ) % {"days": _n(item.figure)}
        case _:
            return str(item.get_reason_display())


def _why_heard(item: AgendaItem) -> str:
    figures = {"people": _n(item.figure), "before": _n(item.compared_to or 0)}
    if item.reason == Reason.RISING:
        return (
            ngettext(
                "It stopped %(people)s person in the last 30 days, %(before)s in the 30 days before: it rises.",
                "It stopped %(people)s people in the last 30 days, %(before)s in the 30 days before: it rises.",
                item.figure or 0,
            )
            % figures
        )
    return (
        ngettext(
            "It stopped %(people)s person in the last twelve months, %(before)s in the twelve months before.",
            "It stopped %(people)s people in the last twelve months, %(before)s in the twelve months before.",
            item.figure or 0,
        )
        % figures
    )


def _why_draft(item: AgendaItem) -> str:
    said = {
        "people": _n(item.detail.get("people", 0)),
        "unlocked": _some(item.figure, some=item.detail.get("unlocked_some", False)),
        "blocked": _some(item.compared_to, some=item.detail.get("harm", False)),
    }
    return _("Replayed on %(people)s people: it would let through %(unlocked)s, and newly shut out %(blocked)s.") % said


def _some(figure: int | None, *, some: bool) -> str:
    """Say a figure that may be hidden; nobody and a few are not the same."""
    if figure is None:
        return _("some (hidden)")
    if figure == 0 and some:
        return _("nobody for certain, perhaps some")
    return _n(figure) if figure else _("nobody")


def _why_consulted(item: AgendaItem) -> str:
    said = {name: _n(item.detail.get(name, 0)) for name in ("for", "worried", "against")}
    return ngettext(
        "%(people)s person answered: it would help %(for)s, worries %(worried)s, would not help %(against)s.",
        "%(people)s people answered: it would help %(for)s, worries %(worried)s, would not help %(against)s.",
        item.figure or 0,
    ) % (said | {"people": _n(item.figure or 0)})


def _why_returns(item: AgendaItem) -> str:
    if item.figure is None or item.compared_to is None:
        return _(
            "Dossiers came back in the last 30 days; how many is hidden, because these or those before are so few."
        )
    shown = {reason: count for reason, count in item.detail.get("reasons", {}).items() if count}
    said = {"count": _n(item.figure), "before": _n(item.compared_to or 0)}
    if not shown:
        return (
            ngettext(
                "%(count)s dossier came back in the last 30 days, %(before)s in the 30 days before.",
                "%(count)s dossiers came back in the last 30 days, %(before)s in the 30 days before.",
                item.figure or 0,
            )
            % said
        )
    most = max(shown, key=lambda reason: shown[reason])
    said["reason"] = str(dict(Dossier.ReturnReason.choices).get(most, most))
    return (
        ngettext(
            "%(count)s dossier came back in the last 30 days, %(before)s in the 30 days before; mostly: %(reason)s.",
            "%(count)s dossiers came back in the last 30 days, %(before)s in the 30 days before; mostly: %(reason)s.",
            item.figure or 0,
        )
        % said
    )


def notice_words(notice: Notice) -> str:
    """Say a notice in one sentence."""
    detail = notice.detail
    said = {
        "meeting": pick(detail.get("meeting")),
        "when": _when(detail),
        "what": detail.get("what", ""),
        "days": _n(detail.get("days", 0)),
        "name": pick(detail.get("name")) or _heard(detail),
        "reason": detail.get("reason", ""),
        "by": pick(detail.get("by")),
        "state": str(dict(Barrier.State.choices).get(detail.get("state"), "")),
        "people": _n(detail.get("people", 0)),
        "open_cases": str(dict(ProcedureVersion.OpenCases.choices).get(detail.get("open_cases"), "")),
        "better": _n(detail.get("better", 0)),
        "worse": _n(detail.get("worse", 0)),
    }
    return _notices()[Kind(notice.kind)] % said


def _heard(detail: dict[str, Any]) -> str:
    return coded_words(detail["coded"]) if detail.get("coded") else str(detail.get("headline", ""))


def _when(detail: dict[str, Any]) -> str:
    if not detail.get("starts_at"):
        return ""
    local = datetime.fromisoformat(detail["starts_at"]).astimezone(ZoneInfo(detail.get("time_zone", "UTC")))
    return moment_in_words(local)


def _notices() -> dict[Notice.Kind, str]:
    return {
        Kind.IN_FORCE: _(
            "“%(name)s” is in force. Of the people you accompany, it lets %(better)s go on and newly stops %(worse)s."
        ),
        Kind.RETIRED: _("“%(name)s” was retired. %(reason)s Your people on their way (%(people)s) %(open_cases)s."),
        Kind.COMMENTED: _("%(by)s commented on your draft “%(name)s”."),
        Kind.ANSWERED: _("%(by)s answered your comment on the draft “%(name)s”."),
        Kind.BARRIER_ANSWERED: _("What you reported, “%(name)s”, was answered: %(state)s."),
        Kind.INVITED: _("You are invited: %(meeting)s, %(when)s."),
        Kind.MOVED: _("Moved: %(meeting)s is now on %(when)s."),
        Kind.CANCELLED: _("Cancelled: %(meeting)s, %(when)s. %(reason)s"),
        Kind.SERIES_CHANGED: _("Changed: %(meeting)s. The next one is on %(when)s. %(reason)s"),
        Kind.OFF_RHYTHM: _(
            "%(meeting)s stays on %(when)s, because someone prepared it; its series now meets otherwise. Move it or cancel it."
        ),
        Kind.SERIES_ENDED: _("No longer held: %(meeting)s. %(reason)s"),
        Kind.MEETING_SOON: _("Tomorrow: %(meeting)s, %(when)s."),
        Kind.COMMITMENT_DUE: _("Due soon: %(what)s."),
        Kind.COMMITMENT_LATE: _("Late by %(days)s days: %(what)s."),
        Kind.RESULT_OWED: _("People answered “%(what)s” and have not heard what became of it."),
        Kind.MINUTES_OWED: _("%(meeting)s took place on %(when)s and has no minutes yet."),
        Kind.ADOPTION_OWED: _("“%(name)s” was adopted and is not in force yet."),
    }
