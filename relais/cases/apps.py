"""Tells Django about this app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Load the app, and its access rules with it."""

    name = "relais.cases"
    label = "cases"
