"""Whatever pages need is loaded before the first reader comes, and the memory it takes is not walked through again.

Python looks for garbage in everything that is alive, each time enough new objects are. The loaded program is 230,000 of them:
an eighth of a second, which one request in ten had to wait for. Frozen, it is left alone (`gc.freeze`).
"""

import gc
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils import translation


def warm() -> None:
    """Load every page, template and language of this process, then leave them out of the search for garbage."""
    assert get_resolver().url_patterns
    for app in apps.get_app_configs():
        if app.name.startswith("relais."):
            for file in (Path(app.path) / "templates").rglob("*.html"):
                get_template(str(file.relative_to(Path(app.path) / "templates")))
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.get_language()  # the catalogue is read when a language is put on
    gc.collect()
    gc.freeze()
