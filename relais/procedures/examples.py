"""A worked example, small enough to check by hand: what seems best at each step and what the bar chart shows are both wrong.

Two thousand people ask for a residence card, 1,270 of them are blocked, and the authority can make two changes:

- 700 lack the police certificate, a proof of work and a proof of studies, all three. These are the three longest bars of the chart,
  and two changes help none of them.
- 150 lack only a photo to the new standard, 120 only the medical certificate. One change at a time, these are the best: 270 people.
- 300 come from villages whose registry burned: they lack the birth certificate and the proof of address. Neither change alone helps
  any of them; both together open the door to all 300, who have neighbours to witness for them and a letter of their council.

>>> from relais.procedures.limits import Limits
>>> from relais.procedures.simplify import simplify
>>> people, version, actions = burned_registry()
>>> answer = simplify(people, version, actions, Limits(most=2), by=["home"])
>>> answer.top_blockers[2].keys, answer.top_blockers[2].unlocked
(('drop:police', 'drop:studies'), 0)
>>> answer.greedy[2].keys, answer.greedy[2].unlocked
(('drop:medical', 'drop:photo'), 270)
>>> answer.best(2).keys, answer.best(2).unlocked, answer.best(2).proven
(('accept:address:council-letter', 'accept:birth:witnesses'), 300, True)
>>> [sorted(action.requirement for action in bundle.actions) for bundle in answer.bundles]
[['police', 'studies', 'work'], ['address', 'birth']]
>>> answer.effect.groups["home"]["village"].unlocked.least
300
"""

from __future__ import annotations

import numpy as np

from relais.procedures.actions import Action, accept, drop
from relais.procedures.caseload import Caseload, Codes
from relais.procedures.terms import EvidenceType, Names, Requirement, Step, Version

PASSING, WORKLESS, UNPICTURED, UNEXAMINED, BURNED = 730, 700, 150, 120, 300
"""How many people there are of each kind, in the order of the rows."""

NAMES: dict[str, Names] = {
    "birth": {"en": "Birth certificate", "fr": "Acte de naissance", "ar": "شهادة الميلاد"},
    "address": {"en": "Proof of address", "fr": "Justificatif de domicile", "ar": "إثبات السكن"},
    "police": {"en": "Police certificate", "fr": "Certificat de police", "ar": "شهادة من الشرطة"},
    "work": {"en": "Proof of work", "fr": "Preuve de travail", "ar": "إثبات العمل"},
    "studies": {"en": "Proof of studies", "fr": "Preuve d’études", "ar": "إثبات الدراسة"},
    "photo": {"en": "Photo to the new standard", "fr": "Photo à la nouvelle norme", "ar": "صورة وفق المعيار الجديد"},
    "medical": {"en": "Medical certificate", "fr": "Certificat médical", "ar": "شهادة طبية"},
    "witnesses": {"en": "Two witnesses", "fr": "Deux témoins", "ar": "شاهدان"},
    "council-letter": {"en": "Letter of the council", "fr": "Lettre de la commune", "ar": "رسالة من البلدية"},
}
STEPS: dict[str, tuple[Names, tuple[str, ...]]] = {
    "apply": ({"en": "Apply", "fr": "Demander", "ar": "تقديم الطلب"}, ("birth", "address", "photo")),
    "check": ({"en": "Checks", "fr": "Vérifications", "ar": "التحقق"}, ("police", "work", "studies", "medical")),
}


def burned_registry() -> tuple[Caseload, Version, tuple[Action, ...]]:
    """Give the people, the version in force, and the changes the authority could make."""
    steps = tuple(
        Step(key=key, names=names, requirements=tuple(_asked(each) for each in asked))
        for key, (names, asked) in STEPS.items()
    )
    papers = tuple(EvidenceType(key=key, names=names) for key, names in NAMES.items())
    actions = (
        accept("birth", ["witnesses"]),
        accept("address", ["council-letter"]),
        *(drop(key) for key in ("photo", "police", "work", "studies", "medical")),
    )
    return _people(), Version(steps=steps, evidence_types=papers), actions


def _asked(key: str) -> Requirement:
    """Ask for one paper."""
    return Requirement(key=key, names=NAMES[key], lists=(frozenset({key}),))


def _people() -> Caseload:
    """Make the two thousand."""
    kind = np.repeat(np.arange(5), [PASSING, WORKLESS, UNPICTURED, UNEXAMINED, BURNED])
    lacking = {1: ("police", "work", "studies"), 2: ("photo",), 3: ("medical",), 4: ("birth", "address")}
    columns = {key: np.ones(len(kind), dtype=np.int8) for key in NAMES}
    for number, keys in lacking.items():
        for key in keys:
            columns[key][kind == number] = 2
    for key in ("witnesses", "council-letter"):
        columns[key][:] = np.where(kind == 4, 1, 0)
    home = Codes((kind == 4).astype(np.int16), ("city", "village"))
    return Caseload.of(
        columns, {"home": home, "sex": Codes((np.arange(len(kind)) % 2).astype(np.int16), ("man", "woman"))}
    )
