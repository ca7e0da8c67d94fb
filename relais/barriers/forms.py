"""What someone typed about a barrier, made clean."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from relais.access.lock import organisations_where
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.barriers.models import Barrier
from relais.barriers.rules import MOST_PEOPLE
from relais.barriers.voice import LARGEST_BYTES
from relais.kernel import clock
from relais.organisations.models import Membership
from relais.places.models import Territory
from relais.programmes.models import Partner

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
AUTHORS = (Role.COMPANION, Role.COORDINATOR)


def words(label, help_text="", rows=3, **more):
    """Make a field for a few sentences."""
    area = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=1000, widget=area, **more)


class BarrierForm(forms.Form):
    """What stands in the way, for how many, and as much as one wishes to add."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=Barrier.Kind, widget=forms.HiddenInput)
    headline = forms.CharField(required=False, max_length=120)
    people_count = forms.IntegerField(
        label=_("How many people does it stop?"), min_value=1, max_value=MOST_PEOPLE, initial=1
    )
    own_headline = forms.CharField(
        label=_("In other words"),
        help_text=_("Three or four words, without a name."),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    author = forms.ModelChoiceField(label=_("Who told you this?"), queryset=User.objects.none())
    place = forms.ChoiceField(label=_("For which programme?"))
    sort = forms.ChoiceField(
        label=_("What is it?"), choices=Barrier.Sort, initial=Barrier.Sort.BARRIER, widget=forms.RadioSelect
    )
    account = words(_("What happened, in their words"), _("Without names, numbers or addresses."))
    effect = words(_("What it did to the person"), rows=2)
    would_help = words(_("What would help"), rows=2)
    territory = forms.ModelChoiceField(label=_("Where"), queryset=Territory.objects.none(), required=False)
    observed_on = forms.DateField(label=_("On which day did it happen?"), widget=DAY)
    voice = forms.FileField(label=_("Or say it"), required=False)

    def __init__(self, *args, by: User, case=None, **kwargs):
        """Ask only what is not known yet: a case knows its place, and a companion is their own author."""
        super().__init__(*args, **kwargs)
        self.case = case
        self._ask_place(by)
        self._ask_author(by)
        self.fields["observed_on"].initial = clock.today(self._time_zone())

    def _ask_place(self, by: User) -> None:
        own = organisations_where(by, Verb.BARRIER_RECORD)
        partners = Partner.objects.filter(organisation__in=own).select_related("programme__country", "organisation")
        self.partners = {str(partner.pk): partner for partner in partners.order_by("programme__slug", "pk")}
        if self.case:
            del self.fields["place"], self.fields["territory"]
            return
        field = self.fields["place"]
        field.choices = [(key, str(partner.programme)) for key, partner in self.partners.items()]
        if len(self.partners) == 1:
            field.initial, field.widget = next(iter(self.partners)), forms.HiddenInput()
        countries = {partner.programme.country.path for partner in self.partners.values()}
        self.fields["territory"].queryset = Territory.objects.within_any(countries)

    def _ask_author(self, by: User) -> None:
        writes_for = organisations_where(by, Verb.BARRIER_RECORD, Role.RELAY)
        if self.case or not writes_for or organisations_where(by, Verb.BARRIER_APPROVE):
            del self.fields["author"]
            return
        members = Membership.objects.filter(organisation__in=writes_for, role__in=AUTHORS).current(clock.today())
        self.fields["author"].queryset = User.objects.filter(pk__in=members.values("user")).order_by("display_name")

    def _time_zone(self) -> str:
        programmes = [partner.programme for partner in self.partners.values()]
        programme = self.case.programme if self.case else programmes[0] if programmes else None
        return programme.time_zone if programme else "UTC"

    def clean_voice(self):
        """Read the recording, and refuse one too long."""
        voice = self.cleaned_data["voice"]
        if voice and voice.size > LARGEST_BYTES:
            raise forms.ValidationError(_("This recording is too long; tell it in under ten minutes."))
        return voice.read() if voice else None

    def clean(self):
        """Take one's own words before a proposed headline, and the programme and organisation of the place."""
        told = super().clean()
        own = told.pop("own_headline", "")
        told["headline"] = own or told.get("headline", "")
        if not told["headline"]:
            self.add_error(None, _("Tap what stands in the way, or say it in other words."))
        if place := told.pop("place", None):
            partner = self.partners[place]
            told["programme"], told["organisation"] = partner.programme, partner.organisation
        if self.case:
            told["case"] = self.case
        return told


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
    days = forms.TypedChoiceField(
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("365 days"))],
        coerce=int,
        empty_value=90,
        required=False,
        initial=90,
        widget=forms.Select(attrs={"aria-label": _("How long")}),
    )


class CheckForm(forms.Form):
    """The words of a barrier as they may leave the organisation."""

    headline = forms.CharField(label=_("Headline"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"}))
    account = words(_("What happened"))
    effect = words(_("What it did to the person"), rows=2)
    would_help = words(_("What would help"), rows=2)


class AnswerForm(forms.Form):
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
