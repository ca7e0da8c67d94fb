"""The desk: share what was checked, gather what says the same, count it, answer it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from relais.access.lock import require_any
from relais.access.verbs import Verb
from relais.barriers import counting, proposing, services
from relais.barriers.forms import AnswerForm, CheckForm, CountForm, GroupForm
from relais.barriers.marking import marked
from relais.barriers.models import Barrier, BarrierGroup
from relais.barriers.services import sharing
from relais.barriers.telling import tell
from relais.barriers.views.hearing import ON_A_PAGE, tabs
from relais.kernel import clock
from relais.kernel.pages import reads, writes
from relais.kernel.paging import page_of
from relais.kernel.refusals import Refusal, refusals_on


@reads
def barrier_counts(request):
    """Count what stops people, compared to the period before."""
    asked = CountForm(request.GET)
    asked.is_valid()
    by, days = asked.cleaned_data.get("by") or "headline", asked.cleaned_data.get("days") or 90
    kind = asked.cleaned_data.get("kind") or ""
    reached = Barrier.objects.reachable_by(request.user, Verb.BARRIER_READ)
    kept = reached.filter(kind=kind) if kind else reached
    lines, (this, before), threshold = counting.heard_by(request.user, kept, by, days, clock.today())
    page = Paginator(lines, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": CountForm({"by": by, "days": days, "kind": kind}),
        "chart": counting.chart_of(page.object_list, ""),
        "threshold": threshold,
        "page": page,
        "this": this,
        "before": before,
        "tabs": tabs(request),
    }
    return render(request, "barriers/barrier_counts.html", context)


@writes
def barrier_share(request):
    """List what waits to be shared; share what is chosen, as long as nothing in it tells who someone is."""
    require_any(request.user, Verb.BARRIER_SHARE)
    waiting = Barrier.objects.reachable_by(request.user, Verb.BARRIER_SHARE).to_share().with_everything()
    refused, chosen = None, set()
    if request.method == "POST":
        form = GroupForm(request.POST)
        form.is_valid()
        chosen = set(form.cleaned_data.get("barriers", []))
        try:
            shared = services.share_barriers(barriers=list(waiting.filter(pk__in=chosen)), by=request.user)
        except Refusal as refusal:
            refused, chosen = refusal, chosen - {barrier.pk for barrier in getattr(refusal, "held", [])}
        else:
            words = ngettext("%(count)d barrier is on the table.", "%(count)d barriers are on the table.", len(shared))
            messages.success(request, words % {"count": len(shared)})
            return redirect("barriers:share")
    page = page_of(waiting, request.GET.get("page"), ON_A_PAGE)
    everything = request.GET.get("all") == "1" and not refused
    chosen = {barrier.pk for barrier in page.object_list} if everything else chosen
    context = {"page": page, "refused": refused, "chosen": chosen, "everything": everything, "tabs": tabs(request)}
    return render(request, "barriers/barrier_share.html", context, status=422 if refused else 200)


@writes
def barrier_check(request, pk):
    """Show what could tell who someone is, propose words without it, and share them."""
    barrier = _reached(request, Verb.BARRIER_SHARE, pk)
    names = sharing.names_in(barriers=[barrier], by=request.user)[barrier.pk]
    initial = {**sharing.proposals(barrier, names), "revision": barrier.revision}
    form = CheckForm(request.POST or None, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            texts, seen = {barrier.pk: form.cleaned_data}, form.cleaned_data["revision"]
            services.share_barriers(barriers=[barrier], by=request.user, texts=texts, revision=seen)
            messages.success(request, _("Shared with the table."))
            return redirect("barriers:detail", barrier.pk)
    context = {
        "barrier": barrier,
        "form": form,
        "original": marked(barrier, {}, names),
        "still": marked(barrier, form.cleaned_data, names) if form.is_bound and form.cleaned_data else [],
    }
    return render(request, "barriers/barrier_check.html", context, status=422 if form.is_bound else 200)


@writes
def barrier_answer(request, pk):
    """Say what became of it, and why."""
    barrier = _reached(request, Verb.TABLE_DECIDE, pk)
    form = AnswerForm(request.POST or None, initial=_answer_of(barrier))
    if form.is_valid():
        with refusals_on(form):
            services.answer_barrier(barrier=barrier, by=request.user, **form.cleaned_data)
            messages.success(request, _("Answered. Whoever reported it will be told."))
            return redirect("barriers:detail", barrier.pk)
    context = {"barrier": barrier, "form": form}
    return render(request, "barriers/barrier_answer.html", context, status=422 if form.is_bound else 200)


def _answer_of(barrier):
    return {"state": barrier.state, "answer": barrier.answer, "revision": barrier.revision}


@writes
def group_list(request):
    """Propose what could be one, show the groups there are, and gather what is accepted."""
    require_any(request.user, Verb.BARRIER_GROUP)
    form = GroupForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            group = _gather(request, form.cleaned_data)
            messages.success(request, _("Grouped as “%(headline)s”.") % {"headline": group.headline})
            return redirect("barriers:group", group.pk)
    reached = Barrier.objects.reachable_by(request.user, Verb.BARRIER_GROUP)
    groups = BarrierGroup.objects.reachable_by(request.user, Verb.BARRIER_GROUP).with_counts()
    context = {
        "form": form,
        "proposals": proposing.propose(reached)[:ON_A_PAGE],
        "page": Paginator(groups, ON_A_PAGE).get_page(request.GET.get("page")),
        "tabs": tabs(request),
    }
    return render(request, "barriers/group_list.html", context, status=422 if form.is_bound else 200)


def _gather(request, chosen):
    reached = Barrier.objects.reachable_by(request.user, Verb.BARRIER_GROUP).select_related("programme")
    groups = BarrierGroup.objects.reachable_by(request.user, Verb.BARRIER_GROUP)
    return services.group_barriers(
        barriers=list(reached.filter(pk__in=chosen["barriers"])),
        headline=chosen["headline"],
        group=get_object_or_404(groups, pk=chosen["group"]) if chosen["group"] else None,
        by=request.user,
    )


@reads
def group_detail(request, pk):
    """Show a group with what it holds within reach."""
    group = get_object_or_404(BarrierGroup.objects.reachable_by(request.user, Verb.BARRIER_READ), pk=pk)
    held = Barrier.objects.reachable_by(request.user, Verb.BARRIER_READ).filter(group=group).with_everything()
    page = page_of(held, request.GET.get("page"), ON_A_PAGE)
    page.object_list = [tell(barrier, request.user) for barrier in page.object_list]
    changing = BarrierGroup.objects.reachable_by(request.user, Verb.BARRIER_GROUP).filter(pk=pk).exists()
    return render(request, "barriers/group_detail.html", {"group": group, "page": page, "may_change": changing})


@require_POST
@writes
def barrier_ungroup(request, pk):
    """Take a barrier out of its group."""
    barrier = _reached(request, Verb.BARRIER_GROUP, pk)
    services.ungroup_barrier(barrier=barrier, by=request.user)
    messages.success(request, _("Taken out of the group."))
    return redirect("barriers:detail", barrier.pk)


def _reached(request, verb, pk):
    found = Barrier.objects.reachable_by(request.user, verb).with_everything().select_related("case__person")
    return get_object_or_404(found, pk=pk)
