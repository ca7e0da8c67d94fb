"""Tells Django about this app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Load the app, and its access rules with it."""

    name = "relais.api"
    label = "api"
