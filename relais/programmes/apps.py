"""Tells Django about this app."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Load the app, and its access rules with it."""

    name = "relais.programmes"
    label = "programmes"
