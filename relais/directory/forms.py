"""What someone typed about a place to go, made clean."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from relais.directory.models import Office
from relais.kernel.text import pick
from relais.organisations.models import Organisation
from relais.places.models import Territory

TRANSLATED = ("names", "address", "hours", "asks_for", "safety")
STEP_FREE = [("", _("not known")), ("true", _("yes")), ("false", _("no"))]


def words(label, help_text="", rows=2):
    """Make a field for words in the reader's language."""
    area = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=1000, widget=area)


class OfficeForm(forms.Form):
    """What the list says of a place, in the language of whoever writes; other languages stay as they are."""

    names = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    territory = forms.ModelChoiceField(label=_("Where"), queryset=Territory.objects.none())
    address = words(_("Address"))
    hours = words(_("Opening hours"))
    asks_for = words(_("What it asks for"), _("Papers, phone, e-mail, money: what people were really asked."), rows=3)
    safety = words(_("Is it safe?"), _("What people say: police at the door, a guard who asks, a kind clerk."), rows=3)
    step_free = forms.TypedChoiceField(
        label=_("Can one enter with a wheelchair?"),
        choices=STEP_FREE,
        coerce=lambda value: value == "true",
        empty_value=None,
        required=False,
    )
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel", "dir": "ltr"})
    )

    def __init__(self, *args, programme, office: Office | None = None, **kwargs):
        """Show what is known, in the reader's language or the nearest there is."""
        self.office = office
        super().__init__(*args, initial=_known(office) if office else {}, **kwargs)
        self.fields["territory"].queryset = Territory.objects.within(programme.country.path)

    def clean(self):
        """Keep every other language of each text."""
        told = super().clean()
        language = (get_language() or "en").split("-")[0]
        for field in TRANSLATED:
            before = getattr(self.office, field) if self.office else {}
            after = {**before, language: told.get(field, "")}
            # What only another language said was shown as a hint of what to write; unchanged, it is not a translation.
            unchanged = not before.get(language) and told.get(field) == pick(before)
            told[field] = before if unchanged else {code: text for code, text in after.items() if text}
        return told


class NewOfficeForm(OfficeForm):
    """A place nobody has written down yet."""

    key = forms.SlugField(label=_("Short name"), max_length=60, help_text=_("Letters and dashes, for its address."))
    organisation = forms.ModelChoiceField(label=_("Which organisation runs it?"), queryset=Organisation.objects.none())

    field_order = ["key", "names", "organisation", "territory"]

    def __init__(self, *args, programme, **kwargs):
        """Offer the partners of the programme."""
        super().__init__(*args, programme=programme, **kwargs)
        partners = programme.partners.values("organisation")
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=partners)


def _known(office: Office) -> dict[str, object]:
    known = {field: pick(getattr(office, field)) for field in TRANSLATED}
    step_free = "" if office.step_free is None else str(office.step_free).lower()
    return {**known, "territory": office.territory_id, "step_free": step_free, "phone": office.phone}
