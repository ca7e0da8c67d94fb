"""Pages that belong to no app: the first page, and the components in use."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render

from relais.kernel.pages import reads
from relais.web import specimens


@login_not_required
@reads
def home(request):
    """Open the door for a visitor, and the desk for who signed in."""
    if not request.user.is_authenticated:
        return render(request, "web/welcome.html", {"loop": specimens.loop()})
    return render(request, "web/home.html")


@login_not_required
@reads
def components(request):
    """Show every component as it is used, with notes, to those who build or look after Relais."""
    if not specimens.may_be_seen_by(request.user):
        raise Http404
    return render(request, "web/components.html", specimens.context(request.GET))
