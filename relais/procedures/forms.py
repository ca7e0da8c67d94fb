"""What someone changes in a draft, made clean: words in each language of the programme, costs, proofs, conditions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from relais.kernel.text import pick
from relais.procedures.models import EvidenceType, Procedure, Requirement, Step
from relais.procedures.terms import Clause, Condition, Op


class InLanguages(forms.Form):
    """Asks each text once for every language of the programme; one language is enough.

    `texts` names the texts with their labels; the first one must be given. `words()` gives them back by language.
    """

    texts: Mapping[str, Any] = {}

    def __init__(self, *args: Any, procedure: Procedure, written: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.procedure, self.written = procedure, written
        known = [*procedure.programme.languages] or [code for code, _name in settings.LANGUAGES]
        # The reader's own language comes first: it is the one they can answer for.
        self.languages = sorted(known, key=lambda code: code != get_language())
        asked = {}
        for name, label in self.texts.items():
            for code in self.languages:
                asked[f"{name}_{code}"] = self._text(label, code, self._before(name).get(code, ""))
        self.fields = {**asked, **self.fields}

    def _text(self, label: Any, code: str, before: str) -> forms.CharField:
        said = _("%(text)s, in %(language)s") % {"text": label, "language": get_language_info(code)["name_local"]}
        widget = forms.TextInput(attrs={"lang": code, "dir": "auto"})
        return forms.CharField(label=said, required=False, max_length=300, initial=before, widget=widget)

    def clean(self) -> dict[str, Any]:
        """Ask for the first text in at least one language."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first = next(iter(self.texts))
        if not self._by_language(first):
            self.add_error(f"{first}_{self.languages[0]}", _("Write it in at least one language."))
        return cleaned

    def words(self) -> dict[str, dict[str, str]]:
        """Give each text by language."""
        return {name: self._by_language(name) for name in self.texts}

    def _by_language(self, name: str) -> dict[str, str]:
        given = {code: self.cleaned_data.get(f"{name}_{code}", "") for code in self.languages}
        kept = {code: words for code, words in self._before(name).items() if code not in self.languages}
        return kept | {code: words for code, words in given.items() if words}

    def _before(self, name: str) -> Mapping[str, str]:
        return getattr(self.written, name, None) or {}

    def facts(self) -> dict[str, Any]:
        """Give everything but the texts, as services take it."""
        texts = {f"{name}_{code}" for name in self.texts for code in self.languages}
        return {name: value for name, value in self.cleaned_data.items() if name not in texts}


def _amount(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=9999, initial=0)


def _fee() -> forms.DecimalField:
    return forms.DecimalField(label=_("Fee"), min_value=0, max_digits=10, decimal_places=2, initial=0)


class StepForm(InLanguages):
    """Where a step happens, and what it takes."""

    texts = {"names": _("What one does"), "about": _("What happens"), "place": _("Where")}
    channel = forms.ChoiceField(label=_("How"), choices=Step.Channel.choices)
    visits = _amount(_("Visits"))
    fee = _fee()
    minutes = _amount(_("Minutes on the spot"))
    waiting_days = _amount(_("Days of waiting"))


class EvidenceTypeForm(InLanguages):
    """A kind of proof, and what getting one takes."""

    texts = {"names": _("Name of the proof"), "about": _("Where to get it")}
    visits = _amount(_("Visits"))
    fee = _fee()
    minutes = _amount(_("Minutes"))
    days = _amount(_("Days of waiting"))
    held_by_state = forms.BooleanField(label=_("The state already has what it proves"), required=False)


class EvidenceTypesField(forms.ModelMultipleChoiceField):
    """Proofs that are needed together."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: EvidenceType) -> str:
        """Name the proof in the reader's language."""
        return pick(obj.names)


class AcceptForm(forms.Form):
    """One more way to meet a requirement."""

    evidence_types = EvidenceTypesField(
        queryset=EvidenceType.objects.none(),
        label=_("Which proofs, brought together, are enough?"),
        help_text=_("Tick one, or several that are needed together."),
    )

    def __init__(self, *args: Any, procedure: Procedure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence_types"].queryset = procedure.evidence_types.all()

    @property
    def keys(self) -> frozenset[str]:
        """The proofs ticked."""
        return frozenset(paper.key for paper in self.cleaned_data["evidence_types"])


class RequirementForm(InLanguages):
    """What is asked, why, and whether the law insists."""

    texts = {"names": _("What is asked"), "why": _("Why it is asked")}
    legal_basis = forms.CharField(label=_("Legal basis"), required=False, max_length=200)
    must_keep = forms.BooleanField(label=_("Required by law: it cannot be dropped"), required=False)

    def __init__(self, *args: Any, written: Requirement | None = None, **kwargs: Any) -> None:
        super().__init__(*args, written=written, **kwargs)
        if written is None:
            papers = self.procedure.evidence_types.all()
            label = _("Which proofs, brought together, are enough?")
            self.fields["evidence_types"] = EvidenceTypesField(queryset=papers, label=label)
        else:
            self.initial |= {"legal_basis": written.legal_basis, "must_keep": written.must_keep}


class ConditionForm(forms.Form):
    """Of whom a requirement is asked: for each attribute, its values or a range; nothing chosen is everyone."""

    def __init__(self, *args: Any, procedure: Procedure, condition: Condition = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attributes: Mapping[str, Any] = procedure.attributes
        for name, about in self.attributes.items():
            clauses = [clause for clause in condition if clause.attribute == name]
            named = {"attribute": capfirst(pick(about["names"]))}
            if about.get("values"):
                self.fields[name] = self._values(named, about["values"], clauses)
            else:
                for op, label in ((Op.GE, _("%(attribute)s: from")), (Op.LT, _("%(attribute)s: less than"))):
                    before = next((clause.value for clause in clauses if clause.op == op), None)
                    self.fields[f"{name}_{op}"] = forms.IntegerField(
                        label=label % named, required=False, min_value=0, max_value=9999, initial=before
                    )

    def _values(
        self, named: dict[str, str], values: Mapping[str, Any], clauses: Iterable[Clause]
    ) -> forms.MultipleChoiceField:
        clauses = list(clauses)
        before = [value for value in values if clauses and all(clause.accepts(value) for clause in clauses)]
        return forms.MultipleChoiceField(
            label=_("%(attribute)s: asked only of") % named,
            choices=[(value, pick(names)) for value, names in values.items()],
            required=False,
            initial=before,
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def condition(self) -> Condition:
        """The clauses chosen."""
        clauses = []
        for name, about in self.attributes.items():
            if about.get("values"):
                if chosen := self.cleaned_data[name]:
                    several = len(chosen) > 1
                    value = frozenset(chosen) if several else chosen[0]
                    clauses.append(Clause(name, Op.IN if several else Op.IS, value))
                continue
            bounds = {op: self.cleaned_data[f"{name}_{op}"] for op in (Op.GE, Op.LT)}
            clauses += [Clause(name, op, value) for op, value in bounds.items() if value is not None]
        return tuple(clauses)
