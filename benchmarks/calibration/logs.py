"""Planted gaps and worlds, taken through the product's own code without a file in between."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from resume_gap.analysis.gap_histogram import GapBlock, GapCounts
from resume_gap.analysis.inactivity import learn
from resume_gap.analysis.summaries import gap_counts
from resume_gap.constants import BURST_CUT, FALLBACK_GAP
from resume_gap.pipeline.batches import Shelf
from resume_gap.pipeline.bursts import reduce_steps
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.intake import take_in
from resume_gap.pipeline.moments import Thinning
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.reduction import burst_cut_us, reduce_events
from resume_gap.pipeline.steps import _clean
from resume_gap.quality.timestamps import resolution_of
from resume_gap.replay.collected import Replays
from resume_gap.replay.replays import replay
from resume_gap.replay.returns import ReturnRules, measure
from resume_gap.replay.totals import Asked
from resume_gap.report.render.return_names import NameColumns, ReturnNames
from resume_gap.results.common import US
from resume_gap.settings import Settings
from resume_gap.sources.role_bits import PRODUCTIVE

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

PRODUCTIVE_NAMES: Final = ("edit_cell", "update_field", "write_note", "rename_item", "submit")
COMPLETING_NAMES: Final = ("submit", "close_document", "sign_out")
_ONE_KIND: Final = Contents(
    kind_roles=np.array([0, PRODUCTIVE]),
    kind_event=np.array([0, 1]),
    label_element=np.array([0, 0]),
    label_context=np.array([0, 0]),
    label_task=np.array([0, 0]),
)
_CONTENT: Final = (1 << 32) | 1


@dataclass(frozen=True, slots=True)
class Gaps:
    """The events of some users who do one thing only.

    Attributes:
        at_us: (events) instants as logged, each user's in order, user after user.
        user: (events) number of the user, from 0 on, ascending.
        after_break: (events) the gap before this event was drawn as a break.
        users: All users.
    """

    at_us: Ints
    user: Ints
    after_break: Bools
    users: int


def count_gaps(gaps: Gaps) -> tuple[GapCounts, float]:
    """Gap counts by the product's kernel, and the resolution it finds.

    The kernel takes an Arrow table where the pipeline reads one from DuckDB; nothing else differs.
    """
    table = pa.table(
        {
            "stream_no": gaps.user,
            "at_us": gaps.at_us,
            "content": np.full(len(gaps.user), _CONTENT, dtype=np.int64),
        }
    )
    steps = _clean(table, _ONE_KIND, {})
    (reduced,) = reduce_steps(iter([steps]), _ONE_KIND, Thinning(share=0), cut_us=BURST_CUT.us)
    stats = pl.DataFrame(reduced.stream_stats).with_columns(user_no=pl.col("stream_no"))
    counts = reduced.gap_counts
    block = GapBlock(
        user=counts["stream_no"].to_numpy().astype(np.int64),
        bin=counts["bin"].to_numpy().astype(np.int64),
        parts=counts["parts"].to_numpy().astype(np.int64),
    )
    return (
        GapCounts([block], gaps.users),
        resolution_of(stats).seconds,
    )


@dataclass(frozen=True, slots=True)
class Run:
    """What the pipeline made of many worlds in one log.

    Attributes:
        threshold_us: The threshold it used.
        cap_us: The cap.
        returns: One row per return: user_id, return_us, gap_us, gap_class, is_interruption,
            eligible, reorientation_us, lag_us.
        sums: One row per user: user_id and `ReturnSums.user_sums`.
        users: user_no and user_id of everybody in the log.
        replays: The replay and the comparison moments; None without them and the returns.
    """

    threshold_us: int
    cap_us: int
    returns: pl.DataFrame
    sums: pl.DataFrame
    users: pl.DataFrame
    replays: Replays | None


def run_log(
    log: pl.DataFrame,
    *,
    until_us: int,
    gap_us: int | None = FALLBACK_GAP.us,
    columns: tuple[str, ...] = ("target", "context", "task"),
    with_returns: bool = True,
    with_replay: bool = False,
    roles: Mapping[str, tuple[str, ...]] | None = None,
) -> Run:
    """One log through intake, reduction and measures, one thread.

    Args:
        log: Rows of a simulated log.
        until_us: End of the log; fixed, so that no world depends on its neighbors in the run.
        gap_us: The threshold; None: learned from all worlds of this run together.
        columns: The optional columns handed over.
        with_returns: Read the returns too, not the sums alone.
        with_replay: Replay the marker and match comparison moments.
        roles: productive, complete, away, ignore; else the simulator's own names.
    """
    runner = opened(log, columns)
    names: dict[str, Any] = {
        "productive": PRODUCTIVE_NAMES,
        "complete": COMPLETING_NAMES,
        **(roles or {}),
    }
    settings = Settings(gap_us=gap_us, until_us=until_us, **names)
    mapped = {name: name for name in ("user_id", "timestamp", "event", *columns)}
    intake = take_in(runner, settings, columns=mapped, excluded_users=())
    tally = reduce_events(runner, intake, cut_us=burst_cut_us(gap_us), seed=0)
    threshold_us = gap_us if gap_us is not None else _learned(runner, tally.shelf)
    found = measure(
        runner,
        tally.shelf,
        ReturnRules(
            threshold_us=threshold_us,
            grid_us={threshold_us},
            log_end_us=until_us,
            has_productive=True,
            all_returns=False,
        ),
    )
    users = runner.con.sql("select distinct user_no, user_id from streams").pl()
    sums = found.user_sums.join(users, on="user_no", how="left", maintain_order="left")
    asked = Asked(
        threshold_us=threshold_us,
        grid_us=(threshold_us,),
        near=None,
        tz="UTC",
        all_returns=False,
    )
    # The table of returns says where the marker would have pointed.
    wanted = with_replay or with_returns
    replays = replay(runner, tally.shelf, intake.contents, asked) if wanted else None
    returns = pl.DataFrame()
    if with_returns:
        numbered = runner.read("90_interruptions").pl()
        named = NameColumns(ReturnNames.of(runner), rows=0).of(numbered)
        returns = numbered.with_columns(pl.Series(name, texts) for name, texts in named.items())
    runner.con.close()
    return Run(
        threshold_us=threshold_us,
        cap_us=asked.cap_us,
        returns=returns,
        sums=sums,
        users=users,
        replays=replays,
    )


def opened(log: pl.DataFrame, columns: tuple[str, ...]) -> Runner:
    """A database of one thread that holds `rows` of a simulated log, as a source leaves it."""
    con = duckdb.connect(config={"threads": 1})
    con.execute("set TimeZone = 'UTC'")
    con.execute("set enable_progress_bar = false")
    # As the product has it (sources/sandbox.py).
    con.execute("set disabled_optimizers = 'build_side_probe_side'")
    con.register("rows", _rows(log, columns))
    return Runner(con)


def _learned(runner: Runner, shelf: Shelf) -> int:
    stats = runner.con.sql(
        "select streams.user_no, stream_stats.* from stream_stats"
        " inner join streams on stream_stats.stream_no = streams.stream_no order by stream_no"
    ).pl()
    resolution = resolution_of(stats).seconds
    return learn(gap_counts(shelf, stats), resolution_seconds=resolution, seed=0).threshold_us


def _rows(log: pl.DataFrame, columns: tuple[str, ...]) -> pa.Table:
    """The relation `rows` as a source would hand it over (docs/design.md)."""
    nothing = pl.lit(None, dtype=pl.String)
    optional = ("target", "context", "task")
    return log.select(
        pl.lit(0, dtype=pl.UInt16).alias("input_no"),
        "user_id",
        pl.col("timestamp").dt.epoch("us").alias("at_us"),
        pl.lit(value=True).alias("at_given"),
        "event",
        pl.lit(0, dtype=pl.UInt8).alias("marks"),
        *((pl.col(c) if c in columns else nothing.alias(c)) for c in optional),
        *(["sequence"] if "sequence" in columns else []),
    ).to_arrow()


def epoch_us(world: Any, days: float) -> int:  # noqa: ANN401 - a World
    """The instant so many days after a world's first midnight."""
    day = world.first_day
    start = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * US
    return start + round(days * 86_400 * US)
