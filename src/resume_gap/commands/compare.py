"""After a launch that was not randomized: a log and its date to one frozen `Compared`.

What else changed comes first: where a check fails, no effect is computed.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl

from resume_gap.arrays import NEVER
from resume_gap.commands.before_after import LaunchedLog, dated
from resume_gap.commands.context import Job, Progress, order_events, read_rows, see_returns
from resume_gap.commands.kept import KeptTables
from resume_gap.commands.prediction_file import (
    fitting,
    frozen_threshold,
    prediction_path,
    read_prediction,
)
from resume_gap.commands.rolled_out import staggered
from resume_gap.commands.running import Done, carry_out, warned
from resume_gap.commands.shared import inputs_of, shared
from resume_gap.commands.thresholds import find_threshold, single_row
from resume_gap.comparison.launch import LoggedSpan, asked, inside
from resume_gap.comparison.rollout import Rollout, read_rollout
from resume_gap.errors import DataError, UsageError
from resume_gap.pipeline.bursts import HistorySplit
from resume_gap.pipeline.reduction import burst_cut_us
from resume_gap.report.text.launch_remedies import whole as what_was_found
from resume_gap.results.compare import Compared
from resume_gap.settings import Settings, nearest
from resume_gap.sources import Source
from resume_gap.sources.columns import found_columns
from resume_gap.sources.frames import GivenFrame
from resume_gap.sources.rollout import open_rollout
from resume_gap.system.state import StateFolder
from resume_gap.system.temporary import Workspace


def run(
    events: Sequence[str | GivenFrame],
    settings: Settings,
    *,
    out: Path | None,
    force: bool = False,
    interactive: bool = False,
    on_progress: Progress,
    config: Path | None = None,
    tables: KeptTables | None = None,
    state: StateFolder | None = None,
) -> Compared:
    """`resume_gap.compare` with checked settings; see there."""
    asked(settings)
    return carry_out(
        _compare,
        events,
        settings,
        out=out,
        force=force,
        interactive=interactive,
        on_progress=on_progress,
        tables=tables,
        state=state,
        files=(config, prediction_path(settings, out)),
        beside=None if settings.rollout is None else _open_beside,
    )


def _open_beside(settings: Settings, workspace: Workspace) -> Source:
    return open_rollout(settings.rollout or "", settings, workspace)


def _compare(job: Job) -> Done[Compared]:
    settings, runner = job.settings, job.runner
    prediction = read_prediction(settings, job.out)
    rows = read_rows(job)
    first_us, last_us, streams = runner.row("17_log_span")
    span = LoggedSpan(first_us, last_us)
    rollout = _rollout(job, span)
    launch_us = (settings.launch_us or 0) if rollout is None else rollout.first_us
    if rollout is None:
        inside(launch_us, span)
    prediction, checks = fitting(prediction, job, launch_us, measured="launch", begins="launch")
    frozen = frozen_threshold(settings, prediction)
    cut_us = burst_cut_us(None if frozen is None else frozen.threshold_us)
    nobody = np.full(streams + 1, NEVER, dtype=np.int64)
    split = HistorySplit(at_us=nobody, learn_before_us=launch_us)
    log = order_events(job, rows, cut_us=cut_us, split=split)
    job.announce("learning the inactivity threshold")
    learned = frozen or find_threshold(job, log, before_us=launch_us)
    seen = see_returns(
        job, log, learned, [learned.threshold_us], cut_us=cut_us, relations=("sessions", "lags")
    )
    if not log.has_productive:
        raise DataError(
            "no event of this log counts as work, so nobody can say whether the marker helped; "
            "name such events with --productive"
        )
    job.announce("comparing before and after")
    launched = LaunchedLog(job, log, seen, span, launch_us, prediction)
    comparison = dated(launched) if rollout is None else staggered(launched, rollout)
    found = Compared(
        **shared(
            job,
            log,
            seen,
            command="compare",
            sensitivity=(single_row(seen),),
            checks=checks,
            beside=() if job.beside is None else inputs_of(job.beside, _spans(job)),
        ),
        comparison=comparison,
        prediction=None if prediction is None else prediction.data,
    )
    doubts = (
        what_was_found(one) for one in comparison.trust.checks if one.status in ("failed", "warned")
    )
    return Done(found, seen.user_sums(None), (*warned(found.data_quality), *doubts))


def _rollout(job: Job, span: LoggedSpan) -> Rollout | None:
    """Which unit got the marker when; None for one date.

    Raises:
        UsageError: The log has no such column of units.
        DataError: The units and the log do not fit.
    """
    settings, beside = job.settings, job.beside
    if beside is None:
        return None
    by = settings.rollout_by
    known = job.source.columns_found
    if by is not None and by not in known and not job.source.columns.get(by):
        raise UsageError(
            f"--rollout-by {by!r}: the log has no such column{nearest(by, known)}; columns found:"
            f" {found_columns(known, [by])}"
        )
    beside.create_rows(job.runner.con, "rollout_rows")
    job.runner.note("00_rollout_rows", beside.shown_sql)
    path = settings.rollout or ""
    return read_rollout(job.runner, span, path=path, by=by, tz=settings.tz)


def _spans(job: Job) -> pl.DataFrame:
    """What the roll-out file spans."""
    return job.runner.read("94_rollout_spans").pl()
