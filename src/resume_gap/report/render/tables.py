"""The published tables: a row per return, a row per user, and a list of suspected bots.

User ids stay as given, for the analyst. Microseconds become seconds and instants here.
"""

import base64
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, NamedTuple, Self

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from resume_gap.arrays import one_array
from resume_gap.constants import BOT_DAYS
from resume_gap.replay.target_rules import TARGET_RULES
from resume_gap.report.render.return_names import NameColumns, ReturnNames
from resume_gap.results.common import SUSPECTS, SUSPECTS_HEAD
from resume_gap.sources.excluded import as_line
from resume_gap.stats.policies import CHANCE_PARTS
from resume_gap.units import DAY_US, MINUTE_US, US

if TYPE_CHECKING:
    from resume_gap.pipeline.queries import Runner

_BATCH = 200_000
_SECONDS = {
    "gap_us": "gap_seconds",
    "lag_us": "lag_seconds",
    "reorientation_us": "reorientation_seconds",
    "target_return_us": "target_return_seconds",
    "comparison_us": "comparison_seconds",
}
_INSTANTS = {
    "stop_us": "stop_at",
    "return_us": "return_at",
    "first_productive_us": "first_productive_at",
    "next_stop_us": "next_stop_at",
}
_TEXTS = ("gap_class", "reason", "lag_end")
INTERRUPTION_COLUMNS = (
    "user_id",
    "stop_at",
    "return_at",
    "gap_seconds",
    "gap_class",
    "reason",
    "is_interruption",
    "stop_event",
    "stop_target",
    "stop_context",
    "return_event",
    "return_target",
    "first_productive_at",
    "first_productive_event",
    "first_productive_target",
    "lag_seconds",
    "lag_end",
    "abandoned_by_leaving",
    "eligible",
    "reorientation_seconds",
    "target_return_seconds",
    "detours",
    "next_stop_at",
    "device_changed",
    *(rule.hit for rule in TARGET_RULES),
    "habit_hit",
    "chance",
    "own_slots",
    "comparison_seconds",
)
USER_COLUMNS = (
    "user_id",
    "active_weeks",
    "sessions",
    "stops",
    "returns",
    "interruptions",
    "eligible",
    "productive",
    "zero",
    "reorientation_sum_seconds",
    "excess_sum_seconds",
    "matched",
    "hits",
    "addressable",
    "followed_7d",
    "returned_7d",
    "productive_minutes",
)


VARIABLES = ("has_elements", "has_productive")
"""What the queries of the table of returns read."""


@dataclass(frozen=True, slots=True)
class ReturnsTable:
    """What the table of returns is made of, `interruptions.parquet`.

    Attributes:
        rows: Rows of `queries/90_interruptions.sql`, which run when they are written.
        names: What the numbers in the rows stand for.
        interrupt: Ends what the database is doing.
        stopped: Whether no more is to be written.
    """

    rows: duckdb.DuckDBPyRelation
    names: ReturnNames
    interrupt: Callable[[], None]
    stopped: Event = field(default_factory=Event)

    @classmethod
    def of(cls, runner: "Runner") -> Self:
        """The table of a run; its runner has nothing else to do until it is written."""
        return cls(
            rows=runner.read("90_interruptions"),
            names=ReturnNames.of(runner),
            interrupt=runner.con.interrupt,
        )

    def stop(self) -> None:
        """Have a thread that writes it end early; what it has written is good for nothing."""
        self.stopped.set()
        with suppress(duckdb.Error):  # it has just ended, and closed its connection
            self.interrupt()

    def write(self, folder: Path) -> None:
        """Write it, streamed, so that many returns need little memory."""
        path = folder / "interruptions.parquet"
        writer = None
        try:
            for table in self._tables():
                writer = writer or _writer(path, table.schema)
                writer.write_table(table)
        finally:
            if writer is not None:
                writer.close()

    def _tables(self) -> Iterator[pa.Table]:
        """The published rows in order, until no more are wanted; one of no rows without any."""
        rows = len(self.rows)
        names = NameColumns(self.names, rows)
        held: list[pa.RecordBatch] = []
        reader = self.rows.to_arrow_reader(_BATCH)
        for batch in reader:
            if self.stopped.is_set():
                return
            held.append(batch)
            # The database's batches end where those of the log do, on which no file rests.
            while sum(map(len, held)) >= _BATCH:
                found = pa.Table.from_batches(held)
                yield interruptions(found.slice(length=_BATCH), names)
                held = found.slice(_BATCH).to_batches()
        if held or not rows:
            yield interruptions(pa.Table.from_batches(held, reader.schema), names)


class UsersTable(NamedTuple):
    """What `users.parquet` is made of, and `suspected_bots.txt`, where any user never rests.

    That is an id a line, as --exclude-users reads it. Writing them needs no database.

    Attributes:
        sums: The sums by user.
        ids: user_no, user_id.
        suspects: Ids of users that never rest.
    """

    sums: pl.DataFrame
    ids: pl.DataFrame
    suspects: tuple[str, ...]

    @classmethod
    def of(cls, runner: "Runner", sums: pl.DataFrame, ids: pl.DataFrame) -> Self:
        """The table of a run."""
        runner.let(bot_days=int(BOT_DAYS.value))
        restless = runner.read("92_restless_users").fetchall()
        return cls(sums, ids, tuple(user for (user,) in restless))

    def write(self, folder: Path) -> None:
        """Write both."""
        _write_suspects(folder / SUSPECTS, self.suspects)
        _write_users(folder / "users.parquet", users(self.sums, self.ids))


def _write_users(path: Path, frame: pl.DataFrame) -> None:
    """Written by Python: Polars calls a disk that is full at the end of a file a broken file."""
    held = io.BytesIO()
    frame.write_parquet(held, compression="zstd", compression_level=1)
    path.write_bytes(held.getbuffer())


def _write_suspects(path: Path, ids: Sequence[str]) -> None:
    """Ids that a line cannot hold are left out; nothing is written without any."""
    lines = [line for user in ids if (line := as_line(user)) is not None]
    if lines:
        path.write_text("\n".join([SUSPECTS_HEAD, *lines, ""]), encoding="utf-8", newline="\n")


def _writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """Instants and times have no dictionaries, as hardly two are alike.

    Texts have no least and greatest, which takes as long as writing them, but for the users, in
    whose order the rows stand. Whichever way a text came here, a reader of Arrow gets a text.
    """
    alone = {*_SECONDS.values(), *_INSTANTS.values()}
    text = pa.large_string()
    texts = {one.name for one in schema if not pa.types.is_primitive(one.type)}
    writer = pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        use_dictionary=[o.name for o in schema if o.name not in alone and o.type != text],
        write_statistics=[name for name in schema.names if name not in texts - {"user_id"}],
        store_schema=False,
    )
    read = pa.schema([pa.field(o.name, text) if o.name in texts else o for o in schema])
    described = base64.b64encode(read.serialize().to_pybytes()).decode()
    writer.add_key_value_metadata({"ARROW:schema": described})
    return writer


def interruptions(rows: pa.Table, names: NameColumns) -> pa.Table:
    """Rows of `queries/90_interruptions.sql` in published columns and units."""
    numbers = pl.DataFrame(rows.drop_columns(_TEXTS))
    columns = {name: one_array(rows[name]) for name in _TEXTS} | names.of(numbers)
    published = (
        numbers.with_columns(
            *(seconds(numbers[c]) for c in _SECONDS),
            *(pl.col(c).cast(pl.Datetime("us", "UTC")) for c in _INSTANTS),
            pl.col("detours").cast(pl.Int64),
            pl.col("chance") / CHANCE_PARTS,
        )
        .rename(_SECONDS | _INSTANTS)
        .select(name for name in INTERRUPTION_COLUMNS if name not in columns)
        .to_arrow()
    )
    columns |= zip(published.column_names, published.columns, strict=True)
    return pa.table({name: columns[name] for name in INTERRUPTION_COLUMNS})


def seconds(micros: pl.Series, unit: int = US) -> pl.Series:
    """Microseconds in seconds (or in `unit` microseconds), each the nearest float.

    Polars multiplies by the reciprocal, which is off by a bit now and then.
    """
    exact = micros.fill_null(0).to_numpy().astype(np.float64) / unit
    return pl.Series(micros.name, exact).set(micros.is_null(), None)


def users(sums: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """Per-user sums in published names and units, ordered by user id."""
    return (
        sums.join(ids, on="user_no", how="left")
        .sort("user_no")
        .with_columns(
            active_weeks=pl.max_horizontal(pl.col("last_us") - pl.col("first_us"), DAY_US),
            sessions=pl.col("streams") + pl.col("returns"),
            reorientation_sum_seconds=pl.col("reorientation_us"),
            excess_sum_seconds=pl.col("excess_us"),
            productive_minutes=pl.col("productive_us"),
        )
        .with_columns(
            pl.col("active_weeks").map_batches(lambda s: seconds(s, 7 * DAY_US)),
            pl.col("reorientation_sum_seconds", "excess_sum_seconds").map_batches(seconds),
            pl.col("productive_minutes").map_batches(lambda s: seconds(s, MINUTE_US)),
        )
        .select(*USER_COLUMNS, *_of_trial(sums))
    )


def _of_trial(sums: pl.DataFrame) -> list[pl.Expr]:
    """After a launch: arm and assigned_at, null for users outside of the trial."""
    if "arm" not in sums.columns:
        return []
    assigned_at = pl.col("assigned_us").cast(pl.Datetime("us", "UTC")).alias("assigned_at")
    return [pl.col("arm"), assigned_at]
