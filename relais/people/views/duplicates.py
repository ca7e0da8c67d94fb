"""Pages where records that may be of one person are put side by side."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from relais.access.lock import may
from relais.access.verbs import Verb
from relais.kernel.pages import writes
from relais.people import services
from relais.people.models import DuplicatePair
from relais.people.reasons import spoken
from relais.people.views.person import reached

A_PAGE = 20


@writes
def duplicate_list(request):
    """Show pairs side by side, the likeliest first."""
    if not may(request.user, Verb.PERSON_MERGE):
        raise Http404
    pairs = DuplicatePair.objects.reachable_by(request.user, Verb.PERSON_MERGE).to_look_at()
    page = Paginator(pairs, A_PAGE).get_page(request.GET.get("page"))
    people = [person for pair in page.object_list for person in (pair.one, pair.other)]
    names = services.reveal_many(people=people, by=request.user, why="duplicates")
    rows = [
        (pair, [(person, names.get(person.pk)) for person in (pair.one, pair.other)], spoken(pair.reasons))
        for pair in page.object_list
    ]
    return render(request, "people/duplicate_list.html", {"page": page, "rows": rows})


@require_POST
@writes
def person_merge(request, pk):
    """Say that two records are of one person, and which of them stands."""
    pair = get_object_or_404(DuplicatePair.objects.reachable_by(request.user, Verb.PERSON_MERGE), pk=pk)
    people = {str(person.pk): person for person in (pair.one, pair.other)}
    kept = people.pop(request.POST.get("kept", ""), None)
    if kept is None:
        raise Http404
    services.merge_people(kept=kept, merged=people.popitem()[1], by=request.user)
    return redirect("people:detail", kept.pk)


@require_POST
@writes
def duplicate_dismiss(request, pk):
    """Say that two records are of two people."""
    pair = get_object_or_404(DuplicatePair.objects.reachable_by(request.user, Verb.PERSON_MERGE), pk=pk)
    services.dismiss_duplicate(pair=pair, by=request.user)
    return redirect("people:duplicates")


@require_POST
@writes
def merge_undo(request, pk):
    """Part a record again from the one it was merged into."""
    person = reached(request, Verb.PERSON_MERGE, pk)
    services.undo_merge(person=person, by=request.user)
    return redirect("people:detail", person.pk)
