"""What the file of an index says instead of the id of a case, and the seal that tells a file of ours from any other.

A token is the id enciphered with a key of this site (AES; an id is one block), cut to 64 bits: without the key the file leads to
no case, and nobody can tell whether two files speak of the same people.
"""

import hashlib

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings

from relais.cases.index.columns import Array


def tokens_of(ids: list[str]) -> Array:
    """Give the token of each case, from ids as the database writes them, with or without dashes."""
    blocks = bytes.fromhex("".join(ids).replace("-", ""))
    # One block is enciphered by itself because each is met once and none follows from another.
    cipher = Cipher(algorithms.AES(_key(b"tokens")), modes.ECB()).encryptor()  # noqa: S305
    return np.frombuffer(cipher.update(blocks), dtype="<u8")[::2].astype(np.uint64)


def new_seal() -> hashlib.blake2b:
    """Give a digest under the key of this site, to be fed a file."""
    return hashlib.blake2b(key=_key(b"seal"), digest_size=32)


def _key(use: bytes) -> bytes:
    return hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"relais:" + use).digest()
