"""What the heavy pass leaves for the light part in arrays: bursts, touches, moments by batch.

Every batch holds whole streams. On disk it is one Arrow file, mapped when it is read again, so
that memory stays bounded whatever the size of the log.
"""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

RELATIONS = ("bursts", "touches", "moments")


class Shelf:
    """Batches in the order in which they were put there.

    Args:
        folder: Where files may be written; None keeps the batches in memory, for small logs.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._held: list[dict[str, pa.Table]] = []
        self._files = 0

    def put(self, tables: dict[str, pa.Table]) -> None:
        """Keep one batch: a table for every name in `RELATIONS`."""
        if self._folder is None:
            self._held.append(tables)
            return
        for name in RELATIONS:
            table = tables[name]
            path = str(self._path(self._files, name))
            with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
                writer.write_table(table)
        self._files += 1

    def __iter__(self) -> Iterator[dict[str, pa.Table]]:
        yield from self._held
        for number in range(self._files):
            yield {name: self._read(number, name) for name in RELATIONS}

    def _read(self, number: int, name: str) -> pa.Table:
        with pa.memory_map(str(self._path(number, name))) as source:
            return pa.ipc.open_file(source).read_all()

    def _path(self, number: int, name: str) -> Path:
        if self._folder is None:
            raise AssertionError("a shelf in memory has no files")
        return self._folder / f"{name}-{number}.arrow"
