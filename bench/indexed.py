"""The measures of the index on one database; bench/index.py makes the databases and puts the rows together."""

from random import Random

from bench.index import CHANGES, Row, median, peak, timed
from relais.cases import index
from relais.cases.index import current
from relais.cases.models import Case, CaseEvidence
from relais.cases.services import set_evidence
from relais.config.wsgi import application
from relais.journal.models import Entry
from relais.procedures.models import Procedure, ProcedureVersion
from relais.programmes.models import Snapshot
from relais.roundtables.replays import DraftReplay


def measure() -> Row:
    """Measure the procedure that has grown: building, answering, keeping up."""
    assert application  # served pages run in what starting it leaves in memory
    grown = Entry.objects.filter(verb="cases.grown").order_by("at").first()
    procedure = Procedure.objects.get(pk=grown.row_id)
    draft = procedure.versions.order_by("-number").first()
    at_rest = peak()
    index.drop(procedure)
    Snapshot.objects.all().delete()  # nothing was ever told of these people
    first = timed("the first answer, no index yet", lambda: _answer(draft))
    after_first = peak()
    warm = median("the answer again", lambda: _answer(draft))
    columns = current._held[procedure.pk].kept.columns
    answers = sum(array.nbytes for name, array in columns.arrays().items() if name != "tokens")
    row: Row = {
        "people": columns.people,
        "first": round(first.wall, 2),
        "first_cpu": round(first.cpu, 2),
        "warm": round(warm.wall, 3),
        "warm_cpu": round(warm.cpu, 3),
    }
    for changes in CHANGES:
        _change(procedure, changes)
        after = timed(f"the index after {changes:,} changes", lambda: index.current_columns(procedure))
        row |= {f"after_{changes}": round(after.wall, 3), f"after_{changes}_cpu": round(after.cpu, 3)}
    current._held.clear()
    anew = timed("the answer in a new process", lambda: _answer(draft))
    rebuilt = timed("the index built anew", lambda: index.build(procedure))
    return row | {
        "new_process": round(anew.wall, 3),
        "rebuilt": round(rebuilt.wall, 2),
        "bytes_person": round(answers / columns.people, 2),
        "with_tokens": round(index.size_of(procedure) / columns.people, 2),
        "MB_before": round(at_rest),
        "MB_first": round(after_first),
        "MB_peak": round(peak()),
    }


def _answer(draft: ProcedureVersion) -> None:
    """Work out everything the page of a draft says in figures, as it does for whoever opens it."""
    draft.refresh_from_db()
    assert DraftReplay(draft).forecast.people


def _change(procedure: Procedure, number: int) -> None:
    """Learn something about the proofs of some people, through the service everyone uses."""
    draw = Random(number)
    kinds = list(procedure.evidence_types.all())
    cases = list(Case.objects.open().filter(procedure=procedure).order_by("pk").select_related("companion")[:number])
    for case in cases:
        kind, state = draw.choice(kinds), draw.choice(CaseEvidence.State.values)
        set_evidence(case=case, evidence_type=kind, state=state, why="fee" if state == 2 else "", by=case.companion)
