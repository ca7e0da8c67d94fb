"""What someone typed who records a barrier, made clean."""

from django import forms
from django.utils.translation import gettext_lazy as _

from relais.access.lock import organisations_where
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.barriers.forms.fields import words
from relais.barriers.models import Barrier
from relais.barriers.rules import MOST_PEOPLE
from relais.kernel import clock, sounds
from relais.organisations.models import Membership
from relais.places.models import Territory
from relais.programmes.models import Partner

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
AUTHORS = (Role.COMPANION, Role.COORDINATOR)


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
        """Read the recording; the service says whether it is one, and short enough."""
        return sounds.read(self.cleaned_data["voice"])

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
