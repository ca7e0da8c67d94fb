"""Tells Django about this app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Load the app, and its access rules with it."""

    name = "relais.web"
    label = "web"
