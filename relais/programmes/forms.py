"""What a partner types about what it brings."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from relais.organisations.models import Organisation
from relais.programmes.models import Contribution, Programme, Stage


class ContributionForm(forms.Form):
    """Time, expertise, resources or relationships, at one stage."""

    organisation = forms.ModelChoiceField(label=_("Who brings it"), queryset=Organisation.objects.none())
    stage = forms.ChoiceField(label=_("At which stage"), choices=Stage, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("What kind"), choices=Contribution.Kind, widget=forms.RadioSelect)
    what = forms.CharField(label=_("What"), max_length=300, help_text=_("In one sentence, without names of people."))
    amount = forms.DecimalField(label=_("How much"), min_value=0, max_digits=12, decimal_places=2, required=False)
    unit = forms.CharField(
        label=_("Counted in"), max_length=30, required=False, help_text=_("Hours, journeys, rooms, money…")
    )
    on = forms.DateField(label=_("On which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, programme: Programme, organisations: Iterable[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = Organisation.objects.filter(pk__in=programme.partners.values("organisation"))
        self.fields["organisation"].queryset = partners.filter(pk__in=list(organisations))

    def told(self) -> dict[str, Any]:
        """Give what the service wants, the words under the language they were written in."""
        return self.cleaned_data | {"what": {get_language() or "en": self.cleaned_data["what"]}}
