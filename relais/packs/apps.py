"""Tells Django about this app."""

from django.apps import AppConfig


class PacksConfig(AppConfig):
    """Load the app, and its access rules with it."""

    name = "relais.packs"
    label = "packs"
