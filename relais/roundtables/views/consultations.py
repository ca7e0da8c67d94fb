"""Questions to the people concerned: asking, answering from a phone, and what people said."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from relais.access.verbs import Verb
from relais.kernel import charts, clock
from relais.kernel.ids import uuid7
from relais.kernel.pages import named_in_address, reads, writes
from relais.kernel.refusals import refusals_on
from relais.procedures.models import ProcedureVersion
from relais.programmes.models import Programme
from relais.roundtables import services
from relais.roundtables.forms import AnswerForm, ConsultationForm
from relais.roundtables.models import Consultation, ConsultationAnswer
from relais.roundtables.views.frame import tabs

PAGE = 50


@reads
def consultation_list(request):
    """List questions to people, those still open first."""
    reached = Consultation.objects.reachable_by(request.user, Verb.TABLE_READ).with_people()
    rows = reached.select_related("organisation", "programme").order_by("-closes_on")
    may_answer = Consultation.objects.reachable_by(request.user, Verb.CONSULTATION_ANSWER).without_result()
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "to_answer": set(may_answer.values_list("pk", flat=True)),
        "today": clock.today(),
        "tabs": tabs(request),
        "programmes": Programme.objects.reachable_by(request.user, Verb.CONSULTATION_ASK),
    }
    return render(request, "roundtables/consultation_list.html", context)


@reads
def consultation_detail(request, pk):
    """Show what people answered, in figures and in their words, and what became of it."""
    reached = Consultation.objects.reachable_by(request.user, Verb.TABLE_READ)
    consultation = get_object_or_404(reached.select_related("organisation", "programme", "version__procedure"), pk=pk)
    counts = consultation.answers.all().by_choice()
    said = consultation.answers.exclude(reasons="").select_related("organisation").order_by("-gathered_at")
    may_answer = Consultation.objects.filter(pk=pk).reachable_by(request.user, Verb.CONSULTATION_ANSWER)
    context = {
        "consultation": consultation,
        "chart": _chart(consultation, counts),
        "people": sum(counts.values()),
        "page": Paginator(said, PAGE).get_page(request.GET.get("page")),
        "decisions": consultation.decisions.select_related("meeting"),
        "may_answer": may_answer.without_result().exists(),
        "is_open": consultation.opens_on <= clock.today(consultation.programme.time_zone) <= consultation.closes_on,
    }
    return render(request, "roundtables/consultation_detail.html", context)


def _chart(consultation, counts):
    choices = ConsultationAnswer.Choice
    return charts.bars(
        _("What people think"),
        [str(choice.label) for choice in choices],
        [charts.Series(_("People"), [counts.get(choice.value, 0) for choice in choices])],
        first=_("Answer"),
        hidden=_("hidden"),
        source=_("Gathered by volunteers, for as many people as they say."),
    )


@writes
def consultation_ask(request, programme):
    """Ask the people concerned something, about a draft or by itself."""
    programmes = Programme.objects.reachable_by(request.user, Verb.CONSULTATION_ASK)
    programme = get_object_or_404(programmes, slug=programme)
    version = _draft(request)
    form = ConsultationForm(request.POST or None, initial={"opens_on": clock.today(programme.time_zone)})
    if form.is_valid():
        with refusals_on(form):
            return redirect(
                services.ask_consultation(programme=programme, version=version, by=request.user, **form.cleaned_data)
            )
    context = {"programme": programme, "version": version, "form": form}
    return render(request, "roundtables/consultation_ask.html", context, status=422 if form.is_bound else 200)


def _draft(request):
    drafts = ProcedureVersion.objects.drafts().reachable_by(request.user, Verb.PROCEDURE_READ)
    return named_in_address(request, "version", drafts.select_related("procedure"))


@writes
def consultation_answer(request, pk):
    """Write down what people answered, one question a screen, and go on with the next people."""
    reached = Consultation.objects.reachable_by(request.user, Verb.CONSULTATION_ANSWER)
    consultation = get_object_or_404(reached.select_related("programme"), pk=pk)
    form = AnswerForm(request.POST or None, initial={"id": uuid7()})
    if form.is_valid():
        with refusals_on(form):
            services.answer_consultation(consultation=consultation, by=request.user, **form.cleaned_data)
            return redirect(consultation)
    context = {"consultation": consultation, "form": form}
    return render(request, "roundtables/consultation_answer.html", context, status=422 if form.is_bound else 200)
