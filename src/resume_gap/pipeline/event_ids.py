"""Rows that repeat an event id: deliveries of one event, or a column that names something else.

Ids that come again are looked for among hashes, one part of them at a time, after one reading of
the log; the exact rule reads the events of these only.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from resume_gap.arrays import Ints
from resume_gap.compiled import pays
from resume_gap.constants import EVENT_ID_AGREES, ID_HASH_BYTES
from resume_gap.pipeline.batches import Shelf
from resume_gap.pipeline.loops import count_parts, find_again, put_parts
from resume_gap.pipeline.memory import memory_bytes
from resume_gap.pipeline.queries import Runner
from resume_gap.results.common import Check
from resume_gap.settings import Settings
from resume_gap.units import rows_that

_ROW_BYTES = 16
"""Of a hash while its part is looked through: as it was read, and as it was put to its bucket."""
_BUCKETS, _BUCKET_SHIFT = 256, 0
"""Of a part in memory, so that what a hash is looked up in stays in the processor's cache."""
_PART_SHIFT, _SLOT_SHIFT = 32, 8
"""Which bits of a hash say its part on disk, and its slot among those of its bucket."""


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
    shelf = Shelf(None if many == 1 else spill).empty()
    for batch in runner.read("34_id_hashes").to_arrow_reader():
        hashes = batch.column("id_hash").to_numpy().view(np.int64)
        if many == 1:
            shelf.put({"0": pa.table({"id_hash": hashes})})
            continue
        hashes, begin = _put_apart([hashes], many, _PART_SHIFT)
        for part, (low, high) in enumerate(pairwise(begin.tolist())):
            shelf.put({str(part): pa.table({"id_hash": hashes[low:high]})})
    found, rows = [], 0
    for name in shelf.names():
        every = [table.column("id_hash").to_numpy() for table in shelf.batches(name)]
        rows += sum(map(len, every))
        found.append(_again(every))
        shelf.drop(name)
    return np.sort(np.concatenate([np.zeros(0, dtype=np.uint64), *found])), rows


def _put_apart(parts: Sequence[Ints], many: int, shift: int) -> tuple[Ints, Ints]:
    """All hashes by part, and where each of the parts begins."""
    begin = np.zeros(many + 1, dtype=np.int64)
    for hashes in parts:
        count_parts(hashes, shift, begin[1:])
    np.cumsum(begin, out=begin)
    place = begin[:-1].copy()
    sorted_hashes = np.empty(int(begin[-1]), dtype=np.int64)
    for hashes in parts:
        put_parts(hashes, shift, place, sorted_hashes)
    return sorted_hashes, begin


def _again(parts: Sequence[Ints]) -> NDArray[np.uint64]:
    """The hashes that come more than once, each of them once."""
    if not pays(*parts):
        every = np.sort(np.concatenate(parts))
        return np.unique(every[1:][every[1:] == every[:-1]].view(np.uint64))
    hashes, begin = _put_apart(parts, _BUCKETS, _BUCKET_SHIFT)
    table = np.empty(4 * int(np.diff(begin).max(initial=0)) + 2, dtype=np.int64)
    again = find_again(hashes, begin, _SLOT_SHIFT, table)
    return np.unique(hashes[:again].view(np.uint64))
