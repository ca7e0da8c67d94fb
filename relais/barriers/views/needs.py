"""What to do first: criteria and weights both sides agree, each score explained, a list to print."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relais.access.lock import may
from relais.access.verbs import Verb
from relais.barriers import services
from relais.barriers.forms import CandidateForm, ScoresForm, WeightsForm
from relais.barriers.models import Candidate, NeedsAssessment
from relais.barriers.ranked import ranked
from relais.barriers.services.needs import sides_of
from relais.barriers.views.hearing import ON_A_PAGE, tabs
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.pages import reads, writes
from relais.kernel.refusals import refusals_on


@reads
def needs_list(request):
    """List the assessments of one's programmes."""
    reached = NeedsAssessment.objects.reachable_by(request.user, Verb.NEEDS_READ).select_related("programme")
    page = Paginator(reached.with_counts().order_by("programme__slug", "key"), ON_A_PAGE)
    context = {"page": page.get_page(request.GET.get("page")), "tabs": tabs(request)}
    return render(request, "barriers/needs_list.html", context)


@reads
def needs_detail(request, pk):
    """Show what comes first, why, who agreed, and what would turn it."""
    assessment = _reached(request, Verb.NEEDS_READ, pk)
    agreeing = (
        may(request.user, Verb.NEEDS_AGREE)
        and NeedsAssessment.objects.reachable_by(request.user, Verb.NEEDS_AGREE).filter(pk=pk).exists()
    )
    sides = sides_of(assessment=assessment, by=request.user) if agreeing else set()
    agreed = {"volunteers": assessment.agreed_by_volunteers_at, "authority": assessment.agreed_by_authority_at}
    context = {
        "assessment": assessment,
        "ranked": ranked(assessment),
        "may_weigh": agreeing,
        "may_agree": any(agreed[side] is None for side in sides),
        "may_propose": may(request.user, Verb.NEEDS_ASSESS),
        "scoring": set(Candidate.objects.reachable_by(request.user, Verb.NEEDS_ASSESS).values_list("pk", flat=True)),
    }
    return render(request, "barriers/needs_detail.html", context)


@writes
def needs_weights(request, pk):
    """Say how much each criterion counts; a change asks both sides to agree anew."""
    assessment = _reached(request, Verb.NEEDS_AGREE, pk)
    form = WeightsForm(request.POST or None, criteria=assessment.criteria.all())
    if form.is_valid():
        with refusals_on(form):
            services.set_weights(assessment=assessment, weights=form.cleaned_data, by=request.user)
            messages.success(request, _("Saved. Both sides agree to the weights as they stand now."))
            return redirect("barriers:needs_detail", pk)
    context = {"assessment": assessment, "form": form}
    return render(request, "barriers/needs_weights.html", context, status=422 if form.is_bound else 200)


@require_POST
@writes
def needs_agree(request, pk):
    """Agree to the weights, for one's own side."""
    services.agree_weights(assessment=_reached(request, Verb.NEEDS_AGREE, pk), by=request.user)
    messages.success(request, _("Agreed."))
    return redirect("barriers:needs_detail", pk)


@writes
def candidate_propose(request, pk):
    """Put something on the list."""
    assessment = _reached(request, Verb.NEEDS_ASSESS, pk)
    form = CandidateForm(request.POST or None, assessment=assessment, by=request.user, initial={"id": uuid7()})
    if form.is_valid():
        with refusals_on(form):
            candidate = services.propose_candidate(assessment=assessment, by=request.user, **form.cleaned_data)
            messages.success(request, _("On the list. Now say how urgent it is."))
            return redirect("barriers:candidate_score", candidate.pk)
    context = {"assessment": assessment, "form": form}
    return render(request, "barriers/candidate_propose.html", context, status=422 if form.is_bound else 200)


@writes
def candidate_score(request, pk):
    """Say how urgent something is by each criterion, and what was seen."""
    candidate = _candidate(request, pk)
    known = {score.criterion_id: score for score in candidate.scores.all()}
    form = ScoresForm(request.POST or None, criteria=candidate.assessment.criteria.all(), known=known)
    if form.is_valid():
        with refusals_on(form):
            services.score_candidate(candidate=candidate, scores=form.scores(), by=request.user)
            messages.success(request, _("Saved."))
            return redirect("barriers:needs_detail", candidate.assessment_id)
    context = {"candidate": candidate, "form": form}
    return render(request, "barriers/candidate_score.html", context, status=422 if form.is_bound else 200)


@require_POST
@writes
def candidate_done(request, pk):
    """Note that it is done."""
    candidate = _candidate(request, pk)
    today = clock.today(candidate.assessment.programme.time_zone)
    services.finish_candidate(candidate=candidate, done_on=today, by=request.user)
    messages.success(request, _("Done. The list shows what is still to do."))
    return redirect("barriers:needs_detail", candidate.assessment_id)


def _reached(request, verb, pk):
    reached = NeedsAssessment.objects.reachable_by(request.user, verb)
    return get_object_or_404(reached.select_related("programme__country"), pk=pk)


def _candidate(request, pk):
    reached = Candidate.objects.reachable_by(request.user, Verb.NEEDS_ASSESS)
    return get_object_or_404(reached.select_related("assessment__programme", "territory"), pk=pk)
