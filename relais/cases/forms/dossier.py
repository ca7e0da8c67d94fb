"""Handing dossiers over, and deciding on them."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from relais.cases.forms.case import DayInput, SentForm
from relais.cases.models import Case, Dossier
from relais.procedures.models import Requirement


class HandForm(SentForm):
    """Which complete dossiers go over, and on which day."""

    cases = forms.ModelMultipleChoiceField(
        Case.objects.none(), widget=forms.CheckboxSelectMultiple, label=_("Dossiers")
    )
    handed_on = forms.DateField(label=_("Handed over on"), widget=DayInput())

    def __init__(self, *args: Any, cases: Any, today: date, **kwargs: Any) -> None:
        """Offer what is complete and agreed to."""
        super().__init__(*args, **kwargs)
        self.fields["cases"].queryset = cases
        self.fields["handed_on"].initial = today


class DecideForm(forms.Form):
    """The day of the decision."""

    decided_on = forms.DateField(label=_("Decided on"), widget=DayInput())


class ReturnForm(DecideForm):
    """Why a dossier goes back."""

    reason = forms.ChoiceField(label=_("Why does it go back?"), choices=Dossier.ReturnReason, widget=forms.RadioSelect)
    requirement = forms.ModelChoiceField(
        Requirement.objects.none(), label=_("Which requirement?"), required=False, empty_label="—"
    )
    remark = forms.CharField(
        label=_("What should be put right?"),
        max_length=300,
        required=False,
        help_text=_("Without names. The volunteer reads it, and it is heard at the round table."),
    )
    field_order = ["reason", "requirement", "remark", "decided_on"]

    def __init__(self, *args: Any, requirements: Any, **kwargs: Any) -> None:
        """Offer the requirements of the version the person goes through."""
        super().__init__(*args, **kwargs)
        self.fields["requirement"].queryset = requirements
