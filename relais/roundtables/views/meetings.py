"""Tables to come and past, one table with everything on it, and calling, moving, cancelling, inviting."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from relais.access.verbs import Verb
from relais.barriers.models import Barrier
from relais.kernel import clock
from relais.kernel.pages import reads, writes
from relais.kernel.refusals import refusals_on
from relais.programmes.models import Programme
from relais.roundtables import services
from relais.roundtables.forms import AgendaForm, CancelForm, InviteForm, MeetingForm, MinutesForm, MoveForm
from relais.roundtables.models import AgendaItem, Meeting, Notice
from relais.roundtables.sentences import title_of, why
from relais.roundtables.services.acting import members_of_partners
from relais.roundtables.views.frame import tabs, told_to

PAGE = 50


@reads
def meeting_list(request):
    """List the tables to come, then those gone by."""
    reached = Meeting.objects.reachable_by(request.user, Verb.TABLE_READ).select_related("programme", "organisation")
    past = request.GET.get("past") == "1"
    rows = (reached.past if past else reached.upcoming)(clock.now()).with_counts()
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "past": past,
        "tabs": tabs(request, notices=Notice.objects.filter(user=request.user).unseen().count()),
        "programmes": Programme.objects.reachable_by(request.user, Verb.TABLE_MANAGE),
    }
    return render(request, "roundtables/meeting_list.html", context)


@reads
def meeting_detail(request, pk):
    """Show a table: who comes, what is on it and why, what was decided, promised and written down."""
    meeting = _reached(request, pk, Verb.TABLE_READ)
    return render(request, "roundtables/meeting_detail.html", _table(request, meeting))


def _table(request, meeting):
    about = ("barrier", "barrier_group", "version__procedure", "requirement__step", "consultation", "commitment")
    agenda = [(item, title_of(item), why(item)) for item in meeting.agenda.select_related(*about)]
    heard = Barrier.objects.reachable_by(request.user, Verb.BARRIER_READ)
    invitees = list(meeting.invitees.in_order())
    reach = Meeting.objects.filter(pk=meeting.pk)
    planned = meeting.state == Meeting.State.PLANNED
    return {
        "meeting": meeting,
        "begun": meeting.starts_at <= clock.now(),
        "agenda": [each for each in agenda if each[0].kept],
        "dropped": [each for each in agenda if not each[0].kept],
        "invitees": invitees,
        "own": next((each for each in invitees if each.user_id == request.user.pk), None) if planned else None,
        "coming": sum(each.answer in ("coming", "came") for each in invitees),
        "decisions": meeting.decisions.select_related("organisation", "version__procedure"),
        "commitments": meeting.commitments.select_related("organisation", "owner"),
        "may_manage": reach.reachable_by(request.user, Verb.TABLE_MANAGE).exists(),
        "may_decide": reach.reachable_by(request.user, Verb.TABLE_DECIDE).exists(),
        "planned": planned,
        "today": clock.today(meeting.time_zone),
        "readable": set(heard.filter(pk__in=[item.barrier_id for item, *_ in agenda]).values_list("pk", flat=True)),
        "agenda_form": AgendaForm(),
    }


def _reached(request, pk, verb):
    meetings = Meeting.objects.reachable_by(request.user, verb)
    return get_object_or_404(meetings.select_related("programme", "organisation", "series__territory"), pk=pk)


@writes
def meeting_call(request, programme):
    """Call a table of one's own, beside those of the series."""
    programmes = Programme.objects.reachable_by(request.user, Verb.TABLE_MANAGE)
    programme = get_object_or_404(programmes, slug=programme)
    form = MeetingForm(request.POST or None, programme=programme)
    if form.is_valid():
        with refusals_on(form):
            return redirect(services.call_meeting(programme=programme, by=request.user, **form.cleaned_data))
    context = {"programme": programme, "form": form}
    return render(request, "roundtables/meeting_call.html", context, status=422 if form.is_bound else 200)


@writes
def meeting_move(request, pk):
    """Put a table at another time or place."""
    meeting = _reached(request, pk, Verb.TABLE_MANAGE)
    form = MoveForm(request.POST or None, meeting=meeting)
    if form.is_valid():
        with refusals_on(form):
            return redirect(services.move_meeting(meeting=meeting, by=request.user, **form.cleaned_data))
    context = {"meeting": meeting, "form": form}
    return render(request, "roundtables/meeting_move.html", context, status=422 if form.is_bound else 200)


@writes
def meeting_cancel(request, pk):
    """Call a table off, with its reason."""
    meeting = _reached(request, pk, Verb.TABLE_MANAGE)
    form = CancelForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            return redirect(services.cancel_meeting(meeting=meeting, by=request.user, **form.cleaned_data))
    context = {"meeting": meeting, "form": form}
    return render(request, "roundtables/meeting_cancel.html", context, status=422 if form.is_bound else 200)


@writes
def meeting_invite(request, pk):
    """Invite members of the partners, and others by who they are."""
    meeting = _reached(request, pk, Verb.TABLE_MANAGE)
    members = members_of_partners(programme=meeting.programme)
    form = InviteForm(request.POST or None, meeting=meeting, members=members)
    if form.is_valid():
        with refusals_on(form):
            services.invite(meeting=meeting, by=request.user, **form.cleaned_data)
            return redirect(meeting)
    context = {"meeting": meeting, "form": form}
    return render(request, "roundtables/meeting_invite.html", context, status=422 if form.is_bound else 200)


@require_POST
@writes
def meeting_answer(request, pk):
    """Say whether one comes."""
    meeting = _reached(request, pk, Verb.TABLE_READ)
    coming = request.POST.get("coming") == "yes"
    with told_to(request):
        services.answer_invitation(meeting=meeting, coming=coming, by=request.user)
    return redirect(meeting)


@writes
def meeting_minutes(request, pk):
    """Write down what was said and who came."""
    meeting = _reached(request, pk, Verb.TABLE_MANAGE)
    form = MinutesForm(request.POST or None, meeting=meeting)
    if form.is_valid():
        with refusals_on(form):
            return redirect(services.write_minutes(meeting=meeting, by=request.user, **form.cleaned_data))
    context = {"meeting": meeting, "form": form}
    return render(request, "roundtables/meeting_minutes.html", context, status=422 if form.is_bound else 200)


@require_POST
@writes
def agenda_propose(request, pk):
    """Fill the agenda with what the figures say, or renew the figures."""
    meeting = _reached(request, pk, Verb.TABLE_MANAGE)
    with told_to(request):
        services.propose_agenda(meeting=meeting, by=request.user)
    return redirect(meeting)


@require_POST
@writes
def agenda_add(request, pk):
    """Put something on the agenda oneself."""
    meeting = _reached(request, pk, Verb.TABLE_READ)
    form = AgendaForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            services.add_agenda_item(meeting=meeting, by=request.user, **form.cleaned_data)
            return redirect(meeting)
    return render(
        request, "roundtables/meeting_detail.html", {**_table(request, meeting), "agenda_form": form}, status=422
    )


@require_POST
@writes
def agenda_item(request, pk, item):
    """Keep, leave out, or move one thing on the agenda."""
    meeting = _reached(request, pk, Verb.TABLE_MANAGE)
    item = get_object_or_404(AgendaItem.objects.filter(meeting=meeting), pk=item)
    deeds = {
        "keep": lambda: services.keep_agenda_item(item=item, by=request.user),
        "drop": lambda: services.drop_agenda_item(item=item, by=request.user),
        "up": lambda: services.raise_agenda_item(item=item, by=request.user, up=True),
        "down": lambda: services.raise_agenda_item(item=item, by=request.user, up=False),
    }
    deed = deeds.get(request.POST.get("deed", ""))
    if deed:
        with told_to(request):
            deed()
    return redirect(meeting)
