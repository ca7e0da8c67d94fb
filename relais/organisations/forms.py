"""What people type about organisations and their members."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from relais.access.roles import Role
from relais.organisations.models import ROLE_LABELS, LentLine, Organisation
from relais.organisations.services.invitations import DAYS_OPEN, LONGEST_DAYS_OPEN
from relais.places.models import Territory


def territories_near(organisation: Organisation) -> QuerySet[Territory]:
    """Give the places of the organisation's country, or the countries if it has none yet."""
    if organisation.territory is None:
        return Territory.objects.filter(level=0)
    return Territory.objects.within(organisation.territory.path.split("/")[0])


def role_choices(roles: Iterable[Role]) -> list[tuple[str, Any]]:
    """Give roles in the order of their table, with their names."""
    wanted = set(roles)
    return [(role.value, ROLE_LABELS[role]) for role in Role if role in wanted]


class OrganisationForm(forms.Form):
    """What an organisation says of itself, in each language of the desk; words in other languages stay."""

    territory = forms.ModelChoiceField(label=_("Territory"), queryset=Territory.objects.none(), required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        self.organisation = organisation
        kwargs["initial"] = {
            field: getattr(organisation, field) for field in ("address", "phone", "email", "territory")
        }
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = territories_near(organisation)
        for code, language in settings.LANGUAGES:
            name = forms.CharField(label=_("Name in %(language)s") % {"language": language}, max_length=200)
            about = forms.CharField(
                label=_("About, in %(language)s") % {"language": language}, max_length=2000, widget=forms.Textarea
            )
            for field, texts, found in [("names", organisation.names, name), ("about", organisation.about, about)]:
                found.required = field == "names" and code == settings.LANGUAGE_CODE
                found.initial = texts.get(code, "")
                self.fields[f"{field}_{code}"] = found
        self.order_fields([*(f"names_{code}" for code, _name in settings.LANGUAGES), "territory"])

    def described(self) -> dict[str, Any]:
        """Give what the service wants: texts by language, the rest as it is."""
        told = {field: self.cleaned_data[field] for field in ("territory", "address", "phone", "email")}
        for field in ("names", "about"):
            texts = dict(getattr(self.organisation, field))
            for code, _language in settings.LANGUAGES:
                texts[code] = self.cleaned_data[f"{field}_{code}"]
            told[field] = {code: words for code, words in texts.items() if words}
        return told


class InviteForm(forms.Form):
    """Whom to invite, as what."""

    role = forms.ChoiceField(label=_("As"), widget=forms.RadioSelect)
    label = forms.CharField(
        label=_("For whom"),
        max_length=120,
        required=False,
        help_text=_("So that you know which invitation is whose. Only people who run your organisation see it."),
    )
    territory = forms.ModelChoiceField(label=_("Works in"), queryset=Territory.objects.none(), required=False)
    days = forms.IntegerField(
        label=_("Days it stays open"), min_value=1, max_value=LONGEST_DAYS_OPEN, initial=DAYS_OPEN
    )

    def __init__(self, *args: Any, organisation: Organisation, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(roles)
        self.fields["territory"].queryset = territories_near(organisation)


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(roles)


class RecoverForm(forms.Form):
    """Whether the second step of signing in is taken away, and why."""

    reset_mfa = forms.BooleanField(label=_("Their phone or key is lost too: take away the second step"), required=False)
    reason = forms.CharField(
        label=_("Why, and how you know it is them"), max_length=300, required=False, help_text=_("Kept in the journal.")
    )


class JoinForm(forms.Form):
    """The account of someone who joins: no e-mail, no phone number."""

    display_name = forms.CharField(
        label=_("Your name, as colleagues know you"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    username = forms.CharField(
        label=_("Name to sign in with"),
        max_length=60,
        help_text=_("Letters and digits, without spaces. You choose it; nobody else can have the same."),
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least ten characters. Four plain words are easy to remember and hard to guess."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


class ReturnForm(forms.Form):
    """The new password of someone who comes back."""

    password = JoinForm.base_fields["password"]


class TokenForm(forms.Form):
    """A key for a program."""

    name = forms.CharField(label=_("What the program is for"), max_length=120)
    role = forms.ChoiceField(label=_("What it may do: as a"))

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(roles)


class LineForm(forms.Form):
    """A number or an address to lend."""

    kind = forms.ChoiceField(label=_("Kind"), choices=LentLine.Kind)
    value = forms.CharField(label=_("Number or address"), max_length=200)
    label = forms.CharField(label=_("Who answers it"), max_length=120)
