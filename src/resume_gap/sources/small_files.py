"""Small text files with the same columns, copied to Parquet many at a time.

A statement that reads a text file is long, and planning it takes as long as reading ten thousand
rows. Exports by the hour are thousands of files with fewer.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import pyarrow.parquet as pq

from resume_gap.sources.drafts import Draft, forget_rejected

_SMALL: Final = 2**20
"""Bytes of a small file; a compressed one may hold this much times `_PACKED`."""
_PACKED: Final = 16
_USUAL_KEYS: Final = 20
"""Keys of a JSON object, which may lack all of them: with more, a file counts for more bytes."""
_MOST_BYTES: Final = 2**23
"""Bytes of the files that are read by one statement, at most."""
_MOST: Final = 100
"""Of these files at most."""
_COMPRESSION: Final = "snappy"


class SmallFiles:
    """Copies some files ahead of those who ask for them, in the order in which they are asked for.

    Args:
        drafts: All text files of a log, each with the Parquet file to write, in their order.
    """

    def __init__(self, drafts: Iterable[tuple[Draft, Path]]) -> None:
        self._rows: dict[Path, int] = {}
        self._waiting: defaultdict[object, deque[tuple[Draft, Path, int]]] = defaultdict(deque)
        for draft, target in drafts:
            size = _bytes_of(draft)
            if size is not None:
                self._waiting[_shape(draft)].append((draft, target, size))

    def copy(
        self,
        con: duckdb.DuckDBPyConnection,
        draft: Draft,
        before: str,
        kept: Collection[str] | None,
    ) -> int | None:
        """Copy a file, and others like it with it, unless that is done.

        Args:
            con: May read the files and write the folder of the Parquet files.
            draft: The file.
            before: What stands before its source in the statement, the same for files like it.
            kept: As of `Draft.source`.

        Returns:
            Its rows, none of which was rejected; None: it has to be copied alone.
        """
        if draft.path not in self._rows:
            some = self._next(draft)
            if len(some) > 1:
                self._rows |= _copied(con, some, before, kept) or {}
        return self._rows.pop(draft.path, None)

    def _next(self, draft: Draft) -> list[tuple[Draft, Path]]:
        """The file and those like it that follow, as many as are read by one statement."""
        waiting = self._waiting.get(_shape(draft), deque())
        while waiting and waiting[0][0].path != draft.path:
            waiting.popleft()  # nobody asked for it: an earlier run had read it
        some: list[tuple[Draft, Path]] = []
        total = 0
        while waiting and len(some) < _MOST and total + waiting[0][2] <= _MOST_BYTES:
            one, target, size = waiting.popleft()
            some.append((one, target))
            total += size
        return some


def _bytes_of(draft: Draft) -> int | None:
    """Bytes of a small file's text, about; None: it is none, or is not read as it lies."""
    if not draft.names or draft.layout == "bom":
        return None
    try:
        size = draft.path.stat().st_size
    except OSError:
        return None  # reading it says what is wrong
    size *= _PACKED if draft.file.compression else 1
    if draft.layout is not None:
        size = size * max(_USUAL_KEYS, len(draft.names)) // _USUAL_KEYS
    return size if size <= _SMALL else None


def _shape(draft: Draft) -> object:
    """What files have in common that one statement can read."""
    return draft.names, draft.dialect, draft.layout, draft.most, draft.file.compression


def _copied(
    con: duckdb.DuckDBPyConnection,
    some: Sequence[tuple[Draft, Path]],
    before: str,
    kept: Collection[str] | None,
) -> dict[Path, int] | None:
    """The rows of each file, whose Parquet file is there now; None: something is wrong in one."""
    first = some[0][0]
    paths = [draft.path for draft, _ in some]
    forget_rejected(con)
    try:
        rows = con.sql(f"{before}{first.source(kept, paths=paths)})").to_arrow_table()
        if first.dialect is not None and con.execute("from reject_errors limit 1").fetchone():
            return None
    except duckdb.InterruptException:
        raise
    except duckdb.Error:
        return None  # read alone, the file is known
    of_file = rows.column("file_index").to_numpy()
    if np.any(of_file[1:] < of_file[:-1]):
        return None
    rows = rows.drop_columns(["file_index"])
    ends = np.searchsorted(of_file, np.arange(len(some) + 1)).tolist()
    for (_, target), (low, high) in zip(some, pairwise(ends), strict=True):
        pq.write_table(rows.slice(low, high - low), target, compression=_COMPRESSION)
    return {path: high - low for path, (low, high) in zip(paths, pairwise(ends), strict=True)}
