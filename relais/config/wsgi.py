"""The WSGI door that Granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from relais.web.warming import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relais.config.settings")
application = get_wsgi_application()
warm()
