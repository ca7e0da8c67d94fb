"""Pages that belong to no app: the first page, and the components in use."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render

from relais.kernel.pages import reads, writes
from relais.web import specimens
from relais.web.home import desk, is_beside_people, today


@login_not_required
@writes  # the names on a companion's day are read, and that goes into the journal
def home(request):
    """Open the door for a visitor, and the desk for who signed in."""
    if not request.user.is_authenticated:
        return render(request, "web/welcome.html", {"loop": specimens.loop()})
    if is_beside_people(request.user):
        return render(request, "web/today.html", {"desk": today(request.user)})
    return render(request, "web/home.html", {"desk": desk(request.user)})


@login_not_required
@reads
def components(request):
    """Show every component as it is used, with notes, to those who build or look after Relais."""
    if not specimens.may_be_seen_by(request.user):
        raise Http404
    return render(request, "web/components.html", specimens.context(request.GET))
