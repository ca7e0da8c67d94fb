"""A caseload and a procedure as files: what `relais replay`, `simplify` and `burden` read, and what others may write.

**A caseload** is one table, one row a person, as Parquet (`.parquet`), Arrow IPC (`.arrow`, `.feather`) or CSV (`.csv`):

- one column of small whole numbers for each kind of evidence, named by its key: 0 not known, 1 held, 2 cannot be got; empty
  (null) is 0 too;
- any column conditions read or people are grouped by, named by its key: words (plain or dictionary) or whole numbers of at
  least 0; true and false are `yes` and `no`; empty is not known;
- if you like, a column `person` with an identifier. It is looked at for people who stand in two rows, and never kept.

Which columns are evidence, a procedure says (`Columns.of`). Without one, the file does: `write_caseload` notes it, and else
columns of one byte (int8, uint8) are evidence and wider ones are numbers. A CSV file needs a procedure, or `Columns`.

A file is read block by block into bits, so ten million people need little more memory than their bits:

>>> import tempfile
>>> from relais.procedures.caseload import Caseload, Codes
>>> people = Caseload.of({"passport": [1, 0, 2]}, {"sex": Codes.of(["female", None, "male"])})
>>> path = Path(tempfile.mkdtemp()) / "people.parquet"
>>> write_caseload(people, path)
>>> same = read_caseload(path)
>>> len(same), same.groups("sex").keys() == people.groups("sex").keys()
(3, True)

**A procedure** is a TOML file (`toml.py` says what it holds), or the same tables and keys as JSON (`.json`), where a day is
text, `"2024-03-01"`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.ipc
import pyarrow.parquet

from relais.procedures import json as json_file
from relais.procedures import toml
from relais.procedures.caseload import BLOCK, WORD, Attribute, Bits, Caseload, CaseloadError, Numbers, Values, unpack
from relais.procedures.experience import NOTED, OUTCOME, SCALE, Outcome
from relais.procedures.gather import NUMBERS, even, gather
from relais.procedures.sources import Source, refusals
from relais.procedures.terms import Version
from relais.procedures.twice import PERSON, once
from relais.procedures.written import WrittenProcedure

NOTE = b"relais"
"""The key under which a Parquet or Arrow file says which of its columns are evidence."""

Progress = Callable[[int, int | None], None]
"""Told, now and then, how many people are read, and of how many (None: not known yet)."""


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Which columns to read: those of evidence, and the attributes with the words each may hold.

    An attribute with `NUMBERS` holds numbers, one with None is what its column says. Evidence in `spare` is read if it has a column,
    and missed by nobody if it has none: no requirement asks for it.
    """

    evidence: tuple[str, ...]
    spare: frozenset[str] = frozenset()
    attributes: Mapping[str, Collection[str] | None] = field(default_factory=dict)

    @classmethod
    def of(
        cls, versions: Iterable[Version], by: Iterable[str] = (), written: WrittenProcedure | None = None
    ) -> Columns:
        """Name what these versions ask about and what people are grouped by; a written procedure says which words there are."""
        versions = list(versions)
        evidence = dict.fromkeys(key for version in versions for key in version.evidence)
        clauses = [clause for version in versions for _, each in version.asked() for clause in each.condition]
        found: dict[str, Collection[str] | None] = dict.fromkeys(by)
        found |= {clause.attribute: NUMBERS if clause.is_numeric else None for clause in clauses}
        known = {each.key: frozenset(each.values) for each in written.attributes} if written else {}
        asked = {key for version in versions for _, each in version.asked() for ways in each.lists for key in ways}
        return cls(
            evidence=tuple(evidence),
            spare=frozenset(evidence) - asked,
            attributes={name: known.get(name, kind) for name, kind in found.items()},
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all of them, each once."""
        return tuple(dict.fromkeys([*self.evidence, *self.attributes]))

    def present(self, names: Collection[str], not_asked: Collection[str] = ()) -> Columns:
        """Leave out what has no column, if it may be missing; raises `CaseloadError` if it may not."""
        for key in self.evidence:
            if key not in names and key not in not_asked and key not in self.spare:
                close = get_close_matches(key, [name for name in names if name not in self.evidence], 1)
                meant = f"did you mean {close[0]!r}?" if close else "add it, 0 where it is not known."
                raise CaseloadError(
                    f"column {key} is missing; {meant} If nobody was asked about it yet, say --not-asked {key}"
                )
        return Columns(
            evidence=tuple(key for key in self.evidence if key in names),
            attributes={name: values for name, values in self.attributes.items() if name in names},
        )


def read_procedure(path: str | Path) -> WrittenProcedure:
    """Read a procedure from a TOML or a JSON file; raises `toml.Faulty` with every fault and its line."""
    path = Path(path)
    text = toml.text_of(path.read_bytes(), path.name)
    return (json_file if path.suffix == ".json" else toml).read(text, path.name)


def read_caseload(
    path: str | Path,
    columns: Columns | None = None,
    *,
    not_asked: Collection[str] = (),
    person: str | None = None,
    checked: bool = False,
    progress: Progress | None = None,
) -> Caseload:
    """Read a caseload from a file, block by block.

    Evidence in `not_asked` may have no column: nobody was asked about it yet, so it is not known of anyone. An attribute
    without a column is not known of anyone either (`rules.warnings` and `replay.lacking` say so); a grouping is refused when it is used.
    Someone in two rows is refused too (`twice.once`), unless the people were `checked` before. Raises `CaseloadError` naming the file, the column, the row and the remedy.
    """
    source = Source(Path(path))
    with refusals(source.path):
        columns = (columns or own_columns(source, person)).present(source.names, not_asked)
    if not checked:
        once([path], person, columns.names)
    with refusals(source.path):
        tables = _watched(source, [*columns.names] or source.names[:1], progress)
        return gather(tables, columns.evidence, columns.attributes)


def read_experience(path: str | Path, by: Iterable[str] = ()) -> Caseload:
    """Read what people went through (`experience.py` says in which columns), to be grouped by other columns of the file.

    Raises `CaseloadError` naming the file, the column, the row and the remedy.
    """
    names = columns_in(path)
    kinds: dict[str, Collection[str] | None] = {OUTCOME: frozenset(Outcome)} | dict.fromkeys((*NOTED, *SCALE), NUMBERS)
    found = {str(name): kind for name, kind in kinds.items() if name in names}
    if not found:
        raise CaseloadError(
            f"{Path(path).name}: none of its columns is noted here; use any of {', '.join(map(str, kinds))}"
        )
    return read_caseload(path, Columns(evidence=(), attributes=dict.fromkeys(by) | found))


def columns_in(path: str | Path) -> list[str]:
    """Name the columns of a file, without reading its people; raises `CaseloadError`."""
    return Source(Path(path)).names


def write_caseload(caseload: Caseload, path: str | Path) -> None:
    """Write a caseload to a Parquet, Arrow or CSV file, block by block."""
    path = Path(path)
    note = json.dumps({"format": 1, "evidence": [*caseload.held]}).encode()
    kinds = [(key, pa.int8()) for key in caseload.held]
    for name, attribute in caseload.attributes.items():
        words = pa.dictionary(pa.int16(), pa.string())
        kinds.append((name, pa.int32() if isinstance(attribute, Numbers) else words))
    schema = pa.schema(kinds, {NOTE: note})
    with _writer(path, schema) as writer:
        for start in range(0, max(1, len(caseload)), BLOCK):
            writer.write_table(_table(caseload, slice(start, min(start + BLOCK, len(caseload))), schema))


def own_columns(source: Source, person: str | None = None) -> Columns:
    """Say what a file itself says its columns are."""
    if source.path.suffix == ".csv":
        raise CaseloadError("a CSV file does not say which columns are evidence; name a procedure, or use Parquet")
    note = json.loads((source.schema.metadata or {}).get(NOTE, b"{}"))
    small = [each.name for each in source.schema if each.type in (pa.int8(), pa.uint8())]
    evidence = note.get("evidence", small)
    others = [name for name in source.names if name not in evidence and name != (person or PERSON)]
    return Columns(evidence=tuple(evidence), attributes=dict.fromkeys(others))


def _watched(source: Source, names: Sequence[str], progress: Progress | None) -> Iterator[pa.Table]:
    """Give the table block by block, and say how far it is."""
    people = 0
    schema = pa.schema([source.schema.field(name) for name in names])
    for table in even(source.batches(names), schema):
        yield table
        people += len(table)
        if progress:
            progress(people, source.people)


@contextmanager
def _writer(path: Path, schema: pa.Schema) -> Iterator[Any]:
    """Open a file for a table of this schema."""
    if path.suffix == ".parquet":
        with pa.parquet.ParquetWriter(path, schema) as writer:
            yield writer
    elif path.suffix in (".arrow", ".feather"):
        options = pa.ipc.IpcWriteOptions(unify_dictionaries=True)
        with pa.ipc.new_file(path, schema, options=options) as writer:
            yield writer
    elif path.suffix == ".csv":
        plain = pa.schema(
            [(each.name, pa.string() if pa.types.is_dictionary(each.type) else each.type) for each in schema]
        )
        with pa.csv.CSVWriter(path, plain) as writer:
            yield _Plain(writer, plain)
    else:
        raise CaseloadError(
            f"{path.name}: {path.suffix or 'no ending'} is no format known here; use .parquet, .arrow or .csv"
        )


@dataclass(frozen=True, slots=True)
class _Plain:
    """Writes words as words where a format knows no dictionaries."""

    writer: Any
    schema: pa.Schema

    def write_table(self, table: pa.Table) -> None:
        """Write a part of a table."""
        self.writer.write_table(table.cast(self.schema))


def _table(caseload: Caseload, part: slice, schema: pa.Schema) -> pa.Table:
    """Give some people of a caseload as a table; `part` begins at a whole word."""
    columns = [
        pa.array(_unpacked(truths.true, part) + 2 * _unpacked(truths.false, part), pa.int8())
        for truths in caseload.held.values()
    ]
    for attribute in caseload.attributes.values():
        raw = _raw(attribute, part)
        values = pa.array(raw, pa.int32() if isinstance(attribute, Numbers) else pa.int16(), mask=raw < 0)
        if not isinstance(attribute, Numbers):
            values = pa.DictionaryArray.from_arrays(values, pa.array(attribute.labels, pa.string()))
        columns.append(values)
    return pa.Table.from_arrays(columns, schema=schema)


def _raw(attribute: Attribute, part: slice) -> Any:
    """Give the values or codes of an attribute for some people, -1 where it is not known."""
    if isinstance(attribute, Values):
        codes = np.full(part.stop - part.start, -1, dtype=np.int16)
        for code, row in enumerate(attribute.rows):
            codes[_unpacked(row, part) > 0] = code
        return codes
    return (attribute.values if isinstance(attribute, Numbers) else attribute.codes)[part]


def _unpacked(bits: Bits, part: slice) -> Any:
    """Turn bits into one small number a person."""
    return unpack(bits[part.start // WORD : -(-part.stop // WORD)], part.stop - part.start).astype(np.int8)


__all__ = ["NUMBERS", "Columns", "columns_in", "read_caseload", "read_experience", "read_procedure", "write_caseload"]
