"""The vault: what must not be read from a stolen disk is sealed here, with AES-256-GCM and nothing home-made.

Three kinds of key, each opening the next. An organisation's key lives in a file outside the database (`Keyring`). It wraps
one key per person, kept in the database. That key seals the person's fields. Destroying a person's key therefore erases
them from every table and every backup of the database, and moving an organisation to a new key re-wraps short keys only.

A sealed value is bound to its place by an `Aad` (table, row, field, key version): copied to another row it does not open.

    byte 0        format, today 1
    bytes 1-12    nonce, random; a key seals far fewer than the 2**32 values at which random nonces become unsafe
    bytes 13-     ciphertext, then the 16 bytes of the tag (NIST SP 800-38D)
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = 1
FORGOTTEN = "forgotten"
KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16


class VaultError(Exception):
    """Something the vault holds cannot be opened; the message never holds a key or a plain text."""


class SealBroken(VaultError):
    """The value was altered, moved to another place, or sealed with another key."""


class KeyMissing(VaultError):
    """The file of an organisation's key is not where it should be."""


@dataclass(frozen=True, slots=True)
class Aad:
    """The one place where a sealed value belongs.

    >>> Aad("person", "0192", "identity", 3).as_bytes()
    b'person|0192|identity|3'
    """

    table: str
    row_id: UUID | str
    field: str
    key_version: int = 1

    def as_bytes(self) -> bytes:
        """Give the text that is authenticated beside the value; a bar inside a part would make two places look alike."""
        parts = (self.table, str(self.row_id), self.field, str(self.key_version))
        if any("|" in part for part in parts):
            raise ValueError("A place in the vault may not hold the separator '|'.")
        return "|".join(parts).encode()


def new_key() -> bytes:
    """Draw a new 256-bit key."""
    return secrets.token_bytes(KEY_BYTES)


def seal(key: bytes, plaintext: bytes, aad: Aad) -> bytes:
    """Encrypt a value for one place.

    >>> key = new_key()
    >>> unseal(key, seal(key, b"Gulnora", Aad("person", "0192", "identity")), Aad("person", "0192", "identity"))
    b'Gulnora'
    """
    nonce = secrets.token_bytes(NONCE_BYTES)
    return bytes([FORMAT]) + nonce + _cipher(key).encrypt(nonce, plaintext, _bound(aad))


def unseal(key: bytes, sealed: bytes, aad: Aad) -> bytes:
    """Decrypt a value that was sealed for this place, or raise `SealBroken`."""
    if len(sealed) < 1 + NONCE_BYTES + TAG_BYTES:
        raise SealBroken("The sealed value is cut short.")
    if sealed[0] != FORMAT:
        raise SealBroken(f"The sealed value has format {sealed[0]}, which this version of Relais does not read.")
    nonce, ciphertext = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return _cipher(key).decrypt(nonce, ciphertext, _bound(aad))
    except InvalidTag as error:
        raise SealBroken(f"The value sealed in {aad.table}.{aad.field} does not open with this key.") from error


def wrap(kek: bytes, key: bytes, aad: Aad) -> bytes:
    """Seal a key with the key above it."""
    _check(key)
    return seal(kek, key, aad)


def unwrap(kek: bytes, wrapped: bytes, aad: Aad) -> bytes:
    """Open a key that was wrapped with the key above it, or raise `SealBroken`."""
    return _check(unseal(kek, wrapped, aad))


class Keyring:
    """Organisations' keys: one file per organisation and version, in a directory that is not on the database's disk.

    A key file is written whole or not at all, and never replaced: what was sealed with version 2 still opens after
    version 3 exists. Losing this directory loses every identity, so it is backed up apart from the database.
    """

    def __init__(self, directory: Path | str) -> None:
        self.directory = Path(directory)

    def create(self, organisation_id: UUID) -> tuple[int, bytes]:
        """Give the organisation's current key, making its first one if it has none."""
        if not self.versions(organisation_id):
            with suppress(FileExistsError):  # Another process made it between the look and the leap; theirs is as good.
                self._write(organisation_id, 1)
        return self.current(organisation_id)

    def rotate(self, organisation_id: UUID) -> tuple[int, bytes]:
        """Make the next key of the organisation; the caller re-wraps what the older ones wrapped."""
        version, _key = self.current(organisation_id)
        while True:
            version += 1
            with suppress(FileExistsError):
                return version, self._write(organisation_id, version)

    def current(self, organisation_id: UUID) -> tuple[int, bytes]:
        """Give the newest key and its version, or raise `KeyMissing`."""
        versions = self.versions(organisation_id)
        if not versions:
            raise KeyMissing(
                f"Organisation {organisation_id} has no key in {self.directory}. Restore the key directory from its "
                f"backup, or set RELAIS_KEYS_DIR to where it is."
            )
        return versions[-1], self.get(organisation_id, versions[-1])

    def get(self, organisation_id: UUID, version: int) -> bytes:
        """Give one version of the organisation's key, or raise `KeyMissing`."""
        path = self._path(organisation_id, version)
        try:
            return _check(bytes.fromhex(path.read_text("ascii")))
        except FileNotFoundError as error:
            raise KeyMissing(f"The key file {path} is missing. Restore it from the backup of the keys.") from error
        except ValueError as error:  # Also a UnicodeDecodeError; the message says which file, never what is in it.
            raise VaultError(f"The key file {path} is damaged. Restore it from the backup of the keys.") from error

    def versions(self, organisation_id: UUID) -> list[int]:
        """List the versions this organisation has, oldest first."""
        return sorted(self._versions(organisation_id))

    def forget(self, row_id: UUID) -> None:
        """Note, beside the keys and for ever, that the key of this row was destroyed on purpose.

        An older backup of the database still holds that key, wrapped; a restore asks this list, which is not in any backup of the
        database, and destroys it again.
        """
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.directory / FORGOTTEN, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, f"{UUID(str(row_id))}\n".encode())  # one short line at once: writers do not mix
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        _sync(self.directory)

    def forgotten(self) -> set[UUID]:
        """Give the rows whose key was destroyed on purpose."""
        try:
            lines = (self.directory / FORGOTTEN).read_text("ascii").split()
        except FileNotFoundError:
            return set()
        return {UUID(line) for line in lines}

    def _versions(self, organisation_id: UUID) -> Iterator[int]:
        for path in self._home(organisation_id).glob("*.key"):
            if path.stem.isdecimal():
                yield int(path.stem)

    def _home(self, organisation_id: UUID) -> Path:
        return self.directory / str(UUID(str(organisation_id)))  # Anything but a UUID could climb out of the directory.

    def _path(self, organisation_id: UUID, version: int) -> Path:
        return self._home(organisation_id) / f"{version:04d}.key"

    def _write(self, organisation_id: UUID, version: int) -> bytes:
        """Write a new key so that a reader sees all of it or none of it, even after a power cut."""
        path, key = self._path(organisation_id, version), new_key()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f".{secrets.token_hex(8)}.draft")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(key.hex() + "\n")
                file.flush()
                os.fsync(file.fileno())
            os.link(draft, path)  # Unlike a rename, a link refuses to replace a key that is already there.
        finally:
            draft.unlink()
        _sync(path.parent)
        return key


def _cipher(key: bytes) -> AESGCM:
    return AESGCM(_check(key))


def _check(key: bytes) -> bytes:
    if len(key) != KEY_BYTES:
        raise ValueError(f"A key of the vault has {KEY_BYTES} bytes.")
    return key


def _bound(aad: Aad) -> bytes:
    """Authenticate the format too, so that nobody can make a value look as if it were of another one."""
    return bytes([FORMAT]) + aad.as_bytes()


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
