"""The journal's lines and the head of each of its chains."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from relais.journal.queries import AppendOnly, EntryQuerySet
from relais.kernel.models import Row


class Entry(Row):
    """One thing someone did, chained to the line before it in the same lane."""

    lane = models.CharField(_("lane"), max_length=64)
    number = models.PositiveBigIntegerField(_("number"))
    at = models.DateTimeField(_("at"))
    verb = models.CharField(_("verb"), max_length=64)
    noun = models.CharField(_("noun"), max_length=64)
    row_id = models.UUIDField(_("row"), null=True)
    actor_id = models.UUIDField(_("who"), null=True)
    actor_label = models.CharField(_("who, in words"), max_length=150)
    organisation_id = models.UUIDField(_("organisation"), null=True)
    person_id = models.UUIDField(_("person concerned"), null=True)
    detail = models.JSONField(_("detail"), default=dict)
    previous = models.CharField(_("hash before"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal line")
        ordering = ["lane", "number"]
        constraints = [models.UniqueConstraint(fields=["lane", "number"], name="journal_entry_once")]
        indexes = [
            models.Index(fields=["row_id", "at"], name="journal_by_row"),
            models.Index(fields=["person_id", "at"], name="journal_by_person"),
            models.Index(fields=["organisation_id", "-at"], name="journal_by_organisation"),
        ]

    class Privacy:
        open = {"id", "lane", "number", "at", "verb", "noun", "previous", "hash", "organisation_id"}
        personal = {"row_id", "actor_id", "actor_label", "person_id", "detail"}
        secret: set[str] = set()

    @property
    def told(self) -> list[tuple[str, Any]]:
        """Give the detail piece by piece; a template would take `detail.items` for a piece of that name."""
        return list(self.detail.items())

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        """Write the line once; what was written stays."""
        if not self._state.adding:
            raise AppendOnly
        super().save_base(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: what was written stays."""
        raise AppendOnly


class Head(models.Model):
    """The last line of a lane; held locked while the next one is written."""

    lane = models.CharField(_("lane"), max_length=64, primary_key=True)
    number = models.PositiveBigIntegerField(_("number"), default=0)
    hash = models.CharField(_("hash"), max_length=64, default="")

    class Meta:
        verbose_name = _("head of a journal lane")

    class Privacy:
        open = {"lane", "number", "hash"}
        personal: set[str] = set()
        secret: set[str] = set()
