"""A backup in one file that either database can read: every row as lines of JSON, with counts and a digest.

Identities are in it only as they are in the database: sealed. The keys that open them are not in it; `relais backup`
says where they are, and a backup whose keys are lost is a lost backup.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.serializers.base import DeserializationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from relais.cli.console import writing
from relais.kernel import clock
from relais.kernel.refusals import Refusal

FORMAT = 1
# Sessions, attempts to sign in and content types are made anew where the backup is restored.
LEFT_OUT = {"sessions.session", "axes.accessattempt", "axes.accesslog", "axes.accessfailurelog", "auth.permission"}
LEFT_OUT |= {"contenttypes.contenttype", "auth.group"}


def tables() -> list[type[models.Model]]:
    """List what a backup holds, each table after those it points to."""
    wanted = [model for model in apps.get_models() if model._meta.label_lower not in LEFT_OUT]
    return [model for model in serializers.sort_dependencies([(None, wanted)]) if model in wanted]


def save(file: Path) -> int:
    """Write every row to a new file; gives how many. The file appears only when it is whole."""
    if file.exists():
        raise Refusal(_("%s is there already.") % file, next=_("Name a file that does not exist yet."))
    half = file.with_suffix(file.suffix + ".part")
    with writing(half):
        count = _save(half)
        half.rename(file)
    return count


def _save(half: Path) -> int:
    counts: dict[str, int] = {}
    digests: dict[str, str] = {}
    with transaction.atomic(), zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for model in tables():
            name, digest, count = model._meta.label_lower, hashlib.sha256(), 0
            with archive.open(f"{name}.jsonl", "w", force_zip64=True) as lines:
                for line in _lines(model):
                    lines.write(line)
                    digest.update(line)
                    count += 1
            counts[name], digests[name] = count, digest.hexdigest()
        manifest = {
            "format": FORMAT,
            "made_at": clock.now().isoformat(),
            "migrations": _migrations(),
            "rows": counts,
            "sha256": digests,
        }
        archive.writestr("manifest.json", json.dumps(manifest, indent=1))
    return sum(counts.values())


def load(file: Path) -> int:
    """Put a backup into an empty database; gives how many rows. All of it, or nothing."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _load(archive)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, DeserializationError) as broken:
        raise Refusal(
            _("%s is not a whole backup of Relais.") % file, next=_("Use another backup; nothing was changed.")
        ) from broken


def _load(archive: zipfile.ZipFile) -> int:
    manifest = json.loads(archive.read("manifest.json"))
    if manifest["migrations"] != _migrations():
        raise Refusal(
            _("This backup was made by another version of Relais."),
            next=_("Restore it with that version, then upgrade."),
        )
    if any(model.objects.exists() for model in tables() if hasattr(model, "objects")):
        raise Refusal(
            _("This database is not empty."), next=_("Restore into a new one: set RELAIS_DATA or DATABASE_URL.")
        )
    total = 0
    with transaction.atomic():
        for model in tables():
            name = model._meta.label_lower
            digest, count = hashlib.sha256(), 0
            with archive.open(f"{name}.jsonl") as lines:
                for line in lines:
                    digest.update(line)
                    for row in serializers.deserialize("jsonl", line.decode()):
                        row.save(force_insert=True)
                    count += 1
            if (count, digest.hexdigest()) != (manifest["rows"][name], manifest["sha256"][name]):
                raise Refusal(_("The table %s is damaged in this backup.") % name, next=_("Use another backup."))
            total += count
        connection.check_constraints()
    return total


def _lines(model: type[models.Model]) -> Iterator[bytes]:
    rows: Any = model._base_manager.order_by("pk").iterator(chunk_size=500)
    for row in rows:
        yield serializers.serialize("jsonl", [row], cls=_ToTheMicrosecond).encode()


class _ToTheMicrosecond(DjangoJSONEncoder):
    """Django's own encoder cuts instants to milliseconds, which breaks the journal's hashes."""

    def default(self, o: Any) -> Any:
        """Write an instant whole."""
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _migrations() -> list[str]:
    applied = MigrationRecorder.Migration.objects.filter(app__in=[app.label for app in apps.get_app_configs()])
    return sorted(f"{app}.{name}" for app, name in applied.values_list("app", "name"))
