"""The three linked elements of co-creation in one programme, stage by stage, for its page and for the living figure."""

from collections import defaultdict
from dataclasses import dataclass, field

from relais.programmes.models import Contribution, Interaction, Programme, Stage

ICONS = {Stage.HEAR: "hear", Stage.AGREE: "agree", Stage.ACCOMPANY: "accompany", Stage.LEARN: "learn"}


@dataclass
class AtStage:
    """What is brought at one stage, and who takes part how far."""

    stage: Stage
    contributions: list[Contribution] = field(default_factory=list)
    interactions: list[Interaction] = field(default_factory=list)

    @property
    def icon(self) -> str:
        """Give the drawing of the stage."""
        return ICONS[self.stage]

    def brought_by(self) -> dict[str, list[Contribution]]:
        """Give what is brought, side by side: volunteers, the state, others."""
        sides: dict[str, list[Contribution]] = defaultdict(list)
        for contribution in self.contributions:
            sides[contribution.get_side_display()].append(contribution)
        return dict(sides)


def elements_of(programme: Programme, newest: int = 6) -> list[AtStage]:
    """Give the four stages with the newest contributions and the interactions of each, in two queries."""
    stages = {stage.value: AtStage(stage) for stage in Stage}
    for contribution in programme.contributions.select_related("organisation").order_by("-side", "-on", "pk"):
        at = stages[contribution.stage].contributions
        if len(at) < newest * 3:
            at.append(contribution)
    for interaction in programme.interactions.order_by("pk"):
        stages[interaction.stage].interactions.append(interaction)
    return list(stages.values())
