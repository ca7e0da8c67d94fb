"""Deciding, what was decided with everything that led to it and came of it, and putting a draft in force."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render

from relais.access.verbs import Verb
from relais.barriers.models import Barrier
from relais.cases.models import Case
from relais.kernel import clock
from relais.kernel.pages import reads, writes
from relais.kernel.refusals import refusals_on
from relais.procedures.models import ProcedureVersion
from relais.roundtables import services
from relais.roundtables.forecast import read
from relais.roundtables.forms import AdoptForm, DecisionForm
from relais.roundtables.models import Consultation, Decision, Foretold, Meeting
from relais.roundtables.outcomes import outcomes_of
from relais.roundtables.services.decisions import barriers_behind
from relais.roundtables.views.figures import figures
from relais.roundtables.views.frame import tabs

PAGE = 50
MANY = 50_000
"""Open cases: some thousand move in a second."""


@reads
def decision_list(request):
    """List what was decided, latest first."""
    reached = Decision.objects.reachable_by(request.user, Verb.TABLE_READ)
    rows = reached.select_related("organisation", "meeting", "programme", "version")
    context = {"page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "tabs": tabs(request)}
    return render(request, "roundtables/decision_list.html", context)


@writes  # what is let out is kept, so that the next look tells of nobody
def decision_detail(request, pk):
    """Show one decision on its thread: what was heard, the table, the decision, the rule, and what happened."""
    decision = _reached(request, pk)
    heard = decision.barriers.reachable_by(request.user, Verb.BARRIER_READ).order_by("-people_count", "headline")
    forecast = read(decision.prediction) if decision.prediction else None
    adopts = ProcedureVersion.objects.reachable_by(request.user, Verb.PROCEDURE_ADOPT)
    context = {
        "decision": decision,
        "heard": heard[:PAGE],
        "heard_count": decision.barriers.count(),
        "heard_people": sum(decision.barriers.values_list("people_count", flat=True)),
        "figures": figures(forecast, decision.version.procedure) if forecast else None,
        "outcomes": outcomes_of(decision),
        "foretold": Foretold.objects.filter(decision=decision).exists(),
        "today": clock.today(decision.programme.time_zone),
        "commitments": decision.commitments.select_related("organisation", "owner"),
        "may_adopt": decision.outcome == "adopted" and adopts.filter(pk=decision.version_id).exists(),
    }
    return render(request, "roundtables/decision_detail.html", context)


def _reached(request, pk):
    decisions = Decision.objects.reachable_by(request.user, Verb.TABLE_READ)
    about = ("organisation", "meeting", "programme", "version__procedure__service__authority", "consultation")
    return get_object_or_404(decisions.select_related(*about), pk=pk)


@writes
def meeting_decide(request, pk):
    """Write down what was decided and why."""
    reached = Meeting.objects.reachable_by(request.user, Verb.TABLE_DECIDE)
    meeting = get_object_or_404(reached.select_related("programme"), pk=pk)
    form = DecisionForm(request.POST or None, meeting=meeting, initial=_proposed(request), **_choices(request, meeting))
    if form.is_valid():
        about = form.cleaned_data.pop("about")
        barriers = [each for item in about for each in barriers_behind(item=item)]
        item = about.first()
        with refusals_on(form):
            decision = services.decide(
                meeting=meeting, by=request.user, barriers=barriers, agenda_item=item, **form.cleaned_data
            )
            return redirect(decision)
    context = {"meeting": meeting, "form": form}
    return render(request, "roundtables/meeting_decide.html", context, status=422 if form.is_bound else 200)


def _choices(request, meeting):
    drafts = ProcedureVersion.objects.drafts().reachable_by(request.user, Verb.PROCEDURE_READ)
    asked = Consultation.objects.filter(programme=meeting.programme).without_result()
    items = meeting.agenda.select_related("barrier", "barrier_group", "requirement__step__version", "meeting")
    return {
        "drafts": drafts.filter(procedure__programme=meeting.programme, shared_at__isnull=False),
        "consultations": asked,
        "heard": [item for item in items if item.barrier_id or item.barrier_group_id or item.requirement_id],
    }


def _proposed(request):
    """Take over what the agenda or a draft's page knows already."""
    return {name: request.GET[name] for name in ("version", "consultation", "about") if name in request.GET}


@writes
def decision_adopt(request, pk):
    """Put the draft a decision adopted in force."""
    decision = _reached(request, pk)
    drafts = ProcedureVersion.objects.reachable_by(request.user, Verb.PROCEDURE_ADOPT)
    version = get_object_or_404(drafts, pk=decision.version_id)
    today = clock.today(decision.programme.time_zone)
    form = AdoptForm(request.POST or None, initial={"from_day": today})
    if form.is_valid():
        with refusals_on(form):
            services.adopt_draft(decision=decision, by=request.user, **form.cleaned_data)
            return redirect(decision)
    waiting = decision.barriers.filter(state=Barrier.State.TAKEN_UP).count()
    many = Case.objects.open().filter(procedure=version.procedure_id)[MANY:].exists()
    context = {"decision": decision, "version": version, "form": form, "waiting": waiting, "many": many}
    return render(request, "roundtables/decision_adopt.html", context, status=422 if form.is_bound else 200)
