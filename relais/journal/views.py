"""The journal, for who runs an organisation."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from relais.access.lock import may
from relais.access.verbs import Verb
from relais.journal.forms import FilterForm
from relais.journal.models import Entry
from relais.kernel.pages import reads

PER_PAGE = 50


@reads
def list_(request: HttpRequest) -> HttpResponse:
    """List what was done in one's organisation, newest first."""
    if not may(request.user, Verb.JOURNAL_READ):
        raise Http404
    form = FilterForm(request.GET or None)
    found = Entry.objects.reachable_by(request.user, Verb.JOURNAL_READ).newest_first()
    if form.is_valid():
        found = found.said(**form.cleaned_data)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "journal/list.html", {"page": page, "form": form})
