"""Where the pages of this app are."""

from django.urls import path

from relais.directory import views

app_name = "directory"
urlpatterns = [
    path("", views.office_list, name="list"),
    path("add/<slug:slug>/", views.office_add, name="add"),
    path("<uuid:pk>/", views.office_detail, name="detail"),
    path("<uuid:pk>/edit/", views.office_edit, name="edit"),
    path("<uuid:pk>/confirm/", views.office_confirm, name="confirm"),
    path("<uuid:pk>/close/", views.office_close, name="close"),
]
