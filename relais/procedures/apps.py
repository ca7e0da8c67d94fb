"""Tells Django about this app."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    """Load the app, and its access rules with it."""

    name = "relais.procedures"
    label = "procedures"
