"""Tells Django about this app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Load the app, and its access rules with it."""

    name = "relais.reports"
    label = "reports"
