"""Calling a table, moving it, cancelling it, who comes, and its minutes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.journal import services as journal
from relais.journal.revisions import refuse_if_changed
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.kernel.repeats import sent_before
from relais.organisations.models import Organisation
from relais.programmes.models import Programme
from relais.roundtables.models import Invitee, Meeting, Notice
from relais.roundtables.services.acting import acting_for, members_of_partners
from relais.roundtables.services.notices import tell, tell_invited


@transaction.atomic
def call_meeting(
    *,
    programme: Programme,
    names: dict[str, str],
    place: dict[str, str],
    starts_at: datetime,
    by: User,
    minutes: int = 120,
    public: bool = False,
    organisation: Organisation | None = None,
    id: UUID | None = None,
) -> Meeting:
    """Call a table; said twice with one id, it is one table."""
    require(by, Verb.TABLE_MANAGE, programme)
    convenor = acting_for(by=by, verb=Verb.TABLE_MANAGE, programme=programme, named=organisation)
    id = id or uuid7()
    made: Meeting | None = sent_before(Meeting, id, programme=programme)
    if made is not None:
        return made
    meeting = Meeting.objects.create(
        id=id,
        programme=programme,
        organisation=convenor,
        names=names,
        place=place,
        starts_at=starts_at,
        minutes=minutes,
        time_zone=programme.time_zone,
        public=public,
        uid=f"{id}@relais",
        changed_at=clock.now(),
    )
    Invitee.objects.create(meeting=meeting, user=by, answer=Invitee.Answer.COMING, answered_at=clock.now())
    journal.write("meeting.called", meeting, by=by, starts_at=starts_at)
    return meeting


@transaction.atomic
def move_meeting(
    *, meeting: Meeting, starts_at: datetime, by: User, place: dict[str, str] | None = None, minutes: int | None = None
) -> Meeting:
    """Put a table at another time or place, and tell everyone invited."""
    meeting = _planned(meeting, by)
    was = {"starts_at": meeting.starts_at, "place": meeting.place, "minutes": meeting.minutes}
    now = {"starts_at": starts_at, "place": place or meeting.place, "minutes": minutes or meeting.minutes}
    if was == now:
        return meeting
    change_in_calendars(meeting, **now)
    journal.write("meeting.moved", meeting, by=by, before=was["starts_at"], after=starts_at, sequence=meeting.sequence)
    tell_invited(meeting=meeting, kind=Notice.Kind.MOVED, by=by)
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: User) -> Meeting:
    """Call a table off, say why, and tell everyone invited."""
    if not reason.strip():
        raise Refusal(_("Say why the table is cancelled."), why=_("Everyone invited will read it."))
    meeting = _planned(meeting, by)
    change_in_calendars(meeting, state=Meeting.State.CANCELLED, reason=reason.strip())
    journal.write("meeting.cancelled", meeting, by=by, sequence=meeting.sequence)
    tell_invited(meeting=meeting, kind=Notice.Kind.CANCELLED, by=by, reason=meeting.reason)
    return meeting


def _planned(meeting: Meeting, by: User) -> Meeting:
    """Hold a table that is still to come; refuse to change one that was held or cancelled."""
    require(by, Verb.TABLE_MANAGE, meeting)
    held: Meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.state != Meeting.State.PLANNED:
        raise Refusal(
            _("This round table cannot be changed any more."),
            why=_("It is %(state)s.") % {"state": held.get_state_display()},
            next=_("Call another one."),
        )
    return held


def change_in_calendars(meeting: Meeting, **changes: Any) -> None:
    """Change what calendars show: the sequence grows, so that they take it over."""
    for name, value in changes.items():
        setattr(meeting, name, value)
    meeting.sequence += 1
    meeting.changed_at = clock.now()
    meeting.save(update_fields=[*changes, "sequence", "changed_at"])


@transaction.atomic
def invite(*, meeting: Meeting, by: User, users: Iterable[User] = (), labels: Iterable[str] = ()) -> list[Invitee]:
    """Invite members of the partners, and others named for the table by who they are; nobody twice."""
    meeting = _planned(meeting, by)
    wanted = {user.pk for user in users}
    members = members_of_partners(programme=meeting.programme, ids=list(wanted))
    if wanted - {user.pk for user in members}:
        raise Refusal(
            _("Only members of the partners can be invited by their account."),
            next=_("Name others by who they are for the table, such as “two villagers of Kant”."),
        )
    known = set(meeting.invitees.values_list("user", flat=True))
    named = set(meeting.invitees.values_list("label", flat=True))
    words = [words for label in labels if (words := label.strip()) and words not in named]
    new = [Invitee(meeting=meeting, user=user) for user in members if user.pk not in known]
    new += [Invitee(meeting=meeting, label=words) for words in dict.fromkeys(words)]
    Invitee.objects.bulk_create(new)
    if new:
        journal.write("meeting.invited", meeting, by=by, count=len(new))
        tell(
            users=[each.user for each in new if each.user is not None],
            programme=meeting.programme,
            kind=Notice.Kind.INVITED,
            about=meeting.pk,
            link=meeting.get_absolute_url(),
            but=by,
            meeting=meeting.names,
            starts_at=meeting.starts_at.isoformat(),
            time_zone=meeting.time_zone,
        )
    return new


@transaction.atomic
def answer_invitation(*, meeting: Meeting, coming: bool, by: User) -> Invitee:
    """Say for oneself whether one comes."""
    require(by, Verb.TABLE_READ, meeting)
    invitee: Invitee | None = Invitee.objects.filter(meeting=meeting, user=by).first()
    if invitee is None:
        raise Refusal(_("You are not invited to this round table."), next=_("Ask who convenes it to invite you."))
    if meeting.state != Meeting.State.PLANNED:
        raise Refusal(_("This round table is over or cancelled: there is nothing to answer."))
    invitee.answer = Invitee.Answer.COMING if coming else Invitee.Answer.NOT_COMING
    invitee.answered_at = clock.now()
    invitee.save(update_fields=["answer", "answered_at"])
    journal.write("meeting.answered", meeting, by=by, answer=invitee.answer)
    return invitee


@transaction.atomic
def write_minutes(
    *, meeting: Meeting, text: str, by: User, came: Iterable[Invitee] = (), revision: int | None = None
) -> Meeting:
    """Write down what was said and who came; the table is then held.

    `revision` is the one the writer started from: if someone else wrote in between, nothing is overwritten.
    """
    require(by, Verb.TABLE_MANAGE, meeting)
    held: Meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.state == Meeting.State.CANCELLED or held.starts_at > clock.now():
        raise Refusal(_("There are no minutes yet."), why=_("This round table has not taken place."))
    refuse_if_changed(
        held,
        revision=revision,
        called=lambda _touched: _("minutes of the meeting"),
        newer=[(_("What was said"), held.minutes_text)],
    )
    if not text.strip():
        raise Refusal(_("Write at least one sentence on what was said."))
    held.minutes_text, held.state = text.strip(), Meeting.State.HELD
    held.held_at = held.held_at or clock.now()
    held.changed_at = clock.now()
    held.revision += 1
    held.save(update_fields=["minutes_text", "state", "held_at", "changed_at", "revision"])
    there = [each.pk for each in came]
    held.invitees.filter(pk__in=there).update(answer=Invitee.Answer.CAME)
    held.invitees.filter(answer=Invitee.Answer.CAME).exclude(pk__in=there).update(answer=Invitee.Answer.COMING)
    journal.write("meeting.minuted", held, by=by, came=len(there), revision=held.revision)
    return held
