"""Appointments, follow-ups and referrals."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from relais.accounts.models import User
from relais.cases.forms.case import DayInput, SentForm
from relais.cases.models import Appointment, Missed, Referral
from relais.directory.models import Office
from relais.organisations.models import Organisation
from relais.procedures.models import Step

NOTHING = ("", "—")


class MomentInput(forms.DateTimeInput):
    """A day and an hour, as the browser asks for them."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        """Write the moment as browsers read it."""
        super().__init__(format="%Y-%m-%dT%H:%M")


class AppointmentForm(SentForm):
    """Where to be and when, alone or with someone."""

    at = forms.DateTimeField(label=_("When?"), widget=MomentInput())
    step = forms.ModelChoiceField(Step.objects.none(), label=_("For which step?"), required=False, empty_label="—")
    office = forms.ModelChoiceField(Office.objects.none(), label=_("Where?"), required=False, empty_label="—")
    wants_company = forms.BooleanField(label=_("The person wants someone to come along"), required=False)
    accompanied_by = forms.ModelChoiceField(
        User.objects.none(), label=_("Who goes along?"), required=False, empty_label=_("nobody yet")
    )

    def __init__(self, *args: Any, steps: Any, offices: Any, companions: Any, **kwargs: Any) -> None:
        """Offer the steps of the version, the offices of the programme and the volunteers."""
        super().__init__(*args, **kwargs)
        self.fields["step"].queryset = steps
        self.fields["office"].queryset = offices
        self.fields["accompanied_by"].queryset = companions


class ToldForm(forms.Form):
    """What became of an appointment."""

    state = forms.ChoiceField(
        label=_("What became of it?"), choices=Appointment.State.choices[1:], widget=forms.RadioSelect
    )
    reason = forms.ChoiceField(label=_("If it was missed, why?"), choices=[NOTHING, *Missed.choices], required=False)

    def clean(self) -> dict[str, Any]:
        """Keep a reason only for what was missed."""
        data = super().clean() or {}
        if data.get("state") != Appointment.State.MISSED:
            data["reason"] = ""
        return data


class FollowUpPlanForm(forms.Form):
    """A contact each month, from when and for how long."""

    first = forms.DateField(label=_("The first on which day?"), widget=DayInput())
    months = forms.IntegerField(label=_("Each month, how many times?"), min_value=1, max_value=36, initial=6)


class FollowUpForm(forms.Form):
    """When the contact took place, or why it did not."""

    happened_on = forms.DateField(
        label=_("On which day did it take place?"),
        widget=DayInput(),
        required=False,
        help_text=_("Weeks late is fine: what counts is the day it happened."),
    )
    reason = forms.ChoiceField(label=_("If it did not, why?"), choices=[NOTHING, *Missed.choices], required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Offer no day that has not come."""
        super().__init__(*args, **kwargs)
        self.fields["happened_on"].widget.attrs["max"] = today.isoformat()


class ReferralForm(SentForm):
    """To whom, for what; and why it cannot wait for consent, if it cannot."""

    to = forms.ModelChoiceField(Organisation.objects.none(), label=_("Who could help?"))
    need = forms.ChoiceField(label=_("With what?"), choices=Referral.Need)
    override_reason = forms.CharField(
        label=_("Why can it not wait for the person's consent?"),
        required=False,
        max_length=300,
        help_text=_("Only if a life or safety is at stake. It is written in the journal, and the person can read it."),
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        """Offer the other organisations."""
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = organisations


class AnswerForm(forms.Form):
    """Why someone cannot be taken on, or what was done."""

    reason = forms.ChoiceField(label=_("Why not?"), choices=[NOTHING, *Referral.WhyNot.choices], required=False)
    note = forms.CharField(
        label=_("Note back"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=1000
    )
