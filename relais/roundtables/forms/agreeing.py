"""What people type to decide, promise, ask, answer and comment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from relais.accounts.models import User
from relais.organisations.models import Organisation
from relais.procedures.models import ProcedureVersion
from relais.programmes.models import Programme
from relais.roundtables.forms.meetings import day_field
from relais.roundtables.models import AgendaItem, ConsultationAnswer, Decision, DraftComment, Meeting
from relais.roundtables.sentences import title_of


class DecisionForm(forms.Form):
    """What was decided, and why."""

    title = forms.CharField(label=_("What was decided, in one line"), max_length=200)
    outcome = forms.ChoiceField(label=_("The table has"), choices=Decision.Outcome, widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_("Everyone who reported this will read them."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    version = forms.ModelChoiceField(
        ProcedureVersion.objects.none(), label=_("The draft it is about"), required=False, empty_label=_("no draft")
    )
    consultation = forms.ModelChoiceField(
        None, label=_("The consultation it answers"), required=False, empty_label=_("none")
    )
    what_became_of_answers = forms.CharField(
        label=_("What became of the answers"),
        help_text=_("What people said that changed something, and what did not, and why."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    about = forms.ModelMultipleChoiceField(
        AgendaItem.objects.none(),
        label=_("It answers what was heard"),
        help_text=_("Everyone who reported one of these is told."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, meeting: Meeting, drafts, consultations, heard: list[AgendaItem], **kwargs):
        """Offer what the table can decide on."""
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = drafts
        self.fields["consultation"].queryset = consultations
        self.fields["about"].queryset = meeting.agenda.filter(pk__in=[item.pk for item in heard])
        self.fields["about"].label_from_instance = title_of


class AdoptForm(forms.Form):
    """From when the draft is the rule."""

    from_day = day_field(label=_("In force from"))


class RetireForm(forms.Form):
    """From when a version can no longer be started, why, and what becomes of those on their way."""

    on = day_field(label=_("Retired on"))
    reason = forms.CharField(
        label=_("Why it is retired"),
        help_text=_("Everyone who accompanies people through it will read it."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    open_cases = forms.ChoiceField(
        label=_("Those on their way"), choices=ProcedureVersion.OpenCases.choices, widget=forms.RadioSelect
    )


class CommitmentForm(forms.Form):
    """Who does what by when."""

    what = forms.CharField(label=_("What is promised"), max_length=300)
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("By which organisation"))
    owner = forms.ModelChoiceField(
        User.objects.none(), label=_("By whom"), required=False, empty_label=_("no one by name")
    )
    due_on = day_field(label=_("By which day"))

    def __init__(self, *args, programme: Programme, members: list[User], **kwargs):
        """Offer the partners and their members."""
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(partnerships__programme=programme).distinct()
        self.fields["owner"].queryset = User.objects.filter(pk__in=[user.pk for user in members])


class DropForm(forms.Form):
    """Why a commitment is not kept."""

    reason = forms.CharField(label=_("Why it is dropped"), max_length=300)


class ConsultationForm(forms.Form):
    """A question to the people concerned."""

    question = forms.CharField(
        label=_("The question"), help_text=_("As you would ask it aloud, in one sentence."), max_length=300
    )
    asked_of = forms.CharField(label=_("Who is asked"), max_length=200)
    opens_on = day_field(label=_("From"))
    closes_on = day_field(label=_("Until"))


class AnswerForm(forms.Form):
    """What people answered a volunteer."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    choice = forms.ChoiceField(
        label=_("What do they think?"), choices=ConsultationAnswer.Choice, widget=forms.RadioSelect
    )
    people_count = forms.IntegerField(label=_("How many people said so?"), min_value=1, max_value=1000, initial=1)
    reasons = forms.CharField(
        label=_("In their words"),
        help_text=_("No names, no places that give someone away."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


class CommentForm(forms.Form):
    """What a partner says about a draft, about one of its changes, or as an answer."""

    text = forms.CharField(label=_("Your comment"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    change = forms.CharField(required=False, widget=forms.HiddenInput)
    answers = forms.ModelChoiceField(DraftComment.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: ProcedureVersion, **kwargs: Any) -> None:
        """Let only comments on this draft be answered."""
        super().__init__(*args, **kwargs)
        self.fields["answers"].queryset = version.comments.all()
