"""What happens around every page for who is signed in, or no longer is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from relais.access.lock import may
from relais.access.verbs import Verb
from relais.accounts import reader, services
from relais.accounts.models import User
from relais.kernel import clock

Page = Callable[[HttpRequest], HttpResponse]
ALWAYS_OPEN = {"account_logout", "account_reauthenticate", "set_language", "accounts:password"}


class LeaveNothingInTheBrowser:
    """What someone signed in reads stays on no disk: after sign-out, nobody finds it in the cache or by going back."""

    def __init__(self, get_response: Page) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class KeepWhatWasTyped:
    """A form sent after the session ended is kept, sealed, for who typed it; nobody else who signs in here sees it."""

    def __init__(self, get_response: Page) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user = request.user
        if not isinstance(user, User):
            return response
        if reader.reader_of(request) != user.pk:
            reader.remember_reader(response, user)
        if request.method == "POST" and "kept_draft" in request.POST and response.status_code in {302, 303}:
            services.take_draft(user=user, page=request.path)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Send who is no longer signed in to sign in, and from there to what they had typed."""
        if request.method != "POST" or request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        author = User.objects.active().filter(pk=reader.reader_of(request)).first()
        if not author or not services.save_draft(user=author, page=request.path, values=reader.typed_in(request)):
            return None
        messages.warning(request, _("You had been signed out. What you typed is kept: sign in to send it."))
        return redirect(f"{reverse('account_login')}?{urlencode({'next': reverse('accounts:typed')})}")


class SpeakTheirLanguage:
    """The language chosen on an account follows it to every device; a choice made on this device comes first."""

    def __init__(self, get_response: Page) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        chosen_here = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
        if not chosen_here and user.is_authenticated and user.language in dict(settings.LANGUAGES):
            translation.activate(user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class FirstThingsFirst:
    """Whoever must choose a password, or sees identities with a password alone, does that before anything else."""

    def __init__(self, get_response: Page) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Lead to the page that comes first, unless they are on their way there or out."""
        match, user = request.resolver_match, request.user
        name = match.view_name if match else ""
        if not user.is_authenticated or name in ALWAYS_OPEN or name.startswith("mfa_"):
            return None
        if user.must_set_password:
            messages.info(request, _("Choose a password of your own first."))
            return redirect("accounts:password")
        if second_step_is_due(user):
            messages.warning(request, _("You see who people are. Add a second step to your sign-in to go on."))
            return redirect("mfa_index")
        return None


def second_step_is_due(user: User) -> bool:
    """Say whether someone who sees identities has had long enough to add a second step, and has not."""
    grace = settings.RELAIS_MFA_GRACE_DAYS
    if grace < 0 or clock.now() < user.date_joined + timedelta(days=grace):
        return False
    return may(user, Verb.PERSON_IDENTIFY) and not has_second_step(user)


def has_second_step(user: User) -> bool:
    """Say whether someone signs in with more than a password."""
    steps = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user=user, type__in=steps).exists())
