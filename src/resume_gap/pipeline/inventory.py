"""What a log holds, before anybody asks what it means: rows by day, users, event names, elements.

The database counts them; in plain Parquet files, dictionaries say the same in less time.
"""

from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl

from resume_gap.pipeline import coded_files
from resume_gap.pipeline.coded_files import CodedRows
from resume_gap.pipeline.event_ids import find_ids
from resume_gap.pipeline.memory import memory_bytes
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.repeated_hashes import RepeatedHashes
from resume_gap.settings import Settings
from resume_gap.sources.plain_files import PlainFiles
from resume_gap.system.threads import Background, workers

_KEPT_BYTES: Final = 320_000_000
"""Of rows that are kept until they are numbered: fresh memory for more costs what reading does."""
_ROW_BYTES: Final = 20
"""Three codes and an instant."""


class Inventory(NamedTuple):
    """What was counted.

    Attributes:
        days: The rows of 02_input_days.sql.
        coded: The files, if they were read by their dictionaries; `seen_elements` is there then.
        ids: The event ids that come again; None: nobody has looked.
        kept: All rows of the files that were read so, unless they take too much memory.
    """

    days: pl.DataFrame
    coded: PlainFiles | None
    ids: RepeatedHashes | None
    kept: deque[CodedRows]


def take_inventory(
    runner: Runner,
    settings: Settings,
    columns: Mapping[str, str | None],
    plain: PlainFiles | None,
    spill: Path | None,
) -> Inventory:
    """Count the rows of days, users and event names; makes `seen_streams` and `names`.

    Args:
        runner: Holds `log`.
        settings: The memory limit and threads.
        columns: Event column to the file's column.
        plain: The files of the log, if their columns stand as they are read.
        spill: Where hashes of event ids may be written; None: they stay in memory.
    """
    ids = None
    if plain is not None:
        kept: deque[CodedRows] = deque()
        has_ids = bool(columns.get("event_id"))
        days, ids = _by_codes(runner, settings, plain, spill, kept, has_ids=has_ids)
        if days is not None:
            return Inventory(days, plain, ids, kept)
    runner.make("113_seen_streams", kind="view")
    runner.make("05_names")
    return Inventory(runner.read("02_input_days").pl(), None, ids, deque())


def _by_codes(
    runner: Runner,
    settings: Settings,
    plain: PlainFiles,
    spill: Path | None,
    kept: deque[CodedRows],
    *,
    has_ids: bool,
) -> tuple[pl.DataFrame | None, RepeatedHashes | None]:
    """What `coded_files.count` finds on one core, and beside it the event ids that come again.

    Rows are kept where they take little of the memory.
    """
    if not coded_files.pays(plain):
        return None, None
    most = min(_KEPT_BYTES, memory_bytes(settings.memory_limit) // 8)
    to = kept if plain.rows * _ROW_BYTES <= most else None
    if not has_ids:
        return coded_files.count(runner, plain, to), None
    found: list[RepeatedHashes] = []
    aside = runner.aside("log_columns")
    with aside.con, Background(workers(settings.threads)) as beside:
        beside.begin(
            lambda: found.append(find_ids(aside, settings, plain.rows, spill)), aside.con.interrupt
        )
        days = coded_files.count(runner, plain, to)
        beside.wait()
    return days, found[0]
