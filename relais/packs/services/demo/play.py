"""Plays the demonstration of a pack: two years, month after month, up to this morning."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from django.db import transaction
from django.utils.translation import gettext as _

from relais.cases import index
from relais.cases.assessing import assess_cases, digits_of
from relais.cases.models import Case, News
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.periods import months
from relais.kernel.refusals import Refusal
from relais.missions.models import Course
from relais.packs.reader import Pack
from relais.packs.services.demo.cast import put_on_stage, train
from relais.packs.services.demo.lives import Draws, Life
from relais.packs.services.demo.present import SignIn, set_the_present
from relais.packs.services.demo.scenes import Scenes
from relais.packs.services.demo.writing import Writer
from relais.procedures.models import Procedure
from relais.procedures.rows import terms_of
from relais.programmes.models import Programme
from relais.roundtables.models import Notice

Progress = Callable[[str], None]
TABLE_TALK = "The month was reviewed. Each barrier on the agenda was read aloud in the words of those who told it."
AT_A_TIME, FEWEST = 500, 100


@dataclass(frozen=True)
class Played:
    """What a newcomer needs to look around: who signs in, and one person's code and PIN."""

    password: str
    personas: dict[str, str]
    person: SignIn


@transaction.atomic
def play_demo(
    *, pack: Pack, programme: Programme, people: int | None = None, progress: Progress = lambda _: None
) -> Played:
    """Make the whole history of an installed pack, or none of it; with more or fewer people if asked."""
    plan = tomllib.loads((pack.folder / "demo.toml").read_text(encoding="utf-8"))
    plan["demo"]["people"] = people or plan["demo"]["people"]
    if plan["demo"]["people"] < FEWEST:
        raise Refusal(
            _("A history of so few people has empty pages."),
            next=_("Ask for at least %(count)s.") % {"count": FEWEST},
        )
    draw = Random(plan["demo"]["seed"])  # noqa: S311 - invented people, no secret
    today = clock.today(programme.time_zone)
    months_played = months(_months_before(today, plan["demo"]["months"]), today + timedelta(days=1))
    start, change_month = months_played[0].start, months_played[plan["demo"]["adopted_in_month"]].start
    progress("who signs in")
    cast = put_on_stage(plan, start, draw)
    procedure = Procedure.objects.get(programme=programme, key=pack.procedures[0].key)
    first, second = procedure.versions.with_everything().order_by("number")[:2]
    old_course, new_course = (Course.objects.filter(version=version).first() for version in (first, second))
    if old_course:
        for year in (0, 364):
            train(cast, old_course, _noon(start + timedelta(days=year)), draw, all_of_them=True)
    scenes = Scenes(plan, programme, procedure, cast)
    draws = Draws(plan, terms_of(first), terms_of(second), change_month + timedelta(days=15), today)
    lives: list[Life] = list(draws.lives(start))
    writer = Writer(plan, programme, procedure, cast, draw)
    for number, month in enumerate(months_played):
        progress(f"{month.start:%B %Y}")
        with clock.at(_noon(month.start)):
            meeting = scenes.meeting_of(month.start)
        middle = min(meeting.starts_at.date() if meeting else month.end, today)
        writer.advance(lives, month.start, middle)
        if meeting and meeting.starts_at < clock.now():
            with clock.at(meeting.starts_at):
                if month.start == change_month:
                    _place_open_cases(procedure, today=middle)
                    scenes.adopt(meeting, second)
                    if new_course:
                        train(cast, new_course, meeting.starts_at, draw, all_of_them=False)
                else:
                    scenes.hold(meeting, TABLE_TALK)
        writer.advance(lives, middle, min(month.end, today))
        if number == plan["demo"]["adopted_in_month"] - 3:
            with clock.at(_noon(month.last_day)):
                scenes.share(second)
                scenes.consult(second, timedelta(days=45))
    progress("today")
    scenes.hear_voices(_noon(today - timedelta(days=80)))
    with clock.at(_noon(today - timedelta(days=9))):
        scenes.rank_needs()
        scenes.draft_next()
    _place_open_cases(procedure, today=today)
    News.objects.filter(at__lt=_noon(today - timedelta(days=20))).update(seen_at=_noon(today - timedelta(days=15)))
    Notice.objects.filter(told_at__lt=_noon(today - timedelta(days=20))).update(
        seen_at=_noon(today - timedelta(days=15))
    )
    person = set_the_present(plan, programme, cast, scenes)
    journal.write("demo.played", programme, by=None, people=plan["demo"]["people"])
    shown = {row["role"]: row["username"] for row in reversed(plan["personas"])}
    return Played(password=plan["demo"]["password"], personas=shown, person=person)


def _place_open_cases(procedure: Procedure, *, today: date) -> None:
    """Put on each open case where it stands, as the services do after each change; a replay reads them anew."""
    cases = list(Case.objects.open().select_related("person__territory", "version__procedure"))
    for at in range(0, len(cases), AT_A_TIME):
        some = cases[at : at + AT_A_TIME]
        found, known = assess_cases(some, today), digits_of(case.pk for case in some)
        for case in some:
            case.standing, case.known = found[case.pk].standing.value, known[case.pk]
        Case.objects.bulk_update(some, ["standing", "known"], batch_size=200)
    index.drop(procedure)  # it follows the journal, where the proofs of a demonstration are not written one by one


def _months_before(day: date, count: int) -> date:
    index = day.year * 12 + day.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(6), tzinfo=UTC)
