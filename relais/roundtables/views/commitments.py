"""Who promised what: mine, what is late, what was kept."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from relais.access.lock import organisations_where
from relais.access.verbs import Verb
from relais.kernel import clock
from relais.kernel.pages import named_in_address, reads, writes
from relais.kernel.refusals import refusals_on
from relais.programmes.models import Programme
from relais.roundtables import services
from relais.roundtables.forms import CommitmentForm, DropForm
from relais.roundtables.models import Commitment, Decision, Meeting
from relais.roundtables.services.acting import members_of_partners
from relais.roundtables.views.frame import tabs, told_to

PAGE = 50
SHOWN = {"mine", "late", "all"}


@reads
def commitment_list(request):
    """List commitments: those to keep soonest first; mine, late, or all."""
    which = request.GET.get("show") if request.GET.get("show") in SHOWN else "all"
    today = clock.today()
    rows = Commitment.objects.reachable_by(request.user, Verb.TABLE_READ)
    if which == "mine":
        rows = rows.pending().filter(owner=request.user)
    elif which == "late":
        rows = rows.overdue(today)
    rows = rows.select_related("organisation", "owner", "meeting", "decision").order_by("done_on", "due_on")
    own = Commitment.objects.reachable_by(request.user, Verb.COMMITMENT_FULFIL).pending()
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "fulfillable": set(own.values_list("pk", flat=True)),
        "which": which,
        "today": today,
        "tabs": tabs(request),
    }
    return render(request, "roundtables/commitment_list.html", context)


@writes
def commitment_make(request, programme):
    """Write down a commitment, by itself, at a table, or with a decision."""
    programmes = Programme.objects.reachable_by(request.user, Verb.COMMITMENT_MAKE)
    programme = get_object_or_404(programmes, slug=programme)
    meeting, decision = _named(request, Meeting, "meeting"), _named(request, Decision, "decision")
    members = members_of_partners(programme=programme)
    start = {"organisation": next(iter(organisations_where(request.user, Verb.COMMITMENT_MAKE)), None)}
    form = CommitmentForm(request.POST or None, programme=programme, members=members, initial=start)
    if form.is_valid():
        with refusals_on(form):
            services.make_commitment(
                programme=programme, meeting=meeting, decision=decision, by=request.user, **form.cleaned_data
            )
            return redirect(decision or meeting or "roundtables:commitments")
    context = {"programme": programme, "meeting": meeting, "decision": decision, "form": form}
    return render(request, "roundtables/commitment_make.html", context, status=422 if form.is_bound else 200)


def _named(request, model, name):
    """Find the table or the decision a link names, as far as one reaches it."""
    return named_in_address(request, name, model.objects.reachable_by(request.user, Verb.TABLE_READ))


@require_POST
@writes
def commitment_done(request, pk):
    """Say that a commitment was kept."""
    commitments = Commitment.objects.reachable_by(request.user, Verb.COMMITMENT_FULFIL)
    commitment = get_object_or_404(commitments.select_related("programme"), pk=pk)
    with told_to(request):
        services.fulfil_commitment(commitment=commitment, by=request.user)
    return redirect("roundtables:commitments")


@writes
def commitment_drop(request, pk):
    """Say that a commitment will not be kept, and why."""
    owned = Commitment.objects.reachable_by(request.user, Verb.COMMITMENT_FULFIL)
    commitment = get_object_or_404(owned, pk=pk)
    form = DropForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            services.drop_commitment(commitment=commitment, by=request.user, **form.cleaned_data)
            return redirect("roundtables:commitments")
    context = {"commitment": commitment, "form": form}
    return render(request, "roundtables/commitment_drop.html", context, status=422 if form.is_bound else 200)
