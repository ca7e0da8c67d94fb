"""Lines an organisation lends, and keys of its programs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from relais.access.verbs import Verb
from relais.kernel.pages import writes
from relais.kernel.refusals import refusals_on
from relais.organisations import services
from relais.organisations.forms import LineForm, TokenForm
from relais.organisations.models import ApiToken, LentLine, Organisation
from relais.organisations.services.members import may_grant
from relais.organisations.views.directory import PER_PAGE

HEADER = "Authorization: Bearer …"


@writes
def lines(request: HttpRequest, organisation_pk) -> HttpResponse:
    """List the lines an organisation lends, and lend another."""
    reachable = Organisation.objects.reachable_by(request.user, Verb.ORGANISATION_MANAGE)
    organisation = get_object_or_404(reachable, pk=organisation_pk)
    form = LineForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            told = form.cleaned_data | {"label": {get_language() or "en": form.cleaned_data["label"]}}
            services.lend_line(organisation=organisation, by=request.user, **told)
            messages.success(request, _("The line can be lent to people who have none."))
            return redirect("organisations:lines", organisation.pk)
    context = {"organisation": organisation, "form": form, "lines": organisation.lent_lines.still_lent()[:PER_PAGE]}
    return render(request, "organisations/lines.html", context, status=422 if form.is_bound else 200)


@require_POST
@writes
def end_line(request: HttpRequest, line_pk) -> HttpResponse:
    """Stop lending a line."""
    line = get_object_or_404(LentLine.objects.reachable_by(request.user, Verb.ORGANISATION_MANAGE), pk=line_pk)
    services.end_line(line=line, by=request.user)
    messages.success(request, _("The line is no longer lent."))
    return redirect("organisations:lines", line.organisation_id)


@never_cache
@writes
def tokens(request: HttpRequest, organisation_pk) -> HttpResponse:
    """List the programs an organisation lets in, and let another in; its key is shown this once."""
    reachable = Organisation.objects.reachable_by(request.user, Verb.TOKEN_MANAGE)
    organisation = get_object_or_404(reachable, pk=organisation_pk)
    form = TokenForm(request.POST or None, roles=may_grant(by=request.user, organisation=organisation))
    if form.is_valid():
        with refusals_on(form):
            made, token = services.make_token(organisation=organisation, by=request.user, **form.cleaned_data)
            shown = {"organisation": organisation, "made": made, "token": token, "header": HEADER}
            return render(request, "organisations/token_shown.html", shown)
    programs = organisation.api_tokens.filter(revoked_at=None).prefetch_related("user__memberships")
    shown = programs.select_related("user", "organisation", "vouched_by")[:PER_PAGE]
    context = {"organisation": organisation, "form": form, "tokens": shown, "stopped": services.opens_nothing(shown)}
    return render(request, "organisations/tokens.html", context, status=422 if form.is_bound else 200)


@require_POST
@writes
def keep(request: HttpRequest, token_pk) -> HttpResponse:
    """Answer for a program whose maker has left."""
    token = get_object_or_404(ApiToken.objects.reachable_by(request.user, Verb.TOKEN_MANAGE), pk=token_pk)
    services.keep_token(token=token, by=request.user)
    messages.success(request, _("You answer for this program now; its key works."))
    return redirect("organisations:tokens", token.organisation_id)


@require_POST
@writes
def revoke(request: HttpRequest, token_pk) -> HttpResponse:
    """Shut a program out."""
    token = get_object_or_404(ApiToken.objects.reachable_by(request.user, Verb.TOKEN_MANAGE), pk=token_pk)
    services.revoke_token(token=token, by=request.user)
    messages.success(request, _("The program is shut out."))
    return redirect("organisations:tokens", token.organisation_id)
