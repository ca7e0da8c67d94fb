"""What every table shares; no table of its own."""

from django.db import models

from relais.kernel.ids import uuid7


class Row(models.Model):
    """A row whose identifier may have been made by the device that recorded it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True
