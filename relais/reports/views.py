"""Pages that show what a partnership brings and changes."""

from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from relais.access.lock import may
from relais.access.verbs import Verb
from relais.cases.experience import answers_of
from relais.cases.strain import told_of
from relais.kernel import clock
from relais.kernel.pages import reads, writes
from relais.procedures.models import Procedure
from relais.programmes.elements import elements_of
from relais.programmes.models import Programme
from relais.reports import figures, sentences, services
from relais.reports import journey as way
from relais.reports.forms import ExportForm, JourneyForm
from relais.reports.publishing import published_figures, published_tables
from relais.roundtables.views.figures import label_of, labels_of

PER_PAGE = 50
SPANS = (12, 24)


@reads
def list_(request: HttpRequest) -> HttpResponse:
    """List the programmes one may read reports of."""
    found = Programme.objects.reachable_by(request.user, Verb.REPORT_READ).select_related("country")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/list.html", {"page": page})


@writes  # what is published is kept, so that the next reading tells of nobody
def figure(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the living figure: contributions, interaction and outcomes, linked over the four stages."""
    programme = _programme(request, slug)
    counted, values = published_figures(programme, clock.today(programme.time_zone))
    context = {
        "programme": programme,
        "people": counted["people"],
        "stages": [(at, counted[at.stage]) for at in elements_of(programme, newest=2)],
        "outcomes": [
            (outcome, values.get(outcome.indicator), outcome.indicator in values) for outcome in _told(programme)
        ],
        "changes": figures.changes_of(programme),
    }
    return render(request, "reports/figure.html", context)


@writes
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a programme month by month and by group, each chart with its table."""
    found = _programme(request, slug)
    asked = request.GET.get("months", "")
    span = int(asked) if asked in {str(each) for each in SPANS} else SPANS[0]
    month_tables, group_tables = published_tables(found, clock.today(found.time_zone), span)
    context = {
        "programme": found,
        "span": span,
        "spans": SPANS,
        "month_tables": month_tables,
        "group_tables": group_tables,
        "changes": figures.changes_of(found),
    }
    return render(request, "reports/programme.html", context)


def _programme(request: HttpRequest, slug: str) -> Programme:
    return get_object_or_404(Programme.objects.reachable_by(request.user, Verb.REPORT_READ), slug=slug)


def _told(programme: Programme):
    return programme.outcomes.order_by("position")


@writes  # what is let out is kept, so that the next look tells of nobody
def journey(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show where people wait, turn back and drop out on their way through a procedure, by step and by group."""
    procedure = _procedure(request, pk)
    form = JourneyForm(request.GET or None, procedure=procedure)
    version, by = form.chosen()
    steps, threshold = sentences.steps_of(procedure, version), procedure.programme.threshold
    moves, on = services.settled_moves(procedure=procedure, by=by, version=version)
    found = way.rounded(way.journey(moves, list(steps), threshold), threshold)
    places, worst = sentences.place_words(steps, [stay.what for stay in found.stays]), found.worst
    groups, labels = way.by_group(moves, worst.what, threshold) if by and worst else [], labels_of(by, procedure)
    context = {
        "procedure": procedure,
        "form": form,
        "headline": sentences.headline(found, places),
        "chart": sentences.chart(found, places),
        "stays": [(places[stay.what], stay) for stay in found.stays],
        "ends": sentences.ends(found),
        "worst": places[worst.what] if worst else "",
        "groups": [(label_of(value, labels), *rest) for value, *rest in groups],
        "hides": found.hides,
        "figures": {"as_of": on, "threshold": threshold},
        "strains": told_of(answers_of(procedure.pk, version, until=on.replace(day=1), least=threshold), threshold),
        "may_export": may(request.user, Verb.JOURNEY_EXPORT),
    }
    return render(request, "reports/journey.html", context)


@writes
def journey_export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what is in the log and what is not, and give it as a file."""
    reached = Procedure.objects.reachable_by(request.user, Verb.JOURNEY_EXPORT)
    procedure = get_object_or_404(reached.select_related("programme"), pk=pk)
    form = ExportForm(request.POST or None)
    if form.is_valid():
        kind = form.cleaned_data["kind"]
        file = NamedTemporaryFile(suffix=f".{kind}")  # noqa: SIM115 - gone once it is sent
        services.export_journey(procedure=procedure, file=Path(file.name), by=request.user)
        return FileResponse(file, as_attachment=True, filename=f"{procedure.key}.{kind}")
    context = {"procedure": procedure, "form": form}
    return render(request, "reports/journey_export.html", context, status=422 if form.is_bound else 200)


def _procedure(request: HttpRequest, pk: UUID) -> Procedure:
    programmes = Programme.objects.reachable_by(request.user, Verb.REPORT_READ)
    return get_object_or_404(Procedure.objects.select_related("programme", "service"), programme__in=programmes, pk=pk)
