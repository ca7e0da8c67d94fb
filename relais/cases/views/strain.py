"""Asking how hard it was, after a contact: on the companion's phone, or on the person's own page; never forced."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from relais.access.verbs import Verb
from relais.cases import services
from relais.cases.forms import StrainForm
from relais.cases.models import Case
from relais.cases.views.case import reached
from relais.kernel.pages import writes
from relais.kernel.refusals import refusals_on
from relais.people.actors import Themselves
from relais.people.models import Person
from relais.people.views.own import own_page


@writes
def case_strain(request: HttpRequest, pk: str) -> HttpResponse:
    """Ask the person three questions, through whoever stands beside them."""
    case = reached(request, Verb.CASE_WORK, pk)
    form = StrainForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            services.tell_strain(case=case, by=request.user, **form.cleaned_data)
            messages.success(request, _("Thank you: it is kept without a name."))
            return redirect("cases:detail", case.pk)
    context = {"case": case, "form": form}
    return render(request, "cases/case_strain.html", context, status=422 if form.is_bound else 200)


@own_page
def own_strain(request: HttpRequest, person: Person, pk: str) -> HttpResponse:
    """Ask the person the same, on their own page."""
    case = get_object_or_404(Case.objects.select_related("person", "programme"), person=person, pk=pk)
    form = StrainForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            services.tell_strain(case=case, by=Themselves(person.pk), **form.cleaned_data)
            messages.success(request, _("Thank you: it is kept without a name."))
            return redirect("my:home")
    context = {"form": form}
    return render(request, "cases/own_strain.html", context, status=422 if form.is_bound else 200)
