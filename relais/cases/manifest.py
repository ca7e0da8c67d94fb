"""The manifest of a batch: what both sides sign when dossiers change hands."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db.models import QuerySet
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.cases.models import Batch, CaseEvidence, Dossier
from relais.cases.overview import called_by
from relais.kernel import papers
from relais.kernel.codes import show_code
from relais.kernel.text import day_in_words
from relais.procedures.describe import joined

DOCUMENT = Path(__file__).parent / "documents" / "manifest.typ"


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """One dossier: its number in the batch, the code, the name for who may know it, the papers inside."""

    number: int
    code: str
    called: str
    papers: str
    state: str
    dossier_id: str
    is_open: bool


def dossiers_of(batch: Batch) -> QuerySet[Dossier]:
    """Give the dossiers of a batch in the order of their numbers."""
    rows: QuerySet[Dossier] = Dossier.objects.filter(batch=batch).select_related("case__person").order_by("pk")
    return rows


def lines_of(rows: Iterable[Dossier], reader: User, first: int = 1) -> list[ManifestLine]:
    """List dossiers as they were numbered, from the first here; those out of the reader's reach keep their number only."""
    rows = list(rows)
    evidence: dict[object, list[str]] = {}
    held = CaseEvidence.objects.filter(case__in=[row.case_id for row in rows], state=CaseEvidence.State.HELD)
    for row in held.select_related("evidence_type").order_by("evidence_type__key"):
        evidence.setdefault(row.case_id, []).append(str(row.evidence_type))
    mine = Dossier.objects.filter(pk__in=[row.pk for row in rows]).reachable_by(reader, Verb.DOSSIER_READ)
    reached = set(mine.values_list("pk", flat=True))
    names = called_by([row.case.person for row in rows if row.pk in reached], reader, "manifest")
    return [
        ManifestLine(
            number,
            show_code(row.case.person.code) if row.pk in reached else "—",
            names.get(row.case.person_id, ""),
            joined(evidence.get(row.case_id, [])) if row.pk in reached else "",
            str(row.get_state_display()) if row.pk in reached else _("taken back"),
            str(row.pk),
            row.pk in reached,
        )
        for number, row in enumerate(rows, start=first)
    ]


def pdf(batch: Batch, lines: list[ManifestLine]) -> bytes:
    """Draw the manifest on A4, with a place for two signatures."""
    told = {
        "language": get_language() or "en",
        "rtl": get_language_bidi(),
        "title": _("Manifest of batch %(number)s") % {"number": batch.number},
        "facts": [
            [_("Handed over by"), str(batch.organisation)],
            [_("Handed over to"), str(batch.authority)],
            [_("Procedure"), str(batch.procedure)],
            [_("Handed over on"), day_in_words(batch.handed_on)],
            [_("Dossiers"), str(len(lines))],
        ],
        "columns": ["#", _("Code"), _("Name"), _("Papers"), _("Remark")],
        "lines": [asdict(line) for line in lines],
        "signed": [_("Handed over by"), _("Received by")],
        "sign": _("Name, date and signature"),
    }
    return papers.draw(DOCUMENT, told)
