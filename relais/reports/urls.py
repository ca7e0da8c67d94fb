"""Where the reports are."""

from django.urls import path

from relais.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.list_, name="list"),
    path("journey/<uuid:pk>/", views.journey, name="journey"),
    path("journey/<uuid:pk>/export/", views.journey_export, name="journey_export"),
    path("<slug:slug>/", views.programme, name="programme"),
    path("<slug:slug>/figure/", views.figure, name="figure"),
]
