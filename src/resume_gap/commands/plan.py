"""Before a trial: a log to one frozen `Planned`."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from resume_gap.analysis import primary_cap
from resume_gap.analysis.target_rules import SizingInputs, weeks_of
from resume_gap.arrays import NEVER
from resume_gap.commands.context import (
    Job,
    LogReturns,
    Progress,
    order_events,
    read_rows,
    see_returns,
)
from resume_gap.commands.kept import KeptTables
from resume_gap.commands.running import Done, carry_out, warned
from resume_gap.commands.shared import marker_in_log, shared
from resume_gap.commands.thresholds import find_threshold, single_row
from resume_gap.constants import MIN_INTERVAL_USERS
from resume_gap.pipeline.bursts import HistorySplit
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.reduction import burst_cut_us
from resume_gap.replay.return_rows import ROW_RELATIONS
from resume_gap.results.plan import Planned
from resume_gap.results.primary_cap import PrimaryCap
from resume_gap.settings import Settings
from resume_gap.sources.frames import GivenFrame
from resume_gap.stats.trigger_rate import PseudoLaunches
from resume_gap.system.state import StateFolder
from resume_gap.trial.assignments import assign_everybody
from resume_gap.trial.data import read_trial
from resume_gap.trial.launches import LogSpan, read_launches
from resume_gap.trial.plan import PilotLog, asked_for, plan_of


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
) -> Planned:
    """`resume_gap.plan` with checked settings; see there."""
    return carry_out(
        _plan,
        events,
        settings,
        out=out,
        force=force,
        interactive=interactive,
        on_progress=on_progress,
        tables=tables,
        state=state,
        files=(config,),
    )


def _plan(job: Job) -> Done[Planned]:
    settings, runner = job.settings, job.runner
    rows = read_rows(job)
    first, last, streams = runner.row("17_log_span")
    middle = (first + last) // 2
    split = HistorySplit(at_us=np.full(streams + 1, middle, dtype=np.int64), learn_before_us=NEVER)
    cut_us = burst_cut_us(settings.gap_us)
    log = order_events(job, rows, cut_us=cut_us, split=split)
    job.announce("learning the inactivity threshold")
    learned = find_threshold(job, log)
    seen = see_returns(
        job, log, learned, [learned.threshold_us], cut_us=cut_us, relations=ROW_RELATIONS
    )
    job.announce("planning the trial")
    span = LogSpan(first, last, seen.asked.cap_us)
    launches = read_launches(runner, span)
    reason = seen.measurability.reason if log.has_productive else "no_productive_events"
    if reason is not None:
        cap = primary_cap.standard(seen.asked.cap_us, "not_measured")
        found = asked_for(settings, launches.active, cap, reason=reason)
    else:
        cap = _primary_cap(job, seen)
        found = plan_of(_pilot(runner, launches, span, settings), settings, cap)
    planned = Planned(
        **shared(
            job,
            log,
            seen,
            command="plan",
            sensitivity=(single_row(seen),),
            checks=marker_in_log(log),
        ),
        plan=found,
    )
    sums = seen.user_sums(None, known=log.has_productive)
    return Done(planned, sums, warned(planned.data_quality))


def _primary_cap(job: Job, seen: LogReturns) -> PrimaryCap:
    """As `analyze` chooses it for the prediction file."""
    sizing = SizingInputs(
        settings=job.settings,
        cap_us=seen.asked.cap_us,
        weeks=weeks_of(seen.returns.user_sums),
    )
    has_elements = bool(seen.resampling.contents.label_element.any())
    return primary_cap.for_plan(
        job.runner, seen.replays, seen.learned.threshold_us, sizing, has_elements=has_elements
    )


def _pilot(runner: Runner, launches: PseudoLaunches, span: LogSpan, settings: Settings) -> PilotLog:
    """The second half of the log as a trial; the whole log, where that is too little."""
    for begins_us in ((span.first_us + span.last_us) // 2, span.first_us):
        assign_everybody(runner, begins_us)
        trial = read_trial(runner, span.cap_us)
        if trial.firsts.height >= MIN_INTERVAL_USERS.value:
            break
    return PilotLog(trial=trial, launches=launches, seed=settings.seed)
