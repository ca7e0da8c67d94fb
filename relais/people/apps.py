"""Tells Django about this app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Load the app, and its access rules with it."""

    name = "relais.people"
    label = "people"
