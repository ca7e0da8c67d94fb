"""What people type to call a table, invite, fill its agenda and write its minutes."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from relais.accounts.models import User
from relais.kernel.revised import RevisedForm
from relais.programmes.models import Programme
from relais.roundtables.models import Invitee, Meeting


def day_field(**more) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def _spoken(text: str) -> dict[str, str]:
    return {(get_language() or "en").split("-")[0]: text} if text else {}


class WhenForm(forms.Form):
    """A day and an hour on the wall clock of the place."""

    day = day_field(label=_("On which day"))
    hour = forms.TimeField(label=_("At what time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("For how many minutes"), min_value=15, max_value=720, initial=120)
    place = forms.CharField(label=_("Where"), max_length=200)
    time_zone = "UTC"

    def clean(self):
        """Put the day and the hour together where the table meets."""
        cleaned = super().clean()
        if "day" in cleaned and "hour" in cleaned:
            zone = ZoneInfo(self.time_zone)
            cleaned["starts_at"] = datetime.combine(cleaned.pop("day"), cleaned.pop("hour"), zone)
        cleaned["place"] = _spoken(cleaned.get("place", ""))
        return cleaned


class MeetingForm(WhenForm):
    """Call a table of one's own."""

    name = forms.CharField(label=_("What the table is called"), max_length=120)
    public = forms.BooleanField(label=_("Show it in the public calendar"), required=False)
    field_order = ["name", "day", "hour", "minutes", "place", "public"]

    def __init__(self, *args, programme: Programme, **kwargs):
        """Remember whose wall clock counts."""
        super().__init__(*args, **kwargs)
        self.time_zone = programme.time_zone

    def clean(self):
        """Keep the name in the language it was written in."""
        cleaned = super().clean()
        cleaned["names"] = _spoken(cleaned.pop("name", ""))
        return cleaned


class MoveForm(WhenForm):
    """Put a table at another time or place."""

    def __init__(self, *args, meeting: Meeting, **kwargs):
        """Start from what stands."""
        local = meeting.local_start
        values = {"day": local.date(), "hour": local.time(), "minutes": meeting.minutes}
        super().__init__(*args, initial={**values, "place": next(iter(meeting.place.values()), "")}, **kwargs)
        self.time_zone = meeting.time_zone

    def clean(self):
        """Keep the place in its other languages when it did not change."""
        cleaned = super().clean()
        if "place" not in self.changed_data:
            cleaned["place"] = None
        return cleaned


class CancelForm(forms.Form):
    """Why a table does not take place."""

    reason = forms.CharField(label=_("Why it is cancelled"), max_length=300)


class InviteForm(forms.Form):
    """Members of the partners, and others by who they are."""

    users = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Members of the partners"), widget=forms.CheckboxSelectMultiple, required=False
    )
    labels = forms.CharField(
        label=_("Others, one a line"),
        help_text=_("Say who they are for the table, such as “two villagers of Kant”. No names are needed."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args, meeting: Meeting, members: list[User], **kwargs):
        """Offer those who are not invited yet."""
        super().__init__(*args, **kwargs)
        known = set(meeting.invitees.values_list("user", flat=True))
        self.fields["users"].queryset = User.objects.filter(
            pk__in=[user.pk for user in members if user.pk not in known]
        ).order_by("display_name")

    def clean_labels(self) -> list[str]:
        """Take one label a line."""
        return [line.strip()[:120] for line in self.cleaned_data["labels"].splitlines() if line.strip()]


class MinutesForm(RevisedForm):
    """What was said, and who came."""

    text = forms.CharField(label=_("What was said"), max_length=20000, widget=forms.Textarea(attrs={"rows": 14}))
    came = forms.ModelMultipleChoiceField(
        Invitee.objects.none(), label=_("Who came"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args, meeting: Meeting, **kwargs):
        """Start from what is written."""
        came = meeting.invitees.filter(answer__in=[Invitee.Answer.COMING, Invitee.Answer.CAME])
        initial = {"text": meeting.minutes_text, "revision": meeting.revision, "came": came}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["came"].queryset = meeting.invitees.in_order()
        self.fields["came"].label_from_instance = lambda each: str(each.user or each.label)

    def clean_text(self) -> str:
        """Store one kind of line end."""
        return self.cleaned_data["text"].replace("\r\n", "\n")


class AgendaForm(forms.Form):
    """Something of one's own to talk about."""

    title = forms.CharField(label=_("What do you want to talk about?"), max_length=200)
