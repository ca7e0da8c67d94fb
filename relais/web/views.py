"""Pages that belong to no app: the first page, and the components in use."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relais.kernel.pages import reads, writes
from relais.web import specimens, story
from relais.web.home import desk, is_beside_people, today
from relais.web.navigation import address
from relais.web.welcome import welcome


@login_not_required
@writes  # the names on a companion's day are read, and that goes into the journal
def home(request):
    """Open the door for a visitor, and the desk for who signed in."""
    if not request.user.is_authenticated:
        return render(request, "web/welcome.html", welcome())
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


@login_not_required
@reads
def demo(request):
    """Tell the story of the demonstration in eight clicks."""
    _only_in_a_demonstration()
    return render(
        request, "web/demo.html", {"story": story.CLICKS, "my_case": address("my:enter"), "sign_ins": story.sign_ins()}
    )


@login_not_required
@require_POST
@writes
def demo_open(request, number):
    """Sign in as the one who lives this part of the story, and open the real page in the language the story was read in."""
    _only_in_a_demonstration()
    if not 0 < number <= len(story.CLICKS):
        raise Http404
    click = story.CLICKS[number - 1]
    actor = story.someone(click.role)
    if actor is None:
        messages.warning(request, _("The demonstration has nobody in this role yet. Start it with `make demo`."))
        return redirect("web:demo")
    login(request, actor, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = redirect(click.page(actor) or "web:home")
    page.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, get_language(), samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return page


def _only_in_a_demonstration():
    if not settings.RELAIS_DEMO:
        raise Http404
