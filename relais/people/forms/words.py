"""Words to and from people, and the code and PIN that open their page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from relais.kernel.ids import uuid7
from relais.kernel.text import pick
from relais.organisations.models import LentLine
from relais.people.rules import MOST_WORDS


def words_field(label: Any, **more: Any) -> forms.CharField:
    """Ask for some sentences."""
    return forms.CharField(label=label, max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 4}), **more)


class MessageForm(forms.Form):
    """Words to write to someone."""

    words = words_field(_("Message"))
    id = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid7)


class ReceivedForm(MessageForm):
    """What arrived on a lent line."""

    lent_line = forms.ModelChoiceField(LentLine.objects.none(), label=_("Arrived on"), empty_label=None)
    field_order = ("lent_line", "words")

    def __init__(self, *args: Any, lines: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lent_line"].queryset = lines.order_by("value")
        self.fields["lent_line"].label_from_instance = lambda line: f"{line.value} · {pick(line.label)}"
        self.fields["words"].help_text = _("If a code is in it, the message finds its person by itself.")


class CodeForm(forms.Form):
    """The code on someone's card."""

    code = forms.CharField(label=_("Code on the card"), max_length=64)


class EnterForm(CodeForm):
    """What opens a person's own page."""

    pin = forms.CharField(label=_("PIN"), max_length=64, widget=forms.PasswordInput(attrs={"inputmode": "numeric"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs = {"inputmode": "numeric", "autocomplete": "off", "data-relais-code": ""}


class ComplaintForm(forms.Form):
    """What went wrong."""

    words = words_field(_("What happened?"))
    id = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid7)


class AnswerForm(forms.Form):
    """The answer to a complaint."""

    words = words_field(_("Answer"))
