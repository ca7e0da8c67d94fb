"""A procedure in plain words: conditions, ways to prove, what things take, what changed, what may be wrong.

Each sentence is whole and translated as one; names come from the procedure in the reader's language.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from babel.lists import format_list
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from relais.kernel.text import pick
from relais.procedures.assess import Burden
from relais.procedures.compare import Change, Kind
from relais.procedures.models import Step as StepRow
from relais.procedures.rules import Caution, Flaw
from relais.procedures.terms import Clause, Condition, EvidenceType, EvidenceTypeList, Op, Version

Attributes = Mapping[str, Any]
"""What a procedure's conditions may ask about: `{"status": {"names": {...}, "values": {"refugee": {...}}}}`."""

TELL_IN_HOURS = 120
"""From how many minutes on people think in hours."""


def joined(words: Iterable[str], style: str = "standard") -> str:
    """Join words as the reader's language does: `standard` for *and*, `or` for any one of them."""
    return format_list([*words], style=style, locale=get_language() or "en")


def clause_words(clause: Clause, attributes: Attributes) -> str:
    """Say one clause of a condition."""
    about = attributes.get(clause.attribute, {})
    names = {"attribute": pick(about.get("names")) or clause.attribute}
    values = about.get("values") or {}
    said = sorted(pick(values.get(value)) or str(value) for value in clause.values)
    said = [word if clause.is_numeric else _("“%(word)s”") % {"word": word} for word in said]
    match clause.op:
        case Op.GE:
            return _("%(attribute)s is %(value)s or more") % {**names, "value": said[0]}
        case Op.LT:
            return _("%(attribute)s is less than %(value)s") % {**names, "value": said[0]}
        case Op.IS | Op.IN:
            return _("%(attribute)s is %(value)s") % {**names, "value": joined(said, "or")}
        case Op.IS_NOT | Op.NOT_IN:
            return _("%(attribute)s is not %(value)s") % {**names, "value": joined(said, "or")}


def condition_words(condition: Condition, attributes: Attributes) -> str:
    """Say of whom something is asked; nothing when it is asked of everyone."""
    ranges = _ranges(condition)
    alone = [clause for clause in condition if clause.op not in (Op.GE, Op.LT) or clause.attribute not in ranges]
    said = [clause_words(clause, attributes) for clause in alone]
    said += [_range_words(name, start, end, attributes) for name, (start, end) in ranges.items()]
    return joined(said) if said else ""


def _ranges(condition: Condition) -> dict[str, tuple[int, int]]:
    """Find the numbers a condition bounds once from below and once from above."""
    bounds: dict[str, list[Clause]] = {}
    for clause in condition:
        if clause.op in (Op.GE, Op.LT):
            bounds.setdefault(clause.attribute, []).append(clause)
    pairs = {name: {clause.op: clause.value for clause in found} for name, found in bounds.items() if len(found) == 2}
    return {name: (pair[Op.GE], pair[Op.LT] - 1) for name, pair in pairs.items() if len(pair) == 2}


def _range_words(name: str, start: int, end: int, attributes: Attributes) -> str:
    named = pick(attributes.get(name, {}).get("names")) or name
    return _("%(attribute)s is from %(start)s to %(end)s") % {"attribute": named, "start": start, "end": end}


def list_words(evidence_list: EvidenceTypeList, version: Version) -> str:
    """Say what is needed together."""
    papers = [version.evidence[key] for key in version.evidence if key in evidence_list]
    return joined(pick(paper.names) for paper in papers) if papers else _("nothing to bring")


def amount_words(what: str, amount: Any, currency: str = "") -> str:
    """Say a number of visits, a fee, days or minutes; nothing of it is said too."""
    if what == "fee":
        return fee_words(amount, currency)
    number = {"number": number_format(amount, use_l10n=True, force_grouping=True)}
    match what:
        case "visits":
            return ngettext("%(number)s visit", "%(number)s visits", amount) % number if amount else _("no visit")
        case "minutes" if amount >= TELL_IN_HOURS:
            hours = round(amount / 60)
            return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": number_format(hours)}
        case "minutes":
            return ngettext("%(number)s minute", "%(number)s minutes", amount) % number if amount else _("no time")
        case "documents":
            return ngettext("%(number)s document", "%(number)s documents", amount) % number
        case _:
            days = ngettext("%(number)s day of waiting", "%(number)s days of waiting", amount)
            return days % number if amount else _("no waiting")


def fee_words(fee: Decimal, currency: str) -> str:
    """Say a sum of money as the reader's language writes it."""
    if not fee:
        return _("free")
    amount = number_format(round(Decimal(fee), 2).normalize(), use_l10n=True, force_grouping=True)
    return f"{amount}\u00a0{currency}".rstrip()


def cost_words(thing: Any, currency: str) -> list[str]:
    """Say what a step, a proof or a burden takes, leaving out what it does not."""
    waiting = getattr(thing, "waiting_days", None) or getattr(thing, "days", 0)
    taken = {"visits": thing.visits, "fee": thing.fee, "minutes": thing.minutes, "days": waiting}
    return [amount_words(what, amount, currency) for what, amount in taken.items() if amount]


def burden_words(burden: Burden, currency: str) -> str:
    """Say a whole burden in one line."""
    return joined(cost_words(burden, currency)) or _("no further trip, fee or wait")


def change_words(change: Change, before: Version, after: Version, attributes: Attributes) -> str:
    """Say one change between two versions."""
    said = _subjects(change)
    match change.kind:
        case Kind.STEP_CHANGED:
            return _step_changed(change, after, said)
        case Kind.EVIDENCE_CHANGED:
            return _evidence_changed(change, after, said)
        case Kind.LIST_ADDED | Kind.LIST_REMOVED | Kind.LIST_SHORTENED | Kind.LIST_LENGTHENED:
            said["before"] = list_words(change.before, before) if change.before is not None else ""
            said["after"] = list_words(change.after, after) if change.after is not None else ""
        case Kind.CONDITION_NARROWED | Kind.CONDITION_WIDENED | Kind.CONDITION_CHANGED:
            said["before"] = condition_words(change.before, attributes) or _("everyone")
            said["after"] = condition_words(change.after, attributes) or _("everyone")
        case Kind.STEP_MERGED | Kind.REQUIREMENT_MOVED:
            said["after"] = pick(change.after.names)
        case Kind.REQUIREMENT_REWORDED:
            said["before"], said["after"] = pick(change.before), pick(change.after)
    return _sentences()[change.kind] % said


def _subjects(change: Change) -> dict[str, str]:
    things = {"step": change.step, "requirement": change.requirement, "evidence": change.evidence}
    return {name: pick(thing.names) or thing.key for name, thing in things.items() if thing is not None}


def _sentences() -> dict[Kind, str]:
    return {
        Kind.STEP_ADDED: _("There is one more step: “%(step)s”."),
        Kind.STEP_DROPPED: _("There is one step less: “%(step)s” is gone."),
        Kind.STEP_MERGED: _("“%(step)s” is now done together with “%(after)s”."),
        Kind.STEP_MOVED: _("“%(step)s” comes at another moment."),
        Kind.REQUIREMENT_ADDED: _("“%(requirement)s” is newly asked at “%(step)s”."),
        Kind.REQUIREMENT_DROPPED: _("“%(requirement)s” is no longer asked."),
        Kind.REQUIREMENT_MOVED: _("“%(requirement)s” is now asked at “%(after)s”."),
        Kind.REQUIREMENT_REWORDED: _("“%(before)s” is now called “%(after)s”."),
        Kind.LIST_ADDED: _("“%(requirement)s” can also be shown by: %(after)s."),
        Kind.LIST_REMOVED: _("“%(requirement)s” can no longer be shown by: %(before)s."),
        Kind.LIST_SHORTENED: _("“%(requirement)s” now takes only %(after)s, instead of %(before)s."),
        Kind.LIST_LENGTHENED: _("“%(requirement)s” now takes %(after)s, instead of %(before)s."),
        Kind.CONDITION_NARROWED: _(
            "“%(requirement)s” is asked of fewer people: only if %(after)s. Before: %(before)s."
        ),
        Kind.CONDITION_WIDENED: _("“%(requirement)s” is asked of more people. Now: %(after)s. Before: %(before)s."),
        Kind.CONDITION_CHANGED: _("“%(requirement)s” is asked of other people. Now: %(after)s. Before: %(before)s."),
    }


def _step_changed(change: Change, after: Version, said: dict[str, str]) -> str:
    match change.attribute:
        case "names":
            said |= {"before": pick(change.before), "after": pick(change.after)}
            return _("The step “%(before)s” is now called “%(after)s”.") % said
        case "place":
            said |= {"before": pick(change.before) or "—", "after": pick(change.after) or "—"}
            return _("“%(step)s” takes place elsewhere: %(after)s. Before: %(before)s.") % said
        case "channel":
            said |= {"before": channel_words(change.before), "after": channel_words(change.after)}
            return _("“%(step)s” is done %(after)s. Before: %(before)s.") % said
        case _:
            return _("“%(step)s”: %(after)s instead of %(before)s.") % (said | _amounts(change, after))


def _evidence_changed(change: Change, after: Version, said: dict[str, str]) -> str:
    if change.attribute != "held_by_state":
        return _("Getting “%(evidence)s”: %(after)s instead of %(before)s.") % (said | _amounts(change, after))
    if change.after:
        return _("“%(evidence)s”: the state already has what it proves.") % said
    return _("“%(evidence)s”: the state does not have what it proves.") % said


def _amounts(change: Change, after: Version) -> dict[str, str]:
    return {
        "before": amount_words(change.attribute, change.before, after.currency),
        "after": amount_words(change.attribute, change.after, after.currency),
    }


def channel_words(channel: str) -> str:
    """Say how a step is done."""
    return str(dict(StepRow.Channel.choices).get(channel, channel))


def caution_words(caution: Caution, attributes: Attributes) -> str:
    """Say what may be wrong, and what to do about it."""
    named = pick(attributes.get(caution.detail, {}).get("names")) or caution.detail
    requirement = pick(caution.requirement.names) or caution.requirement.key if caution.requirement else ""
    return _cautions()[caution.flaw] % {"requirement": requirement, "attribute": named}


def _cautions() -> dict[Flaw, str]:
    return {
        Flaw.NOTHING_ACCEPTED: _(
            "Nobody can meet “%(requirement)s”: no proof is accepted. Accept at least one, or drop the requirement."
        ),
        Flaw.NOTHING_ASKED: _(
            "“%(requirement)s” can be met with nothing at all: one of its lists is empty. Say what it asks, or drop it."
        ),
        Flaw.NEVER_ASKED: _(
            "“%(requirement)s” is asked of nobody: its conditions contradict each other. Change one of them."
        ),
        Flaw.UNKNOWN_ATTRIBUTE: _(
            "“%(requirement)s” depends on “%(attribute)s”, which is known of nobody. Its effect stays open until "
            "someone asks."
        ),
        Flaw.LIST_NEVER_NEEDED: _(
            "“%(requirement)s” accepts a list that asks for more than another one it accepts. Nobody needs the longer one."
        ),
        Flaw.EVERYONE_EXCLUDED: _(
            "Taken together, the exclusions turn everyone away: whoever escapes one falls under another. Lift one of them."
        ),
    }


def proof_words(paper: EvidenceType, currency: str) -> str:
    """Say what getting one proof takes."""
    return joined(cost_words(paper, currency)) or _("free, at once")
