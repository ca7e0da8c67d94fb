"""Pages about one case: open it, see it, prove, visit, close."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relais.access.lock import organisations_where
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.cases import services
from relais.cases.assessing import assess_file, done_in, way_left
from relais.cases.forms import CarryForm, CloseForm, EvidenceForm, OpenForm, StepForm, VisitForm
from relais.cases.models import Case, CaseEvidence, News, Visit
from relais.cases.next_steps import next_step, way_words
from relais.cases.overview import called_by, is_accepted, last_dossier, papers_of, read_versions, stations_of
from relais.cases.timeline import timeline_of
from relais.cases.views.lists import companions_of
from relais.kernel import clock, sounds
from relais.kernel.pages import writes
from relais.kernel.refusals import Refusal, refusals_on
from relais.people.models import Person
from relais.procedures.describe import burden_words
from relais.procedures.gate import may_advise
from relais.procedures.models import EvidenceType, Procedure, Step

MAY = {"work": Verb.CASE_WORK, "close": Verb.CASE_CLOSE, "carry": Verb.CASE_HAND_OVER, "refer": Verb.REFERRAL_OFFER}


def reached(request: HttpRequest, verb: Verb, pk: str) -> Case:
    """Find a case within reach, or say there is none."""
    return get_object_or_404(Case.objects.reachable_by(request.user, verb).for_lists(), pk=pk)


def called(request: HttpRequest, case: Case) -> str:
    """Give what the reader may call the person; nothing if only the code is theirs to see."""
    return called_by([case.person], request.user, "case").get(case.person_id, "")


@writes
def case_open(request: HttpRequest, person_pk: str) -> HttpResponse:
    """Ask which procedure, since when and beside whom, then open the case."""
    people = Person.objects.reachable_by(request.user, Verb.CASE_OPEN).select_related("programme", "territory")
    person = get_object_or_404(people, pk=person_pk)
    today = clock.today(person.programme.time_zone)
    procedures = Procedure.objects.filter(programme=person.programme, versions__state="in_force").distinct()
    for_others = organisations_where(request.user, Verb.CASE_OPEN, Role.RELAY, Role.COORDINATOR)
    choices = companions_of(request) if for_others else User.objects.filter(pk=request.user.pk)
    form = OpenForm(request.POST or None, procedures=procedures, companions=choices, today=today, me=request.user)
    if form.is_valid():
        with refusals_on(form):
            case = services.open_case(person=person, by=request.user, **form.cleaned_data)
            return redirect("cases:detail", case.pk)
    context = {"person": person, "form": form, "procedures": procedures}
    return render(request, "cases/case_open.html", context, status=422 if form.is_bound else 200)


@writes
def case_detail(request: HttpRequest, pk: str) -> HttpResponse:
    """Show what to do next, the facts, the proofs, the steps, what is planned, and what happened."""
    cases = Case.objects.reachable_by(request.user, Verb.CASE_READ).for_lists().with_file()
    case = get_object_or_404(cases.saying_what_one_may(request.user, MAY), pk=pk)
    today = clock.today(case.programme.time_zone)
    version, drafts = read_versions(case, request.user)
    found, dossier = assess_file(case, version, today), last_dossier(case)
    trained = may_advise(request.user, case.version, today)
    read = services.read_case(case=case, by=request.user)
    context = {
        "case": case,
        "called": read.called,
        "found": found,
        "dossier": dossier,
        "left": burden_words(found.remaining, version.currency) if found.plan else "",
        "way": way_words(way_left(case, version, today), version) if not case.closed_at else [],
        "next": next_step(case, found, version, dossier, trained=trained),
        "papers": papers_of(case, version, found, drafts),
        "steps": stations_of(case, version, done_in(case), found),
        "timeline": timeline_of(case, read.visits),
        "news": _news(request, case),
        **_planned(case),
        "may": {name: getattr(case, f"may_{name}") for name in MAY},
    }
    return render(request, "cases/case_detail.html", context)


def _news(request: HttpRequest, case: Case) -> list[News]:
    """Give what happened to the case since the reader last looked, and mark it as read."""
    if news := list(News.objects.filter(to=request.user, case=case).unread()):
        services.read_news(news=news, by=request.user)
    return news


def _planned(case: Case) -> dict[str, object]:
    return {
        "appointments": [each for each in case.appointments.all() if each.state == each.State.PLANNED],
        "follow_ups": [each for each in case.follow_ups.all() if each.state == each.State.PLANNED][:3],
        "referrals": case.referrals.all(),
        "voices": [each for each in case.visits.all() if each.has_voice],
    }


@writes
def evidence_set(request: HttpRequest, pk: str, evidence_pk: str) -> HttpResponse:
    """Say whether the person holds a proof; what they cannot get asks why, and may be told as a barrier."""
    case = reached(request, Verb.CASE_WORK, pk)
    paper = get_object_or_404(EvidenceType, pk=evidence_pk, procedure=case.procedure_id)
    accepted = is_accepted(case, paper)
    known = CaseEvidence.objects.filter(case=case, evidence_type=paper).first()
    usual = {"state": known.state, "why": known.why} if known else {}
    initial = {**usual, "revision": case.revision, **request.GET.dict()}
    form = EvidenceForm(request.POST or None, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            row = services.set_evidence(case=case, evidence_type=paper, by=request.user, **form.cleaned_data)
            if not accepted:
                messages.info(request, _("Noted. It is not accepted yet; it is counted for the draft."))
                return redirect("cases:detail", case.pk)
            if row.state == CaseEvidence.State.CANNOT_GET:
                return redirect("cases:evidence_told", case.pk, paper.pk)
            messages.success(request, _("%(paper)s: %(state)s") % {"paper": paper, "state": row.get_state_display()})
            return redirect("cases:detail", case.pk)
    context = {"case": case, "paper": paper, "form": form, "accepted": accepted}
    return render(request, "cases/evidence_set.html", context, status=422 if form.is_bound else 200)


@writes
def evidence_told(request: HttpRequest, pk: str, evidence_pk: str) -> HttpResponse:
    """Offer to tell the table what stood in the way of a proof, in one tap."""
    case = reached(request, Verb.CASE_WORK, pk)
    row = get_object_or_404(
        case.evidence.select_related("evidence_type"), evidence_type=evidence_pk, state=CaseEvidence.State.CANNOT_GET
    )
    return render(request, "cases/evidence_told.html", {"case": case, "row": row})


@writes
def step_complete(request: HttpRequest, pk: str, step_pk: str) -> HttpResponse:
    """Ask on which day a step was done; or take it back."""
    case = reached(request, Verb.CASE_WORK, pk)
    step = get_object_or_404(Step, pk=step_pk, version=case.version_id)
    initial = {"done_on": clock.today(case.programme.time_zone), "revision": case.revision}
    form = StepForm(request.POST if request.POST.get("done_on") else None, initial=initial)
    with refusals_on(form):
        if "undo" in request.POST:
            services.undo_step(case=case, step=step, by=request.user)
            return redirect("cases:detail", case.pk)
        if form.is_valid():
            services.complete_step(case=case, step=step, by=request.user, **form.cleaned_data)
            messages.success(request, _("Done: %(step)s") % {"step": step})
            return redirect("cases:detail", case.pk)
    done = case.steps.filter(step__key=step.key).exists()
    context = {"case": case, "step": step, "form": form, "done": done}
    return render(request, "cases/step_complete.html", context, status=422 if request.method == "POST" else 200)


@writes
def visit_note(request: HttpRequest, pk: str) -> HttpResponse:
    """Ask what happened, in words or by voice, and since when."""
    case = reached(request, Verb.CASE_WORK, pk)
    form = VisitForm(request.POST or None, initial={"happened_on": clock.today(case.programme.time_zone)})
    if form.is_valid():
        spoken = request.FILES.get("voice")
        with refusals_on(form):
            services.note_visit(case=case, by=request.user, voice=sounds.read(spoken), **form.cleaned_data)
            messages.success(request, _("Noted."))
            return redirect("cases:detail", case.pk)
    context = {"case": case, "form": form, "called": called(request, case)}
    return render(request, "cases/visit_note.html", context, status=422 if form.is_bound else 200)


@writes
def visit_voice(request: HttpRequest, pk: str) -> HttpResponse:
    """Play what was spoken at a visit to who works on the case."""
    cases = Case.objects.reachable_by(request.user, Verb.CASE_READ)
    visits = Visit.objects.filter(case__in=cases.values("pk"), voice_sealed__isnull=False)
    visit = get_object_or_404(visits.select_related("case__person"), pk=pk)
    spoken = services.hear_visit(visit=visit, by=request.user)
    return sounds.played(spoken)


@writes
def case_close(request: HttpRequest, pk: str) -> HttpResponse:
    """Ask how the case ended, why and when."""
    case = reached(request, Verb.CASE_CLOSE, pk)
    initial = {"closed_on": clock.today(case.programme.time_zone), "revision": case.revision}
    form = CloseForm(request.POST or None, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            services.close_case(case=case, by=request.user, **form.cleaned_data)
            messages.success(request, _("The case is closed."))
            return redirect("cases:detail", case.pk)
    context = {"case": case, "form": form}
    return render(request, "cases/case_close.html", context, status=422 if form.is_bound else 200)


@require_POST
@writes
def case_reopen(request: HttpRequest, pk: str) -> HttpResponse:
    """Take a case up again, or say why it stays closed."""
    case = reached(request, Verb.CASE_CLOSE, pk)
    try:
        services.reopen_case(case=case, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("cases:detail", case.pk)


@writes
def case_carry(request: HttpRequest, pk: str) -> HttpResponse:
    """Ask who carries the case from now on."""
    case = reached(request, Verb.CASE_HAND_OVER, pk)
    others = companions_of(request).exclude(pk=case.companion_id)
    form = CarryForm(request.POST or None, companions=others, initial={"revision": case.revision})
    if form.is_valid():
        with refusals_on(form):
            services.hand_over_case(case=case, by=request.user, **form.cleaned_data)
            messages.success(request, _("The case changed hands; both volunteers are told."))
            return redirect("cases:detail", case.pk)
    context = {"case": case, "form": form}
    return render(request, "cases/case_carry.html", context, status=422 if form.is_bound else 200)
