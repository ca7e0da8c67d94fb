"""The guided story of the demonstration: eight clicks through the loop, each as one of those who live it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from relais.access.lock import Actor
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.kernel import clock
from relais.organisations.models import ROLE_LABELS, Membership
from relais.procedures.models import ProcedureVersion
from relais.programmes.models import Programme
from relais.roundtables.models import Consultation, Decision, Meeting
from relais.web.navigation import address


@dataclass(frozen=True)
class Click:
    """One page of the story: the stage it belongs to, who opens it, what to look at there."""

    icon: str
    role: Role
    title: str | Promise
    text: str | Promise
    page: Callable[[Actor], str]

    @property
    def who(self) -> Any:
        """Say as whom the page opens."""
        return ROLE_LABELS[self.role]


def _about(name: str, rows: Any) -> str:
    """Give the page of the first of some rows; without any, there is nothing to show."""
    row = rows.first()
    return address(name, row.pk) if row else ""


def _next_table(actor: Actor) -> str:
    return _about("roundtables:detail", Meeting.objects.reachable_by(actor, Verb.TABLE_READ).upcoming(clock.now()))


def _replay(actor: Actor) -> str:
    drafts = ProcedureVersion.objects.reachable_by(actor, Verb.PROCEDURE_READ).drafts()
    return _about("roundtables:draft", drafts)


def _consultation(actor: Actor) -> str:
    return _about("roundtables:consultation", Consultation.objects.reachable_by(actor, Verb.TABLE_READ))


def _decision(actor: Actor) -> str:
    return _about("roundtables:decision", Decision.objects.reachable_by(actor, Verb.TABLE_READ).adopted())


def _figures(actor: Actor) -> str:
    programme = Programme.objects.reachable_by(actor, Verb.REPORT_READ).first()
    return address("reports:figure", programme.slug) if programme else ""


CLICKS = [
    Click(
        "hear",
        Role.COMPANION,
        _("Someone is stopped"),
        _(
            "A companion is told that the portrait for the passport is taken two days away. Two taps keep it, without a name."
        ),
        lambda _actor: address("barriers:record"),
    ),
    Click(
        "hear",
        Role.COORDINATOR,
        _("Others were stopped there too"),
        _("The coordinator sees how many people it stopped, where, and whether it grows, and brings it to the table."),
        lambda _actor: f"{address('barriers:counts')}?days=365",
    ),
    Click(
        "agree",
        Role.COORDINATOR,
        _("It tops the agenda, with its reason"),
        _(
            "Nobody chose the order: of what this region shared, what people say stops most of them comes first. Villagers, volunteers and the office sit at one table."
        ),
        _next_table,
    ),
    Click(
        "agree",
        Role.AUTHORITY,
        _("What would change, before anything is decided"),
        _(
            "A draft lets photos from the village do. It is replayed on the real cases: whom it lets through, and whom it would shut out."
        ),
        _replay,
    ),
    Click(
        "agree",
        Role.COMPANION,
        _("The people concerned are asked"),
        _(
            "So it was with the rule now in force: companions carried the question to the villages, and brought back answers in the words they were given."
        ),
        _consultation,
    ),
    Click(
        "agree",
        Role.AUTHORITY,
        _("The table decides, and says why"),
        _(
            "The reasons and what became of the answers stand beside the decision for good; so do the prediction, and what happened since."
        ),
        _decision,
    ),
    Click(
        "accompany",
        Role.AUTHORITY,
        _("Complete files arrive, together"),
        _(
            "Trained volunteers walked each person there. The office accepts, or returns with a reason that is heard as a barrier."
        ),
        lambda _actor: address("cases:dossiers"),
    ),
    Click(
        "learn",
        Role.EVIDENCE_OFFICER,
        _("What it took, and who got through"),
        _(
            "What volunteers and the state brought, how they met and what came of it, counted today. Whoever reported a barrier that was answered was told."
        ),
        _figures,
    ),
]


def sign_ins() -> str:
    """Give the sheet of sign-ins, with the code and PIN of one person, that `relais demo` wrote and printed."""
    sheet = settings.DATA / "sign-ins.txt"
    return sheet.read_text("utf-8").strip() if sheet.exists() else ""


def someone(role: Role) -> User | None:
    """Give the first person of the demonstration who has a role."""
    held = Membership.objects.current(clock.today()).filter(role=role, user__is_active=True)
    found = held.select_related("user").order_by("user__date_joined").first()
    return found.user if found else None
