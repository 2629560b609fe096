"""Rows that repeat an event id: deliveries of one event, or a column that names something else.

Ids that come again are looked for by sorted hashes, one part of them at a time, after one reading
of the log; the exact rule reads the events of these only.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from resume_gap.constants import EVENT_ID_AGREES, ID_HASH_BYTES
from resume_gap.pipeline.batches import Shelf
from resume_gap.pipeline.memory import memory_bytes
from resume_gap.pipeline.queries import Runner
from resume_gap.results.common import Check
from resume_gap.settings import Settings
from resume_gap.units import rows_that

_ROW_BYTES = 16
"""Of a hash while its part is sorted: itself and its copy."""


class EventIds(NamedTuple):
    """What the event ids of a log are good for."""

    repeated: int
    """Rows that were dropped as repeating an id."""
    all_differ: bool
    """Whether every row has an id and every event an id of its own."""


def drop_repeated(
    runner: Runner,
    settings: Settings,
    columns: Mapping[str, str | None],
    read: int,
    checks: list[Check],
    *,
    spill: Path | None = None,
) -> EventIds:
    """Drop rows that repeat an event id.

    A column that is merely called like an event id and comes again with other content names
    something else (a save, a request); dropping by it would delete real events.

    Args:
        runner: Holds `log` and the view `events`, which is replaced where ids repeat.
        settings: The memory limit, and whether the column was asked for.
        columns: Event column to the file's column.
        read: Rows of `log`.
        checks: Receives what was found.
        spill: Where the hashes of a long log may be written; None: they stay in memory.
    """
    if not columns.get("event_id"):
        return EventIds(0, all_differ=False)
    again, rows = _hashes_again(runner, read, memory_bytes(settings.memory_limit), spill)
    everywhere = rows == read
    if not len(again):
        return EventIds(0, all_differ=everywhere)
    runner.store("repeated_hashes", pa.table({"id_hash": again}))
    runner.make("35_deliveries")
    repeated, other, ids, agreeing = map(int, runner.row("24_repeated_ids"))
    if not repeated:
        return EventIds(0, all_differ=everywhere)
    wrong = agreeing < EVENT_ID_AGREES.value * ids
    by_name = "event_id" not in settings.mapping
    if wrong and by_name:
        checks.append(
            Check(
                check="event_id_conflicts",
                severity="warn",
                count=other,
                share=other / read,
                action="not used to drop repetitions; --map event_id=COL insists",
                message=(
                    f"column {columns['event_id']} comes again with other content in "
                    f"{other:,} rows: it names something else than one event"
                ),
            )
        )
        return EventIds(0, all_differ=False)
    checks.append(
        Check(
            check="event_id_conflicts" if wrong else "repeated_event_ids",
            severity="warn" if wrong else "note",
            count=repeated,
            share=repeated / read,
            action="the earliest of each id was kept",
            message=rows_that(repeated, "repeat", "repeats")
            + " an event id"
            + (f", {other:,} of them with other content" if other else ""),
        )
    )
    runner.make("16_unrepeated")
    runner.rename_view("events", "all_events")
    runner.make("78_events", kind="view")
    return EventIds(repeated, all_differ=everywhere)


def _hashes_again(
    runner: Runner, read: int, memory: int, spill: Path | None
) -> tuple[NDArray[np.uint64], int]:
    """Hashes of event ids that more than one row has, ascending, and the rows that have an id."""
    many = 1 + _ROW_BYTES * read // min(memory // 4, int(ID_HASH_BYTES.value))
    parts = [str(part) for part in range(many)]
    shelf = Shelf(None if many == 1 else spill).empty()
    for batch in runner.read("34_id_hashes").to_arrow_reader():
        hashes = batch.column("id_hash").to_numpy()
        part_of = hashes % many
        for number, part in enumerate(parts):
            shelf.put({part: pa.table({"id_hash": hashes[part_of == number]})})
    found, rows = [], 0
    for part in parts:
        # Polars sorts hashes with all cores, for less than half of what NumPy takes.
        every = pl.Series(_joined(shelf, part)).sort().to_numpy()
        shelf.drop(part)
        found.append(np.unique(every[1:][every[1:] == every[:-1]]))
        rows += len(every)
    return np.sort(np.concatenate(found)), rows


def _joined(shelf: Shelf, part: str) -> NDArray[np.uint64]:
    """The hashes of one part, batch by batch, so that memory holds them once."""
    every = np.empty(sum(table.num_rows for table in shelf.batches(part)), dtype=np.uint64)
    begin = 0
    for table in shelf.batches(part):
        every[begin : begin + table.num_rows] = table.column("id_hash").to_numpy()
        begin += table.num_rows
    return every
