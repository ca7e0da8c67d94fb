"""What someone typed at the desk, made clean: filters, corrected words, answers, groups."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from relais.barriers.forms.fields import words
from relais.barriers.models import Barrier
from relais.kernel.revised import RevisedForm


class ListForm(forms.Form):
    """Filters of a list that read as a sentence; whatever makes no sense filters nothing."""

    sort = forms.ChoiceField(
        choices=[("", _("everything")), ("barrier", _("barriers")), ("concern", _("concerns")), ("idea", _("ideas"))],
        required=False,
        widget=forms.Select(attrs={"aria-label": _("What it is")}),
    )
    kind = forms.ChoiceField(
        choices=[("", _("anything")), *Barrier.Kind.choices],
        required=False,
        widget=forms.Select(attrs={"aria-label": _("Reason")}),
    )
    state = forms.ChoiceField(
        choices=[("", _("in any state")), *Barrier.State.choices],
        required=False,
        widget=forms.Select(attrs={"aria-label": _("State")}),
    )
    days = forms.TypedChoiceField(
        choices=[("", _("at any time")), (30, _("in 30 days")), (90, _("in 90 days")), (365, _("in a year"))],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select(attrs={"aria-label": _("When")}),
    )
    said = forms.CharField(required=False, max_length=120)
    group = forms.UUIDField(required=False)

    def chosen(self) -> dict[str, str | int | UUID]:
        """Give what was chosen, without what was not."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class CountForm(forms.Form):
    """What to count by, over how long."""

    by = forms.ChoiceField(
        choices=[
            ("headline", _("what is said")),
            ("kind", _("kind")),
            ("step", _("step")),
            ("requirement", _("requirement")),
            ("territory", _("place")),
        ],
        required=False,
        widget=forms.Select(attrs={"aria-label": _("What is counted")}),
    )
    kind = forms.ChoiceField(
        choices=[("", _("anything")), *Barrier.Kind.choices],
        required=False,
        widget=forms.Select(attrs={"aria-label": _("Reason")}),
    )
    days = forms.TypedChoiceField(
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("365 days"))],
        coerce=int,
        empty_value=90,
        required=False,
        initial=90,
        widget=forms.Select(attrs={"aria-label": _("How long")}),
    )


class CheckForm(RevisedForm):
    """The words of a barrier as they may leave the organisation."""

    headline = forms.CharField(label=_("Headline"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"}))
    account = words(_("What happened"))
    effect = words(_("What it did to the person"), rows=2)
    would_help = words(_("What would help"), rows=2)


class AnswerForm(RevisedForm):
    """What became of a barrier, and why."""

    state = forms.ChoiceField(
        label=_("What became of it?"),
        choices=[choice for choice in Barrier.State.choices if choice[0] != Barrier.State.HEARD],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Why"),
        help_text=_("Whoever reported this reads it, and tells the people concerned."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class GroupForm(forms.Form):
    """Barriers that say the same, and under which words."""

    headline = forms.CharField(required=False, max_length=120)
    group = forms.UUIDField(required=False)
    barriers = forms.TypedMultipleChoiceField(coerce=UUID)

    def __init__(self, *args, **kwargs):
        """Take any identifiers; the view keeps those within reach."""
        super().__init__(*args, **kwargs)
        self.fields["barriers"].valid_value = _is_uuid


def _is_uuid(value: str) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True
