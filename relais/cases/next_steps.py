"""The one thing to do now in a case, in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relais.cases.models import Case, Dossier
from relais.kernel.text import day_in_words, pick
from relais.procedures.assess import Action, Assessment, Standing
from relais.procedures.describe import burden_words, cost_words, joined, list_words
from relais.procedures.terms import Version
from relais.procedures.way import Leg

ASKED = {
    "sex": gettext_lazy("whether the person is a woman or a man"),
    "age": gettext_lazy("the year of birth"),
    "status": gettext_lazy("the legal status"),
    "disability": gettext_lazy("whether seeing, hearing, walking or remembering is difficult"),
    "household": gettext_lazy("how many people live in the household"),
    "language": gettext_lazy("the language"),
    "territory": gettext_lazy("where the person lives"),
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do, why, and which page does it: prove, hand, course, barrier, correct or nothing."""

    what: str
    why: str = ""
    does: str = ""
    evidence: str = ""


def next_step(
    case: Case, found: Assessment, version: Version, dossier: Dossier | None = None, *, trained: bool = True
) -> NextStep:
    """Say what comes next: first what an authority said, then what shuts the door, then the cheapest proof."""
    if case.closed_at is not None:
        return NextStep(_("This case ended: %(outcome)s.") % {"outcome": case.get_outcome_display()})
    if dossier and dossier.state == Dossier.State.HANDED:
        day = day_in_words(dossier.batch.handed_on)
        return NextStep(_("Wait for the decision."), _("The dossier was handed over on %(day)s.") % {"day": day})
    if not trained:
        why = _("Only volunteers trained on the version in force advise on it.")
        return NextStep(_("Take the short course on the new version."), why, "course")
    if dossier and dossier.state == Dossier.State.RETURNED:
        why = " · ".join(part for part in (str(dossier.requirement or ""), dossier.remark) if part)
        what = _("The dossier came back: %(reason)s.") % {"reason": dossier.get_reason_display()}
        return NextStep(what, why, "hand" if found.standing == Standing.PASSES else "prove")
    if found.standing == Standing.BLOCKED:
        names = joined(pick(reason.requirement.names) for reason in found.blocked_by)
        why = _("Nothing this person can get is accepted. Tell what stops them, so that the table hears it.")
        return NextStep(_("Blocked: %(what)s.") % {"what": names}, why, "barrier")
    if found.next is None:
        return NextStep(
            _("Everything is there."), _("Ask whether the person agrees, then hand the dossier over."), "hand"
        )
    return _to_prove(found.next, version)


def _to_prove(action: Action, version: Version) -> NextStep:
    """Say the cheapest way to settle an open requirement."""
    asked = joined(str(ASKED.get(name, name)) for name in sorted(action.ask))
    first = _("Ask: %(what)s.") % {"what": asked} if asked else ""
    if not action.get:
        return NextStep(first or pick(action.requirement.names), pick(action.requirement.names), "correct")
    what = _("Get: %(papers)s.") % {"papers": list_words(action.get, version)}
    cost = _("It takes %(burden)s.") % {"burden": burden_words(action.burden, version.currency)}
    if not cost_words(action.burden, version.currency):
        cost = _("It takes no further trip, fee or wait.")
    why = " ".join(part for part in (pick(action.requirement.names) + ".", cost, first) if part)
    return NextStep(what, why, "prove", min(action.get))


def way_words(way: Iterable[Leg], version: Version) -> list[tuple[str, str, str]]:
    """Say a way leg by leg: what it is for, what it takes, and all that it takes up to there."""
    steps = {step.key: pick(step.names) or step.key for step in version.steps}
    asked = {each.key: pick(each.names) or each.key for _step, each in version.asked()}
    return [
        (
            asked[leg.requirement] if leg.requirement else steps[leg.step],
            burden_words(leg.burden, version.currency),
            burden_words(leg.so_far, version.currency),
        )
        for leg in way
    ]
