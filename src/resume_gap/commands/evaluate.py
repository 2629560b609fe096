"""After a randomised launch: a log and its assignments to one frozen `Evaluated`.

Trust comes first: where a check fails, no effect is computed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import polars as pl

from resume_gap.analysis import before_launch
from resume_gap.commands.context import (
    Job,
    Log,
    Progress,
    limit,
    order_events,
    read_rows,
    see_returns,
    single_row,
)
from resume_gap.commands.prediction_file import (
    Prediction,
    fitting,
    frozen_limit,
    prediction_path,
    read_prediction,
)
from resume_gap.commands.running import Done, carry_out, warned
from resume_gap.commands.shared import inputs_of, shared
from resume_gap.constants import ALPHA
from resume_gap.errors import DataError
from resume_gap.pipeline.reduction import burst_cut_us
from resume_gap.report.text.trust import found as what_was_found
from resume_gap.results.evaluate import (
    Effect,
    Evaluated,
    Evaluation,
    LeeBounds,
    Looks,
    Mechanism,
    Trust,
    Use,
    Verdict,
)
from resume_gap.results.run import Measurability
from resume_gap.settings import Settings
from resume_gap.sources import Source
from resume_gap.sources.assignments import open_assignments
from resume_gap.sources.role_bits import AWAY, COMPLETING, OUTSIDE, PRODUCTIVE
from resume_gap.sources.roles import matching
from resume_gap.system.temporary import Workspace
from resume_gap.trial import effects, exploration
from resume_gap.trial.assignments import Assigned, assign, assignments_in_log, split_of
from resume_gap.trial.checks import failed, trust_of
from resume_gap.trial.data import Trial, at_the_return, first_work, read_arm_events, read_trial
from resume_gap.trial.evidence import Evidence
from resume_gap.trial.measured import flagged
from resume_gap.trial.prediction_check import predicted_rows
from resume_gap.trial.use import use
from resume_gap.trial.verdict import blind, verdict_of, withheld

_POLICY = "last_touched"


def run(
    events: Sequence[str],
    settings: Settings,
    *,
    out: Path | None,
    force: bool = False,
    on_progress: Progress,
    config: Path | None = None,
) -> Evaluated:
    """`resume_gap.evaluate` with checked settings; see there."""
    return carry_out(
        _evaluate,
        events,
        settings,
        out=out,
        force=force,
        on_progress=on_progress,
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
        job.runner.note("48_assignment_rows", beside.shown_sql)
        source = "the assignments file"
    else:
        has_variant = bool(job.source.columns.get("variant"))
        source = assignments_in_log(job.runner, settings, has_variant=has_variant)
    assigned = assign(job.runner, settings, source, path=settings.assignments)
    prediction, checks = fitting(prediction, job, assigned)
    frozen = frozen_limit(settings, prediction)
    cut_us = burst_cut_us(None if frozen is None else frozen.threshold_us)
    split = split_of(job.runner)
    log = order_events(job, rows, cut_us=cut_us, split=split)
    job.announce("learning the inactivity threshold")
    learned = frozen or limit(job, log, before_us=split.learn_before_us)
    seen = see_returns(job, log, learned, [learned.threshold_us], cut_us=cut_us)
    if not log.has_productive:
        raise DataError(
            "no event of this log counts as work, so nobody can say whether the marker helped; "
            "name such events with --productive"
        )
    job.announce("comparing the arms")
    moved = at_the_return(job.runner)
    trial = read_trial(job.runner, seen.asked.cap_us)
    evaluation = _compare(
        _Found(
            job, log, trial, assigned, prediction, moved, learned.threshold_us, seen.measurability
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
    sums = seen.user_sums(_policy(log, prediction))
    named = trial.users.select(
        "user_no",
        "assigned_us",
        arm=pl.when("is_treated").then(pl.lit("treatment")).otherwise(pl.lit("control")),
    )
    doubts = [c for c in evaluation.trust.checks if c.status in ("failed", "warned")]
    return Done(
        found,
        sums.join(named, on="user_no", how="left", maintain_order="left"),
        (*warned(found.data_quality), *map(what_was_found, doubts)),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What a trial is judged by."""

    job: Job
    log: Log
    trial: Trial
    assigned: Assigned
    prediction: Prediction | None
    moved: int
    threshold_us: int
    measurability: Measurability


def _spans(job: Job) -> pl.DataFrame:
    """What the assignment files span."""
    return job.runner.read("53_assignment_spans").pl()


def _compare(found: _Found) -> Evaluation:
    job, log, trial, prediction = found.job, found.log, found.trial, found.prediction
    settings, seed = job.settings, job.settings.seed
    untouched = effects.never_triggered(trial, seed)
    trust = trust_of(
        Evidence(
            trial=trial,
            assigned=found.assigned,
            events=read_arm_events(job.runner, _shown_names(log, settings)),
            first_work=partial(first_work, job.runner),
            known=_with_role(log, OUTSIDE),
            working=_with_role(log, PRODUCTIVE | COMPLETING | AWAY),
            shown=log.names,
            allocation=settings.allocation,
            log_first_us=None
            if job.source.columns.get("stream")
            else int(log.stats["first_us"].min()),  # type: ignore[arg-type]
            threshold_us=found.threshold_us,
            never_triggered=untouched,
            moved=found.moved,
            by_day=settings.stratify_by_day,
            new_users=settings.new_users,
        )
    )
    looks = effects.looks_of(trial, settings.looks, settings.planned_users, alpha=ALPHA.value)
    seen = found.measurability
    if seen.reason is not None:
        verdict = blind(seen.reason, seen.figures)
        return _nothing("withheld", verdict, trust, looks, prediction)
    broken = failed(trust.checks)
    if broken:
        return _nothing("withheld", withheld(broken), trust, looks, prediction)
    codes = {check.name: check.code for check in trust.checks}
    trial = replace(trial, by_day=codes["allocation_over_time"] == "by_day")
    primary = effects.first_return(trial, seed)
    if codes["log_begins_late"] == "no_history":
        primary = flagged(primary, "first_return_seen")
    reported = effects.at_every_look(primary, looks, alpha=ALPHA.value)
    later = use(trial, seed)
    verdict = verdict_of(reported, trust, later)
    if reported.reason in ("few_users", "no_rows"):
        return replace(_nothing("few_users", verdict, trust, looks, prediction), primary=reported)
    returned = effects.return_rate(trial, seed)
    finished, everything = (
        effects.at_every_look(one, looks, alpha=ALPHA.value)
        for one in (effects.finished(trial, seed), effects.all_returns(trial, returned, seed))
    )
    beside = [finished]
    if everything.flag is None:
        beside.append(everything)
    policy = _policy(log, prediction)
    return Evaluation(
        verdict=verdict,
        trust=trust,
        primary=reported,
        adjusted=effects.at_every_look(effects.adjusted(trial, seed), looks, alpha=ALPHA.value),
        looks=looks,
        guardrails=effects.guardrails(trial, returned, seed),
        secondary=effects.secondary(beside),
        exploratory=() if everything.flag is None else (everything,),
        lee_bounds=effects.selection(trial),
        quantiles=exploration.quantiles(trial, seed),
        curves=exploration.curves(trial),
        mechanism=exploration.mechanism(trial, policy, seed),
        use=later,
        exposures=exploration.exposures(trial, seed),
        weeks=exploration.weeks(trial, seed),
        dilution=untouched,
        segments=exploration.segments(
            trial,
            settings.by,
            before_launch.segment_names(settings, log.tally),
            log.names.groups,
            seed,
        ),
        predicted=() if prediction is None else predicted_rows(prediction.content, trial, reported),
        prediction_file=None if prediction is None else str(prediction.content["sha256"]),
        alpha=ALPHA.value,
    )


def _nothing(
    reason: str, verdict: Verdict, trust: Trust, looks: Looks | None, prediction: Prediction | None
) -> Evaluation:
    """What stands where a check failed or users are too few: the checks, and no effect."""

    def nothing(estimand: str) -> Effect:
        return Effect(estimand=estimand, unit="seconds", reason=reason)

    return Evaluation(
        verdict=verdict,
        trust=trust,
        primary=nothing("first_return"),
        adjusted=nothing("first_return_adjusted"),
        looks=looks,
        guardrails=(),
        secondary=(),
        exploratory=(),
        lee_bounds=LeeBounds(reason=reason),
        quantiles=(),
        curves=(),
        mechanism=Mechanism(reason=reason),
        use=Use(change=nothing("change_with_use"), later=nothing("later_returns")),
        exposures=(),
        weeks=(),
        dilution=nothing("never_triggered"),
        segments=(),
        predicted=(),
        prediction_file=None if prediction is None else str(prediction.content["sha256"]),
        alpha=ALPHA.value,
    )


def _policy(log: Log, prediction: Prediction | None) -> str | None:
    """Where the marker points: as predicted, else at the last element touched."""
    if not log.intake.contents.label_element.any():
        return None
    best = None if prediction is None else prediction.content.get("best")
    return _POLICY if best is None else str(best)


def _with_role(log: Log, roles: int) -> frozenset[str]:
    """Events with one of these roles."""
    kinds = log.intake.kinds
    return frozenset(kinds.filter((pl.col("roles") & roles) != 0)["event"])


def _shown_names(log: Log, settings: Settings) -> list[str]:
    names = set(log.intake.kinds["event"])
    patterns = settings.marker.get("shown", ())
    return sorted({name for pattern in patterns for name in matching(names, pattern)})
