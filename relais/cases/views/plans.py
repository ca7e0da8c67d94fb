"""Pages of what is planned: appointments, follow-ups, referrals."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relais.access.lock import may
from relais.access.verbs import Verb
from relais.cases import services
from relais.cases.forms import AnswerForm, AppointmentForm, FollowUpForm, FollowUpPlanForm, ReferralForm, ToldForm
from relais.cases.models import Appointment, Case, FollowUp, Referral
from relais.cases.overview import called_by
from relais.cases.views.case import called, reached
from relais.cases.views.lists import A_PAGE, companions_of
from relais.directory.models import Office
from relais.kernel import clock
from relais.kernel.pages import writes
from relais.kernel.refusals import Refusal, refusals_on
from relais.organisations.models import Organisation


@writes
def appointment_plan(request: HttpRequest, pk: str) -> HttpResponse:
    """Ask when and where, and whether someone comes along."""
    case = reached(request, Verb.CASE_WORK, pk)
    offices = Office.objects.reachable_by(request.user, Verb.OFFICE_READ).filter(programme=case.programme_id)
    choices = {
        "steps": case.version.steps.all(),
        "offices": offices.open_to_people(),
        "companions": companions_of(request),
    }
    form = AppointmentForm(request.POST or None, **choices)
    if form.is_valid():
        with refusals_on(form):
            services.plan_appointment(case=case, by=request.user, **form.cleaned_data)
            messages.success(request, _("The appointment is planned."))
            return redirect("cases:detail", case.pk)
    context = {"case": case, "form": form}
    return render(request, "cases/appointment_plan.html", context, status=422 if form.is_bound else 200)


def _appointment(request: HttpRequest, pk: str) -> Appointment:
    cases = Case.objects.reachable_by(request.user, Verb.CASE_WORK)
    rows = Appointment.objects.select_related("case__person", "case__organisation", "step", "office")
    return get_object_or_404(rows, pk=pk, case__in=cases.values("pk"))


@writes
def appointment_tell(request: HttpRequest, pk: str) -> HttpResponse:
    """Ask what became of an appointment."""
    appointment = _appointment(request, pk)
    form = ToldForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            services.close_appointment(appointment=appointment, by=request.user, **form.cleaned_data)
            messages.success(request, _("Noted."))
            return redirect("cases:detail", appointment.case_id)
    context = {"appointment": appointment, "case": appointment.case, "form": form}
    return render(request, "cases/appointment_tell.html", context, status=422 if form.is_bound else 200)


@require_POST
@writes
def appointment_join(request: HttpRequest, pk: str) -> HttpResponse:
    """Promise to go along."""
    appointment = _appointment(request, pk)
    try:
        services.go_along(appointment=appointment, by=request.user)
        messages.success(request, _("You go along; the appointment is on your day."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("cases:detail", appointment.case_id)


@writes
def follow_up_plan(request: HttpRequest, pk: str) -> HttpResponse:
    """Ask from when and for how many months to keep in touch."""
    case = reached(request, Verb.CASE_WORK, pk)
    form = FollowUpPlanForm(request.POST or None, initial={"first": clock.today(case.programme.time_zone)})
    if form.is_valid():
        with refusals_on(form):
            services.plan_follow_ups(case=case, by=request.user, plan="monthly", **form.cleaned_data)
            messages.success(request, _("The contacts are planned."))
            return redirect("cases:detail", case.pk)
    context = {"case": case, "form": form}
    return render(request, "cases/follow_up_plan.html", context, status=422 if form.is_bound else 200)


@writes
def follow_up_record(request: HttpRequest, pk: str) -> HttpResponse:
    """Ask when the contact took place, or why it did not."""
    cases = Case.objects.reachable_by(request.user, Verb.CASE_WORK)
    rows = FollowUp.objects.select_related("case__person__territory", "case__programme")
    follow_up = get_object_or_404(rows, pk=pk, case__in=cases.values("pk"))
    form = FollowUpForm(request.POST or None, today=clock.today(follow_up.case.programme.time_zone))
    if form.is_valid():
        with refusals_on(form):
            services.record_follow_up(follow_up=follow_up, by=request.user, **form.cleaned_data)
            messages.success(request, _("Noted."))
            return redirect("cases:follow_ups")
    names = {"called": called(request, follow_up.case), "case": follow_up.case}
    context = {"follow_up": follow_up, "form": form, **names}
    return render(request, "cases/follow_up_record.html", context, status=422 if form.is_bound else 200)


@writes
def referral_offer(request: HttpRequest, pk: str) -> HttpResponse:
    """Ask who could help and with what; without consent, why it cannot wait."""
    case = reached(request, Verb.REFERRAL_OFFER, pk)
    others = Organisation.objects.exclude(pk=case.organisation_id).filter(partnerships__programme=case.programme_id)
    form = ReferralForm(request.POST or None, organisations=others.distinct())
    if form.is_valid():
        with refusals_on(form):
            services.offer_referral(case=case, by=request.user, **form.cleaned_data)
            messages.success(request, _("The referral is offered."))
            return redirect("cases:detail", case.pk)
    context = {"case": case, "form": form}
    return render(request, "cases/referral_offer.html", context, status=422 if form.is_bound else 200)


@writes
def referral_list(request: HttpRequest) -> HttpResponse:
    """Show who was referred to the reader's organisation."""
    if not may(request.user, Verb.REFERRAL_ANSWER):
        raise Http404
    rows = Referral.objects.reachable_by(request.user, Verb.REFERRAL_ANSWER).for_lists()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    names = called_by([row.case.person for row in page], request.user, "referrals")
    context = {"page": page, "rows": [(row, names.get(row.case.person_id, "")) for row in page]}
    return render(request, "cases/referral_list.html", context)


@writes
def referral_detail(request: HttpRequest, pk: str) -> HttpResponse:
    """Show a referral to who may answer it, and take the answer: accept, refuse and why, or done with a note."""
    rows = Referral.objects.reachable_by(request.user, Verb.REFERRAL_ANSWER).for_lists()
    referral = get_object_or_404(rows, pk=pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            _answer(referral, request, form)
            return redirect("cases:referral", referral.pk)
    names = called_by([referral.case.person], request.user, "referral")
    context = {"referral": referral, "form": form, "called": names.get(referral.case.person_id, "")}
    return render(request, "cases/referral_detail.html", context, status=422 if form.is_bound else 200)


def _answer(referral: Referral, request: HttpRequest, form: AnswerForm) -> None:
    answer, by = request.POST.get("answer"), request.user
    if answer == "done":
        services.close_referral(referral=referral, note=form.cleaned_data["note"], by=by)
    else:
        reason = form.cleaned_data["reason"]
        services.answer_referral(referral=referral, accept=answer == "accept", reason=reason, by=by)


@writes
def referral_own(request: HttpRequest, pk: str) -> HttpResponse:
    """Show what became of a referral to who offered it, with the note that came back; a POST takes it back."""
    cases = Case.objects.reachable_by(request.user, Verb.CASE_READ)
    referral = get_object_or_404(Referral.objects.for_lists(), pk=pk, case__in=cases.values("pk"))
    if request.method == "POST":
        try:
            services.withdraw_referral(referral=referral, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("cases:detail", referral.case_id)
    note = services.read_note(referral=referral, by=request.user)
    return render(request, "cases/referral_own.html", {"referral": referral, "note": note})
