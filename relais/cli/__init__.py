"""The `relais` command: one module a subject, each calling the services the pages call. Start at main.py.

Importing this package sets Django up, so that its modules may import models and services at their top.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relais.config.settings")
django.setup()
