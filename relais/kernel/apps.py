"""Tells Django about the ground, and loads what apps register."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

# Rights, the part of a person's own page, the part of a barrier's thread, and what else an app listens to below it,
# and what it proposes to the table.
REGISTERING = ("access", "status", "thread", "listens", "proposes")


class KernelConfig(AppConfig):
    """Once every table is known, load each app's access rules and its part of a person's own page."""

    name = "relais.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Find these modules in every app, so that no lower app names a higher one."""
        import_module("relais.kernel.lookups")
        autodiscover_modules(*REGISTERING)
