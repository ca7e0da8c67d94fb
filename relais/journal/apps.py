"""Tells Django about this app."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Load the app, and its access rules with it."""

    name = "relais.journal"
    label = "journal"
