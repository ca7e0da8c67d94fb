"""Where the pages of programmes are."""

from django.urls import path

from relais.programmes import views

app_name = "programmes"
urlpatterns = [
    path("", views.list_, name="list"),
    path("public/", views.public, name="public"),
    path("public/<slug:slug>/", views.public, name="public"),
    path("contributions/<uuid:contribution_pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/contributions/", views.contribute, name="contribute"),
]
