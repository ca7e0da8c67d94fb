"""How the journal is filtered."""

from django import forms
from django.utils.translation import gettext_lazy as _

from relais.journal.nouns import NOUNS


class FilterForm(forms.Form):
    """About what, by whom, between which days."""

    about = forms.ChoiceField(required=False, widget=forms.Select({"aria-label": _("About")}))
    by = forms.CharField(
        max_length=60,
        required=False,
        widget=forms.TextInput({"aria-label": _("By (sign-in name)"), "placeholder": _("anyone"), "size": 12}),
    )
    since = forms.DateField(
        required=False, widget=forms.DateInput({"type": "date", "aria-label": _("Since")}, "%Y-%m-%d")
    )
    until = forms.DateField(
        required=False, widget=forms.DateInput({"type": "date", "aria-label": _("Until")}, "%Y-%m-%d")
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        named = sorted(NOUNS.items(), key=lambda pair: str(pair[1]))
        self.fields["about"].choices = [("", _("everything")), *named]
