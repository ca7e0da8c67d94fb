"""Every change to a procedure: one function for each intent."""

from relais.procedures.services.bringing_back import bring_requirement_back, bring_step_back, rewrite_draft
from relais.procedures.services.drafts import (
    adopt_version,
    discard_draft,
    draft_version,
    retire_version,
    share_draft,
)
from relais.procedures.services.evidence import add_evidence_type, change_evidence_type
from relais.procedures.services.imports import import_procedure
from relais.procedures.services.requirements import (
    accept_list,
    add_requirement,
    drop_list,
    drop_requirement,
    move_requirement,
    relax_condition,
    reword_requirement,
    shift_requirement,
)
from relais.procedures.services.steps import add_step, change_step, drop_step, merge_steps, move_step, reorder_steps
from relais.procedures.services.ticks import DEEDS, tick

__all__ = [
    "DEEDS",
    "accept_list",
    "add_evidence_type",
    "add_requirement",
    "add_step",
    "adopt_version",
    "bring_requirement_back",
    "bring_step_back",
    "change_evidence_type",
    "change_step",
    "discard_draft",
    "draft_version",
    "drop_list",
    "drop_requirement",
    "drop_step",
    "import_procedure",
    "merge_steps",
    "move_requirement",
    "move_step",
    "relax_condition",
    "reorder_steps",
    "retire_version",
    "reword_requirement",
    "rewrite_draft",
    "share_draft",
    "shift_requirement",
    "tick",
]
