"""Tells Django about this app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Load the app, and its access rules with it."""

    name = "relais.directory"
    label = "directory"
