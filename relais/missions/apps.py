"""Tells Django about this app."""

from django.apps import AppConfig


class MissionsConfig(AppConfig):
    """Load the app, and its access rules with it."""

    name = "relais.missions"
    label = "missions"
