"""Writes an installed programme back as the files of a pack; it holds rules and texts, and no person."""

from collections.abc import Iterable
from typing import Any

import tomlkit

from relais.places.models import Territory
from relais.procedures.models import Procedure
from relais.procedures.rows import terms_of
from relais.procedures.written import WrittenAttribute, WrittenProcedure, WrittenService, WrittenVersion, write
from relais.programmes.models import Partner, Programme

Row = dict[str, Any]


def export_programme(programme: Programme) -> dict[str, str]:
    """Give the text of each file of the pack by its name."""
    files = {
        "pack.toml": _toml(
            {
                "pack": {
                    "name": programme.pack or programme.slug,
                    "version": programme.pack_version or "1.0.0",
                    "names": programme.names,
                },
                "programme": _but_empty(
                    slug=programme.slug,
                    country=programme.country.code,
                    time_zone=programme.time_zone,
                    languages=programme.languages,
                    threshold=programme.threshold,
                    started_on=programme.started_on,
                    names=programme.names,
                    summary=programme.summary,
                ),
                "territories": list(_territories(programme)),
                "organisations": list(_organisations(programme)),
                "lent_lines": list(_lent_lines(programme)),
                "contributions": list(_contributions(programme)),
                "interactions": _values(programme.interactions.order_by("id"), "stage", "depth", "who", "how"),
                "outcomes": _values(programme.outcomes.all(), "indicator", "what"),
                "consents": list(_consents(programme)),
            }
        ),
        "places.toml": _toml({"offices": list(_offices(programme))}),
        "meetings.toml": _toml({"series": list(_series(programme))}),
        "training.toml": _toml({"courses": list(_courses(programme))}),
        "needs.toml": _toml({"assessments": list(_needs(programme))}),
    }
    for procedure in programme.procedures.order_by("key"):
        files[f"procedures/{procedure.key}.toml"] = write(_written(procedure))
    return {name: text for name, text in files.items() if text.strip()}


def _territories(programme: Programme) -> Iterable[Row]:
    below = Territory.objects.within(programme.country.path).filter(level__gt=1).select_related("parent")
    for place in below.order_by("path"):
        yield {"code": place.code, "parent": place.parent.code, "kind": place.kind, "names": place.names}  # type: ignore[union-attr]


def _organisations(programme: Programme) -> Iterable[Row]:
    partners = Partner.objects.filter(programme=programme).select_related("organisation__territory").order_by("id")
    for partner in partners:
        organisation = partner.organisation
        yield _but_empty(
            key=organisation.slug,
            kind=organisation.kind,
            part=partner.part,
            since=partner.since,
            territory=organisation.territory.code if organisation.territory else None,
            names=organisation.names,
            about=organisation.about,
        )


def _lent_lines(programme: Programme) -> Iterable[Row]:
    for partner in programme.partners.select_related("organisation").order_by("id"):
        for row in _values(partner.organisation.lent_lines.order_by("id"), "kind", "value", "label"):
            yield {"organisation": partner.organisation.slug, **row}


def _contributions(programme: Programme) -> Iterable[Row]:
    for each in programme.contributions.select_related("organisation").order_by("on", "id"):
        row = {"side": each.side, "kind": each.kind, "stage": each.stage, "on": each.on, "what": each.what}
        yield {"organisation": each.organisation.slug, **row}


def _consents(programme: Programme) -> Iterable[Row]:
    newest = {text.purpose: text for text in programme.consent_texts.order_by("number")}
    for purpose, text in sorted(newest.items()):
        yield {"purpose": purpose, "days_valid": text.days_valid, "texts": text.texts}


def _offices(programme: Programme) -> Iterable[Row]:
    for office in programme.offices.select_related("organisation", "territory"):
        yield _but_empty(
            key=office.key,
            organisation=office.organisation.slug,
            territory=office.territory.code,
            confirmed_on=office.confirmed_on,
            step_free=office.step_free,
            phone=office.phone,
            names=office.names,
            address=office.address,
            hours=office.hours,
            asks_for=office.asks_for,
            safety=office.safety,
        )


def _series(programme: Programme) -> Iterable[Row]:
    for series in programme.series.select_related("organisation", "territory").order_by("key"):
        yield _but_empty(
            key=series.key,
            organisation=series.organisation.slug,
            territory=series.territory.code if series.territory else None,
            rrule=series.rrule,
            starts_on=series.starts_on,
            starts_at=series.starts_at_time,
            minutes=series.minutes,
            time_zone=series.time_zone,
            holiday_rule=series.holiday_rule,
            names=series.names,
            place=series.place,
        )


def _courses(programme: Programme) -> Iterable[Row]:
    for course in programme.courses.select_related("version__procedure").order_by("key"):
        yield _but_empty(
            key=course.key,
            procedure=course.version.procedure.key if course.version else None,
            version=course.version.number if course.version else None,
            minutes=course.minutes,
            pass_mark=course.pass_mark,
            days_valid=course.days_valid,
            names=course.names,
            lesson=course.lesson,
            questions=_values(course.questions.all(), "asks", "choices", "right", "because"),
        )


def _needs(programme: Programme) -> Iterable[Row]:
    for assessment in programme.needs_assessments.order_by("key"):
        yield {
            "key": assessment.key,
            "names": assessment.names,
            "question": assessment.question,
            "unit": assessment.unit,
            "criteria": _values(assessment.criteria.all(), "key", "weight", "names", "levels"),
        }


def _written(procedure: Procedure) -> WrittenProcedure:
    service = procedure.service
    versions = [(version, terms_of(version)) for version in procedure.versions.with_everything().order_by("number")]
    return WrittenProcedure(
        key=procedure.key,
        names=procedure.names,
        about=procedure.about,
        service=WrittenService(
            key=service.key, names=service.names, authority=service.authority.slug, about=service.about
        ),
        attributes=tuple(
            WrittenAttribute(key=key, names=said["names"], values=said.get("values", {}))
            for key, said in procedure.attributes.items()
        ),
        evidence_types=versions[0][1].evidence_types,
        versions=tuple(
            WrittenVersion(version=content, names=row.names, note=row.note, in_force_from=row.in_force_from)
            for row, content in versions
        ),
    )


def _values(rows: Any, *fields: str) -> list[Row]:
    return list(rows.values(*fields))


def _but_empty(**row: Any) -> Row:
    return {key: value for key, value in row.items() if value not in (None, "", {}, [])}


def _toml(tables: Row) -> str:
    return tomlkit.dumps({name: rows for name, rows in tables.items() if rows})
