"""The published tables: a row per return, a row per user, and a list of suspected bots.

User ids stay as given, for the analyst. Microseconds become seconds and instants here.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Self

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from resume_gap.constants import BOT_DAYS
from resume_gap.replay.target_rules import TARGET_RULES
from resume_gap.results.common import DAY_US, SUSPECTS, SUSPECTS_HEAD, US

if TYPE_CHECKING:
    import duckdb

    from resume_gap.pipeline.queries import Runner

_BATCH = 200_000
_LABEL_BITS = 32
"""A content is a kind, and in these bits a label (`queries/00_macros.sql`)."""
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


def write_tables(folder: Path, runner: "Runner", user_sums: pl.DataFrame) -> None:
    """Write `interruptions.parquet` and `users.parquet` into the folder.

    And `suspected_bots.txt`, where any user never rests: an id a line, as --exclude-users reads it.
    """
    PublishedTables.of(runner, user_sums).write(folder)


@dataclass(frozen=True, slots=True)
class PublishedTables:
    """What the tables are made of.

    Attributes:
        returns: Rows of `queries/90_interruptions.sql`, which run when they are written.
        names: What their numbers stand for.
        user_sums: The sums by user.
        suspects: Ids of users that never rest.
        interrupt: Ends what the database is doing.
        stopped: Whether no more is to be written.
    """

    returns: "duckdb.DuckDBPyRelation"
    names: "ReturnNames"
    user_sums: pl.DataFrame
    suspects: tuple[str, ...]
    interrupt: Callable[[], None]
    stopped: Event = field(default_factory=Event)

    @classmethod
    def of(cls, runner: "Runner", user_sums: pl.DataFrame) -> Self:
        """The tables of a run; afterwards the connection belongs to them until they are written."""
        runner.let(bot_days=int(BOT_DAYS.value))
        restless = runner.read("92_restless_users").fetchall()
        return cls(
            returns=runner.read("90_interruptions"),
            names=ReturnNames.of(runner),
            user_sums=user_sums,
            suspects=tuple(user for (user,) in restless),
            interrupt=runner.con.interrupt,
        )

    def write(self, folder: Path) -> None:
        """Write them, as `write_tables` says."""
        _write_suspects(folder / SUSPECTS, self.suspects)
        self._write_interruptions(folder / "interruptions.parquet")
        if not self.stopped.is_set():
            _write_users(folder / "users.parquet", users(self.user_sums, self.names.users))

    def stop(self) -> None:
        """Have a thread that writes them end early; what it has written is good for nothing."""
        self.stopped.set()
        self.interrupt()

    def _write_interruptions(self, path: Path) -> None:
        """Streamed, so that many returns need little memory."""
        writer = None
        try:
            for batch in self.returns.to_arrow_reader(_BATCH):
                if self.stopped.is_set():
                    return
                frame = pl.DataFrame(pa.Table.from_batches([batch]))
                table = interruptions(self.names.restored(frame)).to_arrow()
                writer = writer or _writer(path, table.schema)
                writer.write_table(table)
            if writer is None:
                empty = self.returns.limit(0).pl()
                table = interruptions(self.names.restored(empty)).to_arrow()
                writer = _writer(path, table.schema)
        finally:
            if writer is not None:
                writer.close()


def _write_users(path: Path, frame: pl.DataFrame) -> None:
    """Written by Python: Polars calls a disk that is full at the end of a file a broken file."""
    held = io.BytesIO()
    frame.write_parquet(held, compression="zstd")
    path.write_bytes(held.getbuffer())


def _write_suspects(path: Path, ids: Sequence[str]) -> None:
    """Ids that a line cannot hold are left out; nothing is written without any."""
    lines = [
        user for user in ids if user.splitlines() == [user] and user == user.strip().strip('"')
    ]
    if lines:
        path.write_text("\n".join([SUSPECTS_HEAD, *lines, ""]), encoding="utf-8", newline="\n")


def _writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """No dictionaries of instants and times: hardly two are alike."""
    alone = {*_SECONDS.values(), *_INSTANTS.values()}
    columns = [name for name in schema.names if name not in alone]
    return pq.ParquetWriter(path, schema, compression="zstd", use_dictionary=columns)


@dataclass(frozen=True, slots=True)
class ReturnNames:
    """What the numbers of the table of returns stand for; each in the order of the numbers.

    Attributes:
        users: user_no, user_id.
        kinds: kind_no, event.
        labels: label_no, target and context of the labels that returns have.
    """

    users: pl.DataFrame
    kinds: pl.DataFrame
    labels: pl.DataFrame

    @classmethod
    def of(cls, runner: "Runner") -> Self:
        """The names of a run; there are no more labels than three for each return."""
        return cls(
            users=runner.read("91_user_ids").pl().sort("user_no"),
            kinds=runner.table("kinds").pl().select("kind_no", "event").sort("kind_no"),
            labels=runner.read("97_returned_labels").pl(),
        )

    def restored(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Rows of `queries/90_interruptions.sql` with names in place of numbers."""
        stop, back, work = (frame[f"{at}_content"] for at in ("stop", "return", "work"))
        return frame.with_columns(
            user_id=_named(self.users, "user_id", frame["user_no"]),
            stop_event=self._event(stop),
            stop_target=self._label(stop, "target"),
            stop_context=self._label(stop, "context"),
            return_event=self._event(back),
            return_target=self._label(back, "target"),
            first_productive_event=self._event(work),
            first_productive_target=self._label(work, "target"),
        )

    def _event(self, contents: pl.Series) -> pl.Series:
        return _named(self.kinds, "event", contents // (1 << _LABEL_BITS))

    def _label(self, contents: pl.Series, name: str) -> pl.Series:
        return _named(self.labels, name, contents % (1 << _LABEL_BITS))


def _named(names: pl.DataFrame, column: str, numbers: pl.Series) -> pl.Series:
    """The names of numbers, which stand in the first column; null for null."""
    known = names.get_column(names.columns[0]).to_numpy()
    place = np.searchsorted(known, numbers.fill_null(0).to_numpy())
    return names[column].gather(pl.Series(place).set(numbers.is_null(), None))


def interruptions(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows with their names in published columns and units."""
    return (
        frame.with_columns(
            *(seconds(frame[c]) for c in _SECONDS),
            *(pl.col(c).cast(pl.Datetime("us", "UTC")) for c in _INSTANTS),
            pl.col("detours").cast(pl.Int64),
        )
        .rename(_SECONDS | _INSTANTS)
        .select(INTERRUPTION_COLUMNS)
    )


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
            pl.col("productive_minutes").map_batches(lambda s: seconds(s, 60 * US)),
        )
        .select(*USER_COLUMNS, *_of_trial(sums))
    )


def _of_trial(sums: pl.DataFrame) -> list[pl.Expr]:
    """After a launch: arm and assigned_at, null for users outside of the trial."""
    if "arm" not in sums.columns:
        return []
    assigned_at = pl.col("assigned_us").cast(pl.Datetime("us", "UTC")).alias("assigned_at")
    return [pl.col("arm"), assigned_at]
