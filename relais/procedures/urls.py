"""Where the pages of this app are."""

from django.urls import path

from relais.procedures.views import public

app_name = "procedures"
urlpatterns = [
    path("public/", public.procedure_public, name="public"),
    path("public/<slug:programme>/<slug:key>/", public.procedure_leaflet, name="leaflet"),
    path("public/<slug:programme>/<slug:key>/cpsv.jsonld", public.procedure_jsonld, name="jsonld"),
]
