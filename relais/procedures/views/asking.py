"""Drafting what is asked: add, relax, tighten, move and drop requirements, with a preview in plain words."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relais.kernel.pages import writes
from relais.kernel.refusals import refusals_on
from relais.procedures import services
from relais.procedures.compare import compare
from relais.procedures.describe import change_words
from relais.procedures.forms import AcceptForm, ConditionForm, RequirementForm
from relais.procedures.models import EvidenceTypeList, Requirement
from relais.procedures.rows import condition_from, terms_of
from relais.procedures.views.drafting import address_of, asking, back_to, done, draft_or_404, step_or_404


def _requirement_or_404(draft, key):
    return get_object_or_404(Requirement.objects.select_related("step__version"), step__version=draft, key=key)


@writes
def requirement_add(request, pk, key):
    """Ask for one more thing in a step."""
    draft = draft_or_404(request, pk)
    form = RequirementForm(request.POST or None, procedure=draft.procedure)
    if form.is_valid():
        with refusals_on(form):
            facts = form.facts()
            papers = list(facts.pop("evidence_types"))
            step = step_or_404(draft, key)
            services.add_requirement(step=step, evidence_types=papers, by=request.user, **form.words(), **facts)
            return back_to(request, draft)
    return asking(request, draft, form, _("Ask for one more thing"))


@writes
def requirement_change(request, pk, key):
    """Say a requirement in other words, or drop it."""
    draft = draft_or_404(request, pk)
    requirement = _requirement_or_404(draft, key)
    form = RequirementForm(request.POST or None, procedure=draft.procedure, written=requirement)
    if form.is_valid():
        with refusals_on(form):
            services.reword_requirement(requirement=requirement, by=request.user, **form.words(), **form.facts())
            return back_to(request, draft)
    context = {
        "version": draft,
        "procedure": draft.procedure,
        "requirement": requirement,
        "form": form,
        "back": address_of(request, draft),
        "steps": [step for step in draft.steps.all() if step.pk != requirement.step_id],
    }
    return render(request, "procedures/requirement_change.html", context, status=422 if form.is_bound else 200)


@writes
def requirement_accept(request, pk, key):
    """Accept one more way to meet a requirement, after reading what it would say."""
    draft = draft_or_404(request, pk)
    requirement = _requirement_or_404(draft, key)
    form = AcceptForm(request.POST or None, procedure=draft.procedure)
    preview = []
    if form.is_valid() and "preview" in request.POST:
        preview = _would_say(draft, key, lists=(*_lists_of(draft, key), form.keys))
    elif form.is_valid():
        with refusals_on(form):
            papers = list(form.cleaned_data["evidence_types"])
            services.accept_list(requirement=requirement, evidence_types=papers, by=request.user)
            return back_to(request, draft)
    return _previewing(request, requirement, form, preview, _("Accept another proof"))


@writes
def requirement_condition(request, pk, key):
    """Say of whom a requirement is asked, after reading what it would say."""
    draft = draft_or_404(request, pk)
    requirement = _requirement_or_404(draft, key)
    before = condition_from(requirement.condition)
    form = ConditionForm(request.POST or None, procedure=draft.procedure, condition=before)
    preview = []
    if form.is_valid() and "preview" in request.POST:
        preview = _would_say(draft, key, condition=form.condition)
    elif form.is_valid():
        with refusals_on(form):
            services.relax_condition(requirement=requirement, condition=form.condition, by=request.user)
            return back_to(request, draft)
    return _previewing(request, requirement, form, preview, _("Of whom it is asked"))


@require_POST
@writes
def requirement_move(request, pk, key):
    """Take a requirement one place up or down in its step, or to another step."""
    draft = draft_or_404(request, pk)
    requirement = _requirement_or_404(draft, key)
    if way := {"up": -1, "down": 1}.get(request.POST.get("to", "")):
        return done(request, draft, services.shift_requirement, requirement=requirement, places=way)
    step = step_or_404(draft, request.POST.get("step") or requirement.step.key)
    return done(request, draft, services.move_requirement, requirement=requirement, step=step)


@require_POST
@writes
def requirement_drop(request, pk, key):
    """Stop asking for something."""
    draft = draft_or_404(request, pk)
    return done(request, draft, services.drop_requirement, requirement=_requirement_or_404(draft, key))


@require_POST
@writes
def list_drop(request, pk, key, place):
    """Stop accepting one way to meet a requirement; `place` counts from one."""
    draft = draft_or_404(request, pk)
    lists = EvidenceTypeList.objects.filter(requirement=_requirement_or_404(draft, key)).order_by("position")
    for evidence_list in lists[place - 1 : place] if place else ():
        return done(request, draft, services.drop_list, evidence_list=evidence_list)
    raise Http404


def _lists_of(draft, key):
    return next(each.lists for _step, each in terms_of(draft).asked() if each.key == key)


def _would_say(draft, key, **changes):
    """Say what a change would change, without making it."""
    content = terms_of(draft)
    would_be = content.changing(key, **changes)
    attributes = draft.procedure.attributes
    said = [change_words(change, content, would_be, attributes) for change in compare(content, would_be)]
    return said or [_("Nothing would change.")]


def _previewing(request, requirement, form, preview, title):
    draft = requirement.step.version
    context = {
        "version": draft,
        "procedure": draft.procedure,
        "requirement": requirement,
        "form": form,
        "back": address_of(request, draft),
        "preview": preview,
        "title": title,
    }
    refused = form.is_bound and not preview
    return render(request, "procedures/requirement_preview.html", context, status=422 if refused else 200)
