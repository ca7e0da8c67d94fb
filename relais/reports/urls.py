"""Where the reports are."""

from django.urls import path

from relais.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.list_, name="list"),
    path("<slug:slug>/", views.programme, name="programme"),
    path("<slug:slug>/figure/", views.figure, name="figure"),
]
