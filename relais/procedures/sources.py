"""A table in a file, Parquet, Arrow or CSV, read some rows at a time; what cannot be read is refused with the name of the file."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.ipc
import pyarrow.parquet

from relais.procedures.caseload import BLOCK, CaseloadError


class Unreadable(CaseloadError):
    """A file that could not be read this time, as when its disk or the network fails: it may be worth another try."""


@dataclass(slots=True)
class Source:
    """A file with a table in it, whatever its format; raises `CaseloadError`."""

    path: Path
    schema: pa.Schema = field(init=False)
    people: int | None = None

    def __post_init__(self) -> None:
        with refusals(self.path):
            if not self.path.is_file():
                raise CaseloadError("there is no such file; name a Parquet, Arrow or CSV file")
            readers = {".parquet": self._parquet, ".arrow": self._arrow, ".feather": self._arrow, ".csv": self._csv}
            if self.path.suffix not in readers:
                raise CaseloadError(
                    f"{self.path.suffix or 'no ending'} is no format known here; use {', '.join(readers)}"
                )
            readers[self.path.suffix]()
            if twice := sorted({name for name in self.names if self.names.count(name) > 1}):
                raise CaseloadError(f"column {twice[0]} is there twice; give each column a name of its own")

    def _parquet(self) -> None:
        with pa.parquet.ParquetFile(self.path) as file:
            self.schema, self.people = file.schema_arrow, file.metadata.num_rows

    def _arrow(self) -> None:
        with pa.memory_map(str(self.path)) as mapped:
            self.schema = pa.ipc.open_file(mapped).schema

    def _csv(self) -> None:
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            names = next(csv.reader(file), [])
        if not names:
            raise CaseloadError("there is nothing in it; begin with a row that names the columns")
        if len(names) == 1 and (mark := next((each for each in ";\t|" if each in names[0]), "")):
            raise CaseloadError(f"its columns are kept apart by {mark!r}; write the file again with commas")
        self.schema = pa.schema([(name, pa.string()) for name in names])

    @property
    def names(self) -> list[str]:
        """The names of the columns."""
        return list(self.schema.names)

    def _rows(self, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Give the columns asked for of a CSV file, as words."""
        kinds = {name: pa.string() for name in names}
        convert = pa.csv.ConvertOptions(
            include_columns=list(names), column_types=kinds, null_values=[""], strings_can_be_null=True
        )
        odd: list[Any] = []

        def note(row: Any) -> str:
            odd.append(row)
            return "skip"

        parse = pa.csv.ParseOptions(invalid_row_handler=note)
        reader = pa.csv.open_csv(self.path, pa.csv.ReadOptions(use_threads=False), parse, convert)
        for batch in reader:
            _refuse_odd(odd)
            yield batch
        _refuse_odd(odd)

    def batches(self, names: Sequence[str], *, codes: bool = True) -> Iterator[pa.RecordBatch]:
        """Give the columns asked for, some people at a time; words as codes, unless there may be as many as people."""
        if self.path.suffix == ".parquet":
            words = [each.name for each in self.schema if codes and pa.types.is_string(each.type)]
            with pa.parquet.ParquetFile(self.path, read_dictionary=words) as file:
                yield from file.iter_batches(batch_size=BLOCK, columns=list(names))
        elif self.path.suffix == ".csv":
            yield from self._rows(names)
        else:
            with pa.memory_map(str(self.path)) as mapped:
                file = pa.ipc.open_file(mapped)
                yield from (file.get_batch(place).select(names) for place in range(file.num_record_batches))


def _refuse_odd(rows: list[Any]) -> None:
    """Refuse a CSV file with a row too short or too long; what stands in it may name someone and is not said."""
    for row in rows:
        raise CaseloadError(
            f"row {row.number - 1}: {row.actual_columns} columns, the header has {row.expected_columns}; give each "
            "row as many, in quotes where there is a comma in it"
        )


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Name the file in what is refused, and refuse what cannot be read at all."""
    try:
        yield
    except CaseloadError as wrong:
        raise type(wrong)(f"{path.name}: {wrong}") from wrong
    except UnicodeDecodeError as broken:
        raise CaseloadError(f"{path.name}: its letters are not written as UTF-8; save it again as UTF-8") from broken
    except (pa.ArrowException, OSError) as broken:
        # Arrow quotes the row it could not read after the first colons: it may name someone.
        said = ": ".join(str(broken).splitlines()[0].split(": ")[:3])
        refused = Unreadable if isinstance(broken, OSError) else CaseloadError
        raise refused(f"{path.name}: cannot be read as {path.suffix[1:]} ({said}); write the file again") from broken
