"""Puts in place what a pack brings to each stage: offices, meetings, courses, needs to rank."""

from relais.barriers.models import NeedsAssessment
from relais.directory.models import Office
from relais.missions.models import Course
from relais.packs.reader import Pack
from relais.packs.services.partners import Installed
from relais.roundtables.models import Series
from relais.roundtables.services import Written, upgrade_series


def put_offices(installed: Installed, pack: Pack) -> None:
    """Create the offices or bring them up to date; what someone confirmed since stays the newer."""
    for row in pack.rows("offices"):
        facts = {key: row[key] for key in ("names", "address", "hours", "asks_for")}
        facts |= {key: row[key] for key in ("safety", "step_free", "phone") if key in row}
        office, new = Office.objects.get_or_create(
            programme=installed.programme,
            key=row["key"],
            defaults=facts
            | {
                "organisation": installed.organisations[row["organisation"]],
                "territory": installed.territories[row["territory"]],
                "confirmed_on": row.get("confirmed_on"),
            },
        )
        newer = row.get("confirmed_on") and (not office.confirmed_on or row["confirmed_on"] > office.confirmed_on)
        if newer and not new:
            Office.objects.filter(pk=office.pk).update(**facts, confirmed_on=row["confirmed_on"])


def put_series(installed: Installed, pack: Pack) -> None:
    """Create the rhythms of meetings or bring them up to date, and plan their tables; what was changed here stays."""
    changed_here = set(installed.programme.series.filter(changed_at__isnull=False).values_list("key", flat=True))
    for row in pack.rows("series"):
        if row["key"] in changed_here:
            continue
        written: Written = {
            "organisation": installed.organisations[row["organisation"]],
            "territory": installed.territories.get(row.get("territory", "")),
            "names": row["names"],
            "place": row["place"],
            "rrule": row["rrule"],
            "starts_on": row["starts_on"],
            "starts_at_time": row["starts_at"],
            "minutes": row["minutes"],
            "time_zone": row["time_zone"],
            "holiday_rule": row["holiday_rule"],
        }
        found = {"programme": installed.programme, "key": row["key"]}
        series, _new = Series.objects.get_or_create(**found, defaults=written)
        upgrade_series(series=series, **written)


def put_courses(installed: Installed, pack: Pack) -> None:
    """Create the courses and their questions or bring them up to date."""
    for row in pack.rows("courses"):
        procedure = installed.procedures.get(row.get("procedure", ""))
        course, _new = Course.objects.update_or_create(
            programme=installed.programme,
            key=row["key"],
            defaults={
                "version": procedure.versions.get(number=row["version"]) if procedure else None,
                "names": row["names"],
                "lesson": row["lesson"],
                "minutes": row["minutes"],
                "pass_mark": row["pass_mark"],
                "days_valid": row.get("days_valid"),
            },
        )
        for position, question in enumerate(row["questions"], start=1):
            course.questions.update_or_create(position=position, defaults=question)
        course.questions.filter(position__gt=len(row["questions"])).delete()


def put_needs(installed: Installed, pack: Pack) -> None:
    """Create the needs assessments and their criteria; weights the table agreed since are left alone."""
    for row in pack.rows("assessments"):
        assessment, _new = NeedsAssessment.objects.update_or_create(
            programme=installed.programme,
            key=row["key"],
            defaults={key: row[key] for key in ("names", "question", "unit")},
        )
        for position, criterion in enumerate(row["criteria"], start=1):
            facts = {"position": position, "names": criterion["names"], "levels": criterion["levels"]}
            known = assessment.criteria.filter(key=criterion["key"])
            if not known.update(**facts):
                assessment.criteria.create(key=criterion["key"], weight=criterion["weight"], **facts)
