"""What every table shares; no table of its own."""

from functools import cache
from typing import Any

from django.db import models

from relais.kernel.ids import uuid7


class Row(models.Model):
    """A row whose identifier may have been made by the device that recorded it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: "models.Field[Any, Any]") -> Any:  # noqa: N802 - named by Django
        # Behind `get_…_display`. Django's own translates every label of the field, row after row, to say one of them.
        value = getattr(self, field.attname)
        label = _labels(field).get(value, value)
        return None if label is None else str(label)


@cache
def _labels(field: "models.Field[Any, Any]") -> dict[Any, Any]:
    """Give the words of each choice, translated when they are said."""
    return dict(field.flatchoices)
