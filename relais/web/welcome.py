"""What a visitor finds: what Relais is, their own case, the procedures in force and the next open meeting."""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from relais.kernel import clock
from relais.procedures.models import ProcedureVersion
from relais.programmes.models import Programme
from relais.roundtables.models import Meeting
from relais.web.navigation import address

FEW = 6


def welcome() -> dict[str, Any]:
    """Give the page of a visitor; nothing in it is about a person."""
    versions = ProcedureVersion.objects.in_force().by_programme()[:FEW]
    return {
        "loop": loop(),
        "my_case": address("my:enter"),
        "procedures": [
            {
                "name": version.procedure.names,
                "authority": version.procedure.service.authority.names,
                "href": address("procedures:leaflet", version.procedure.programme.slug, version.procedure.key),
            }
            for version in versions
        ],
        "all_procedures": address("procedures:public"),
        "programmes": [
            {"name": one.names, "summary": one.summary, "href": address("programmes:public", one.slug)}
            for one in Programme.objects.all()[:FEW]
        ],
        "meetings": [
            {
                "at": meeting.starts_at.astimezone(ZoneInfo(meeting.time_zone)),
                "name": meeting.names,
                "place": meeting.place,
            }
            for meeting in Meeting.objects.filter(public=True).upcoming(clock.now())[:3]
        ],
    }


def loop() -> list[dict[str, str]]:
    """Say the loop in four sentences."""
    return [
        {
            "icon": "hear",
            "name": _("Hear"),
            "text": _("Volunteers write down what stops someone, in that person's words."),
        },
        {
            "icon": "agree",
            "name": _("Agree"),
            "text": _("Volunteers and the authority change the rule, knowing whom it helps."),
        },
        {
            "icon": "accompany",
            "name": _("Accompany"),
            "text": _("A trained volunteer stays beside each person, step by step."),
        },
        {
            "icon": "learn",
            "name": _("Learn"),
            "text": _("Everyone who spoke up is told what changed, and for how many."),
        },
    ]
