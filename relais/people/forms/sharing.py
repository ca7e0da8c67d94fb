"""How someone is reached, and what they agree to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from relais.kernel.ids import uuid7
from relais.kernel.pictures import cleaned
from relais.kernel.sounds import NotTaken
from relais.kernel.text import pick
from relais.organisations.models import LentLine, Organisation
from relais.people.models import Consent, ConsentText, Contact, Person
from relais.people.portraits import LARGEST_BYTES
from relais.people.proofs import LARGEST, Proof
from relais.people.rules import LONGEST_NAME
from relais.programmes.models import Partner

YES_OR_NO = [("", _("not said")), ("yes", _("yes")), ("no", _("no"))]


class ContactForm(forms.Form):
    """A way to reach someone, or a line lent to who has none."""

    lent_line = forms.ModelChoiceField(
        LentLine.objects.none(),
        label=_("Lend one of our lines"),
        required=False,
        empty_label=_("no, they have their own"),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Contact.Kind.choices)
    value = forms.CharField(label=_("Number or address"), max_length=200, required=False)
    who_answers = forms.ChoiceField(label=_("Who answers?"), choices=Contact.Answers.choices)
    safe_to_contact = forms.ChoiceField(
        label=_("Is it safe to call or write there?"), choices=YES_OR_NO, required=False
    )
    best_time = forms.CharField(label=_("Best time"), max_length=80, required=False)
    id = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid7)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = self.fields["lent_line"]
        lines.queryset = LentLine.objects.filter(organisation=person.organisation_id).order_by("value")
        lines.label_from_instance = lambda line: f"{line.value} · {pick(line.label)}"

    def clean_safe_to_contact(self) -> bool | None:
        """Make yes, no or not said of it."""
        return {"yes": True, "no": False}.get(self.cleaned_data["safe_to_contact"])


class PortraitForm(forms.Form):
    """A picture of someone, and whether their card shows it."""

    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, up to 8 MB. What the phone wrote into it is left out."),
    )
    on_card = forms.BooleanField(
        label=_("The person wants it on their card"),
        required=False,
        help_text=_("Whoever finds the card then sees the face beside the code."),
    )

    def clean_picture(self) -> bytes:
        """Read the file, unless it is too large to be."""
        file = self.cleaned_data["picture"]
        if file and file.size > LARGEST_BYTES:
            raise forms.ValidationError(_("This picture is larger than 8 MB. Choose a smaller one."))
        return file.read() if file else b""


class ConsentForm(forms.Form):
    """To whom, how, and when someone agreed to the words on the page."""

    recipient = forms.ModelChoiceField(Organisation.objects.none(), label=_("For whom?"), empty_label=None)
    way = forms.ChoiceField(
        label=_("How do they agree?"),
        widget=forms.RadioSelect,
        choices=[choice for choice in Consent.Way.choices if choice[0] != Consent.Way.CODE],
    )
    witness = forms.CharField(label=_("Name of the witness"), max_length=LONGEST_NAME, required=False)
    proof = forms.FileField(
        label=_("Recording or picture"),
        required=False,
        help_text=_("Their voice, signature or thumb print; it is sealed. At most one megabyte."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,audio/*"}),
    )
    given_on = forms.DateField(
        label=_("On which day?"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), required=False
    )
    text_hash = forms.CharField(widget=forms.HiddenInput)
    id = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid7)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = Partner.objects.filter(programme=person.programme_id).exclude(organisation=person.organisation_id)
        self.fields["recipient"].queryset = Organisation.objects.filter(pk__in=partners.values("organisation"))

    def clean_proof(self) -> Proof:
        """Take a picture or a recording of reasonable size, by what it is and not by what it is called, and nothing else."""
        file = self.cleaned_data["proof"]
        if not file:
            return Proof()
        try:
            kind, data = cleaned(file.read() if file.size <= LARGEST else b"")
        except NotTaken as refused:
            raise forms.ValidationError(_("Choose a picture or a recording of at most one megabyte.")) from refused
        return Proof(kind=kind, data=data)


class OwnConsentForm(ConsentForm):
    """The same at one's own page: the way is code and PIN, the day is today."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("way", "witness", "proof", "given_on"):
            del self.fields[name]


def texts_for(person: Person) -> list[ConsentText]:
    """Give the newest words of each purpose in the person's programme."""
    newest: dict[str, ConsentText] = {}
    for text in ConsentText.objects.filter(programme=person.programme_id).order_by("-number"):
        newest.setdefault(text.purpose, text)
    return sorted(newest.values(), key=lambda text: ConsentText.Purpose.values.index(text.purpose))
