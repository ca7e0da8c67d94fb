"""Pages where someone is looked for, and registered when they were not found."""

from django.core import signing
from django.http import Http404
from django.shortcuts import redirect, render

from relais.access.lock import may
from relais.access.verbs import Verb
from relais.kernel.pages import writes
from relais.kernel.paging import page_of
from relais.kernel.refusals import refusals_on
from relais.people import services
from relais.people.forms import PersonForm, SearchForm
from relais.people.matching import describe
from relais.people.models import Person
from relais.people.reasons import spoken
from relais.people.rules import hash_of_text

A_PAGE = 50
SHOWN = {"asked": "asking_to_be_forgotten", "locked": "with_locked_pin"}
LOOKED = "relais.people.looked"
LOOKED_FOR = 60 * 60


@writes
def person_list(request):
    """List the people one stands beside, newest first, with their names if one may know them."""
    _require(request, Verb.PERSON_READ)
    people = Person.objects.reachable_by(request.user, Verb.PERSON_READ)
    shown = request.GET.get("show", "")
    people = getattr(people, SHOWN[shown])() if shown in SHOWN else people.known()
    page = page_of(people.for_lists(), request.GET.get("page"), A_PAGE)
    names = services.reveal_many(people=page.object_list, by=request.user, why="list")
    rows = [(person, names.get(person.pk)) for person in page.object_list]
    context = {
        "page": page,
        "rows": rows,
        "shown": shown,
        "may_register": may(request.user, Verb.PERSON_REGISTER),
        "may_merge": may(request.user, Verb.PERSON_MERGE),
        "may_read_messages": may(request.user, Verb.MESSAGE_READ),
    }
    return render(request, "people/person_list.html", context)


@writes
def person_search(request):
    """Look for someone; names are typed into the body of the request, never into an address."""
    _require(request, Verb.PERSON_REGISTER)
    form = SearchForm(request.POST or None, actor=request.user)
    context = {"form": form}
    if form.is_valid():
        with refusals_on(form):
            where, called = form.cleaned_data["where"], form.cleaned_data["called"]
            year = form.cleaned_data["birth_year"]
            context |= _found(request, where, called, year)
            initial = {"called": "" if any(map(str.isdigit, called)) else called, "birth_year": year}
            context["register"] = PersonForm(initial=initial, programme=where.programme)
            return render(request, "people/person_search.html", context)
    return render(request, "people/person_search.html", context, status=422 if form.is_bound else 200)


@writes
def person_register(request):
    """Register someone who was looked for and not found."""
    _require(request, Verb.PERSON_REGISTER)
    door = SearchForm(request.POST or None, actor=request.user)
    if not door.is_valid():
        return redirect("people:search")
    where = door.cleaned_data["where"]
    form = PersonForm(request.POST, programme=where.programme)
    context = {"form": door, "register": form, "where": where}
    if form.is_valid():
        with refusals_on(form):
            person = _register(request, where, form)
            return redirect("people:detail", person.pk)
        context |= _found(request, where, form.cleaned_data["called"], form.cleaned_data["birth_year"])
    return render(request, "people/person_search.html", context, status=422)


def _register(request, where, form: PersonForm) -> Person:
    return services.register_person(
        organisation=where.organisation,
        programme=where.programme,
        by=request.user,
        facts=form.facts(),
        id=form.cleaned_data["id"],
        sure=_has_looked_for(request, form.cleaned_data["called"]),
        **form.answers(),
    )


def _found(request, where, called: str, year: int | None) -> dict:
    """Show who was found, with names where they may be known, and remember that it was looked."""
    is_code = not any(map(str.isalpha, called))
    sought = called if is_code else describe(called, birth_year=year, year_is_approximate=True)
    found = services.find_people(organisation=where.organisation, by=request.user, sought=sought)
    names = services.reveal_many(
        people=[one.person for one in found if one.within_reach], by=request.user, why="search"
    )
    rows = [(one, names.get(one.person.pk), spoken(one.reasons)) for one in found]
    looked = signing.dumps([str(request.user.pk), hash_of_text(called)], salt=LOOKED)
    return {"rows": rows, "where": where, "looked": looked}


def _has_looked_for(request, called: str) -> bool:
    """Say whether this account looked for this very name within the hour."""
    try:
        looked = signing.loads(request.POST.get("looked", ""), salt=LOOKED, max_age=LOOKED_FOR)
    except signing.BadSignature:
        return False
    return looked == [str(request.user.pk), hash_of_text(called)]


def _require(request, verb: Verb) -> None:
    """Let only those in who hold a verb somewhere; for the others there is no such page."""
    if not may(request.user, verb):
        raise Http404
