"""Who belongs to an organisation: invite, change, let go, help back in."""

import segno
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from relais.access.verbs import Verb
from relais.kernel import clock
from relais.kernel.pages import reads, writes
from relais.kernel.refusals import Refusal, refusals_on
from relais.organisations import services
from relais.organisations.forms import InviteForm, RecoverForm, RoleForm
from relais.organisations.models import Invitation, Membership, Organisation
from relais.organisations.services.members import may_grant
from relais.organisations.views.directory import PER_PAGE


@reads
def members(request: HttpRequest, organisation_pk) -> HttpResponse:
    """List who belongs to an organisation today, and which invitations are open."""
    organisation = _run_by(request, organisation_pk, Verb.MEMBER_INVITE)
    reachable = Membership.objects.reachable_by(request.user, Verb.MEMBER_READ).current(clock.today())
    people = reachable.filter(organisation=organisation, user__kind="person")
    ordered = people.select_related("user", "territory").order_by("user__display_name", "pk")
    invited = Invitation.objects.reachable_by(request.user, Verb.MEMBER_INVITE).usable(clock.now())
    context = {
        "organisation": organisation,
        "page": Paginator(ordered, PER_PAGE).get_page(request.GET.get("page")),
        "invitations": invited.filter(organisation=organisation).select_related("recovers")[:PER_PAGE],
    }
    return render(request, "organisations/members.html", context)


@never_cache
@writes
def invite(request: HttpRequest, organisation_pk) -> HttpResponse:
    """Make an invitation, and show its QR and link this once."""
    organisation = _run_by(request, organisation_pk, Verb.MEMBER_INVITE)
    roles = may_grant(by=request.user, organisation=organisation)
    form = InviteForm(request.POST or None, organisation=organisation, roles=roles)
    if form.is_valid():
        with refusals_on(form):
            made, token = services.invite_member(organisation=organisation, by=request.user, **form.cleaned_data)
            return _show_way_in(request, made, token)
    context = {"organisation": organisation, "form": form}
    return render(request, "organisations/invite.html", context, status=422 if form.is_bound else 200)


@require_POST
@writes
def withdraw(request: HttpRequest, invitation_pk) -> HttpResponse:
    """Take an invitation back."""
    reachable = Invitation.objects.reachable_by(request.user, Verb.MEMBER_INVITE)
    invitation = get_object_or_404(reachable, pk=invitation_pk)
    services.withdraw_invitation(invitation=invitation, by=request.user)
    messages.success(request, _("The invitation leads nowhere now."))
    return redirect("organisations:members", invitation.organisation_id)


@reads
def member(request: HttpRequest, membership_pk) -> HttpResponse:
    """Show what can be done for one member."""
    membership = _member(request, membership_pk)
    return _member_page(request, membership)


@require_POST
@writes
def change(request: HttpRequest, membership_pk) -> HttpResponse:
    """Give a member another role."""
    membership = _member(request, membership_pk)
    form = RoleForm(request.POST, roles=may_grant(by=request.user, organisation=membership.organisation))
    if form.is_valid():
        with refusals_on(form):
            changed = services.change_role(membership=membership, by=request.user, **form.cleaned_data)
            messages.success(request, _("The role is changed from today."))
            return redirect("organisations:member", changed.pk)
    return _member_page(request, membership, role_form=form, status=422)


@require_POST
@writes
def end(request: HttpRequest, membership_pk) -> HttpResponse:
    """Let a member go."""
    membership = _member(request, membership_pk)
    try:
        services.end_membership(membership=membership, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("organisations:member", membership.pk)
    messages.success(request, _("They no longer reach anything of your organisation. What they did stays."))
    return redirect("organisations:members", membership.organisation_id)


@never_cache
@require_POST
@writes
def recover(request: HttpRequest, membership_pk) -> HttpResponse:
    """Give a member a new way in, shown this once."""
    membership = _member(request, membership_pk)
    form = RecoverForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            made, token = services.recover_access(membership=membership, by=request.user, **form.cleaned_data)
            return _show_way_in(request, made, token)
    return _member_page(request, membership, recover_form=form, status=422)


def _run_by(request: HttpRequest, organisation_pk, verb: Verb) -> Organisation:
    reachable = Organisation.objects.reachable_by(request.user, verb).select_related("territory")
    return get_object_or_404(reachable, pk=organisation_pk)


def _member(request: HttpRequest, membership_pk) -> Membership:
    reachable = Membership.objects.reachable_by(request.user, Verb.MEMBER_RECOVER).current(clock.today())
    return get_object_or_404(reachable.select_related("user", "organisation", "territory"), pk=membership_pk)


def _member_page(request: HttpRequest, membership: Membership, status: int = 200, **forms) -> HttpResponse:
    roles = may_grant(by=request.user, organisation=membership.organisation)
    context = {
        "membership": membership,
        "role_form": RoleForm(roles=roles, initial={"role": membership.role}),
        "recover_form": RecoverForm(),
        "theirs_to_give": membership.role in roles,
        **forms,
    }
    return render(request, "organisations/member.html", context, status=status)


def _show_way_in(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    address = settings.RELAIS_PUBLIC_ADDRESS.rstrip("/") + reverse("organisations:join", args=[token])
    drawn = segno.make(address, error="m", micro=False).svg_inline(scale=5, border=4, dark="#000", light="#fff")
    # Drawn by segno from our own address and a token of url-safe letters: nothing in it was typed by anyone.
    context = {"invitation": invitation, "address": address, "qr": mark_safe(drawn)}  # noqa: S308
    return render(request, "organisations/way_in.html", context)
