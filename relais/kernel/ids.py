"""Identifiers that sort by time and can be made on a phone that is offline."""

from uuid import UUID

from uuid_utils import compat


def uuid7() -> UUID:
    """Give a new UUIDv7 (RFC 9562): 48 bits of time, 74 bits of chance."""
    return UUID(bytes=compat.uuid7().bytes)
