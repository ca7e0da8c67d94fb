"""Fields several forms share."""

from django import forms


def words(label, help_text="", rows=3, **more):
    """Make a field for a few sentences."""
    area = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=1000, widget=area, **more)
