"""What a reader chooses to look at; every choice is in the address, so that a page can be shared."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relais.kernel.text import pick
from relais.procedures.models import Procedure, ProcedureVersion
from relais.reports.queries import GROUPS


class JourneyForm(forms.Form):
    """Under which version, and by which grouping; anything else means all of it."""

    version = forms.ChoiceField(label=gettext_lazy("Under which version"), required=False)
    by = forms.ChoiceField(label=gettext_lazy("By which group"), required=False)

    def __init__(self, *args: object, procedure: Procedure, **kwargs: object) -> None:
        """Offer the versions that were or are in force, and the groupings."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        lived = procedure.versions.exclude(state=ProcedureVersion.State.DRAFT).order_by("-number")
        names = [
            (str(each.pk), pick(each.names) or _("Version %(number)s") % {"number": each.number}) for each in lived
        ]
        groups = {
            "sex": _("sex"),
            "disability": _("difficulty"),
            "status": _("status"),
            "territory": _("territory"),
            "language": _("language"),
        }
        self.fields["version"].choices = [("", _("any version")), *names]  # type: ignore[attr-defined]
        self.fields["by"].choices = [("", _("nothing")), *((key, groups[key]) for key in GROUPS)]  # type: ignore[attr-defined]
        for field in self.fields.values():  # they stand in a sentence, without a label beside them
            field.widget.attrs["aria-label"] = field.label

    def chosen(self) -> tuple[UUID | None, str]:
        """Give the version and the grouping asked for, nothing where the address makes no sense."""
        values = self.cleaned_data if self.is_bound and self.is_valid() else {}
        version = values.get("version")
        return (UUID(version) if version else None), values.get("by", "")


class ExportForm(forms.Form):
    """As which kind of file."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of file"),
        choices=[("sqlite", gettext_lazy("SQLite, for large logs")), ("json", "JSON")],
        widget=forms.RadioSelect,
        initial="sqlite",
    )
