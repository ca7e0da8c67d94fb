"""What of a barrier never leaves its organisation: voices, and words as they were told before anyone reworded them.

Sealed under the key of the person concerned, so that it is forgotten with them, or of the organisation when there is no
case. A number in front says which key: 0 is the person's, any other the version of the organisation's, so that a newer
key does not make what is older unreadable.
"""

from django.conf import settings

from relais.barriers.models import Barrier
from relais.kernel import vault
from relais.people.keys import key_of

VERSION_BYTES = 4
OF_THE_PERSON = 0


def seal(barrier: Barrier, field: str, plain: bytes) -> bytes:
    """Seal what goes in one field of a barrier."""
    if barrier.case_id:
        version, key = OF_THE_PERSON, key_of(barrier.case.person)
    else:
        version, key = _keyring().create(barrier.organisation_id)
    return version.to_bytes(VERSION_BYTES, "big") + vault.seal(key, plain, _place(barrier, field, version))


def unseal(barrier: Barrier, field: str) -> bytes:
    """Open what one field holds; raise `people.keys.Forgotten` when the person it belongs to was forgotten."""
    sealed = bytes(getattr(barrier, field))
    version = int.from_bytes(sealed[:VERSION_BYTES], "big")
    of_the_person = version == OF_THE_PERSON
    key = key_of(barrier.case.person) if of_the_person else _keyring().get(barrier.organisation_id, version)
    return vault.unseal(key, sealed[VERSION_BYTES:], _place(barrier, field, version))


def _keyring() -> vault.Keyring:
    return vault.Keyring(settings.RELAIS_KEYS_DIR)


def _place(barrier: Barrier, field: str, version: int) -> vault.Aad:
    return vault.Aad("barriers.barrier", barrier.pk, field, version)
