"""Where the pages of this app are."""

from django.urls import path

from relais.roundtables.views import calendars, commitments, consultations, decisions, drafts, meetings, series, told

app_name = "roundtables"
urlpatterns = [
    path("", meetings.meeting_list, name="list"),
    path("call/<slug:programme>/", meetings.meeting_call, name="call"),
    path("<uuid:pk>/", meetings.meeting_detail, name="detail"),
    path("<uuid:pk>/move/", meetings.meeting_move, name="move"),
    path("<uuid:pk>/cancel/", meetings.meeting_cancel, name="cancel"),
    path("<uuid:pk>/invite/", meetings.meeting_invite, name="invite"),
    path("<uuid:pk>/answer/", meetings.meeting_answer, name="answer"),
    path("<uuid:pk>/minutes/", meetings.meeting_minutes, name="minutes"),
    path("<uuid:pk>/invitation.ics", calendars.meeting_ics, name="ics"),
    path("<uuid:pk>/agenda/propose/", meetings.agenda_propose, name="agenda_propose"),
    path("<uuid:pk>/agenda/add/", meetings.agenda_add, name="agenda_add"),
    path("<uuid:pk>/agenda/<uuid:item>/", meetings.agenda_item, name="agenda_item"),
    path("<uuid:pk>/decide/", decisions.meeting_decide, name="decide"),
    path("series/", series.series_list, name="series_list"),
    path("series/make/<slug:programme>/", series.series_make, name="series_make"),
    path("series/<uuid:pk>/", series.series_detail, name="series"),
    path("series/<uuid:pk>/change/", series.series_change, name="series_change"),
    path("series/<uuid:pk>/end/", series.series_end, name="series_end"),
    path("decisions/", decisions.decision_list, name="decisions"),
    path("decisions/<uuid:pk>/", decisions.decision_detail, name="decision"),
    path("decisions/<uuid:pk>/adopt/", decisions.decision_adopt, name="adopt"),
    path("commitments/", commitments.commitment_list, name="commitments"),
    path("commitments/make/<slug:programme>/", commitments.commitment_make, name="commit"),
    path("commitments/<uuid:pk>/done/", commitments.commitment_done, name="commitment_done"),
    path("commitments/<uuid:pk>/drop/", commitments.commitment_drop, name="commitment_drop"),
    path("consultations/", consultations.consultation_list, name="consultations"),
    path("consultations/ask/<slug:programme>/", consultations.consultation_ask, name="ask"),
    path("consultations/<uuid:pk>/", consultations.consultation_detail, name="consultation"),
    path("consultations/<uuid:pk>/answer/", consultations.consultation_answer, name="consultation_answer"),
    path("drafts/<uuid:pk>/", drafts.draft_detail, name="draft"),
    path("drafts/<uuid:pk>/comment/", drafts.draft_comment, name="draft_comment"),
    path("drafts/<uuid:pk>/table/<uuid:meeting>/", drafts.draft_to_table, name="draft_to_table"),
    path("reported/", told.reported_list, name="reported"),
    path("news/", told.notice_list, name="notices"),
    path("news/seen/", told.notices_seen, name="notices_seen"),
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/renew/", calendars.calendar_renew, name="calendar_renew"),
    path("calendar/close/", calendars.calendar_close, name="calendar_close"),
    path("calendar/<str:token>.ics", calendars.feed, name="feed"),
    path("public/<slug:programme>.ics", calendars.public_feed, name="public_feed"),
]
