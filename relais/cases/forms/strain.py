"""Three short questions on how hard it was; each may be read aloud."""

from django import forms
from django.utils.translation import gettext_lazy as _

from relais.cases.models import Strain


class StrainForm(forms.Form):
    """One question a cost: learning, compliance, and what it does to someone."""

    learning = forms.TypedChoiceField(
        label=_("Finding out what was asked of me was hard."),
        choices=Strain.Degree.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )
    effort = forms.TypedChoiceField(
        label=_("Getting everything together took much time and effort."),
        choices=Strain.Degree.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )
    stress = forms.TypedChoiceField(
        label=_("It worried me, angered me or made me ashamed."),
        choices=Strain.Degree.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )
