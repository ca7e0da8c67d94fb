"""Opening, proving, visiting, closing; and the sentence that filters a list."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from relais.accounts.models import User
from relais.cases.models import Case, CaseEvidence
from relais.kernel.ids import uuid7
from relais.kernel.revised import RevisedForm
from relais.places.models import Territory
from relais.procedures.models import Procedure


class DayInput(forms.DateInput):
    """A day, picked or typed."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        """Write the day as browsers read it."""
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class SentForm(forms.Form):
    """A form whose answer is written once, however often it is sent."""

    id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Draw the id of what this form will make."""
        super().__init__(*args, **kwargs)
        self.fields["id"].initial = uuid7()


class OpenForm(SentForm):
    """Which procedure, since when, and beside whom."""

    procedure = forms.ModelChoiceField(Procedure.objects.none(), label=_("Through which procedure?"), empty_label=None)
    opened_on = forms.DateField(label=_("Since when?"), widget=DayInput())
    companion = forms.ModelChoiceField(User.objects.none(), label=_("Who stands beside the person?"), empty_label=None)

    def __init__(
        self, *args: Any, procedures: Any, companions: Any, today: date, me: User | None = None, **kwargs: Any
    ) -> None:
        """Offer the procedures in force and who is trained on them."""
        super().__init__(*args, **kwargs)
        self.fields["procedure"].queryset = procedures
        self.fields["opened_on"].initial = today
        self.fields["companion"].queryset = companions
        self.fields["companion"].initial = me
        if len(companions) <= 1:
            del self.fields["companion"]


class EvidenceForm(RevisedForm):
    """Held, cannot be had and why, or not known; since when."""

    state = forms.TypedChoiceField(
        label=_("Does the person have it?"), coerce=int, choices=CaseEvidence.State, widget=forms.RadioSelect
    )
    why = forms.ChoiceField(
        label=_("What stands in the way?"),
        choices=[("", _("nothing stands in the way")), *CaseEvidence.Why.choices],
        required=False,
    )
    happened_on = forms.DateField(
        label=_("Since which day?"), widget=DayInput(), required=False, help_text=_("Today, unless you say otherwise.")
    )

    def clean(self) -> dict[str, Any]:
        """Keep a reason only for what cannot be had."""
        data = super().clean() or {}
        if data.get("state") != CaseEvidence.State.CANNOT_GET:
            data["why"] = ""
        return data


class StepForm(RevisedForm):
    """On which day a step was done."""

    done_on = forms.DateField(label=_("On which day?"), widget=DayInput())


class VisitForm(SentForm):
    """A time with the person: when, what happened, how long."""

    words = forms.CharField(
        label=_("What happened?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=4000,
        help_text=_("Sealed: only those who accompany this person can read it."),
    )
    happened_on = forms.DateField(label=_("On which day?"), widget=DayInput())
    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=1, max_value=1440, required=False)


class CloseForm(RevisedForm):
    """How it ended, why, and when."""

    REASONS = (
        ("", _("no particular reason")),
        *CaseEvidence.Why.choices,
        ("other_way", _("another way was found")),
        ("no_answer", _("nobody answers any more")),
    )
    outcome = forms.ChoiceField(label=_("How did it end?"), choices=Case.Outcome, widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Why?"), choices=REASONS, required=False)
    closed_on = forms.DateField(label=_("On which day?"), widget=DayInput())


class CarryForm(RevisedForm):
    """Who carries the case from now on."""

    to = forms.ModelChoiceField(User.objects.none(), label=_("Who carries this case from now on?"))

    def __init__(self, *args: Any, companions: Any, **kwargs: Any) -> None:
        """Offer the other volunteers."""
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = companions


class FilterForm(forms.Form):
    """The words one can change in the sentence above a list of cases."""

    STANDINGS = (
        ("open", _("open")),
        ("ready", _("complete")),
        ("returned", _("returned")),
        ("authority", _("handed over")),
        ("blocked", _("blocked")),
        ("closed", _("closed")),
    )
    standing = forms.ChoiceField(choices=STANDINGS, required=False)
    place = forms.ModelChoiceField(Territory.objects.none(), required=False, empty_label=_("all places"))
    days = forms.IntegerField(min_value=0, max_value=3650, required=False)
    companion = forms.ModelChoiceField(User.objects.none(), required=False, empty_label=_("anyone"))

    def __init__(self, *args: Any, places: Any, companions: Any, **kwargs: Any) -> None:
        """Offer the places and the companions there are."""
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places
        self.fields["companion"].queryset = companions
        labels = {"standing": _("Which cases"), "place": _("Where"), "days": _("Days"), "companion": _("Carried by")}
        for name, label in labels.items():
            self.fields[name].widget.attrs |= {"aria-label": label}
