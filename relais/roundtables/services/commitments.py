"""Who promised what by when, and whether it was kept."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.kernel.repeats import sent_before
from relais.organisations.models import Organisation
from relais.programmes.models import Programme
from relais.roundtables.models import Commitment, Decision, Meeting
from relais.roundtables.services.acting import partner_of


@transaction.atomic
def make_commitment(
    *,
    programme: Programme,
    organisation: Organisation,
    what: str,
    due_on: date,
    by: User,
    owner: User | None = None,
    meeting: Meeting | None = None,
    decision: Decision | None = None,
    id: UUID | None = None,
) -> Commitment:
    """Write down who promised what by when; said twice with one id, it is one commitment."""
    require(by, Verb.COMMITMENT_MAKE, programme)
    id = id or uuid7()
    made: Commitment | None = sent_before(Commitment, id, programme=programme)
    if made is not None:
        return made
    partner_of(programme=programme, organisation=organisation)
    if not what.strip():
        raise Refusal(_("Say what is promised."))
    if owner is not None and not _belongs(owner, organisation):
        raise Refusal(
            _("%(owner)s does not belong to %(organisation)s.") % {"owner": owner, "organisation": organisation},
            next=_("Choose one of its members, or leave the name open."),
        )
    if any(each is not None and each.programme_id != programme.pk for each in (meeting, decision)):
        raise Refusal(_("That round table belongs to another programme."))
    commitment = Commitment.objects.create(
        id=id,
        programme=programme,
        organisation=organisation,
        meeting=meeting or (decision.meeting if decision else None),
        decision=decision,
        owner=owner,
        what=what.strip(),
        due_on=due_on,
        made_at=clock.now(),
        made_by=by,
    )
    journal.write("commitment.made", commitment, by=by, due_on=due_on)
    return commitment


def _belongs(owner: User, organisation: Organisation) -> bool:
    held: bool = owner.memberships.filter(organisation=organisation, until=None).exists()
    return owner.is_active and held


@transaction.atomic
def fulfil_commitment(*, commitment: Commitment, by: User, done_on: date | None = None) -> Commitment:
    """Say that a commitment was kept, and on which day."""
    commitment = _pending(commitment, by)
    if commitment.done_on is not None:
        return commitment
    today = clock.today(commitment.programme.time_zone)
    if done_on is not None and done_on > today:
        raise Refusal(_("This day is still to come."), next=_("Enter the day it was done."))
    commitment.done_on, commitment.done_by = done_on or today, by
    commitment.save(update_fields=["done_on", "done_by"])
    journal.write("commitment.fulfilled", commitment, by=by, done_on=commitment.done_on)
    return commitment


@transaction.atomic
def drop_commitment(*, commitment: Commitment, reason: str, by: User) -> Commitment:
    """Say that a commitment will not be kept, and why."""
    commitment = _pending(commitment, by)
    if commitment.done_on is not None:
        raise Refusal(_("This was already done."))
    if not reason.strip():
        raise Refusal(_("Say why it is dropped."), why=_("The others counted on it."))
    commitment.dropped_reason = reason.strip()
    commitment.save(update_fields=["dropped_reason"])
    journal.write("commitment.dropped", commitment, by=by)
    return commitment


def _pending(commitment: Commitment, by: User) -> Commitment:
    require(by, Verb.COMMITMENT_FULFIL, commitment)
    held: Commitment = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if held.dropped_reason:
        raise Refusal(_("This commitment was dropped."), why=held.dropped_reason)
    return held
