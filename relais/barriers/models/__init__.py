"""The tables of hearing."""

from relais.barriers.models.barrier import Barrier, BarrierGroup
from relais.barriers.models.needs import Candidate, Criterion, NeedsAssessment, Score

__all__ = ["Barrier", "BarrierGroup", "Candidate", "Criterion", "NeedsAssessment", "Score"]
