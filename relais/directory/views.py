"""Where one can go: open to everyone; kept current by coordinators and authorities."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relais.access.verbs import Verb
from relais.directory import services
from relais.directory.forms import NewOfficeForm, OfficeForm
from relais.directory.models import Office
from relais.directory.rules import is_stale
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.pages import reads, writes
from relais.kernel.refusals import refusals_on
from relais.programmes.models import Programme

ON_A_PAGE = 50


@login_not_required
@reads
def office_list(request):
    """List the places to go, of every programme or of one."""
    offices = Office.objects.open_to_people().for_lists()
    if slug := request.GET.get("programme"):
        offices = offices.of_programme(slug)
    page = Paginator(offices, ON_A_PAGE).get_page(request.GET.get("page"))
    keeping = Programme.objects.reachable_by(request.user, Verb.OFFICE_MANAGE).order_by("slug")
    return render(request, "directory/office_list.html", {"page": page, "keeping": keeping, "today": clock.today()})


@login_not_required
@reads
def office_detail(request, pk):
    """Say what a place asks for, when it is open, whether it is safe, and when someone last confirmed this."""
    office = get_object_or_404(Office.objects.for_lists(), pk=pk)
    context = {
        "office": office,
        "stale": is_stale(office.confirmed_on, clock.today(office.programme.time_zone)),
        "may_change": Office.objects.reachable_by(request.user, Verb.OFFICE_MANAGE).filter(pk=pk).exists(),
    }
    return render(request, "directory/office_detail.html", context)


@writes
def office_edit(request, pk):
    """Correct what the list says of a place."""
    office = _reached(request, pk)
    form = OfficeForm(request.POST or None, programme=office.programme, office=office)
    if form.is_valid():
        with refusals_on(form):
            services.correct_office(office=office, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved and confirmed today."))
            return redirect("directory:detail", office.pk)
    context = {"form": form, "office": office, "programme": office.programme}
    return render(request, "directory/office_edit.html", context, status=422 if form.is_bound else 200)


@writes
def office_add(request, slug):
    """Put a place on the list."""
    programme = get_object_or_404(Programme.objects.reachable_by(request.user, Verb.OFFICE_MANAGE), slug=slug)
    form = NewOfficeForm(request.POST or None, programme=programme)
    if form.is_valid():
        with refusals_on(form):
            office = services.add_office(programme=programme, by=request.user, id=uuid7(), **form.cleaned_data)
            messages.success(request, _("Added to the directory."))
            return redirect("directory:detail", office.pk)
    context = {"form": form, "programme": programme}
    return render(request, "directory/office_edit.html", context, status=422 if form.is_bound else 200)


@require_POST
@writes
def office_confirm(request, pk):
    """Say that everything is still true."""
    office = services.confirm_office(office=_reached(request, pk), by=request.user)
    messages.success(request, _("Confirmed today. Thank you."))
    return redirect("directory:detail", office.pk)


@require_POST
@writes
def office_close(request, pk):
    """Note that it closed, or that it is open again."""
    office = _reached(request, pk)
    closed_on = None if office.closed_on else clock.today(office.programme.time_zone)
    services.close_office(office=office, closed_on=closed_on, by=request.user)
    messages.success(request, _("Noted that it closed.") if closed_on else _("Noted that it is open again."))
    return redirect("directory:detail", office.pk)


def _reached(request, pk):
    reached = Office.objects.reachable_by(request.user, Verb.OFFICE_MANAGE)
    return get_object_or_404(reached.select_related("programme__country"), pk=pk)
