"""Marks in the words of a barrier what could tell who someone is, for the page that proposes others."""

from collections.abc import Iterable
from dataclasses import dataclass

from relais.barriers.deidentify import segments
from relais.barriers.models import Barrier
from relais.barriers.services.sharing import REASONS, Texts, findings, label_of


@dataclass(frozen=True, slots=True)
class Marked:
    """One text of a barrier: what it is, and its pieces, each with why it could identify someone, or nothing."""

    label: str
    pieces: tuple[tuple[str, str], ...]


def marked(barrier: Barrier, texts: Texts, names: Iterable[str]) -> list[Marked]:
    """Give the texts in which something was found, marked; `texts` stands for what was corrected."""
    return [
        Marked(
            label_of(field),
            tuple(
                (piece, str(REASONS[reason]) if reason else "")
                for piece, reason in segments(texts.get(field, getattr(barrier, field)), spans)
            ),
        )
        for field, spans in findings(barrier, texts, names).items()
    ]
