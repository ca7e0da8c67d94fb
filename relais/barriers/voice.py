"""Voice notes on barriers, sealed under the key of the organisation that heard them."""

from django.conf import settings

from relais.barriers.models import Barrier
from relais.kernel import vault

VERSION_BYTES = 4


def seal_voice(barrier: Barrier, field: str, sound: bytes) -> bytes:
    """Seal a recording; in front stands the version of the key, so that a newer key does not make it unreadable."""
    version, key = _keyring().create(barrier.organisation_id)
    return version.to_bytes(VERSION_BYTES, "big") + vault.seal(key, sound, _place(barrier, field, version))


def open_voice(barrier: Barrier, field: str) -> bytes:
    """Open a recording, or raise `SealBroken`."""
    sealed = bytes(getattr(barrier, field))
    version = int.from_bytes(sealed[:VERSION_BYTES], "big")
    key = _keyring().get(barrier.organisation_id, version)
    return vault.unseal(key, sealed[VERSION_BYTES:], _place(barrier, field, version))


def _keyring() -> vault.Keyring:
    return vault.Keyring(settings.RELAIS_KEYS_DIR)


def _place(barrier: Barrier, field: str, version: int) -> vault.Aad:
    return vault.Aad("barrier", barrier.pk, field, version)
