"""Tells Django about this app."""

from django.apps import AppConfig


class BarriersConfig(AppConfig):
    """Load the app, and its access rules with it."""

    name = "relais.barriers"
    label = "barriers"
