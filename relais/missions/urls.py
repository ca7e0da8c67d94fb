"""Where the pages of this app are."""

from django.urls import path

from relais.missions import views

app_name = "missions"
urlpatterns = [
    path("", views.course_list, name="courses"),
    path("trained/", views.trained_list, name="trained"),
    path("trained/record/", views.training_record, name="record"),
    path("courses/<uuid:pk>/", views.course_detail, name="course"),
    path("certificates/<uuid:pk>/", views.certificate, name="certificate"),
]
