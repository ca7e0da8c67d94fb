"""Series of meetings: the rhythms there are, one with its tables, and starting, changing and ending one."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render

from relais.access.verbs import Verb
from relais.kernel import clock
from relais.kernel.pages import reads, writes
from relais.kernel.refusals import refusals_on
from relais.programmes.models import Programme
from relais.roundtables import services
from relais.roundtables.forms import EndForm, SeriesForm
from relais.roundtables.models import Series

PAGE = 50
NEXT = 6


@reads
def series_list(request):
    """List the rhythms of meetings, those that go on first."""
    reached = Series.objects.reachable_by(request.user, Verb.TABLE_READ).select_related("organisation", "programme")
    context = {
        "page": Paginator(reached.running_first(), PAGE).get_page(request.GET.get("page")),
        "programmes": Programme.objects.reachable_by(request.user, Verb.TABLE_MANAGE),
    }
    return render(request, "roundtables/series_list.html", context)


@reads
def series_detail(request, pk):
    """Show a series: its rhythm, its next tables, and who is always invited."""
    series = _reached(request, pk, Verb.TABLE_READ)
    reach = Series.objects.filter(pk=pk).reachable_by(request.user, Verb.TABLE_MANAGE)
    context = {
        "series": series,
        "tables": series.meetings.upcoming(clock.now()).with_counts()[:NEXT],
        "gone": series.meetings.past(clock.now()).count(),
        "guests": series.guests.select_related("user"),
        "may_manage": series.ended_on is None and reach.exists(),
    }
    return render(request, "roundtables/series_detail.html", context)


@writes
def series_make(request, programme):
    """Start a series of meetings."""
    programmes = Programme.objects.reachable_by(request.user, Verb.TABLE_MANAGE)
    programme = get_object_or_404(programmes, slug=programme)
    first = {"starts_on": clock.today(programme.time_zone), "users": [request.user.pk]}
    form = SeriesForm(request.POST or None, programme=programme, initial=first)
    if form.is_valid():
        with refusals_on(form):
            return redirect(services.make_series(programme=programme, plan=form.plan(), by=request.user))
    context = {"programme": programme, "form": form, "zone": programme.time_zone}
    return render(request, "roundtables/series_make.html", context, status=422 if form.is_bound else 200)


@writes
def series_change(request, pk):
    """Give a series another rhythm, hour, place or guests."""
    series = _reached(request, pk, Verb.TABLE_MANAGE)
    form = SeriesForm(request.POST or None, programme=series.programme, series=series)
    if form.is_valid():
        with refusals_on(form):
            reason = form.cleaned_data["reason"]
            return redirect(services.change_series(series=series, plan=form.plan(), by=request.user, reason=reason))
    context = {"series": series, "form": form, "zone": series.time_zone}
    return render(request, "roundtables/series_change.html", context, status=422 if form.is_bound else 200)


@writes
def series_end(request, pk):
    """End a series from a day on, with its reason."""
    series = _reached(request, pk, Verb.TABLE_MANAGE)
    form = EndForm(request.POST or None, initial={"ended_on": clock.today(series.time_zone)})
    if form.is_valid():
        with refusals_on(form):
            return redirect(services.end_series(series=series, by=request.user, **form.cleaned_data))
    context = {"series": series, "form": form, "coming": series.meetings.upcoming(clock.now()).count()}
    return render(request, "roundtables/series_end.html", context, status=422 if form.is_bound else 200)


def _reached(request, pk, verb):
    series = Series.objects.reachable_by(request.user, verb)
    return get_object_or_404(series.select_related("programme", "organisation", "territory"), pk=pk)
