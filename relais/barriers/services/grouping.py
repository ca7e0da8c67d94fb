"""Putting together what says the same: someone decides it, a machine only proposes."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import organisations_where, require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.barriers.deidentify import find_identifying
from relais.barriers.models import Barrier, BarrierGroup
from relais.barriers.services.sharing import names_in
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Conflict, Refusal
from relais.kernel.repeats import sent_before


@transaction.atomic
def group_barriers(
    *,
    barriers: Sequence[Barrier],
    by: User,
    headline: str = "",
    group: BarrierGroup | None = None,
    id: UUID | None = None,
) -> BarrierGroup:
    """Put barriers of one programme under one headline, new or already there; partners read it, so it names nobody."""
    for barrier in barriers:
        require(by, Verb.BARRIER_GROUP, barrier)
    if not barriers:
        raise Refusal(_("Choose the barriers that say the same."))
    programme = barriers[0].programme
    if {barrier.programme_id for barrier in barriers} | {group.programme_id if group else programme.pk} != {
        programme.pk
    }:
        raise Refusal(_("These barriers belong to different programmes; a group holds those of one."))
    if group:
        require(by, Verb.BARRIER_GROUP, group)
    else:
        known = sent_before(BarrierGroup, id)
        if known:
            return _again(known, barriers, headline.strip(), by)
        group = _new_group(barriers, headline.strip(), by, id)
    Barrier.objects.filter(pk__in=[barrier.pk for barrier in barriers]).update(group=group)
    journal.write("barrier.grouped", group, by=by, barriers=[barrier.pk for barrier in barriers])
    return group


@transaction.atomic
def ungroup_barrier(*, barrier: Barrier, by: User) -> None:
    """Take a barrier out of its group; a group that holds nothing any more is gone."""
    require(by, Verb.BARRIER_GROUP, barrier)
    group = barrier.group
    if group is None:
        return
    barrier.group = None
    barrier.save(update_fields=["group"])
    journal.write("barrier.ungrouped", barrier, by=by, group=group.pk)
    if not group.barriers.exists():
        group.delete()


def _again(known: BarrierGroup, barriers: Sequence[Barrier], headline: str, by: User) -> BarrierGroup:
    """Answer a group that arrives a second time."""
    if known.headline != headline or {barrier.group_id for barrier in barriers} != {known.pk}:
        raise Conflict(_("Something else was already recorded under this identifier."))
    require(by, Verb.BARRIER_GROUP, known)
    return known


def _new_group(barriers: Sequence[Barrier], headline: str, by: User, id: UUID | None) -> BarrierGroup:
    """Make a group whose headline holds no name of those one's own organisation heard this from."""
    if not headline:
        raise Refusal(_("Give the group a headline of a few words."))
    own = organisations_where(by, Verb.BARRIER_SHARE)
    known = names_in(barriers=[barrier for barrier in barriers if barrier.organisation_id in own], by=by)
    if find_identifying(headline, [name for names in known.values() for name in names]):
        raise Refusal(
            _("The headline holds something by which a person could be known."),
            next=_("Say what stands in the way, without a name, a number or a date."),
        )
    return BarrierGroup.objects.create(
        id=id or uuid7(), programme=barriers[0].programme, headline=headline, made_at=clock.now(), made_by=by
    )
