"""The `relais` command: one module a subject, over the services the pages call, with Django set up. Start at main.py."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relais.config.settings")
django.setup()
