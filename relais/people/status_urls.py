"""Where a person finds their own page."""

from django.urls import path

from relais.people.views import own

app_name = "my"
urlpatterns = [
    path("", own.enter, name="enter"),
    path("page/", own.home, name="home"),
    path("messages/", own.own_messages, name="messages"),
    path("consents/", own.own_consents, name="consents"),
    path("consents/<uuid:pk>/withdraw/", own.own_consent_withdraw, name="consent_withdraw"),
    path("consents/<uuid:pk>/confirm/", own.own_consent_confirm, name="consent_confirm"),
    path("readers/", own.own_readers, name="readers"),
    path("complaint/", own.own_complaint, name="complaint"),
    path("forget/", own.own_forget, name="forget"),
    path("leave/", own.leave, name="leave"),
]
