"""Where the pages of one's own account are."""

from django.urls import path

from relais.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.detail, name="detail"),
    path("mail/", views.mail, name="mail"),
    path("mail/<str:token>/", views.mail_stop, name="mail_stop"),
    path("password/", views.password, name="password"),
    path("typed/", views.typed, name="typed"),
    path("typed/<uuid:draft_pk>/forget/", views.typed_forget, name="typed_forget"),
]
