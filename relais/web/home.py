"""The first page of who signed in: what waits for them, what is late, what changed, and what comes next."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relais.access.lock import may, roles_of
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.barriers.counting import heard_by
from relais.barriers.models import Barrier
from relais.cases.assessing import assess_cases, versions_of
from relais.cases.models import Appointment, Case, Dossier, News
from relais.kernel import charts, clock
from relais.kernel.paging import first_of
from relais.kernel.text import pick
from relais.organisations.models import Membership
from relais.people.models import Person
from relais.people.services.identities import reveal_many
from relais.procedures.assess import Assessment
from relais.procedures.describe import burden_words, list_words
from relais.procedures.terms import Version
from relais.programmes.models import Programme
from relais.roundtables.models import Commitment, Meeting, Notice
from relais.roundtables.sentences import notice_words
from relais.web.navigation import address
from relais.web.queues import waiting

BESIDE_PEOPLE = {Role.COMPANION, Role.RELAY}
MONTH = timedelta(days=30)
QUARTER = 90
FEW, SHORT = 4, 8  # what one takes in without scrolling a phone twice


def is_beside_people(user: User) -> bool:
    """Say whether someone's day is walking beside people, with a phone."""
    roles = {role for role, _organisation in roles_of(user)}
    return bool(roles) and roles <= BESIDE_PEOPLE


def programme_of(user: User) -> Programme | None:
    """Give the programme someone works in; the first where there are several."""
    return Programme.objects.reachable_by(user, Verb.PROGRAMME_READ).first()


def desk(user: User) -> dict[str, Any]:
    """Give the desk of a coordinator, an authority, an evidence officer or an administrator."""
    programme = programme_of(user)
    today = clock.today(programme.time_zone if programme else "UTC")
    late, work = waiting(user, today)
    return {
        "today": today,
        "role": _role(user, today),
        "late": late,
        "waiting": work,
        "figures": _figures(user, today),
        "chart": _heard(user, today),
        "meeting": _next_meeting(user),
        "all_news": address("roundtables:notices"),
        "commitments": list(
            Commitment.objects.reachable_by(user, Verb.COMMITMENT_FULFIL).pending().order_by("due_on")[:4]
        ),
        "changed": changed(user),
    }


def today(user: User) -> dict[str, Any]:
    """Give the day of who walks beside people: where to be, whom to see, what to do next."""
    programme = programme_of(user)
    zone = programme.time_zone if programme else "UTC"
    day = clock.today(zone)
    cases = list(first_of(Case.objects.reachable_by(user, Verb.CASE_WORK).for_lists().to_go_on_with(), SHORT))
    appointments = list(_appointments(user, day, zone))
    late, work = waiting(user, day)
    names = _names(user, [case.person for case in cases] + [one.case.person for one in appointments])
    return {
        "today": day,
        "appointments": [_appointment_line(one, names, ZoneInfo(zone)) for one in appointments],
        "people": _people_lines(cases, names, day),
        "all_people": address("cases:list"),
        "all_news": address("roundtables:notices"),
        "late": late,
        "waiting": work,
        "changed": changed(user),
    }


def changed(user: User) -> list[dict[str, Any]]:
    """Give the newest lines about what happened to someone's cases and to what they reported."""
    news = News.objects.filter(to=user).unread().select_related("case__person")[:SHORT]
    notices = Notice.objects.filter(user=user).unseen()[:SHORT]
    lines = [
        {
            "on": each.at,
            "what": each.get_kind_display(),
            "note": each.case.person.code,
            "href": address("cases:detail", each.case_id),
        }
        for each in news
    ]
    lines += [{"on": each.told_at, "what": notice_words(each), "href": each.link} for each in notices]
    return sorted(lines, key=lambda line: line["on"], reverse=True)[:FEW]


def _role(user: User, today: date) -> str:
    held = Membership.objects.filter(user=user).current(today).select_related("organisation").first()
    return f"{held.get_role_display()} · {held.organisation}" if held else ""


def _appointments(user: User, day: date, zone: str) -> Iterable[Appointment]:
    start = datetime.combine(day, datetime.min.time(), ZoneInfo(zone))
    mine = Q(accompanied_by=user) | Q(case__companion=user)
    cases = Case.objects.reachable_by(user, Verb.CASE_WORK).values("pk")
    return (
        Appointment.objects.planned()
        .filter(mine, case__in=cases, at__gte=start, at__lt=start + timedelta(days=1))
        .select_related("case__person", "step", "office")
    )


def _names(user: User, people: list[Person]) -> dict[Any, str]:
    """Open the names of those on this page, in one line of the journal."""
    if not people:
        return {}
    return {pk: facts.called for pk, facts in reveal_many(people=people, by=user, why="today").items()}


def _appointment_line(one: Appointment, names: dict[Any, str], zone: ZoneInfo) -> dict[str, Any]:
    where = [str(part) for part in (one.step, one.office) if part]
    return {
        "at": f"{one.at.astimezone(zone):%H:%M}",
        "who": names.get(one.case.person_id, one.case.person.code),
        "what": " · ".join(where),
        "href": address("cases:detail", one.case_id),
    }


def _people_lines(cases: list[Case], names: dict[Any, str], day: date) -> list[dict[str, Any]]:
    versions = versions_of(case.version_id for case in cases)
    assessed = assess_cases(cases, day, versions)
    back = set(Case.objects.filter(pk__in=[case.pk for case in cases]).came_back().values_list("pk", flat=True))
    return [
        {
            "who": names.get(case.person_id, case.person.code),
            "href": address("cases:detail", case.pk),
            "next": _next_step(assessed[case.pk], versions[case.version_id]),
            "standing": assessed[case.pk].standing.value,
            "came_back": case.pk in back,
        }
        for case in cases
    ]


def _next_step(assessment: Assessment, version: Version) -> str:
    if assessment.blocked_by:
        return _("Blocked: tell what stops them, so that the table hears it.")
    action = assessment.next
    if action is None:
        return _("Complete: ready to hand over.")
    papers = list_words(action.get, version) if action.get else pick(action.requirement.names)
    return f"{papers} · {burden_words(action.burden, version.currency)}"


def _next_meeting(user: User) -> dict[str, Any] | None:
    meeting = Meeting.objects.reachable_by(user, Verb.TABLE_READ).upcoming(clock.now()).first()
    if meeting is None:
        return None
    return {
        "at": meeting.starts_at.astimezone(ZoneInfo(meeting.time_zone)),
        "title": str(meeting),
        "href": address("roundtables:detail", meeting.pk),
        "place": meeting.place,
    }


def _figures(user: User, today: date) -> list[dict[str, Any]]:
    """Count what happened in the last thirty days, beside the thirty before."""
    found = []
    if may(user, Verb.CASE_OPEN):
        cases = Case.objects.reachable_by(user, Verb.CASE_READ)
        found.append(_figure(_("cases opened"), cases, "opened_on", today))
        found.append(_figure(_("got what they came for"), cases.filter(outcome="granted"), "closed_on", today))
    if may(user, Verb.DOSSIER_READ):
        dossiers = Dossier.objects.reachable_by(user, Verb.DOSSIER_READ)
        found.append(_figure(_("dossiers accepted"), dossiers.filter(state="accepted"), "decided_on", today))
        found.append(_figure(_("dossiers returned"), dossiers.filter(state="returned"), "decided_on", today))
    return found


def _figure(name: str, rows: Any, field: str, today: date) -> dict[str, Any]:
    this, last = {f"{field}__gt": today - MONTH}, {f"{field}__gt": today - 2 * MONTH, f"{field}__lte": today - MONTH}
    found = rows.filter(**{f"{field}__gt": today - 2 * MONTH}).aggregate(
        now=Count("pk", filter=Q(**this)), before=Count("pk", filter=Q(**last))
    )
    now, before = found["now"], found["before"]
    return {"name": name, "value": now, "than": than(now, before)}


def than(now: int, before: int) -> str:
    """Compare a figure with the one before it, in words.

    >>> than(12, 10)
    '2 more than the month before'
    """
    if now == before:
        return _("as many as the month before")
    apart = abs(now - before)
    if now > before:
        return ngettext("%(count)s more than the month before", "%(count)s more than the month before", apart) % {
            "count": apart
        }
    return ngettext("%(count)s fewer than the month before", "%(count)s fewer than the month before", apart) % {
        "count": apart
    }


def _heard(user: User, today: date) -> dict[str, Any] | None:
    """Draw what stopped most people in the last three months, beside the three before."""
    if not may(user, Verb.CASELOAD_REPLAY):
        return None
    reached = Barrier.objects.reachable_by(user, Verb.BARRIER_READ)
    heard = heard_by(user, reached, "headline", QUARTER, today)[0][:6]
    if not heard:
        return None
    return charts.bars(
        _("What stopped most people"),
        [each.label for each in heard],
        [
            charts.Series(_("three months before"), [each.before for each in heard], "chart-before"),
            charts.Series(_("last three months"), [each.people for each in heard]),
        ],
        first=_("Barrier"),
        hidden=_("hidden"),
        source=_("%(reports)s reports of volunteers. People are counted as reported, and may be counted twice.")
        % {"reports": sum(each.reports or 0 for each in heard)},
    )
