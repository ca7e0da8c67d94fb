"""Where the journal is."""

from django.urls import path

from relais.journal import views

app_name = "journal"
urlpatterns = [path("", views.list_, name="list")]
