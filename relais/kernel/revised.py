"""What two people may be changing at once: a row counts its changes, and a form says up to which one it saw."""

from django import forms


class RevisedForm(forms.Form):
    """A form about something someone else may be changing; start it with the row's `revision`."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
