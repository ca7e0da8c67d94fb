"""Recording in a minute, reading what was heard, and approving what a relay wrote."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relais.access.lock import may, require_any
from relais.access.verbs import Verb
from relais.barriers import rules, services
from relais.barriers.forms import BarrierForm, ListForm
from relais.barriers.models import Barrier
from relais.barriers.telling import tell
from relais.barriers.thread import thread_of
from relais.cases.models import Case
from relais.kernel import clock, sounds
from relais.kernel.ids import uuid7
from relais.kernel.pages import named_in_address, reads, writes
from relais.kernel.paging import page_of
from relais.kernel.refusals import refusals_on
from relais.procedures.models import EvidenceType, Requirement

ON_A_PAGE = 50


@reads
def barrier_list(request):
    """Show what was heard, by a sentence of filters."""
    form = ListForm(request.GET)
    reached = Barrier.objects.reachable_by(request.user, Verb.BARRIER_READ)
    found = reached.chosen(clock.today(), **form.chosen()).with_everything()
    page = page_of(found, request.GET.get("page"), ON_A_PAGE)
    page.object_list = [tell(barrier, request.user) for barrier in page.object_list]
    context = {"form": form, "page": page, "tabs": tabs(request), "may_record": may(request.user, Verb.BARRIER_RECORD)}
    return render(request, "barriers/barrier_list.html", context)


def tabs(request):
    """Give the views of what was heard that concern this reader, with what waits in each."""
    user = request.user
    approving = Barrier.objects.reachable_by(user, Verb.BARRIER_APPROVE).to_approve(user)
    sharing = Barrier.objects.reachable_by(user, Verb.BARRIER_SHARE).to_share()
    views = [
        ("list", _("What we heard"), Verb.BARRIER_READ, None),
        ("approve", _("To approve"), Verb.BARRIER_APPROVE, approving),
        ("share", _("To share"), Verb.BARRIER_SHARE, sharing),
        ("groups", _("The same"), Verb.BARRIER_GROUP, None),
        ("counts", _("Counts"), Verb.BARRIER_READ, None),
        ("needs", _("What first"), Verb.NEEDS_READ, None),
    ]
    here = request.resolver_match.url_name
    return [
        {
            "label": label,
            "href": reverse(f"barriers:{name}"),
            "current": name == here,
            "count": rows.count() if rows is not None else 0,
        }
        for name, label, verb, rows in views
        if may(user, verb)
    ]


@writes
def barrier_record(request, case_pk=None):
    """Ask what stands in the way, then for how many: two taps from a case."""
    require_any(request.user, Verb.BARRIER_RECORD)
    case = _case(request, case_pk) if case_pk else None
    kind = request.POST.get("kind") or request.GET.get("kind")
    if kind not in Barrier.Kind.values:
        # That a dossier came back is heard by itself, when the authority gives it back.
        kinds = [choice for choice in Barrier.Kind.choices if choice[0] != Barrier.Kind.RETURNED]
        context = {"case": case, "kinds": kinds, "asked": request.GET.urlencode()}
        return render(request, "barriers/barrier_kind.html", context)
    about = _about(request, case)
    first = {"id": uuid7(), "kind": kind}
    form = BarrierForm(request.POST or None, request.FILES or None, by=request.user, case=case, initial=first)
    if form.is_valid():
        with refusals_on(form):
            barrier = services.record_barrier(by=request.user, **about, **form.cleaned_data)
            messages.success(request, _("Recorded. You will be told what becomes of it."))
            return redirect("barriers:detail", barrier.pk)
    context = {
        "form": form,
        "case": case,
        "kind": Barrier.Kind(kind),
        "headlines": _headlines(request, kind, case, about),
    }
    return render(request, "barriers/barrier_record.html", context, status=422 if form.is_bound else 200)


def _case(request, pk):
    reached = Case.objects.reachable_by(request.user, Verb.BARRIER_RECORD)
    return get_object_or_404(reached.select_related("person", "programme"), pk=pk)


def _about(request, case):
    """Read from the address which paper or requirement of the case's procedure it is about."""
    if case is None:
        return {}
    asked = {"evidence_type": (EvidenceType, "procedure"), "requirement": (Requirement, "step__version__procedure")}
    rows = {name: model.objects.filter(**{way: case.procedure_id}) for name, (model, way) in asked.items()}
    return {name: row for name in rows if (row := named_in_address(request, name, rows[name]))}


def _headlines(request, kind, case, about):
    """Propose what was said before within reach, then the first words for this kind."""
    reached = Barrier.objects.reachable_by(request.user, Verb.BARRIER_READ)
    heard = reached.usual_headlines(kind, case.procedure_id if case else None)
    return rules.headlines(kind, heard, str(about.get("evidence_type", "")))


@reads
def barrier_detail(request, pk):
    """Show one barrier with its whole thread, as far as this reader may know it."""
    barrier = _reached(request, Verb.BARRIER_READ, pk)
    told = tell(barrier, request.user)
    verbs = {
        "approve": Verb.BARRIER_APPROVE,
        "share": Verb.BARRIER_SHARE,
        "group": Verb.BARRIER_GROUP,
        "answer": Verb.TABLE_DECIDE,
    }
    may_do = {
        name: may(request.user, verb) and Barrier.objects.reachable_by(request.user, verb).filter(pk=pk).exists()
        for name, verb in verbs.items()
    }
    context = {
        "told": told,
        "thread": thread_of(barrier, told, request.user),
        "may": may_do,
        "is_author": barrier.author_id == request.user.pk,
        "decisions": barrier.decisions.all(),  # of the table above, which points down here
    }
    return render(request, "barriers/barrier_detail.html", context)


@writes
def barrier_voice(request, pk):
    """Play the voice note to those inside the organisation; the journal says who listened."""
    sound = services.hear_voice(barrier=_reached(request, Verb.BARRIER_READ, pk), by=request.user)
    return sounds.played(sound)


@writes
def barrier_as_told(request, pk):
    """Show the words as they were first told, beside those that were shared; the journal says who read them."""
    barrier = _reached(request, Verb.BARRIER_READ, pk)
    first = services.read_as_told(barrier=barrier, by=request.user)
    labels = (
        (str(barrier._meta.get_field(field).verbose_name), text, getattr(barrier, field))
        for field, text in first.items()
    )
    response = render(request, "barriers/barrier_as_told.html", {"barrier": barrier, "texts": list(labels)})
    response["Cache-Control"] = "no-store"
    return response


@reads
def barrier_approve(request):
    """Show what was written in one's name and waits for one's word."""
    require_any(request.user, Verb.BARRIER_APPROVE)
    waiting = Barrier.objects.reachable_by(request.user, Verb.BARRIER_APPROVE).to_approve(request.user)
    page = Paginator(waiting.with_everything(), ON_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = [tell(barrier, request.user) for barrier in page.object_list]
    return render(request, "barriers/barrier_approve.html", {"page": page, "tabs": tabs(request)})


@require_POST
@writes
def barrier_approved(request, pk):
    """Stand behind what was written, by a tap or by voice."""
    barrier = _reached(request, Verb.BARRIER_APPROVE, pk)
    services.approve_barrier(barrier=barrier, by=request.user, voice=sounds.read(request.FILES.get("voice")))
    messages.success(request, _("Approved. These are your words now."))
    return redirect("barriers:approve")


@require_POST
@writes
def barrier_told(request, pk):
    """Note that its author knows the answer."""
    barrier = services.tell_author(barrier=_reached(request, Verb.BARRIER_READ, pk), by=request.user)
    messages.success(request, _("Noted. Thank you for telling the people concerned."))
    return redirect("barriers:detail", barrier.pk)


def _reached(request, verb, pk):
    return get_object_or_404(Barrier.objects.reachable_by(request.user, verb).with_everything(), pk=pk)
