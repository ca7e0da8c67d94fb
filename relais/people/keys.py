"""Opens what was sealed for a person: their key first, with the key of their organisation, then the value.

Only for `services`, `memory` and the tests: whoever shows an identity asks `services.reveal`, which keeps the lock and the
journal. Nothing opened here is ever written anywhere.
"""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from relais.kernel.refusals import Refusal
from relais.kernel.vault import Aad, Keyring, SealBroken, seal, unseal, unwrap
from relais.people.identities import Facts
from relais.people.models import Identity, Person, PersonKey

WRAPPED = ("person_id", "wrapped", "organisation_id_of_key", "version")
Stored = bytes | memoryview  # PostgreSQL hands out views of what it stores.


class Forgotten(Refusal):
    """The person was forgotten: their key is gone, and with it everything that was sealed under it."""

    def __init__(self) -> None:
        super().__init__(_("This person asked to be forgotten; nothing about who they are is left."))


def keyring() -> Keyring:
    """Give the keys of the organisations, from the directory the settings name."""
    return Keyring(settings.RELAIS_KEYS_DIR)


def place_of_key(person_id: UUID, version: int) -> Aad:
    """Say where the wrapped key of a person belongs."""
    return Aad("people.personkey", person_id, "wrapped", version)


def key_of(person: Person) -> bytes:
    """Open the key of one person."""
    keys = keys_of([person.pk])
    if person.pk not in keys:
        raise Forgotten
    return keys[person.pk]


def keys_of(people: Iterable[UUID]) -> dict[UUID, bytes]:
    """Open the keys of several people in one query; who was forgotten is not among them."""
    return _opened(PersonKey.objects.filter(person__in=list(people)).values_list(*WRAPPED))


def _opened(rows: Iterable[tuple[UUID, Stored, UUID, int]]) -> dict[UUID, bytes]:
    ring, above, opened = keyring(), {}, {}
    for person_id, wrapped, organisation_id, version in rows:
        kek = (organisation_id, version)
        if kek not in above:
            above[kek] = ring.get(organisation_id, version)
        opened[person_id] = unwrap(above[kek], bytes(wrapped), place_of_key(person_id, version))
    return opened


def facts_of(person: Person) -> Facts:
    """Open one identity, or say that it was forgotten."""
    found = facts_of_many([person.pk])
    if person.pk not in found:
        raise Forgotten
    return found[person.pk]


def facts_of_many(people: Iterable[UUID]) -> dict[UUID, Facts]:
    """Open several identities in one query; who was forgotten is not among them."""
    asked = PersonKey.objects.filter(person__in=list(people), person__identity__isnull=False)
    rows = list(asked.values_list(*WRAPPED, "person__identity__sealed"))
    keys = _opened(row[:-1] for row in rows)
    return {
        person_id: Facts.from_json(open_field(keys[person_id], "identity", person_id, "sealed", sealed))
        for person_id, *_wrapped, sealed in rows
    }


def facts_opened_with(key: bytes, person_id: UUID) -> Facts:
    """Open one identity whose key was opened already."""
    sealed = Identity.objects.values_list("sealed", flat=True).get(person=person_id)
    return Facts.from_json(open_field(key, "identity", person_id, "sealed", sealed))


def seal_field(key: bytes, table: str, row_id: UUID, field: str, value: bytes) -> bytes:
    """Seal one field of one row under a person's key, which has one version: it is destroyed, never changed."""
    return seal(key, value, Aad(f"people.{table}", row_id, field))


def open_field(key: bytes, table: str, row_id: UUID, field: str, sealed: Stored) -> bytes:
    """Open one field of one row."""
    return unseal(key, bytes(sealed), Aad(f"people.{table}", row_id, field))


def seal_for_organisation(organisation_id: UUID, row_id: UUID, value: bytes) -> bytes:
    """Seal words that belong to nobody yet: a message whose person we do not know."""
    version, key = keyring().create(organisation_id)
    return seal(key, value, Aad("people.message", row_id, "sealed", version))


def open_for_organisation(organisation_id: UUID, row_id: UUID, sealed: Stored) -> bytes:
    """Open words sealed for an organisation, under whichever of its keys was current then."""
    ring = keyring()
    for version in reversed(ring.versions(organisation_id)):
        try:
            return unseal(
                ring.get(organisation_id, version), bytes(sealed), Aad("people.message", row_id, "sealed", version)
            )
        except SealBroken:
            continue
    raise SealBroken("No key of this organisation opens the message.")
