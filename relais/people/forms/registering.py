"""What is asked of someone at the door; nothing is mandatory but what we call them."""

from datetime import date, datetime
from typing import Any

from babel import Locale, UnknownLocaleError
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from relais.access.lock import Actor, organisations_where
from relais.access.verbs import Verb
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.people.forms.sharing import YES_OR_NO
from relais.people.identities import Facts, Paper
from relais.people.legal import statuses_of
from relais.people.models import Person
from relais.people.rules import LONGEST_NAME
from relais.places.models import Territory
from relais.programmes.models import Partner

OLDEST = 120
ANSWERS = ("sex", "status", "language", "territory", "household", "disability")
PAPERS = {
    "passport": _("passport"),
    "birth": _("birth certificate"),
    "residence": _("residence permit"),
    "refugee": _("refugee certificate"),
    "other": _("another paper"),
}


def name_of_language(code: str) -> str:
    """Say a language in the reader's."""
    if not code:
        return ""
    try:
        return Locale.parse(code).get_display_name(get_language() or "en") or code
    except (UnknownLocaleError, ValueError):
        return code


class WhereField(forms.ModelChoiceField):
    """For which organisation, in which programme; asked only of those who have a choice."""

    def __init__(self, actor: Actor) -> None:
        own = organisations_where(actor, Verb.PERSON_REGISTER)
        partners = Partner.objects.filter(organisation__in=own).select_related("organisation", "programme__country")
        super().__init__(partners.order_by("pk"), label=_("For which organisation?"), empty_label=None)
        first = list(self.queryset[:2])
        self.initial = first[0].pk if first else None
        if len(first) < 2:
            self.widget = forms.HiddenInput()

    def label_from_instance(self, partner: Partner) -> str:
        """Name both."""
        return f"{partner.organisation} · {partner.programme}"


class SearchForm(forms.Form):
    """What someone at the door says of themselves."""

    called = forms.CharField(
        label=_("Name, or the code on the card"),
        max_length=LONGEST_NAME,
        help_text=_("As you hear it, in any script. A first name is enough."),
    )
    birth_year = forms.IntegerField(label=_("Born about"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where"] = WhereField(actor)


class PersonForm(forms.Form):
    """The least we must know of someone."""

    called = forms.CharField(
        label=_("What should we call them?"),
        max_length=LONGEST_NAME,
        help_text=_("A first name or a nickname is enough."),
    )
    birth_year = forms.IntegerField(label=_("Year of birth"), required=False)
    about = forms.BooleanField(label=_("The year is a guess"), required=False)
    sex = forms.ChoiceField(
        label=_("Sex, as they say it"), choices=[("", _("not said")), *Person.Sex.choices], required=False
    )
    status = forms.ChoiceField(
        label=_("Status, as far as they know"),
        required=False,
        help_text=_("Asked because it changes which papers are needed."),
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    reads = forms.ChoiceField(label=_("Reads"), choices=YES_OR_NO, required=False)
    territory = forms.ModelChoiceField(Territory.objects.none(), label=_("Lives in"), required=False)
    household = forms.IntegerField(label=_("People in the household"), min_value=1, max_value=60, required=False)
    disability = forms.ChoiceField(
        label=_("Difficulty seeing, hearing, walking, remembering, washing or being understood"),
        choices=[("", _("not said")), *Person.Disability.choices],
        required=False,
    )
    other_names = forms.CharField(
        label=_("Other names"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=4 * LONGEST_NAME,
        required=False,
        help_text=_("As on papers, or in another script; one on each line."),
    )
    born_on = forms.DateField(
        label=_("Day of birth, if known"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), required=False
    )
    paper = forms.ChoiceField(
        label=_("A paper they have"), choices=[("", _("none, or not said")), *PAPERS.items()], required=False
    )
    number = forms.CharField(label=_("Its number"), max_length=60, required=False)
    id = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid7)

    FIRST = ("called", "birth_year", "about", "sex")

    def __init__(self, *args: Any, programme: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = dict(statuses_of(programme))
        kept = self.initial.get("status") or ""
        self.fields["status"].choices = [*{"": _("not said"), kept: kept or _("not said"), **known}.items()]
        codes = dict.fromkeys([*programme.languages, "en", "fr", "ar"])
        self.fields["language"].choices = [("", _("not said")), *((code, name_of_language(code)) for code in codes)]
        inside = Territory.objects.filter(path__startswith=programme.country.path)
        self.fields["territory"].queryset = inside.order_by("path")

    @property
    def first(self) -> list[forms.BoundField]:
        """Give the questions that stand on the first screen."""
        return [self[name] for name in self.FIRST]

    @property
    def rest(self) -> list[forms.BoundField]:
        """Give the questions that can wait."""
        return [field for field in self.visible_fields() if field.name not in self.FIRST]

    def clean_birth_year(self) -> int | None:
        """Refuse a year nobody living was born in."""
        year = self.cleaned_data["birth_year"]
        this_year = clock.today().year
        if year is not None and not this_year - OLDEST <= year <= this_year:
            raise forms.ValidationError(_("Write the year with four digits, for example 1984."))
        return year

    def clean_born_on(self) -> date | None:
        """Refuse a birth in the future."""
        born_on = self.cleaned_data["born_on"]
        if born_on and born_on > clock.today():
            raise forms.ValidationError(_("This day is still to come."))
        return born_on

    def facts(self, before: Facts | None = None) -> Facts:
        """Give what is sealed; papers that the form did not show stay."""
        data = self.cleaned_data
        papers = (before.papers if before else ())[1:]
        if data["paper"] and data["number"].strip():
            papers = (Paper(data["paper"], data["number"].strip()), *papers)
        names = tuple(line.strip() for line in data["other_names"].splitlines() if line.strip())
        return Facts(data["called"].strip(), names, data["born_on"], papers)

    def answers(self) -> dict[str, Any]:
        """Give what is not sealed, because procedures and counts ask for it."""
        data = self.cleaned_data
        year = data["born_on"].year if data["born_on"] else data["birth_year"]
        known = Person.BirthKnown.ESTIMATED if data["about"] and not data["born_on"] else Person.BirthKnown.EXACT
        return {
            **{name: data[name] for name in ANSWERS},
            "birth_year": year,
            "birth_known": known if year else Person.BirthKnown.UNKNOWN,
            "reads": {"yes": True, "no": False}.get(data["reads"]),
        }

    @staticmethod
    def initial_of(person: Person, facts: Facts) -> dict[str, Any]:
        """Give the answers as they are now, to be corrected."""
        paper = facts.papers[0] if facts.papers else Paper("", "")
        return {
            **{name: getattr(person, name) for name in ANSWERS},
            "called": facts.called,
            "other_names": "\n".join(facts.other_names),
            "born_on": facts.born_on,
            "birth_year": person.birth_year,
            "about": person.birth_known == Person.BirthKnown.ESTIMATED,
            "reads": {True: "yes", False: "no"}.get(person.reads, ""),  # type: ignore[arg-type]
            "paper": paper.kind,
            "number": paper.number,
        }


class CorrectForm(PersonForm):
    """The same answers, corrected by someone who may not be the only one."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_seen(self) -> datetime | None:
        """Give when what was shown had last changed; a page from before this was asked says nothing."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            return None

    def show_what_is_saved(self, person: Person, facts: Facts, seen: datetime | None) -> None:
        """Put beside what is typed what someone else saved meanwhile; sent again, it is sent knowingly."""
        self.data = {**self.data.dict(), "seen": seen.isoformat() if seen else ""}
        saved = self.initial_of(person, facts)
        for name in self.changed_data:
            if name in saved:
                said = dict(getattr(self.fields[name], "choices", ())).get(saved[name], saved[name])
                self[name].help_text = _("Saved meanwhile: %(said)s") % {"said": said or _("nothing")}
