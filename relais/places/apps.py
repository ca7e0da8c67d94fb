"""Tells Django about this app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Load the app, and its access rules with it."""

    name = "relais.places"
    label = "places"
