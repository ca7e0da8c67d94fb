"""Where the pages of this app are."""

from django.urls import path

from relais.web import views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("demo/", views.demo, name="demo"),
    path("demo/<int:number>/", views.demo_open, name="demo_open"),
    path("components/", views.components, name="components"),
]
