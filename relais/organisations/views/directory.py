"""The directory of organisations, and what each says of itself."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from relais.access.lock import organisations_where
from relais.access.verbs import Verb
from relais.kernel import clock
from relais.kernel.pages import reads, writes
from relais.kernel.refusals import refusals_on
from relais.organisations import services
from relais.organisations.forms import OrganisationForm
from relais.organisations.models import Organisation

PER_PAGE = 50


@reads
def list_(request: HttpRequest) -> HttpResponse:
    """List organisations, all or of one kind."""
    found = Organisation.objects.reachable_by(request.user, Verb.ORGANISATION_READ).select_related("territory")
    kind = request.GET.get("kind", "")
    if kind in Organisation.Kind:
        found = found.filter(kind=kind)
    counted = found.with_people_counts(clock.today()).order_by("slug")
    page = Paginator(counted, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "kind": kind,
        "kinds": Organisation.Kind.choices,
        "own": organisations_where(request.user, Verb.ORGANISATION_READ),
    }
    return render(request, "organisations/list.html", context)


@reads
def detail(request: HttpRequest, organisation_pk) -> HttpResponse:
    """Show what an organisation says of itself, and to who runs it, the way further."""
    reachable = Organisation.objects.reachable_by(request.user, Verb.ORGANISATION_READ)
    organisation = get_object_or_404(reachable.select_related("territory", "parent"), pk=organisation_pk)
    context = {
        "organisation": organisation,
        "parts": organisation.parts.all()[:PER_PAGE],
        "runs_it": organisation.pk in organisations_where(request.user, Verb.ORGANISATION_MANAGE),
    }
    return render(request, "organisations/detail.html", context)


@writes
def edit(request: HttpRequest, organisation_pk) -> HttpResponse:
    """Say anew what an organisation is and how to reach it."""
    reachable = Organisation.objects.reachable_by(request.user, Verb.ORGANISATION_MANAGE)
    organisation = get_object_or_404(reachable.select_related("territory"), pk=organisation_pk)
    form = OrganisationForm(request.POST or None, organisation=organisation)
    if form.is_valid():
        with refusals_on(form):
            services.describe_organisation(organisation=organisation, by=request.user, **form.described())
            messages.success(request, _("The directory is up to date."))
            return redirect("organisations:detail", organisation.pk)
    context = {"organisation": organisation, "form": form}
    return render(request, "organisations/edit.html", context, status=422 if form.is_bound else 200)
