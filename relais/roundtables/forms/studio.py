"""What one tick in the draft studio asks for."""

from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from relais.procedures.actions import Action, ActionError, accept, read_key
from relais.procedures.limits import Floor
from relais.procedures.models import EvidenceType, ProcedureVersion
from relais.procedures.services import DEEDS
from relais.roundtables.best import Wish

DEAREST = 1000
"""The highest cost an authority may give to one change."""


class TickForm(forms.Form):
    """One change of a draft, as its button says it: what to do, to what, and with which papers.

    `refuse who-you-are passport,photo` accepts passport and photo no longer; after cleaning: `do`, `key` and `evidence`.
    """

    tick = forms.RegexField(rf"^({'|'.join(DEEDS)})( [\w-]+)?( [\w,-]+)?\Z", max_length=2000)

    def __init__(self, *args, version: ProcedureVersion, **kwargs) -> None:
        """Remember the draft whose evidence may be named."""
        super().__init__(*args, **kwargs)
        self.version = version

    def clean(self) -> dict[str, object]:
        """Take the button's words apart; evidence that is not of this procedure is refused."""
        do, key, evidence = [*self.cleaned_data.get("tick", "").split(" "), "", ""][:3]
        keys = {each for each in evidence.split(",") if each}
        papers = list(EvidenceType.objects.filter(procedure=self.version.procedure_id, key__in=keys))
        if len(papers) != len(keys):
            raise forms.ValidationError(_("This proof belongs to another procedure; describe it in this one first."))
        return {"do": do, "key": key, "evidence": papers}


class WishForm(forms.Form):
    """What someone asks of the search for the best changes; every field may stay empty."""

    most = forms.IntegerField(label=_("how many changes"), min_value=1, max_value=10, required=False)
    budget = forms.DecimalField(
        label=_("at a cost of at most"), min_value=0, max_digits=6, decimal_places=1, required=False
    )
    group = forms.ChoiceField(label=_("and whom not to forget"), required=False)
    at_least = forms.IntegerField(
        label=_("at least so many of them"), min_value=1, max_value=10_000_000, required=False
    )

    def __init__(self, *args, groups: Sequence[tuple[str, str]], **kwargs) -> None:
        """Offer the groups of the programme."""
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", _("everyone")), *groups]

    def wish(self) -> Wish:
        """Give what was asked, with the cost of each change and those left out."""
        said = self.cleaned_data
        by, _colon, value = (said.get("group") or "").partition(":")
        at_least = said.get("at_least")
        return Wish(
            most=said.get("most") or 3,
            budget=said.get("budget"),
            costs={name.removeprefix("cost "): cost for name in self.data if (cost := self._cost(name)) is not None},
            left_out=self.data.getlist("without"),
            also=self.also(),
            floor=Floor(by, value, at_least) if at_least else None,
        )

    def also(self) -> list[Action]:
        """Read the changes someone wants weighed too, each by its key; what is no key is left out."""
        said = self.data.getlist("also")
        if self.data.get("also_requirement") and self.data.get("also_evidence"):
            said.append(accept(self.data["also_requirement"], [self.data["also_evidence"]]).key)
        found = []
        for key in said:
            with suppress(ActionError):
                found.append(read_key(key))
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse a cost that is none."""
        for name in self.data:
            if name.startswith("cost ") and self.data[name] and self._cost(name) is None:
                told = {"typed": self.data[name], "most": DEAREST}
                self.add_error(None, _("“%(typed)s” is no cost: give a number from 0 to %(most)s.") % told)
        return self.cleaned_data

    @property
    def unread(self) -> list[str]:
        """Say each thing that was not understood, with its name."""
        return [
            _("%(label)s: %(value)s") % {"label": self.fields[name].label, "value": error}
            if name in self.fields
            else error
            for name, errors in self.errors.items()
            for error in errors
        ]

    def _cost(self, name: str) -> Decimal | None:
        """Read the cost given to one change."""
        try:
            cost = Decimal(self.data[name]) if name.startswith("cost ") else None
        except InvalidOperation:
            return None
        return cost if cost is not None and cost.is_finite() and 0 <= cost <= DEAREST else None
