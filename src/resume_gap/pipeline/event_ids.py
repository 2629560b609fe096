"""Rows that repeat an event id: deliveries of one event, or a column that names something else.

Ids that come again are looked for among hashes, one part of them at a time, after one reading of
the log; then whether their content comes again, too. Deliveries of one event are rows of one
stream, so the pass drops them where it has the stream's rows (`deliveries.py`). Only the events of
ids that come with other content are compared by the exact rule, in the database.
"""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
import pyarrow as pa

from resume_gap.arrays import Ints
from resume_gap.constants import EVENT_ID_AGREES, ID_HASH_BYTES
from resume_gap.pipeline.batches import Shelf
from resume_gap.pipeline.loops import put_rows
from resume_gap.pipeline.memory import memory_bytes
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.repeated_hashes import RepeatedHashes, find_repeated
from resume_gap.results.common import Check
from resume_gap.settings import Settings

_HASH_BYTES = 32
"""Memory that is planned for a hash: more than its 8 bytes, because parts that wait on disk cost
less than fresh memory for all."""
_LISTED = 2_000_000
"""Of the ids that come again at most, for their rows to be picked out of the others."""
_PAIR_BYTES = 64
"""Of a hash and that of its content while they are sorted."""
_PART_SHIFT = 32
"""Which bits of a hash say its part on disk."""


class EventIds(NamedTuple):
    """What the event ids of a log are good for."""

    repeated: int
    """Rows that were dropped as repeating an id."""
    all_differ: bool
    """Whether every row has an id and every event an id of its own."""
    before_pass: bool = False
    """Whether rows were dropped before the pass over the events could see them."""


class _Found(NamedTuple):
    """Which ids come again.

    Attributes:
        repeated: Rows that come after the first of their id.
        other: Of these, those whose id comes with other content.
        ids: Ids that come again.
        agreeing: Of these, those that come with the same content each time.
        conflicts: Hashes of the others.
    """

    repeated: int
    other: int
    ids: int
    agreeing: int
    conflicts: Ints

    @property
    def is_wrong(self) -> bool:
        """Whether the ids name something else than events."""
        return self.agreeing < EVENT_ID_AGREES.value * self.ids

    def plus(self, more: Self) -> Self:
        """Both together, of different ids."""
        return type(self)(
            repeated=self.repeated + more.repeated,
            other=self.other + more.other,
            ids=self.ids + more.ids,
            agreeing=self.agreeing + more.agreeing,
            conflicts=np.concatenate([self.conflicts, more.conflicts]),
        )


def find_ids(runner: Runner, settings: Settings, read: int, spill: Path | None) -> RepeatedHashes:
    """Find the ids that come again, by their hashes.

    Args:
        runner: Holds `log`, which has event ids.
        settings: The memory limit.
        read: Rows of `log`.
        spill: Where the hashes of a long log may be written; None: they stay in memory.
    """
    memory = memory_bytes(settings.memory_limit)
    return find_repeated(
        (_signed(batch, "id_hash") for batch in runner.read("34_id_hashes").to_arrow_reader()),
        read,
        parts=1 + _HASH_BYTES * read // min(memory // 4, int(ID_HASH_BYTES.value)),
        most=_LISTED,
        spill=spill,
    )


def drop_repeated(
    runner: Runner,
    settings: Settings,
    columns: Mapping[str, str | None],
    read: int,
    checks: list[Check],
    *,
    found: RepeatedHashes | None = None,
    spill: Path | None = None,
) -> EventIds:
    """Drop rows that repeat an event id, or let the pass over the events drop them.

    A column that is merely called like an event id and comes again with other content names
    something else (a save, a request); dropping by it would delete real events.

    Args:
        runner: Holds `log` and the view `events`, which is replaced where ids come again with other
            content. Where they do with the same, the variable `ids_repeat` is set.
        settings: The memory limit, and whether the column was asked for.
        columns: Event column to the file's column.
        read: Rows of `log`.
        checks: Receives what was found.
        found: What `find_ids` found; None: it was not called.
        spill: Where the hashes of a long log may be written; None: they stay in memory.
    """
    runner.let(ids_repeat=False)
    if not columns.get("event_id"):
        return EventIds(0, all_differ=False)
    memory = memory_bytes(settings.memory_limit)
    again, rows = found or find_ids(runner, settings, read, spill)
    everywhere = rows == read
    if not len(again):
        return EventIds(0, all_differ=everywhere)
    # Of many, all rows are looked at: a list of them would not fit into memory.
    are_listed = len(again) <= _LISTED
    runner.let(ids_are_listed=are_listed)
    runner.store("repeated_hashes", pa.table({"id_hash": again if are_listed else again[:0]}))
    ids = _deliveries(runner, read, memory, spill)
    column, by_name = columns["event_id"], "event_id" not in settings.mapping
    if ids.is_wrong and by_name:
        checks.append(
            Check(
                check="event_id_conflicts",
                severity="warn",
                count=ids.other,
                share=ids.other / read,
                names=(str(column),),
            )
        )
        return EventIds(0, all_differ=False)
    alike = ids.repeated - ids.other
    if len(ids.conflicts):
        ids = _read_conflicts(runner, ids)
    if not ids.repeated:
        return EventIds(0, all_differ=everywhere)
    wrong = ids.is_wrong
    checks.append(
        Check(
            check="event_id_conflicts" if wrong else "repeated_event_ids",
            severity="warn" if wrong else "note",
            count=ids.repeated,
            share=ids.repeated / read,
            figures={"other": ids.other},
        )
    )
    if len(ids.conflicts):
        runner.make("16_unrepeated")
        runner.rename_view("events", "all_events")
        runner.make("78_events", kind="view")
    runner.let(ids_repeat=alike > 0)
    return EventIds(ids.repeated, all_differ=everywhere, before_pass=len(ids.conflicts) > 0)


def _deliveries(runner: Runner, read: int, memory: int, spill: Path | None) -> _Found:
    """What comes again, by hashes: an id that comes with other content may be two of one hash.

    Args:
        runner: Holds `events` and `repeated_hashes`.
        read: Rows of the log.
        memory: That the run may use, bytes.
        spill: Where parts may wait; None: they stay in memory.
    """
    many = 1 + _PAIR_BYTES * read // min(memory // 4, int(ID_HASH_BYTES.value))
    shelf = Shelf(None if many == 1 else spill).empty()
    for batch in runner.read("96_delivery_hashes").to_arrow_reader():
        pairs = {name: _signed(batch, name) for name in ("id_hash", "content_hash")}
        if many == 1:
            shelf.put({"0": pa.table(pairs)})
            continue
        part = (pairs["id_hash"] >> _PART_SHIFT & 0x7FFFFFFF) % many
        begin = np.concatenate([[0], np.cumsum(np.bincount(part, minlength=many))])
        apart = {name: np.empty_like(values) for name, values in pairs.items()}
        for name, values in pairs.items():
            put_rows(part, values, begin[:-1].copy(), apart[name])
        for number, (low, high) in enumerate(pairwise(begin.tolist())):
            shelf.put({str(number): pa.table({n: v[low:high] for n, v in apart.items()})})
    found = _Found(0, 0, 0, 0, np.zeros(0, dtype=np.int64))
    for name in shelf.names():
        pairs = pa.concat_tables(shelf.batches(name))
        found = found.plus(_judged(*(pairs.column(n).to_numpy() for n in pairs.column_names)))
        shelf.drop(name)
    return found


def _judged(ids: Ints, contents: Ints) -> _Found:
    """What comes again among some rows, which are all that their ids have."""
    order = np.argsort(ids)
    ids, contents = ids[order], contents[order]
    begins = np.flatnonzero(np.append(True, ids[1:] != ids[:-1])[: len(ids)])
    rows = np.diff(begins, append=len(ids))
    differs = np.append(contents[1:] != contents[:-1], False)
    differs[begins[1:] - 1] = False
    agrees = np.add.reduceat(differs, begins, dtype=np.int64) == 0 if len(ids) else rows == 0
    repeats = rows > 1
    return _Found(
        repeated=int((rows - 1).sum()),
        other=int((rows - 1)[~agrees].sum()),
        ids=int(repeats.sum()),
        agreeing=int((repeats & agrees).sum()),
        conflicts=ids[begins[~agrees]],
    )


def _read_conflicts(runner: Runner, found: _Found) -> _Found:
    """The same with ids compared by their text, not by a hash; makes `deliveries` of them."""
    alike = found.ids - len(found.conflicts)
    runner.store("repeated_hashes", pa.table({"id_hash": found.conflicts.view(np.uint64)}))
    runner.make("35_deliveries")
    repeated, other, ids, agreeing = map(int, runner.row("24_repeated_ids"))
    return _Found(
        repeated=found.repeated - found.other + repeated,
        other=other,
        ids=alike + ids,
        agreeing=alike + agreeing,
        conflicts=found.conflicts,
    )


def _signed(batch: pa.RecordBatch, name: str) -> Ints:
    return batch.column(name).to_numpy().view(np.int64)
