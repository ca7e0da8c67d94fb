"""Invitations as files, one's own calendar address, and the public calendar of a programme."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_POST

from relais.access.verbs import Verb
from relais.kernel import codes
from relais.kernel.pages import reads, writes
from relais.kernel.text import pick
from relais.programmes.models import Programme
from relais.roundtables import services
from relais.roundtables.calendar import Event, written
from relais.roundtables.models import CalendarFeed, Meeting

JUST_MADE = "calendar_token"
MOST = 500


@reads
def calendar(request):
    """Say how to have every table in one's own calendar."""
    token = request.session.pop(JUST_MADE, "")  # shown once: only its hash is kept
    context = {
        "feed": CalendarFeed.objects.filter(user=request.user).first(),
        "address": _address("feed", token) if token else "",
        "programmes": Programme.objects.reachable_by(request.user, Verb.PROGRAMME_READ),
    }
    return render(request, "roundtables/calendar.html", context)


@require_POST
@writes
def calendar_renew(request):
    """Make a new calendar address; it is shown on the next page, and the old one stops working."""
    request.session[JUST_MADE] = services.renew_feed(by=request.user)
    return redirect("roundtables:calendar")


@require_POST
@writes
def calendar_close(request):
    """Close one's calendar address."""
    services.close_feed(by=request.user)
    request.session.pop(JUST_MADE, None)
    return redirect("roundtables:calendar")


@reads
def meeting_ics(request, pk):
    """Give one table as a file for a calendar program."""
    reached = Meeting.objects.reachable_by(request.user, Verb.TABLE_READ).select_related("organisation", "programme")
    meeting = get_object_or_404(reached, pk=pk)
    return _answer([meeting], pick(meeting.names), "round-table.ics")


@login_not_required
@reads
def feed(request, token):
    """Give someone's own tables to their calendar program, which has no other way to sign in."""
    found = CalendarFeed.objects.filter(token_hash=codes.token_hash(token)).select_related("user").first()
    if found is None or not found.user.is_active:
        raise Http404
    meetings = Meeting.objects.reachable_by(found.user, Verb.TABLE_READ).invited(found.user)
    with override(found.user.language):
        return _answer(_recent(meetings), "Relais", "relais.ics")


@login_not_required
@reads
def public_feed(request, programme):
    """Give a programme's public tables to anyone's calendar program."""
    programme = get_object_or_404(Programme, slug=programme)
    meetings = Meeting.objects.filter(programme=programme, public=True)
    return _answer(_recent(meetings), pick(programme.names), f"{programme.slug}.ics", public=True)


def _recent(meetings):
    return meetings.select_related("organisation", "programme").order_by("-starts_at")[:MOST]


def _answer(meetings, name, file, *, public=False):
    events = [_event(meeting, public=public) for meeting in meetings]
    response = HttpResponse(written(events, name), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    response["Cache-Control"] = "no-store" if not public else "public, max-age=300"
    return response


def _event(meeting, *, public):
    return Event(
        uid=meeting.uid,
        sequence=meeting.sequence,
        name=pick(meeting.names),
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        time_zone=meeting.time_zone,
        changed_at=meeting.changed_at,
        place=pick(meeting.place),
        about=meeting.why_cancelled,
        address="" if public else settings.RELAIS_PUBLIC_ADDRESS + meeting.get_absolute_url(),
        organiser=str(meeting.organisation),
        organiser_email=meeting.organisation.email,
        cancelled=meeting.state == Meeting.State.CANCELLED,
    )


def _address(name, *args):
    return settings.RELAIS_PUBLIC_ADDRESS + reverse(f"roundtables:{name}", args=args)
