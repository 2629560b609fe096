"""After a launch that was not randomised: a log and its date to one frozen `Compared`.

What else changed comes first: where a check fails, no effect is computed.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from resume_gap.arrays import NEVER
from resume_gap.commands.before_after import LaunchedLog, dated
from resume_gap.commands.context import Job, Progress, order_events, read_rows, see_returns
from resume_gap.commands.kept import KeptTables
from resume_gap.commands.prediction_file import (
    fitting,
    frozen_limit,
    prediction_path,
    read_prediction,
)
from resume_gap.commands.running import Done, carry_out, warned
from resume_gap.commands.shared import shared
from resume_gap.commands.thresholds import limit, single_row
from resume_gap.comparison.launch import LoggedSpan, asked, inside
from resume_gap.errors import DataError
from resume_gap.pipeline.bursts import HistorySplit
from resume_gap.pipeline.reduction import burst_cut_us
from resume_gap.report.text.launch_remedies import whole as what_was_found
from resume_gap.results.compare import Compared
from resume_gap.settings import Settings
from resume_gap.sources.frames import GivenFrame


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
        files=(config, prediction_path(settings, out)),
    )


def _compare(job: Job) -> Done[Compared]:
    settings, runner = job.settings, job.runner
    prediction = read_prediction(settings, job.out)
    rows = read_rows(job)
    first_us, last_us, streams = runner.row("17_log_span")
    span = LoggedSpan(first_us, last_us)
    launch_us = settings.launch_us or 0
    inside(launch_us, span)
    prediction, checks = fitting(prediction, job, launch_us, measured="launch", begins="launch")
    frozen = frozen_limit(settings, prediction)
    cut_us = burst_cut_us(None if frozen is None else frozen.threshold_us)
    nobody = np.full(streams + 1, NEVER, dtype=np.int64)
    split = HistorySplit(at_us=nobody, learn_before_us=launch_us)
    log = order_events(job, rows, cut_us=cut_us, split=split)
    job.announce("learning the inactivity threshold")
    learned = frozen or limit(job, log, before_us=launch_us)
    seen = see_returns(job, log, learned, [learned.threshold_us], cut_us=cut_us)
    if not log.has_productive:
        raise DataError(
            "no event of this log counts as work, so nobody can say whether the marker helped; "
            "name such events with --productive"
        )
    job.announce("comparing before and after")
    comparison = dated(LaunchedLog(job, log, seen, span, launch_us, prediction))
    found = Compared(
        **shared(
            job,
            log,
            seen,
            command="compare",
            sensitivity=(single_row(seen),),
            checks=checks,
        ),
        comparison=comparison,
        prediction=None if prediction is None else prediction.data,
    )
    doubts = (
        what_was_found(one) for one in comparison.trust.checks if one.status in ("failed", "warned")
    )
    return Done(found, seen.user_sums(None), (*warned(found.data_quality), *doubts))
