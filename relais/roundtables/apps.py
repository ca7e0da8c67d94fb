"""Tells Django about this app."""

from django.apps import AppConfig


class RoundtablesConfig(AppConfig):
    """Load the app, and its access rules with it."""

    name = "relais.roundtables"
    label = "roundtables"
