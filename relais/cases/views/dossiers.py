"""Pages of what goes over to an authority and what it decides."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relais.access.lock import filter_for, may
from relais.access.verbs import Verb
from relais.cases import manifest, services
from relais.cases.forms import DecideForm, HandForm, ReturnForm
from relais.cases.models import Batch, CaseEvidence, Dossier
from relais.cases.overview import called_by
from relais.cases.ready import Hand, hand_of
from relais.cases.views.lists import A_PAGE
from relais.kernel import clock, papers
from relais.kernel.codes import show_code
from relais.kernel.pages import reads, writes
from relais.kernel.paging import first_of, page_of
from relais.kernel.refusals import Refusal, refusals_on
from relais.procedures.models import Requirement

OFFICE_TAKES_LONG = timedelta(days=14)
A_BATCH = 200  # what one can still tick through and sign on one manifest


@writes
def dossier_list(request: HttpRequest) -> HttpResponse:
    """Show the dossiers that wait for a decision, or those decided; one list for either side."""
    if not may(request.user, Verb.DOSSIER_READ):
        raise Http404
    reached = Dossier.objects.reachable_by(request.user, Verb.DOSSIER_READ)
    shown = "decided" if request.GET.get("shown") == "decided" else "waiting"
    rows = reached.waiting() if shown == "waiting" else reached.decided().order_by("-decided_at")
    ordered = rows.for_lists() if shown == "waiting" else rows.for_lists().order_by("-decided_at")
    page = page_of(ordered, request.GET.get("page"), A_PAGE)
    names = called_by([row.case.person for row in page], request.user, "dossiers")
    context = {
        "page": page,
        "rows": [(row, names.get(row.case.person_id, "")) for row in page],
        "shown": shown,
        "waiting": reached.waiting().count(),
        "decides": may(request.user, Verb.DOSSIER_DECIDE),
        "late_before": clock.today() - OFFICE_TAKES_LONG,
    }
    return render(request, "cases/dossier_list.html", context)


@writes
def dossiers_hand(request: HttpRequest) -> HttpResponse:
    """Show what is complete and agreed to, and hand it over in one batch."""
    if not may(request.user, Verb.DOSSIER_SUBMIT):
        raise Http404
    today = clock.today()
    hand = hand_of(request.user, request.GET, today)
    form = HandForm(request.POST or None, cases=hand.agreed, today=today) if hand.authority else None
    if form and form.is_valid():
        with refusals_on(form):
            batch = services.hand_dossiers(authority=hand.authority, by=request.user, **form.cleaned_data)
            return redirect("cases:batch", batch.pk)
    context = _to_hand(request, hand) | {"form": form}
    return render(request, "cases/dossiers_hand.html", context, status=422 if form and form.is_bound else 200)


def _to_hand(request: HttpRequest, hand: Hand) -> dict[str, Any]:
    """Name the people whose dossiers are complete, on the first page of each list."""
    agreed, silent = list(first_of(hand.agreed, A_BATCH)), list(first_of(hand.silent, A_PAGE))
    names = called_by([case.person for case in (*agreed, *silent)], request.user, "hand-over")
    return {
        "hand": hand,
        "agreed": [(case, names.get(case.person_id, "")) for case in agreed],
        "silent": [(case, names.get(case.person_id, "")) for case in silent],
    }


@writes
def dossier_detail(request: HttpRequest, pk: str) -> HttpResponse:
    """Show an official what they need to decide: the code, each proof, and the name only with consent."""
    rows = Dossier.objects.reachable_by(request.user, Verb.DOSSIER_READ).for_lists()
    dossier = get_object_or_404(rows.select_related("requirement", "consent", "decided_by"), pk=pk)
    names = called_by([dossier.case.person], request.user, "dossier")
    evidence = dossier.case.evidence.filter(state=CaseEvidence.State.HELD).select_related("evidence_type")
    decides = Dossier.objects.filter(filter_for(request.user, Verb.DOSSIER_DECIDE, Dossier), pk=pk).exists()
    context = {
        "dossier": dossier,
        "called": names.get(dossier.case.person_id, ""),
        "evidence": evidence,
        "decides": decides,
        "may_withdraw": dossier.state == Dossier.State.HANDED and may(request.user, Verb.DOSSIER_SUBMIT),
        "form": DecideForm(initial={"decided_on": clock.today(dossier.case.programme.time_zone)}),
    }
    return render(request, "cases/dossier_detail.html", context)


@require_POST
@writes
def dossier_accept(request: HttpRequest, pk: str) -> HttpResponse:
    """Accept a dossier, then go to the next one that waits."""
    dossier = get_object_or_404(Dossier.objects.reachable_by(request.user, Verb.DOSSIER_READ).for_lists(), pk=pk)
    form = DecideForm(request.POST)
    day = form.cleaned_data["decided_on"] if form.is_valid() else None
    try:
        services.accept_dossier(dossier=dossier, by=request.user, decided_on=day)
        messages.success(request, _("%(code)s is accepted.") % {"code": show_code(dossier.case.person.code)})
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("cases:dossier", dossier.pk)
    following = Dossier.objects.reachable_by(request.user, Verb.DOSSIER_DECIDE).waiting().filter(batch=dossier.batch_id)
    after = following.order_by("pk").first()
    return redirect("cases:dossier", after.pk) if after else redirect("cases:dossiers")


@writes
def dossier_return(request: HttpRequest, pk: str) -> HttpResponse:
    """Ask why a dossier goes back; the volunteer is told and the table hears it."""
    dossier = get_object_or_404(Dossier.objects.reachable_by(request.user, Verb.DOSSIER_DECIDE).for_lists(), pk=pk)
    requirements = Requirement.objects.filter(step__version=dossier.case.version_id)
    initial = {"decided_on": clock.today(dossier.case.programme.time_zone)}
    form = ReturnForm(request.POST or None, requirements=requirements, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            services.return_dossier(dossier=dossier, by=request.user, **form.cleaned_data)
            messages.success(request, _("%(code)s goes back.") % {"code": show_code(dossier.case.person.code)})
            return redirect("cases:dossiers")
    context = {"dossier": dossier, "form": form}
    return render(request, "cases/dossier_return.html", context, status=422 if form.is_bound else 200)


@require_POST
@writes
def dossier_withdraw(request: HttpRequest, pk: str) -> HttpResponse:
    """Take a dossier back before it is decided."""
    dossier = get_object_or_404(Dossier.objects.reachable_by(request.user, Verb.DOSSIER_SUBMIT).for_lists(), pk=pk)
    try:
        services.withdraw_dossier(dossier=dossier, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("cases:detail", dossier.case_id)


@reads
def batch_list(request: HttpRequest) -> HttpResponse:
    """Show the batches handed over, newest first."""
    if not may(request.user, Verb.DOSSIER_READ):
        raise Http404
    batches = Batch.objects.reachable_by(request.user, Verb.DOSSIER_READ).for_lists()
    page = Paginator(batches, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "cases/batch_list.html", {"page": page})


@writes
def batch_detail(request: HttpRequest, pk: str) -> HttpResponse:
    """Show one batch and its manifest, ready to print and sign; an authority confirms that it arrived."""
    verb = Verb.DOSSIER_DECIDE if request.method == "POST" else Verb.DOSSIER_READ
    batch = get_object_or_404(Batch.objects.reachable_by(request.user, verb).for_lists(), pk=pk)
    if request.method == "POST":
        services.receive_batch(batch=batch, by=request.user)
        return redirect("cases:batch", batch.pk)
    page = Paginator(manifest.dossiers_of(batch), A_PAGE).get_page(request.GET.get("page"))
    lines = manifest.lines_of(page, request.user, page.start_index())
    receives = Batch.objects.filter(filter_for(request.user, Verb.DOSSIER_DECIDE, Batch), pk=pk).exists()
    context = {"batch": batch, "page": page, "lines": lines, "receives": receives}
    return render(request, "cases/batch_detail.html", context)


@writes
def batch_manifest(request: HttpRequest, pk: str) -> HttpResponse:
    """Give the manifest of a batch as a PDF both sides sign."""
    batch = get_object_or_404(Batch.objects.reachable_by(request.user, Verb.DOSSIER_READ).for_lists(), pk=pk)
    drawn = manifest.pdf(batch, manifest.lines_of(manifest.dossiers_of(batch), request.user))
    return papers.sent(drawn, f"relais-{batch.number}")
