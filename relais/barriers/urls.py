"""Where the pages of this app are."""

from django.urls import path

from relais.barriers.views import desk, hearing, needs

app_name = "barriers"
urlpatterns = [
    path("", hearing.barrier_list, name="list"),
    path("record/", hearing.barrier_record, name="record"),
    path("record/<uuid:case_pk>/", hearing.barrier_record, name="record_case"),
    path("approve/", hearing.barrier_approve, name="approve"),
    path("share/", desk.barrier_share, name="share"),
    path("counts/", desk.barrier_counts, name="counts"),
    path("groups/", desk.group_list, name="groups"),
    path("groups/<uuid:pk>/", desk.group_detail, name="group"),
    path("needs/", needs.needs_list, name="needs"),
    path("needs/<uuid:pk>/", needs.needs_detail, name="needs_detail"),
    path("needs/<uuid:pk>/weights/", needs.needs_weights, name="needs_weights"),
    path("needs/<uuid:pk>/agree/", needs.needs_agree, name="needs_agree"),
    path("needs/<uuid:pk>/propose/", needs.candidate_propose, name="candidate_propose"),
    path("needs/candidates/<uuid:pk>/", needs.candidate_score, name="candidate_score"),
    path("needs/candidates/<uuid:pk>/done/", needs.candidate_done, name="candidate_done"),
    path("<uuid:pk>/", hearing.barrier_detail, name="detail"),
    path("<uuid:pk>/voice/", hearing.barrier_voice, name="voice"),
    path("<uuid:pk>/as-told/", hearing.barrier_as_told, name="as_told"),
    path("<uuid:pk>/approved/", hearing.barrier_approved, name="approved"),
    path("<uuid:pk>/told/", hearing.barrier_told, name="told"),
    path("<uuid:pk>/check/", desk.barrier_check, name="check"),
    path("<uuid:pk>/answer/", desk.barrier_answer, name="answer"),
    path("<uuid:pk>/ungroup/", desk.barrier_ungroup, name="ungroup"),
]
