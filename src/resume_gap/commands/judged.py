"""Two arms of a trial up to their verdict: checks first, then the primary effect."""

from dataclasses import dataclass, replace
from functools import partial

import polars as pl

from resume_gap.commands.context import Job, Log
from resume_gap.commands.prediction_file import Prediction
from resume_gap.constants import ALPHA
from resume_gap.results.effect import Effect
from resume_gap.results.evaluate import (
    CapEffect,
    Looks,
    Primary,
    Use,
    Verdict,
)
from resume_gap.results.run import Measurability
from resume_gap.results.trust import Trust
from resume_gap.sources.role_bits import AWAY, COMPLETING, OUTSIDE, PRODUCTIVE
from resume_gap.sources.roles import marker_names
from resume_gap.trial import effects
from resume_gap.trial.assignments import Assigned
from resume_gap.trial.cap import TrialCap, as_primary, at_caps, overruled, primary_cap
from resume_gap.trial.checks import failed, trust_of
from resume_gap.trial.data import Trial, read_arm_events
from resume_gap.trial.evidence import Evidence
from resume_gap.trial.first_seconds import later_work, only_at_once, with_check
from resume_gap.trial.first_work import first_work
from resume_gap.trial.measured import flagged
from resume_gap.trial.unaffected_checks import doubted
from resume_gap.trial.unit import (
    KnownValues,
    UnitCandidates,
    UnitColumns,
    Units,
    candidates,
    known_values,
    named_values,
    platform_values,
)
from resume_gap.trial.unnamed_units import unnamed_values
from resume_gap.trial.use import use
from resume_gap.trial.verdict import blind, verdict_of, withheld

_NOTHING = Primary(estimand="first_return", unit="seconds", reason="withheld")


@dataclass(frozen=True, slots=True)
class TrialRun:
    """What two arms are judged by: control and treatment, or one of them and a sham.

    `sham_share` is the intended share of a third arm beside those of `allocation`.
    """

    job: Job
    log: Log
    trial: Trial
    assigned: Assigned
    prediction: Prediction | None
    moved: int
    threshold_us: int
    measurability: Measurability
    units: Units | None
    columns: UnitColumns
    allocation: tuple[float, float]
    sham_share: float | None = None
    control_is_sham: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """Two arms, up to the verdict.

    Attributes:
        trial: As it is compared: within days only or not, up to the primary cap.
        untouched: Effect on those to whom the marker was never due.
        trust: The checks.
        looks: What several looks cost; None for a single one.
        verdict: The word.
        primary: The effect at the first return; without figures where a check failed.
        cap: Of that effect; None where a check failed.
        caps: The same at other caps.
        use: The effect at later returns.
    """

    trial: Trial
    untouched: Effect
    trust: Trust
    looks: Looks | None
    verdict: Verdict
    primary: Primary
    cap: TrialCap | None = None
    caps: tuple[CapEffect, ...] = ()
    use: Use | None = None


def judge(run: TrialRun, cap: TrialCap | None = None) -> Judged:
    """The checks of two arms, and their verdict where all of them hold.

    Args:
        run: The arms.
        cap: Of the primary effect; None: chosen from the prediction, or from this trial's history.
    """
    settings, seed = run.job.settings, run.job.settings.seed
    content = None if run.prediction is None else run.prediction.content
    cap = primary_cap(run.trial, content) if cap is None else cap
    trial = replace(run.trial, primary_us=cap.us)
    untouched = effects.never_triggered(trial, seed)
    evidence = _evidence(replace(run, trial=trial), untouched)
    trust = trust_of(evidence)
    looks = effects.looks_of(trial, settings.looks, settings.planned_users, alpha=ALPHA.value)
    seen, broken = run.measurability, failed(trust.checks)
    if seen.reason is not None or broken:
        verdict = withheld(broken) if seen.reason is None else blind(seen.reason, seen.figures)
        return Judged(trial, untouched, trust, looks, verdict, _NOTHING)
    codes = {check.name: check.code for check in trust.checks}
    trial = replace(trial, by_day=codes["allocation_over_time"] == "by_day")
    first = effects.first_return(trial, seed)
    if codes["log_begins_late"] == "no_history":
        first = flagged(first, "first_return_seen")
    primary = as_primary(effects.at_every_look(first, looks, alpha=ALPHA.value), cap)
    caps = at_caps(trial, first, looks, seed)
    later = use(trial, seed)
    verdict = verdict_of(primary, trust, later, overruled(primary, caps))
    if verdict.word in ("better", "worse"):
        trust = doubted(trust, primary)
    if verdict.word == "better" and (written := only_at_once(evidence, trial, looks, seed)):
        trust = with_check(trust, written)
        if written.status == "failed":
            return Judged(trial, untouched, trust, looks, withheld([written]), _NOTHING)
    return Judged(trial, untouched, trust, looks, verdict, primary, cap, caps, later)


def _evidence(run: TrialRun, untouched: Effect) -> Evidence:
    settings, names = run.job.settings, run.log.intake.kinds["event"]
    return Evidence(
        trial=run.trial,
        assigned=run.assigned,
        events=read_arm_events(run.job.runner, marker_names(names, settings, "shown")),
        first_work=partial(first_work, run.job.runner),
        later_work=partial(
            later_work,
            run.job.runner,
            clicked_names=marker_names(names, settings, "clicked"),
        ),
        known=_with_role(run.log, OUTSIDE),
        working=_with_role(run.log, PRODUCTIVE | COMPLETING | AWAY),
        shown=run.log.names,
        allocation=run.allocation,
        sham_share=run.sham_share,
        log_first_us=None
        if run.job.source.columns.get("stream")
        else int(run.log.stats["first_us"].min()),  # type: ignore[arg-type]
        threshold_us=run.threshold_us,
        never_triggered=untouched,
        interruptions=effects.interruptions(run.trial, settings.seed).effect,
        moved=run.moved,
        by_day=settings.stratify_by_day,
        new_users=settings.new_users,
        units=run.units,
        candidates=partial(_candidates, run),
        control_is_sham=run.control_is_sham,
        known_values=partial(_known_values, run),
    )


def _known_values(run: TrialRun) -> tuple[KnownValues, ...]:
    """Columns at hand, and those that name a platform though nobody mapped them."""
    known = known_values(run.job.runner, run.columns)
    platforms = run.job.source.unmapped.platforms
    if not platforms.columns:
        return known
    platforms.create_rows(run.job.runner.con, "platform_rows")
    return (*known, *platform_values(run.job.runner, platforms.columns))


def _candidates(run: TrialRun) -> UnitCandidates:
    """Columns at hand, those named like a group of users, and groups that no column names."""
    known, units = known_values(run.job.runner, run.columns), run.job.source.unmapped.units
    if units.columns:
        units.create_rows(run.job.runner.con, "unit_rows")
        known += named_values(run.job.runner, units.columns)
    known += unnamed_values(run.job.runner, run.trial)
    return candidates(run.trial.users, known)


def _with_role(log: Log, roles: int) -> frozenset[str]:
    """Events with one of these roles."""
    kinds = log.intake.kinds
    return frozenset(kinds.filter((pl.col("roles") & roles) != 0)["event"])
