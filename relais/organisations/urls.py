"""Where the pages of organisations are."""

from django.urls import path

from relais.organisations.views import directory, joining, keys, members

app_name = "organisations"
urlpatterns = [
    path("", directory.list_, name="list"),
    path("join/<str:token>/", joining.join, name="join"),
    path("<uuid:organisation_pk>/", directory.detail, name="detail"),
    path("<uuid:organisation_pk>/edit/", directory.edit, name="edit"),
    path("<uuid:organisation_pk>/members/", members.members, name="members"),
    path("<uuid:organisation_pk>/invite/", members.invite, name="invite"),
    path("<uuid:organisation_pk>/lines/", keys.lines, name="lines"),
    path("<uuid:organisation_pk>/programs/", keys.tokens, name="tokens"),
    path("invitations/<uuid:invitation_pk>/withdraw/", members.withdraw, name="withdraw"),
    path("members/<uuid:membership_pk>/", members.member, name="member"),
    path("members/<uuid:membership_pk>/role/", members.change, name="change"),
    path("members/<uuid:membership_pk>/end/", members.end, name="end"),
    path("members/<uuid:membership_pk>/recover/", members.recover, name="recover"),
    path("lines/<uuid:line_pk>/end/", keys.end_line, name="end_line"),
    path("programs/<uuid:token_pk>/keep/", keys.keep, name="keep"),
    path("programs/<uuid:token_pk>/revoke/", keys.revoke, name="revoke"),
]
