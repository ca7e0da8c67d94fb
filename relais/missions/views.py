"""Pages of training: what to learn, the short test, who is trained, a certificate to print."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from relais.access.lock import may, organisations_where
from relais.access.verbs import Verb
from relais.kernel import clock
from relais.kernel.pages import reads, writes
from relais.kernel.refusals import refusals_on
from relais.missions import services
from relais.missions.forms import TestForm, TrainingForm
from relais.missions.models import Course, Training
from relais.missions.trained import advisers, courses_of, roster
from relais.organisations.models import Organisation


@reads
def course_list(request: HttpRequest) -> HttpResponse:
    """Show what there is to learn, and what the reader has passed."""
    courses = Course.objects.reachable_by(request.user, Verb.COURSE_READ).for_lists()
    context = {
        "courses": courses_of(request.user, courses, clock.today()),
        "advises": may(request.user, Verb.CASE_WORK),
        "may_record": may(request.user, Verb.TRAINING_RECORD),
    }
    return render(request, "missions/course_list.html", context)


@writes
def course_detail(request: HttpRequest, pk: str) -> HttpResponse:
    """Show the lesson and its short test; explain the answers question by question."""
    reached = Course.objects.reachable_by(request.user, Verb.COURSE_READ).select_related("version__procedure")
    course = get_object_or_404(reached.prefetch_related("questions"), pk=pk)
    form = TestForm(request.POST or None, course=course)
    if form.is_valid():
        with refusals_on(form):
            answers = {"answers": form.answers(), "id": form.cleaned_data["id"]}
            training = services.take_test(course=course, by=request.user, **answers)
            explained = {"course": course, "training": training, "explained": form.explained()}
            return render(request, "missions/test_result.html", explained)
    passed = Training.objects.filter(course=course).passed_by(request.user.pk).valid(clock.today()).first()
    context = {"course": course, "form": form, "passed": passed}
    return render(request, "missions/course_detail.html", context, status=422 if form.is_bound else 200)


@reads
def trained_list(request: HttpRequest) -> HttpResponse:
    """Show a coordinator who is trained on the versions in force, and who is not."""
    organisations = organisations_where(request.user, Verb.TRAINING_RECORD)
    if not organisations:
        raise Http404
    today = clock.today()
    courses = Course.objects.reachable_by(request.user, Verb.TRAINING_RECORD).on_versions_in_force().for_lists()
    page = Paginator(advisers(organisations, today), 50).get_page(request.GET.get("page"))
    context = {"courses": courses, "page": page, "roster": roster(page, courses, today)}
    return render(request, "missions/trained_list.html", context)


@writes
def training_record(request: HttpRequest) -> HttpResponse:
    """Ask who took which course in a room, then go back to who is trained."""
    organisations = Organisation.objects.reachable_by(request.user, Verb.TRAINING_RECORD)
    organisation = get_object_or_404(organisations.order_by("slug")[:1])
    courses = Course.objects.reachable_by(request.user, Verb.TRAINING_RECORD).for_lists()
    users = advisers([organisation], clock.today())
    initial = {name: request.GET.get(name) for name in ("user", "course")}
    form = TrainingForm(request.POST or None, users=users, courses=courses, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            services.record_training(organisation=organisation, by=request.user, **form.cleaned_data)
            messages.success(request, _("The training is recorded."))
            return redirect("missions:trained")
    context = {"form": form}
    return render(request, "missions/training_record.html", context, status=422 if form.is_bound else 200)


@reads
def certificate(request: HttpRequest, pk: str) -> HttpResponse:
    """Show what someone passed, to print."""
    reached = Training.objects.reachable_by(request.user, Verb.COURSE_READ).filter(passed=True)
    training = get_object_or_404(reached.select_related("course", "user", "organisation", "recorded_by"), pk=pk)
    return render(request, "missions/certificate.html", {"training": training, "today": clock.today()})
