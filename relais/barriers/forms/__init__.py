"""What someone typed about a barrier or a need, made clean."""

from relais.barriers.forms.desk import AnswerForm, CheckForm, CountForm, GroupForm, ListForm
from relais.barriers.forms.needs import CandidateForm, ScoresForm, WeightsForm
from relais.barriers.forms.recording import BarrierForm

__all__ = [
    "AnswerForm",
    "BarrierForm",
    "CandidateForm",
    "CheckForm",
    "CountForm",
    "GroupForm",
    "ListForm",
    "ScoresForm",
    "WeightsForm",
]
