"""Tells Django about this app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Load the app, and its access rules with it."""

    name = "relais.accounts"
    label = "accounts"
