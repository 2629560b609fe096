"""After a randomized launch: a log and its assignments to one frozen `Evaluated`.

Trust comes first: where a check fails, no effect is computed.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from resume_gap.commands.context import Job, Progress, order_events, read_rows, see_returns
from resume_gap.commands.evaluation import evaluation_of, target_rule
from resume_gap.commands.judged import TrialRun
from resume_gap.commands.kept import KeptTables
from resume_gap.commands.prediction_file import (
    fitting,
    frozen_threshold,
    prediction_path,
    read_prediction,
)
from resume_gap.commands.running import Done, carry_out, warned
from resume_gap.commands.shared import inputs_of, shared
from resume_gap.commands.thresholds import find_threshold, single_row
from resume_gap.errors import DataError
from resume_gap.pipeline.reduction import burst_cut_us
from resume_gap.report.text.check_remedies import found as what_was_found
from resume_gap.results.evaluate import Evaluated
from resume_gap.results.trust import TrustCheck
from resume_gap.settings import Settings
from resume_gap.sources import Source
from resume_gap.sources.assignments import open_assignments, other_columns
from resume_gap.sources.frames import GivenFrame
from resume_gap.system.state import StateFolder
from resume_gap.system.temporary import Workspace
from resume_gap.trial.assignments import assign, assignments_in_log, split_of
from resume_gap.trial.data import at_the_return, read_trial
from resume_gap.trial.unit import UnitColumns, name_units


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
) -> Evaluated:
    """`resume_gap.evaluate` with checked settings; see there."""
    return carry_out(
        _evaluate,
        events,
        settings,
        out=out,
        force=force,
        interactive=interactive,
        on_progress=on_progress,
        tables=tables,
        state=state,
        files=(config, prediction_path(settings, out)),
        beside=None if settings.assignments is None else _open_beside,
    )


def _open_beside(settings: Settings, workspace: Workspace) -> Source:
    return open_assignments(settings.assignments or "", settings, workspace)


def _evaluate(job: Job) -> Done[Evaluated]:
    settings, beside = job.settings, job.beside
    prediction = read_prediction(settings, job.out)
    rows = read_rows(job)
    if beside is not None:
        beside.create_rows(job.runner.con, "assignment_rows")
        job.runner.note("00_assignment_rows", beside.shown_sql)
        source = "the assignments file"
    else:
        has_variant = bool(job.source.columns.get("variant"))
        source = assignments_in_log(
            job.runner, settings, has_variant=has_variant, experiments=job.source.experiments
        )
    assigned = assign(job.runner, settings, source, path=settings.assignments)
    columns = _unit_columns(job)
    units = name_units(job.runner, settings.unit, columns)
    prediction, checks = fitting(prediction, job, assigned.first_us)
    frozen = frozen_threshold(settings, prediction)
    cut_us = burst_cut_us(None if frozen is None else frozen.threshold_us)
    split = split_of(job.runner)
    log = order_events(job, rows, cut_us=cut_us, split=split)
    job.announce("learning the inactivity threshold")
    learned = frozen or find_threshold(job, log, before_us=split.learn_before_us)
    seen = see_returns(
        job, log, learned, [learned.threshold_us], cut_us=cut_us, relations=("stops", "lags")
    )
    if not log.has_productive:
        raise DataError(
            "no event of this log counts as work, so nobody can say whether the marker helped; "
            "name such events with --productive"
        )
    job.announce("comparing the arms")
    moved = at_the_return(job.runner)
    by_unit = units is not None and not units.is_user
    trial = replace(read_trial(job.runner, seen.asked.cap_us), by_unit=by_unit)
    evaluation = evaluation_of(
        TrialRun(
            job=job,
            log=log,
            trial=trial,
            assigned=assigned,
            prediction=prediction,
            moved=moved,
            threshold_us=learned.threshold_us,
            measurability=seen.measurability,
            units=units,
            columns=columns,
            allocation=(settings.allocation[0], settings.allocation[1]),
            sham_share=None if settings.sham is None else settings.allocation[-1],
        )
    )
    found = Evaluated(
        **shared(
            job,
            log,
            seen,
            command="evaluate",
            sensitivity=(single_row(seen),),
            checks=checks,
            beside=() if beside is None else inputs_of(beside, _spans(job)),
        ),
        evaluation=evaluation,
        prediction=None if prediction is None else prediction.data,
    )
    sums = seen.user_sums(target_rule(log, prediction))
    named = trial.users.select(
        "user_no",
        "assigned_us",
        arm=pl.when("is_treated").then(pl.lit("treatment")).otherwise(pl.lit("control")),
    )
    return Done(
        found,
        sums.join(named, on="user_no", how="left", maintain_order="left"),
        (*warned(found.data_quality), *_doubts(evaluation.trust.checks)),
    )


def _doubts(checks: Sequence[TrustCheck]) -> tuple[str, ...]:
    """What the checks of the trial that failed or warned have found."""
    return tuple(what_was_found(one) for one in checks if one.status in ("failed", "warned"))


def _unit_columns(job: Job) -> UnitColumns:
    """Columns that may be what was assigned at random."""
    mapped = {name: job.source.columns.get(name) for name in ("context", "task", "device")}
    return UnitColumns(
        log=job.source.columns_found,
        mapped={name: column for name, column in mapped.items() if column is not None},
        by=job.settings.by,
        beside=() if job.beside is None else other_columns(job.beside),
    )


def _spans(job: Job) -> pl.DataFrame:
    """What the assignment files span."""
    return job.runner.read("53_assignment_spans").pl()
