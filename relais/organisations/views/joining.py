"""The page an invitation leads to; open to everyone who holds one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from relais.kernel.pages import writes
from relais.kernel.refusals import Refusal, refusals_on
from relais.organisations import services
from relais.organisations.forms import JoinForm, ReturnForm
from relais.organisations.models import Invitation


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@writes
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Join with a new account or the one you have, or choose a new password."""
    try:
        invitation = services.invitation_of(token)
    except Refusal as refusal:
        return render(request, "organisations/join_closed.html", {"refusal": refusal}, status=410)
    if invitation.recovers_id:
        return _return(request, invitation, token)
    if request.user.is_authenticated:
        return _join_as_oneself(request, invitation, token)
    return _join_anew(request, invitation, token)


def _join_anew(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    form = JoinForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            services.accept_invitation(token=token, language=get_language() or "", **form.cleaned_data)
            messages.success(request, _("Welcome. Sign in with the name and password you chose."))
            return redirect("account_login")
    context = {"invitation": invitation, "form": form}
    return render(request, "organisations/join.html", context, status=422 if form.is_bound else 200)


def _join_as_oneself(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    if request.method == "POST":
        services.join_with_account(token=token, by=request.user)
        messages.success(request, _("Welcome. You now belong to %(who)s too.") % {"who": invitation.organisation})
        return redirect("organisations:detail", invitation.organisation_id)
    return render(request, "organisations/join_as_oneself.html", {"invitation": invitation})


def _return(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            services.return_through(token=token, password=form.cleaned_data["password"])
            messages.success(request, _("Your new password is set. Sign in with it."))
            return redirect("account_login")
    context = {"invitation": invitation, "form": form}
    return render(request, "organisations/return.html", context, status=422 if form.is_bound else 200)
