"""What someone was typing when their session ended, sealed and kept for them alone."""

import json
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from relais.accounts.models import FormDraft, User
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.vault import Aad, Keyring, VaultError, seal, unseal

Values = list[tuple[str, str]]

# The keyring files keys under an organisation; drafts belong to none, so they have one key under a name of their own.
KEY = UUID("6b9d8d3e-3c7a-4d0e-9f55-d4af75000001")
DAYS_KEPT = 30
LARGEST = 200_000
MOST_A_USER = 20
LONGEST_PAGE = 300


@transaction.atomic
def save_draft(*, user: User, page: str, values: Values) -> FormDraft | None:
    """Keep what someone typed on a page, sealed; the page's earlier draft is replaced."""
    written = json.dumps(values, ensure_ascii=False).encode()
    if not values or len(written) > LARGEST or len(page) > LONGEST_PAGE:
        return None
    FormDraft.objects.filter(user=user, page=page).delete()
    oldest_kept = user.drafts.order_by("-saved_at").values_list("pk", flat=True)[: MOST_A_USER - 1]
    user.drafts.exclude(pk__in=list(oldest_kept)).delete()
    row = uuid7()
    version, key = _keyring().create(KEY)
    sealed = bytes([version]) + seal(key, written, _place(row, version))
    return FormDraft.objects.create(id=row, user=user, page=page, sealed=sealed, saved_at=clock.now())


def open_draft(draft: FormDraft) -> Values:
    """Give what was typed; a draft whose key is gone is empty."""
    sealed = bytes(draft.sealed)
    try:
        key = _keyring().get(KEY, sealed[0])
        return [(name, value) for name, value in json.loads(unseal(key, sealed[1:], _place(draft.pk, sealed[0])))]
    except VaultError:
        return []


@transaction.atomic
def take_draft(*, user: User, page: str) -> Values:
    """Give back what someone typed on a page and forget it, because they sent it or threw it away."""
    draft = FormDraft.objects.filter(user=user, page=page).first()
    if draft is None:
        return []
    values = open_draft(draft)
    draft.delete()
    return values


@transaction.atomic
def forget_drafts(*, of: User | None = None, about: Iterable[UUID] = ()) -> None:
    """Forget what someone was typing, because they left; or what anyone was typing on pages about these rows."""
    if of is not None:
        FormDraft.objects.filter(user=of).delete()
    if rows := {str(row) for row in about}:
        pages = FormDraft.objects.values_list("pk", "page")
        FormDraft.objects.filter(pk__in=[pk for pk, page in pages if rows & set(page.split("/"))]).delete()


@transaction.atomic
def forget_old_drafts() -> int:
    """Delete what nobody came back for; the worker does it each night."""
    forgotten, _by_table = FormDraft.objects.filter(saved_at__lt=clock.now() - timedelta(days=DAYS_KEPT)).delete()
    return forgotten


def _keyring() -> Keyring:
    return Keyring(settings.RELAIS_KEYS_DIR)


def _place(row: UUID, version: int) -> Aad:
    return Aad("formdraft", row, "sealed", version)
