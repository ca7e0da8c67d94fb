"""Where the pages of this app are; no address holds a name or a code."""

from django.urls import path

from relais.cases.views import case, dossiers, lists, plans, strain

app_name = "cases"
urlpatterns = [
    path("", lists.case_list, name="list"),
    path("open/<uuid:person_pk>/", case.case_open, name="open"),
    path("follow-ups/", lists.follow_up_list, name="follow_ups"),
    path("follow-ups/<uuid:pk>/", plans.follow_up_record, name="follow_up"),
    path("appointments/<uuid:pk>/", plans.appointment_tell, name="appointment_tell"),
    path("appointments/<uuid:pk>/join/", plans.appointment_join, name="appointment_join"),
    path("referrals/", plans.referral_list, name="referrals"),
    path("referrals/<uuid:pk>/", plans.referral_detail, name="referral"),
    path("referrals/<uuid:pk>/offered/", plans.referral_own, name="referral_own"),
    path("visits/<uuid:pk>/voice/", case.visit_voice, name="voice"),
    path("dossiers/", dossiers.dossier_list, name="dossiers"),
    path("dossiers/hand-over/", dossiers.dossiers_hand, name="hand_over"),
    path("dossiers/<uuid:pk>/", dossiers.dossier_detail, name="dossier"),
    path("dossiers/<uuid:pk>/accept/", dossiers.dossier_accept, name="dossier_accept"),
    path("dossiers/<uuid:pk>/return/", dossiers.dossier_return, name="dossier_return"),
    path("dossiers/<uuid:pk>/withdraw/", dossiers.dossier_withdraw, name="dossier_withdraw"),
    path("batches/", dossiers.batch_list, name="batches"),
    path("batches/<uuid:pk>/", dossiers.batch_detail, name="batch"),
    path("batches/<uuid:pk>/manifest.pdf", dossiers.batch_manifest, name="manifest"),
    path("own/<uuid:pk>/how-hard/", strain.own_strain, name="own_strain"),
    path("<uuid:pk>/how-hard/", strain.case_strain, name="strain"),
    path("<uuid:pk>/", case.case_detail, name="detail"),
    path("<uuid:pk>/evidence/<uuid:evidence_pk>/", case.evidence_set, name="evidence"),
    path("<uuid:pk>/evidence/<uuid:evidence_pk>/told/", case.evidence_told, name="evidence_told"),
    path("<uuid:pk>/steps/<uuid:step_pk>/", case.step_complete, name="step"),
    path("<uuid:pk>/visit/", case.visit_note, name="visit"),
    path("<uuid:pk>/appointment/", plans.appointment_plan, name="appointment"),
    path("<uuid:pk>/follow-ups/", plans.follow_up_plan, name="follow_up_plan"),
    path("<uuid:pk>/refer/", plans.referral_offer, name="refer"),
    path("<uuid:pk>/close/", case.case_close, name="close"),
    path("<uuid:pk>/reopen/", case.case_reopen, name="reopen"),
    path("<uuid:pk>/carry/", case.case_carry, name="carry"),
]
