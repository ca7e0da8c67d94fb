"""Tells Django about this app."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Load the app, and its access rules with it."""

    name = "relais.organisations"
    label = "organisations"
