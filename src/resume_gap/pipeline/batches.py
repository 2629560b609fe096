"""What the passes leave for later steps in arrays: tables that grow batch by batch.

On disk a table is an Arrow stream, read from the mapped file: no copy is made. Of whole batches,
which are read one after the other, and of single columns only what is in use takes memory, so that
it stays bounded whatever the size of the log.
"""

import mmap
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import pyarrow as pa

from resume_gap.arrays import one_array

RELATIONS = ("bursts", "touches", "moments")
"""What the replay reads; every batch holds the same whole streams in all three."""
ReadBursts = Callable[[Sequence[str]], Iterator[pa.Table]]
"""Reads these columns of all bursts, whole streams at a time, in their order."""
_GIVE_BACK_AFTER = 32_000_000
"""Bytes of mapped files that are read before their pages are given back.

That is costly, as all cores have to forget where the pages were.
"""
_ENTRY = 8
"""Bytes of most entries."""


class Shelf:
    """Tables by name, each in batches, in the order in which they were put there.

    All batches of a table have the same columns of the same types.

    Args:
        folder: Where files may be written; None keeps the batches in memory, for small logs.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._held: defaultdict[str, list[pa.Table]] = defaultdict(list)
        self._files: defaultdict[str, list[Path]] = defaultdict(list)
        self._writers: dict[str, _Writer] = {}
        self._known: dict[Path, _Mapped] = {}
        self._read = 0
        """Bytes of columns that were asked for since pages were given back, about."""

    def empty(self) -> Self:
        """Another one for tables of other steps, in memory or on disk as this one is."""
        if self._folder is None:
            return type(self)(None)
        return type(self)(Path(tempfile.mkdtemp(prefix="shelf-", dir=self._folder)))

    def put(self, tables: Mapping[str, pa.Table]) -> None:
        """Keep one more batch of every table that is named."""
        for name, table in tables.items():
            if self._folder is None:
                self._held[name].append(table)
                continue
            if name not in self._writers:
                path = self._folder / f"{name}-{len(self._files[name])}.arrow"
                self._writers[name] = _Writer(path, table.schema)
                self._files[name].append(path)
            self._writers[name].write(table)

    def names(self) -> tuple[str, ...]:
        """The tables that have a batch, in the order in which they came."""
        return tuple(self._held if self._folder is None else self._files)

    def drop(self, name: str) -> None:
        """Forget a table, and delete its files; batches that are in use stay whole."""
        self._held.pop(name, None)
        for path in self._written(name):
            self._known.pop(path, None)
            path.unlink()
        self._files.pop(name, None)

    def __iter__(self) -> Iterator[dict[str, pa.Table]]:
        """The batches of `RELATIONS`, side by side."""
        for tables in zip(*map(self.batches, RELATIONS), strict=True):
            yield dict(zip(RELATIONS, tables, strict=True))

    def batches(self, name: str, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """The batches of one table; none of a name that was never put here.

        Args:
            name: Of the table.
            columns: Only these.
        """
        if self._folder is None:
            held = self._held[name]
            yield from held if columns is None else (table.select(columns) for table in held)
            return
        if columns is not None:
            for path in self._written(name):
                yield from (pa.Table.from_batches([b]) for b in _mapped(path, columns).to_batches())
            return
        for path in self._written(name):
            yield from _in_turn(path)

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """All batches of a table as one, a chunk for each, without a copy.

        Args:
            name: Of the table; there is a batch of it.
            columns: Only these.
        """
        if self._folder is None:
            held = self._held[name]
            return pa.concat_tables(held if columns is None else [t.select(columns) for t in held])
        for path in self._written(name):
            if path not in self._known:
                self._known[path] = _Mapped(path)
        found = [self._known[path].table for path in self._files[name]]
        asked = found if columns is None else [table.select(columns) for table in found]
        if self._read > _GIVE_BACK_AFTER:
            for mapped in self._known.values():
                mapped.give_back()
            self._read = 0
        self._read += sum(table.num_rows * table.num_columns for table in asked) * _ENTRY
        return pa.concat_tables(asked)

    def _written(self, name: str) -> list[Path]:
        """The files of a table, with all that was put there."""
        if (writer := self._writers.pop(name, None)) is not None:
            writer.close()
        return self._files[name]


class _Writer:
    """An Arrow stream that is being written."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        with ExitStack() as stack:
            sink = stack.enter_context(pa.OSFile(str(path), "wb"))
            self._stream = stack.enter_context(pa.ipc.new_stream(sink, schema))
            self._open = stack.pop_all()

    def write(self, table: pa.Table) -> None:
        """One batch, also of no rows."""
        columns = [one_array(column) for column in table.columns]
        self._stream.write_batch(pa.RecordBatch.from_arrays(columns, schema=table.schema))

    def close(self) -> None:
        """Finish the file."""
        self._open.close()


class _Mapped:
    """A whole stream of which columns are asked for again and again; each is found at once.

    Attributes:
        table: All of it; what was read takes memory until `give_back`.
    """

    def __init__(self, path: Path) -> None:
        self._file = _file(path)
        with pa.ipc.open_stream(pa.py_buffer(self._file)) as reader:
            self.table = reader.read_all()

    def give_back(self) -> None:
        """Take no memory; who still uses the table gets its pages again from the file's."""
        if hasattr(self._file, "madvise"):
            self._file.madvise(mmap.MADV_DONTNEED)


def _file(path: Path) -> mmap.mmap:
    """A file, mapped."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _in_turn(path: Path) -> Iterator[pa.Table]:
    """The batches of a stream, one after the other."""
    mapped = _file(path)
    source = pa.BufferReader(pa.py_buffer(mapped))
    given_back = 0
    with pa.ipc.open_stream(source) as reader:
        for batch in reader:
            yield pa.Table.from_batches([batch])
            done = source.tell() // mmap.PAGESIZE * mmap.PAGESIZE
            if done - given_back >= _GIVE_BACK_AFTER and hasattr(mapped, "madvise"):
                # Who still uses an earlier batch gets its pages again from the file's.
                mapped.madvise(mmap.MADV_DONTNEED, 0, done)
                given_back = done


def _mapped(path: Path, columns: Sequence[str]) -> pa.Table:
    """Some columns of a whole stream, of which only what is used takes memory.

    Of many batches, even the columns that nobody asks for take time to find.
    """
    with pa.memory_map(str(path)) as source:
        with pa.ipc.open_stream(source) as reader:
            asked = [reader.schema.get_field_index(name) for name in columns]
        source.seek(0)
        options = pa.ipc.IpcReadOptions(included_fields=asked)
        with pa.ipc.open_stream(source, options=options) as reader:
            return reader.read_all().select(columns)
