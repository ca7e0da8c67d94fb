"""How the journal is filtered."""

from django import forms
from django.utils.translation import gettext_lazy as _

from relais.journal.nouns import NOUNS


class FilterForm(forms.Form):
    """About what, by whom, between which days."""

    about = forms.ChoiceField(label=_("About"), required=False)
    by = forms.CharField(label=_("By (sign-in name)"), max_length=60, required=False)
    since = forms.DateField(label=_("Since"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        named = sorted(NOUNS.items(), key=lambda pair: str(pair[1]))
        self.fields["about"].choices = [("", _("everything")), *named]
