"""Invented contents for `/components/`, where each component is seen in use."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from relais.access.lock import may
from relais.access.verbs import Verb
from relais.kernel import charts, clock, curves
from relais.web.queues import Waiting
from relais.web.welcome import loop

NOW = [(30, 0.18, 0.14, 0.22), (75, 0.44, 0.39, 0.49), (120, 0.61, 0.55, 0.66), (210, 0.78, 0.72, 0.83)]
BEFORE = [(60, 0.05, 0.03, 0.08), (150, 0.16, 0.12, 0.2), (300, 0.24, 0.2, 0.29)]


class SpecimenForm(forms.Form):
    """One question of each kind."""

    headline = forms.CharField(label=_("What stopped the person?"), help_text=_("One sentence, without names."))
    account = forms.CharField(label=_("What happened, in their words"), widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of barrier"),
        widget=forms.RadioSelect,
        choices=[("document", _("A paper")), ("fee", _("A fee")), ("distance", _("The journey"))],
    )
    office = forms.ChoiceField(label=_("Where"), choices=[("1", "Кочкор"), ("2", "Чүй"), ("3", "Ош")])
    seen_on = forms.DateField(
        label=_("On which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=False
    )
    agreed = forms.BooleanField(label=_("The person agrees that this is shared without their name"))


def may_be_seen_by(user) -> bool:
    """Say whether this reader is let in: administrators, and everyone in development or the demonstration."""
    return settings.DEBUG or settings.RELAIS_DEMO or may(user, Verb.PACK_INSTALL)


def context(answers) -> dict[str, object]:
    """Give the page something to show, once empty and once refused."""
    today = clock.today()
    return {
        "form": SpecimenForm(answers or None),
        "refused": SpecimenForm({"headline": "", "kind": "document"}),
        "swatches": ["paper", "sheet", "sunk", "ink", "accent", "accent-wash", "attention", "attention-wash"],
        "now": clock.now(),
        "place": "Кочкор",
        "queue": [
            Waiting(12, _("dossiers to decide"), "#tabs", "dossier", ""),
            Waiting(3, _("messages to read"), "#tabs", "message", ""),
        ],
        "late_work": [Waiting(2, _("follow-ups past their day"), "#tabs", "late", "")],
        "offices": [("Кочкор", 38), ("Чүй", 1204)],
        "rows": [(_("Office"), "Кочкор"), (_("Waiting since"), "12"), (_("Companion"), "Gulnara Абдырахманова")],
        "page": Paginator(range(240), 50).page(2),
        "loop": loop(),
        "tabs": [
            {"label": _("To decide"), "href": "#tabs", "current": True, "count": 12},
            {"label": _("Returned"), "href": "#tabs", "count": 9},
            {"label": _("Decided"), "href": "#tabs"},
        ],
        "steps": [
            {"name": _("Proof of birth"), "state": "done", "note": _("Two witnesses, heard on Monday")},
            {"name": _("Photograph"), "state": "here", "note": _("Free at the village council, 10 minutes")},
            {"name": _("Certificate of residence"), "state": "blocked", "note": _("The landlord refuses to sign")},
            {"name": _("Hand-over to the office"), "state": "ahead"},
        ],
        "timeline": [
            {"on": today, "what": _("Photograph taken"), "by": "Gulnara"},
            {"on": today - timedelta(days=3), "what": _("Certificate refused"), "state": "blocked"},
            {"on": today - timedelta(days=60), "what": _("Case opened"), "by": "نرجس"},
        ],
        "chart": charts.bars(
            _("What stopped people, this year and last"),
            [_("Birth certificate"), _("Fee"), _("Distance"), _("Refusal")],
            [
                charts.Series(_("Before"), [214, 120, 96, None], "chart-before"),
                charts.Series(_("Now"), [38, 64, 88, None]),
            ],
            first=_("Barrier"),
            hidden=_("fewer than 10"),
            source=_("430 barriers heard in 6 offices. Counts under 10 are hidden."),
        ),
        "curves": curves.curves(
            _("How long it takes"),
            [
                curves.Line(_("Now"), [curves.Point(*step) for step in NOW], 300),
                curves.Line(_("Before"), [curves.Point(*step) for step in BEFORE], 360, "line-before"),
            ],
            [(0, _("the first day")), (120, _("after 4 months")), (240, _("8")), (360, _("12"))],
            first=_("After"),
            source=_("People who came under the one rule and the other. The bands hold 95 of 100 such figures."),
        ),
    }
