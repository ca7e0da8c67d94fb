"""Pages that show what a partnership brings and changes."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from relais.access.verbs import Verb
from relais.kernel import clock
from relais.kernel.pages import reads, writes
from relais.programmes.elements import elements_of
from relais.programmes.models import Programme
from relais.reports import figures
from relais.reports.publishing import published_figures, published_tables

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
