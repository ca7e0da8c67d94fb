"""Where the pages of this app are."""

from django.urls import URLPattern

app_name = "missions"
urlpatterns: list[URLPattern] = []
