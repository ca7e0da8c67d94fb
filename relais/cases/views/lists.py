"""Lists of cases: my people on a phone, the caseload of an organisation at a desk."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from relais.access.lock import may, organisations_where
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.cases.filtering import filtered
from relais.cases.forms import FilterForm
from relais.cases.models import Appointment, Case, FollowUp
from relais.cases.overview import called_by, lines_of
from relais.kernel import clock
from relais.kernel.pages import writes
from relais.kernel.paging import page_of
from relais.organisations.models import Membership
from relais.people.models import Person
from relais.places.models import Territory

A_PAGE = 50


def companions_of(request: HttpRequest) -> QuerySet[User]:
    """Give the volunteers of the reader's organisations."""
    own = organisations_where(request.user, Verb.CASE_READ)
    current = Membership.objects.filter(organisation__in=own, role__in=("companion", "relay", "coordinator"))
    found: QuerySet[User] = User.objects.active().filter(pk__in=current.current(clock.today()).values("user"))
    return found.order_by("display_name", "pk")


@writes
def case_list(request: HttpRequest) -> HttpResponse:
    """Show the cases within reach, filtered by a sentence that is also the address."""
    if not may(request.user, Verb.CASE_READ):
        raise Http404
    cases = Case.objects.reachable_by(request.user, Verb.CASE_READ)
    people = Person.objects.filter(organisation__in=organisations_where(request.user, Verb.CASE_READ))
    places = Territory.objects.lived_in(people).order_by("path")
    form = FilterForm(request.GET or None, places=places, companions=companions_of(request))
    chosen: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    rows, leads = filtered(cases, chosen, clock.now()), may(request.user, Verb.CASE_HAND_OVER)
    if request.GET.get("appointment") == "to_tell":
        rows = rows.filter(pk__in=Appointment.objects.to_tell(clock.now()).values("case"))
    page = page_of(rows.for_lists(), request.GET.get("page"), A_PAGE)
    context = {
        "page": page,
        "lines": lines_of(page, request.user, clock.today(), leads=leads),
        "form": form,
        "leads": leads,
        "is_filtered": bool(request.GET),
    }
    return render(request, "cases/case_list.html", context)


@writes
def follow_up_list(request: HttpRequest) -> HttpResponse:
    """Show the contacts that are due, and those that are late."""
    if not may(request.user, Verb.CASE_WORK):
        raise Http404
    today = clock.today()
    cases = Case.objects.reachable_by(request.user, Verb.CASE_WORK)
    due = FollowUp.objects.planned().filter(Exists(cases.filter(pk=OuterRef("case")))).for_lists()
    page = page_of(due, request.GET.get("page"), A_PAGE)
    names = called_by([row.case.person for row in page], request.user, "follow-ups")
    rows = [(row, names.get(row.case.person_id, "")) for row in page]
    return render(request, "cases/follow_up_list.html", {"page": page, "rows": rows, "today": today})
