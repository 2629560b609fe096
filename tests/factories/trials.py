"""Runs the pipeline of a trial on hand-made rows, without files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
from oracles.log import MINUTE, SECOND

from factories.measured import OF_COLUMN, rows_table
from factories.trial_logs import (
    CLICKED,
    CONTROL,
    LEFT_OUT,
    PLACEHOLDER,
    SHOWN,
    THIRD,
    TREATMENT,
    TrialLog,
)
from resume_gap.pipeline.intake import take_in
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.reduction import burst_cut_us, reduce_events
from resume_gap.replay.replays import replay
from resume_gap.replay.returns import ReturnRules, cap_us, measure
from resume_gap.replay.totals import Asked
from resume_gap.settings import Settings
from resume_gap.trial.assignments import (
    Arms,
    Assigned,
    assign,
    assign_pair,
    assignments_in_log,
    split_of,
)
from resume_gap.trial.data import ArmEvents, Trial, at_the_return, read_arm_events, read_trial
from resume_gap.trial.first_seconds import later_work

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl
    from oracles.trial import Assignment


@dataclass(frozen=True)
class Found:
    """What the tool says of a trial; users by `user_id`, which the product only numbers."""

    assigned: Assigned
    moved: int
    trial: Trial
    user_ids: list[str]
    known: set[str]
    events: ArmEvents
    later_work: dict[int, pl.DataFrame]
    """By the length of the first seconds, in microseconds."""
    learn_before_us: int
    gap_counts: pl.DataFrame
    stats: pl.DataFrame


def evaluate(
    log: TrialLog, *, without_said: bool = False, pair: tuple[str, str] | None = None
) -> Found:
    """The steps of `resume-gap evaluate` up to the arrays.

    Args:
        log: The log and its assignments.
        without_said: Leave the events of marker and assignment out of the log.
        pair: The arms that are looked at, where the third variant is a sham; None: the trial's.
    """
    con = duckdb.connect(config={"threads": 1})
    con.execute("set TimeZone = 'UTC'")
    said = [] if without_said else log.said
    con.register("rows", _rows(log, [*log.rows, *said]))
    runner = Runner(con)
    settings = Settings(
        gap_us=log.threshold_us,
        until_us=log.until_us,
        productive=tuple(sorted(log.roles.productive)),
        complete=tuple(sorted(log.roles.completing)),
        away=tuple(sorted(log.roles.away)),
        marker={"shown": (SHOWN,), "clicked": (CLICKED,)},
        experiment="marker",
        control=CONTROL,
        treatment=TREATMENT,
        sham=None if pair is None else THIRD,
    )
    mapped = {OF_COLUMN.get(name, name): name for name in log.columns}
    intake = take_in(runner, settings, columns=mapped, excluded_users=(LEFT_OUT,))
    if log.in_log and said:
        source = assignments_in_log(runner, settings, has_variant=False, experiments=lambda: ())
        assert source == "assignment events of marker"
    else:
        con.register("assignment_rows", _assignment_rows(log.assignments))
    assigned = assign(runner, settings, "assignments")
    split = split_of(runner)
    tally = reduce_events(
        runner, intake, cut_us=burst_cut_us(log.threshold_us), seed=0, split=split
    )
    by_stream = log.until_us is None and "stream" in log.columns
    log_end_us = None if by_stream else (log.until_us or tally.newest_us)
    measure(
        runner,
        tally.shelf,
        ReturnRules(
            threshold_us=log.threshold_us,
            grid_us=[log.threshold_us],
            log_end_us=log_end_us,
            has_productive=True,
            all_returns=False,
        ),
    )
    cap = cap_us(log.threshold_us)
    asked = Asked(
        threshold_us=log.threshold_us,
        grid_us=[log.threshold_us],
        near=None,
        tz="UTC",
        all_returns=False,
    )
    replay(runner, tally.shelf, intake.contents, asked)
    if pair is not None:
        assigned = assign_pair(runner, Arms("assignments", *pair, None, "given"))
    moved = at_the_return(runner)
    trial = read_trial(runner, cap)
    ids = con.sql("select user_id, user_no from assigned order by assigned_no").fetchall()
    streams = "inner join streams using (stream_no)"
    runner.store("gap_counts", tally.shelf.table("gap_counts"))
    found = Found(
        assigned=assigned,
        moved=moved,
        trial=trial,
        user_ids=[user_id for user_id, _ in ids],
        known={user_id for user_id, number in ids if number is not None},
        events=read_arm_events(runner, [SHOWN]),
        later_work={us: later_work(runner, us) for us in first_seconds(log)},
        learn_before_us=split.learn_before_us,
        gap_counts=con.sql(f"select * exclude (n) from gap_counts {streams}").pl(),
        stats=con.sql(f"select * exclude (n) from stream_stats {streams}").pl(),
    )
    con.close()
    return found


def first_seconds(log: TrialLog) -> tuple[int, ...]:
    """How long the first seconds of a return may be, in microseconds."""
    return 0, SECOND, 10 * SECOND, MINUTE, log.threshold_us // 2


def _rows(log: TrialLog, rows: Sequence[dict[str, Any]]) -> pa.Table:
    """The log as a source hands it over, with rows of users who are to be left out."""
    strangers = [log.rows[0] | {"user_id": user} for user in (PLACEHOLDER, LEFT_OUT)]
    if "event_id" in log.columns:
        strangers = [row | {"event_id": None} for row in strangers]
    rows = [*strangers, *rows]
    table = rows_table(rows, log.columns)
    given = pa.array([row["timestamp_us"] is not None for row in rows])
    variants = pa.array([row.get("assigned_variant") for row in rows], pa.string())
    nothing = pa.nulls(len(rows), pa.string())
    table = table.set_column(table.column_names.index("at_given"), "at_given", given)
    return table.append_column("assigned_variant", variants).append_column(
        "carried_variant", nothing
    )


def _assignment_rows(assignments: Sequence[Assignment]) -> pa.Table:
    return pa.table(
        {
            "user_id": pa.array([row.user_id for row in assignments], pa.string()),
            "event": pa.array([row.variant for row in assignments], pa.string()),
            "at_us": pa.array([row.at_us for row in assignments], pa.int64()),
        }
    )


def log_users(log: TrialLog, *, without_said: bool = False) -> set[str]:
    """Users of the log; those to be left out are in it, too."""
    rows = log.rows if without_said else [*log.rows, *log.said]
    return {row["user_id"] for row in rows} | {PLACEHOLDER, LEFT_OUT}
