"""What the passes leave for later steps in arrays: tables that grow batch by batch.

On disk every batch of a table is one Arrow file, mapped when it is read again, so that memory
stays bounded whatever the size of the log.
"""

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

import pyarrow as pa

RELATIONS = ("bursts", "touches", "moments")
"""What the replay reads; every batch holds the same whole streams in all three."""


class Shelf:
    """Tables by name, each in batches, in the order in which they were put there.

    Args:
        folder: Where files may be written; None keeps the batches in memory, for small logs.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._held: defaultdict[str, list[pa.Table]] = defaultdict(list)
        self._files: Counter[str] = Counter()

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
            path = str(self._path(self._folder, name, self._files[name]))
            with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
                writer.write_table(table)
            self._files[name] += 1

    def drop(self, name: str) -> None:
        """Forget a table, and delete its files; batches that are in use stay whole."""
        self._held.pop(name, None)
        for number in range(self._files.pop(name, 0)):
            if self._folder is not None:
                self._path(self._folder, name, number).unlink()

    def __iter__(self) -> Iterator[dict[str, pa.Table]]:
        """The batches of `RELATIONS`, side by side."""
        for tables in zip(*map(self.batches, RELATIONS), strict=True):
            yield dict(zip(RELATIONS, tables, strict=True))

    def batches(self, name: str) -> Iterator[pa.Table]:
        """The batches of one table; none of a name that was never put here."""
        if self._folder is None:
            yield from self._held[name]
            return
        for number in range(self._files[name]):
            with pa.memory_map(str(self._path(self._folder, name, number))) as source:
                yield pa.ipc.open_file(source).read_all()

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """All batches of a table as one, without a copy.

        Args:
            name: Of the table; there is a batch of it.
            columns: Only these.
        """
        return pa.concat_tables(
            batch if columns is None else batch.select(columns) for batch in self.batches(name)
        )

    @staticmethod
    def _path(folder: Path, name: str, number: int) -> Path:
        return folder / f"{name}-{number}.arrow"
