"""Pages of programmes: for partners, and for everyone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relais.access.lock import organisations_where
from relais.access.verbs import Verb
from relais.kernel import clock
from relais.kernel.pages import reads, writes
from relais.kernel.refusals import refusals_on
from relais.programmes import services
from relais.programmes.elements import elements_of
from relais.programmes.forms import ContributionForm
from relais.programmes.models import Contribution, Programme

PER_PAGE = 50


@reads
def list_(request: HttpRequest) -> HttpResponse:
    """List the programmes one's organisation takes part in."""
    found = Programme.objects.reachable_by(request.user, Verb.PROGRAMME_READ).select_related("country")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "programmes/list.html", {"page": page})


@reads
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who takes part, what each brings, how far people take part, and what it changes."""
    programme = _programme(request, slug, Verb.PROGRAMME_READ)
    context = {
        "programme": programme,
        "partners": programme.partners.select_related("organisation").order_by("part", "organisation__slug"),
        "stages": elements_of(programme),
        "outcomes": programme.outcomes.all(),
        "may_contribute": _may_contribute(request, programme),
    }
    return render(request, "programmes/detail.html", context)


@writes
def contribute(request: HttpRequest, slug: str) -> HttpResponse:
    """Record what one's organisation brings, and see what it recorded."""
    programme = _programme(request, slug, Verb.CONTRIBUTION_RECORD)
    own = organisations_where(request.user, Verb.CONTRIBUTION_RECORD)
    starts_with = {"on": clock.today(programme.time_zone)}
    form = ContributionForm(request.POST or None, programme=programme, organisations=own, initial=starts_with)
    if form.is_valid():
        with refusals_on(form):
            services.record_contribution(programme=programme, by=request.user, **form.told())
            messages.success(request, _("Recorded. It stands on the programme's page."))
            return redirect("programmes:contribute", programme.slug)
    recorded = Contribution.objects.reachable_by(request.user, Verb.CONTRIBUTION_RECORD).filter(programme=programme)
    ordered = recorded.select_related("organisation").order_by("-on", "pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    context = {"programme": programme, "form": form, "page": page}
    return render(request, "programmes/contribute.html", context, status=422 if form.is_bound else 200)


@require_POST
@writes
def withdraw(request: HttpRequest, contribution_pk) -> HttpResponse:
    """Take back a contribution recorded by mistake."""
    reachable = Contribution.objects.reachable_by(request.user, Verb.CONTRIBUTION_RECORD)
    contribution = get_object_or_404(reachable.select_related("programme"), pk=contribution_pk)
    services.withdraw_contribution(contribution=contribution, by=request.user)
    messages.success(request, _("Taken back. The journal keeps that it was recorded."))
    return redirect("programmes:contribute", contribution.programme.slug)


@login_not_required
@reads
def public(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Tell everyone which partnerships there are, or what one of them does and with whom."""
    if not slug:
        page = Paginator(Programme.objects.select_related("country"), PER_PAGE).get_page(request.GET.get("page"))
        return render(request, "programmes/public_list.html", {"page": page})
    programme = get_object_or_404(Programme.objects.select_related("country"), slug=slug)
    context = {
        "programme": programme,
        "partners": programme.partners.select_related("organisation").order_by("part", "organisation__slug"),
        "stages": elements_of(programme),
        "outcomes": programme.outcomes.all(),
    }
    return render(request, "programmes/public.html", context)


def _programme(request: HttpRequest, slug: str, verb: Verb) -> Programme:
    reachable = Programme.objects.reachable_by(request.user, verb).select_related("country")
    return get_object_or_404(reachable, slug=slug)


def _may_contribute(request: HttpRequest, programme: Programme) -> bool:
    own = organisations_where(request.user, Verb.CONTRIBUTION_RECORD)
    return bool(own) and programme.partners.filter(organisation__in=own).exists()
