"""Where the pages of this app are."""

from django.urls import path

from relais.procedures.views import asking, desk, drafting, public

app_name = "procedures"
urlpatterns = [
    path("public/", public.procedure_public, name="public"),
    path("public/<slug:programme>/<slug:key>/", public.procedure_leaflet, name="leaflet"),
    path("public/<slug:programme>/<slug:key>/cpsv.jsonld", public.procedure_jsonld, name="jsonld"),
    path("", desk.procedure_list, name="list"),
    path("<uuid:pk>/", desk.procedure_detail, name="detail"),
    path("<uuid:pk>/draft/", drafting.version_draft, name="draft"),
    path("<uuid:pk>/evidence/", drafting.evidence_add, name="evidence_add"),
    path("<uuid:pk>/evidence/<slug:key>/", drafting.evidence_change, name="evidence_change"),
    path("versions/<uuid:pk>/", desk.version_detail, name="version"),
    path("versions/<uuid:pk>/changes/", desk.version_changes, name="changes"),
    path("versions/<uuid:pk>/share/", drafting.version_share, name="share"),
    path("versions/<uuid:pk>/discard/", drafting.version_discard, name="discard"),
    path("versions/<uuid:pk>/steps/", drafting.step_add, name="step_add"),
    path("versions/<uuid:pk>/steps/<slug:key>/", drafting.step_change, name="step_change"),
    path("versions/<uuid:pk>/steps/<slug:key>/move/", drafting.step_move, name="step_move"),
    path("versions/<uuid:pk>/steps/<slug:key>/merge/", drafting.step_merge, name="step_merge"),
    path("versions/<uuid:pk>/steps/<slug:key>/drop/", drafting.step_drop, name="step_drop"),
    path("versions/<uuid:pk>/steps/<slug:key>/ask/", asking.requirement_add, name="requirement_add"),
    path("versions/<uuid:pk>/asked/<slug:key>/", asking.requirement_change, name="requirement_change"),
    path("versions/<uuid:pk>/asked/<slug:key>/accept/", asking.requirement_accept, name="requirement_accept"),
    path("versions/<uuid:pk>/asked/<slug:key>/of/", asking.requirement_condition, name="requirement_condition"),
    path("versions/<uuid:pk>/asked/<slug:key>/move/", asking.requirement_move, name="requirement_move"),
    path("versions/<uuid:pk>/asked/<slug:key>/drop/", asking.requirement_drop, name="requirement_drop"),
    path("versions/<uuid:pk>/asked/<slug:key>/lists/<int:place>/drop/", asking.list_drop, name="list_drop"),
]
