"""Which door leads to which app."""

from django.urls import include, path

urlpatterns = [
    path("", include("relais.web.urls")),
    path("account/", include("relais.accounts.urls")),
    path("", include("relais.accounts.sign_in_urls")),
    path("organisations/", include("relais.organisations.urls")),
    path("programmes/", include("relais.programmes.urls")),
    path("journal/", include("relais.journal.urls")),
    path("people/", include("relais.people.urls")),
    path("my/", include("relais.people.status_urls")),
    path("procedures/", include("relais.procedures.urls")),
    path("places/", include("relais.directory.urls")),
    path("cases/", include("relais.cases.urls")),
    path("training/", include("relais.missions.urls")),
    path("barriers/", include("relais.barriers.urls")),
    path("tables/", include("relais.roundtables.urls")),
    path("reports/", include("relais.reports.urls")),
    path("api/", include("relais.api.urls")),
]

handler400 = "relais.web.errors.bad_request"
handler403 = "relais.web.errors.forbidden"
handler404 = "relais.web.errors.not_found"
handler500 = "relais.web.errors.server_error"
