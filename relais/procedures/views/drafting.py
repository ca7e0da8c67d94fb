"""Drafting on paper: start a draft, change its steps, share it with the partners or throw it away."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relais.access.verbs import Verb
from relais.kernel.pages import writes
from relais.kernel.refusals import Refusal, refusals_on
from relais.procedures import services
from relais.procedures.forms import EvidenceTypeForm, StepForm
from relais.procedures.models import EvidenceType, Procedure, ProcedureVersion

STEP_COSTS = ("channel", "visits", "fee", "minutes", "waiting_days")
PAPER_COSTS = ("visits", "fee", "minutes", "days", "held_by_state")


def draft_or_404(request, pk):
    """Give a draft this person may change."""
    drafts = ProcedureVersion.objects.reachable_by(request.user, Verb.PROCEDURE_DRAFT).with_everything()
    return get_object_or_404(drafts, pk=pk)


def step_or_404(draft, key):
    """Give a step of a draft by its key."""
    return get_object_or_404(draft.steps.all(), key=key)


def back_to(request, draft):
    """Go back to where the change was begun: the draft itself, or the studio."""
    return redirect(address_of(request, draft))


def address_of(request, draft):
    """Say where a change of a draft was begun."""
    return reverse(
        "roundtables:studio" if request.GET.get("from") == "studio" else "procedures:version", args=[draft.pk]
    )


def done(request, draft, change, **arguments):
    """Make a change and go back to the draft; a refusal is said there."""
    try:
        change(by=request.user, **arguments)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return back_to(request, draft)


def asking(request, draft, form, title):
    """Show a form about a draft; what was refused keeps what was typed."""
    context = {
        "version": draft,
        "procedure": draft.procedure,
        "form": form,
        "title": title,
        "back": address_of(request, draft),
    }
    return render(request, "procedures/draft_form.html", context, status=422 if form.is_bound else 200)


def _procedure_or_404(request, pk):
    procedures = Procedure.objects.reachable_by(request.user, Verb.PROCEDURE_DRAFT).select_related("programme")
    return get_object_or_404(procedures, pk=pk)


@require_POST
@writes
def version_draft(request, pk):
    """Start a draft from the version in force."""
    draft = services.draft_version(procedure=_procedure_or_404(request, pk), by=request.user)
    return redirect("roundtables:studio", draft.pk)


@require_POST
@writes
def version_share(request, pk):
    """Show a draft to the partners."""
    draft = draft_or_404(request, pk)
    return done(request, draft, services.share_draft, version=draft)


@require_POST
@writes
def version_discard(request, pk):
    """Throw a draft away."""
    draft = draft_or_404(request, pk)
    try:
        services.discard_draft(version=draft, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("procedures:version", pk)
    return redirect("procedures:detail", draft.procedure_id)


@writes
def step_add(request, pk):
    """Add a step at the end of a draft."""
    draft = draft_or_404(request, pk)
    form = StepForm(request.POST or None, procedure=draft.procedure)
    if form.is_valid():
        with refusals_on(form):
            services.add_step(version=draft, by=request.user, **form.words(), **form.facts())
            return back_to(request, draft)
    return asking(request, draft, form, _("Add a step"))


@writes
def step_change(request, pk, key):
    """Say where a step happens and what it takes, or merge it into another."""
    draft = draft_or_404(request, pk)
    step = step_or_404(draft, key)
    initial = {name: getattr(step, name) for name in STEP_COSTS}
    form = StepForm(request.POST or None, procedure=draft.procedure, written=step, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            services.change_step(step=step, by=request.user, **form.words(), **form.facts())
            return back_to(request, draft)
    others = [each for each in draft.steps.all() if each.pk != step.pk]
    context = {"version": draft, "procedure": draft.procedure, "form": form, "step": step, "others": others}
    context["back"] = address_of(request, draft)
    return render(request, "procedures/step_change.html", context, status=422 if form.is_bound else 200)


@require_POST
@writes
def step_move(request, pk, key):
    """Take a step one place up or down."""
    draft = draft_or_404(request, pk)
    places = 1 if request.POST.get("to") == "down" else -1
    return done(request, draft, services.move_step, step=step_or_404(draft, key), places=places)


@require_POST
@writes
def step_merge(request, pk, key):
    """Do a step together with another."""
    draft = draft_or_404(request, pk)
    into = step_or_404(draft, request.POST.get("into", ""))
    return done(request, draft, services.merge_steps, step=step_or_404(draft, key), into=into)


@require_POST
@writes
def step_drop(request, pk, key):
    """Take a step out of a draft."""
    draft = draft_or_404(request, pk)
    return done(request, draft, services.drop_step, step=step_or_404(draft, key))


@writes
def evidence_add(request, pk):
    """Describe a kind of proof that drafts may accept."""
    procedure = _procedure_or_404(request, pk)
    form = EvidenceTypeForm(request.POST or None, procedure=procedure)
    if form.is_valid():
        with refusals_on(form):
            services.add_evidence_type(procedure=procedure, by=request.user, **form.words(), **form.facts())
            return redirect("procedures:detail", procedure.pk)
    context = {"procedure": procedure, "form": form, "title": _("Describe a proof")}
    return render(request, "procedures/evidence_form.html", context, status=422 if form.is_bound else 200)


@writes
def evidence_change(request, pk, key):
    """Correct what a kind of proof is called or takes."""
    procedure = _procedure_or_404(request, pk)
    paper = get_object_or_404(EvidenceType, procedure=procedure, key=key)
    initial = {name: getattr(paper, name) for name in PAPER_COSTS}
    form = EvidenceTypeForm(request.POST or None, procedure=procedure, written=paper, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            services.change_evidence_type(evidence_type=paper, by=request.user, **form.words(), **form.facts())
            return redirect("procedures:detail", procedure.pk)
    context = {"procedure": procedure, "form": form, "title": paper}
    return render(request, "procedures/evidence_form.html", context, status=422 if form.is_bound else 200)
