"""The file of an index: a header that says what it is, the columns as they lie in memory, and a seal over both.

The file is mapped, so that the processes of one machine share it. It is only ever replaced as a whole, by renaming: whoever
mapped the one before keeps it until they let go. A file that is cut short, changed, of another site, of another layout or
about another procedure is as good as none.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from django.conf import settings
from django.core.files import locks

from relais.cases.index.columns import Array, Column, Columns
from relais.cases.index.reading import Mark
from relais.cases.index.tokens import new_seal

MAGIC = b"RELAIS1\n"
SEAL, LENGTH, STEP = 32, 8, 64


@dataclass(frozen=True, slots=True)
class Kept:
    """An index as it stood at a mark."""

    columns: Columns
    mark: Mark


def place(procedure: UUID) -> Path:
    """Say where the file of a procedure is."""
    return Path(settings.DATA) / "index" / f"{procedure}.columns"


def write(procedure: UUID, kept: Kept) -> Kept | None:
    """Replace the file of a procedure, and give the index as it is mapped from there; None if the disk refuses."""
    file = place(procedure)
    half = file.with_suffix(f".{os.getpid()}-{os.urandom(4).hex()}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with half.open("wb") as out:
            for part in _parts(procedure, kept):
                out.write(part)
        half.replace(file)
        return read(procedure, checked=False)
    except OSError:
        # The file only saves time: a disk that is full or not ours to write must not stop an answer.
        with suppress(OSError):
            half.unlink()
        return None


def read(procedure: UUID, *, checked: bool = True) -> Kept | None:
    """Map the file of a procedure; None when there is none or it cannot be trusted."""
    try:
        return _opened(procedure, np.memmap(place(procedure), dtype=np.uint8, mode="r"), checked=checked)
    except (OSError, ValueError):
        return None


def as_bytes(procedure: UUID, kept: Kept) -> bytes:
    """Write an index as its file would be, to be kept elsewhere."""
    return b"".join(_parts(procedure, kept))


def from_bytes(procedure: UUID, content: bytes | memoryview) -> Kept | None:
    """Read back what `as_bytes` wrote; None when it cannot be trusted."""
    return _opened(procedure, np.frombuffer(content, dtype=np.uint8), checked=True)


def drop(procedure: UUID) -> bool:
    """Delete the file of a procedure; say whether there was one."""
    there = place(procedure).exists()
    place(procedure).unlink(missing_ok=True)
    return there


@contextmanager
def alone(procedure: UUID) -> Iterator[None]:
    """Let one process of this machine at a time build a procedure; the others then find its file."""
    with ExitStack() as held:
        # Where nothing can be written there is no file to wait for either.
        with suppress(OSError):
            place(procedure).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = held.enter_context(place(procedure).with_suffix(".lock").open("wb"))
            locks.lock(lock, locks.LOCK_EX)
        yield


def _parts(procedure: UUID, kept: Kept) -> Iterator[Any]:
    arrays = kept.columns.arrays()
    header = {
        "procedure": str(procedure),
        "lanes": kept.mark.lanes,
        "migration": kept.mark.migration,
        "values": {name: column.values for name, column in kept.columns.answers.items()},
        "arrays": {name: [array.dtype.str, array.shape] for name, array in arrays.items()},
    }
    text = json.dumps(header).encode()
    text += b" " * (-(len(MAGIC) + SEAL + LENGTH + len(text)) % STEP)
    body: list[Any] = [len(text).to_bytes(LENGTH, "little"), text]
    for array in arrays.values():
        body += [np.ascontiguousarray(array).reshape(-1).view(np.uint8).data, bytes(-array.nbytes % STEP)]
    seal = new_seal()
    for part in body:
        seal.update(part)
    yield from (MAGIC, seal.digest(), *body)


def _seal(data: Array) -> bytes:
    seal = new_seal()
    seal.update(data[len(MAGIC) + SEAL :].data)
    return seal.digest()


def _opened(procedure: UUID, data: Array, *, checked: bool) -> Kept | None:
    try:
        if bytes(data[: len(MAGIC)]) != MAGIC or (
            checked and _seal(data) != bytes(data[len(MAGIC) : len(MAGIC) + SEAL])
        ):
            return None
        return _unpacked(procedure, data)
    except (ValueError, KeyError, TypeError):
        return None


def _unpacked(procedure: UUID, data: Array) -> Kept | None:
    start = len(MAGIC) + SEAL
    length = int.from_bytes(bytes(data[start : start + LENGTH]), "little")
    header = json.loads(bytes(data[start + LENGTH : start + LENGTH + length]))
    if header["procedure"] != str(procedure):
        return None
    at, arrays = start + LENGTH + length, {}
    for name, (dtype, shape) in header["arrays"].items():
        size = int(np.prod(shape, dtype=np.int64)) * np.dtype(dtype).itemsize
        arrays[name] = data[at : at + size].view(dtype).reshape(shape)
        at += size + -size % STEP
    answers = {name: Column(arrays[name], tuple(values)) for name, values in header["values"].items()}
    lanes = {lane: (number, hash) for lane, (number, hash) in header["lanes"].items()}
    return Kept(Columns(arrays["tokens"], arrays["held"], answers), Mark(lanes, header["migration"]))
