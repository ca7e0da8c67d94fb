"""What someone typed about what to do first, made clean."""

from django import forms
from django.utils.translation import gettext_lazy as _

from relais.access.lock import organisations_where
from relais.access.verbs import Verb
from relais.barriers.models import Criterion
from relais.barriers.rules import HIGHEST_SCORE, HIGHEST_WEIGHT
from relais.kernel.text import pick
from relais.organisations.models import Organisation
from relais.places.models import Territory


class WeightsForm(forms.Form):
    """How much each criterion counts, from 0 to 10."""

    def __init__(self, *args, criteria, **kwargs):
        """Ask for one weight a criterion."""
        super().__init__(*args, **kwargs)
        for criterion in criteria:
            self.fields[criterion.key] = forms.IntegerField(
                label=pick(criterion.names), min_value=0, max_value=HIGHEST_WEIGHT, initial=criterion.weight
            )


class CandidateForm(forms.Form):
    """Something to rank, under a label that names nobody."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    label = forms.CharField(
        label=_("Label"),
        help_text=_("A number and a place, never a name: “Shelter 14, Chui”."),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    territory = forms.ModelChoiceField(label=_("Where"), queryset=Territory.objects.none())
    people_count = forms.IntegerField(label=_("How many people live there?"), min_value=0, max_value=10_000, initial=1)
    organisation = forms.ModelChoiceField(
        label=_("Proposed by"), queryset=Organisation.objects.none(), empty_label=None
    )

    def __init__(self, *args, assessment, by, **kwargs):
        """Offer the places of the country and the organisations one belongs to."""
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = Territory.objects.within(assessment.programme.country.path)
        partners = assessment.programme.partners.values("organisation")
        own = Organisation.objects.filter(pk__in=organisations_where(by, Verb.NEEDS_ASSESS)).filter(pk__in=partners)
        self.fields["organisation"].queryset = own


class ScoresForm(forms.Form):
    """How urgent it is by each criterion, and what was seen; what was not looked at stays unknown."""

    def __init__(self, *args, criteria, known, **kwargs):
        """Ask for a score and a reason a criterion, showing what was said before."""
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)
        for criterion in self.criteria:
            score = known.get(criterion.pk)
            self.fields[f"{criterion.key}-value"] = forms.TypedChoiceField(
                label=pick(criterion.names),
                choices=_levels(criterion),
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                initial=score.value if score else None,
            )
            self.fields[f"{criterion.key}-because"] = forms.CharField(
                label=_("What did you see?"),
                max_length=300,
                required=False,
                widget=forms.TextInput(attrs={"dir": "auto"}),
                initial=score.because if score else "",
            )

    def scores(self) -> dict[Criterion, tuple[int, str]]:
        """Give what was answered."""
        told = self.cleaned_data
        return {
            criterion: (told[f"{criterion.key}-value"], told[f"{criterion.key}-because"])
            for criterion in self.criteria
            if told[f"{criterion.key}-value"] is not None
        }


def _levels(criterion: Criterion) -> list[tuple[int, str]]:
    words = [pick(level) for level in criterion.levels]
    return [
        (score, f"{score} · {words[score]}" if score < len(words) and words[score] else str(score))
        for score in range(HIGHEST_SCORE + 1)
    ]
