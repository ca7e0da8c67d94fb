"""What people type to start a series of meetings, change it or end it."""

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from relais.accounts.models import User
from relais.kernel.text import pick
from relais.programmes.models import Programme
from relais.roundtables.forms.meetings import day_field
from relais.roundtables.models import Series
from relais.roundtables.rhythms import LAST, LATEST_DAY, WHICH, How, Spoken, read, starting, written
from relais.roundtables.services import Plan
from relais.roundtables.services.acting import members_of_partners

HOW = [
    (How.MONTH_DAY, _("on a day of the month, such as the 15th")),
    (How.MONTH_WEEKDAY, _("on a weekday of the month, such as the first Tuesday")),
    (How.WEEKS, _("every week, or every few weeks")),
    (How.CUSTOM, _("another rhythm, written as a rule")),
]


class SeriesForm(forms.Form):
    """A rhythm in plain words, its hour and place, and who is always invited."""

    name = forms.CharField(label=_("What these meetings are called"), max_length=120)
    how = forms.ChoiceField(label=_("How often"), choices=HOW, widget=forms.RadioSelect, initial=How.MONTH_DAY)
    month_day = forms.TypedChoiceField(
        label=_("On which day of the month"),
        coerce=int,
        choices=[*((day, day) for day in range(1, LATEST_DAY + 1)), (LAST, _("the last day"))],
        initial=15,
        required=False,
    )
    which = forms.TypedChoiceField(
        label=_("Which one of the month"), coerce=int, choices=list(WHICH.items()), required=False
    )
    weekday = forms.TypedChoiceField(
        label=_("On which weekday"), coerce=int, choices=list(WEEKDAYS.items()), required=False
    )
    every = forms.IntegerField(
        label=_("Every how many weeks or months"), min_value=1, max_value=12, initial=1, required=False
    )
    rrule = forms.CharField(
        label=_("The rule, as calendars write it"),
        help_text=_("For example FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=2. The hour is asked below."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    starts_on = day_field(label=_("First on or after"))
    starts_at_time = forms.TimeField(
        label=_("At what time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(label=_("For how many minutes"), min_value=15, max_value=720, initial=120)
    place = forms.CharField(label=_("Where"), max_length=200)
    holiday_rule = forms.ChoiceField(
        label=_("If the day is a holiday or a weekend"),
        choices=Series.HolidayRule.choices,
        widget=forms.RadioSelect,
        initial=Series.HolidayRule.AFTER,
    )
    users = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Always invited"), widget=forms.CheckboxSelectMultiple, required=False
    )
    labels = forms.CharField(
        label=_("Others always invited, one a line"),
        help_text=_("Say who they are for the table, such as “two villagers of Kant”. No names are needed."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    public = forms.BooleanField(label=_("Show it in the public calendar"), required=False)
    reason = forms.CharField(
        label=_("Why it changes"),
        help_text=_("Everyone invited reads it. Needed if tables that are in the calendar fall away."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args, programme: Programme, series: Series | None = None, **kwargs):
        """Start from what stands; offer the members of the partners."""
        initial = _standing(series) if series else {}
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        self.series = series
        members = members_of_partners(programme=programme)
        self.fields["users"].queryset = User.objects.filter(pk__in=[user.pk for user in members]).order_by(
            "display_name"
        )
        if series is None:
            del self.fields["reason"]

    def clean(self):
        """Write the rhythm as calendars do, from what belongs to the way that was chosen."""
        cleaned = super().clean()
        how = cleaned.get("how")
        if how == How.CUSTOM and not cleaned.get("rrule"):
            self.add_error("rrule", _("Write the rule, or choose one of the other ways."))
        elif how:
            spoken = Spoken(
                how=How(how),
                every=cleaned.get("every") or 1,
                weekday=cleaned.get("weekday") or 0,
                which=cleaned.get("which") or 1,
                month_day=cleaned.get("month_day") or 1,
                rrule=cleaned.get("rrule", ""),
            )
            cleaned["rrule"] = written(spoken)
            if cleaned.get("starts_on"):
                cleaned["starts_on"] = starting(spoken, cleaned["starts_on"])
        return cleaned

    def plan(self) -> Plan:
        """Give what was said of the series; words in other languages stay beside those written here."""
        said, series = self.cleaned_data, self.series
        own = {name: said[name] for name in ("rrule", "starts_on", "starts_at_time", "minutes", "holiday_rule")}
        return Plan(
            names=_spoken(series.names if series else {}, said["name"]),
            place=_spoken(series.place if series else {}, said["place"]),
            public=said["public"],
            users=list(said["users"]),
            labels=said["labels"].splitlines(),
            **own,
        )


class EndForm(forms.Form):
    """From which day a series ends, and why."""

    ended_on = day_field(label=_("No table from"))
    reason = forms.CharField(label=_("Why it ends"), help_text=_("Everyone invited reads it."), max_length=300)


def _spoken(before: dict[str, str], text: str) -> dict[str, str]:
    """Put words in the language they were written in; the same words stay as they are."""
    return before if pick(before) == text else {**before, (get_language() or "en").split("-")[0]: text}


def _standing(series: Series) -> dict[str, object]:
    spoken = read(series.rrule)
    guests = list(series.guests.all())
    own = ("starts_on", "starts_at_time", "minutes", "holiday_rule", "public", "rrule")
    return {
        **{name: getattr(series, name) for name in own},
        **{name: getattr(spoken, name) for name in ("how", "every", "weekday", "which", "month_day")},
        "name": pick(series.names),
        "place": pick(series.place),
        "users": [guest.user_id for guest in guests if guest.user_id],
        "labels": "\n".join(guest.label for guest in guests if guest.label),
    }
