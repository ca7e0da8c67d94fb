"""Pages of one's own account."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from relais.accounts import reader, services
from relais.accounts.forms import AccountForm, MailForm, PasswordForm
from relais.accounts.middleware import has_second_step
from relais.accounts.models import FormDraft
from relais.kernel.pages import reads, writes
from relais.kernel.refusals import Refusal, refusals_on


@writes
def detail(request: HttpRequest) -> HttpResponse:
    """Show one's account, and change the name colleagues see and the language."""
    user = request.user
    form = _account_form(request, request.POST or None)
    if form.is_valid():
        services.choose_name(user=user, display_name=form.cleaned_data["display_name"])
        services.choose_language(user=user, language=form.cleaned_data["language"])
        with override(user.language):
            messages.success(request, _("Your account is up to date."))
        request.POST = request.POST.copy()
        request.POST["next"] = request.path
        return set_language(request)
    return render(request, "accounts/detail.html", _account(request, form), status=422 if form.is_bound else 200)


def _account_form(request: HttpRequest, typed: QueryDict | None = None) -> AccountForm:
    user = request.user
    starts_with = {"display_name": user.display_name, "language": user.language or request.LANGUAGE_CODE}
    return AccountForm(typed, initial=starts_with)


def _account(
    request: HttpRequest, form: AccountForm | None = None, mail_form: MailForm | None = None
) -> dict[str, object]:
    """Give what the page shows; without a mail server nobody is asked for an address."""
    user = request.user
    chosen = {"email": user.email, "wants_mail": user.wants_mail}
    return {
        "form": form or _account_form(request),
        "mail_form": (mail_form or MailForm(initial=chosen)) if settings.RELAIS_MAIL else None,
        "second_step": has_second_step(user),
        "typed": user.drafts.count(),
    }


@require_POST
@writes
def mail(request: HttpRequest) -> HttpResponse:
    """Choose whether to be written to when something waits, and where."""
    form = MailForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            services.choose_mail(user=request.user, **form.cleaned_data)
            messages.success(request, _("Your account is up to date."))
            return redirect("accounts:detail")
    return render(request, "accounts/detail.html", _account(request, mail_form=form), status=422)


@login_not_required
@csrf_exempt  # the link is signed; a mail program's own button sends it from no page of ours
@writes
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever got a mail stop it, without signing in."""
    user = services.who_stops(token=token)
    if user is None:
        raise Http404
    if request.method == "POST":
        services.stop_mail(user=user)
    return render(request, "accounts/mail_stop.html", {"stopped": request.method == "POST"})


@sensitive_post_parameters()
@writes
def password(request: HttpRequest) -> HttpResponse:
    """Choose a new password; sessions open elsewhere end."""
    form = PasswordForm(request.POST or None, user=request.user)
    if form.is_valid():
        services.set_password(user=request.user, password=form.cleaned_data["password"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Your new password is set. Sessions open elsewhere have ended."))
        return redirect("accounts:detail")
    return render(request, "accounts/password.html", {"form": form}, status=422 if form.is_bound else 200)


@reads
def typed(request: HttpRequest) -> HttpResponse:
    """Show what was typed when a session ended, to send it now or throw it away."""
    kept = [(draft, services.open_draft(draft)) for draft in request.user.drafts.order_by("-saved_at")]
    return render(request, "accounts/typed.html", {"kept": kept})


@require_POST
@writes
def typed_forget(request: HttpRequest, draft_pk) -> HttpResponse:
    """Throw away what was typed on one page."""
    draft = get_object_or_404(FormDraft, user=request.user, pk=draft_pk)
    services.take_draft(user=request.user, page=draft.page)
    return redirect("accounts:typed")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of this device, and of the account if someone is signed in."""
    if request.user.is_authenticated:
        try:
            services.choose_language(user=request.user, language=request.POST.get("language", ""))
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return set_language(request)


def form_out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Keep what was typed on a page opened before signing in anew elsewhere; refuse what another site sent."""
    author = request.user if request.user.is_authenticated else None
    if author and reader.is_from_our_pages(request):
        with transaction.atomic():
            if services.save_draft(user=author, page=request.path, values=reader.typed_in(request)):
                messages.warning(request, _("This page had been open too long. What you typed is kept: send it now."))
                return redirect("accounts:typed")
    return render(request, "403_csrf.html", status=403)


@login_not_required
@reads
def lost_access(request: HttpRequest) -> HttpResponse:
    """Say how to come back in without a password: through the coordinator, never by e-mail."""
    return render(request, "account/password_reset.html")
