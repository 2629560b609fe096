"""What a randomised launch shows: checks of the trial first, then its effects.

Where a check fails, no effect is computed.
"""

from dataclasses import dataclass, replace
from functools import partial

import polars as pl

from resume_gap.analysis import before_launch
from resume_gap.commands.context import Job, Log
from resume_gap.commands.prediction_file import Prediction
from resume_gap.constants import ALPHA
from resume_gap.results.effect import Effect
from resume_gap.results.evaluate import (
    Evaluation,
    LeeBounds,
    Looks,
    Mechanism,
    Primary,
    Use,
    Verdict,
)
from resume_gap.results.run import Measurability
from resume_gap.results.trust import Trust
from resume_gap.settings import Settings
from resume_gap.sources.role_bits import AWAY, COMPLETING, OUTSIDE, PRODUCTIVE
from resume_gap.sources.roles import matching
from resume_gap.trial import effects, exploration
from resume_gap.trial.assignments import Assigned
from resume_gap.trial.cap import as_primary, at_caps, overruled, primary_cap
from resume_gap.trial.checks import failed, trust_of
from resume_gap.trial.data import Trial, first_work, read_arm_events
from resume_gap.trial.evidence import Evidence
from resume_gap.trial.measured import flagged
from resume_gap.trial.pointing import followed, read
from resume_gap.trial.prediction_check import predicted_rows
from resume_gap.trial.unit import UnitColumns, Units, candidates, known_values
from resume_gap.trial.use import use
from resume_gap.trial.verdict import blind, verdict_of, withheld

_TARGET_RULE = "last_touched"


@dataclass(frozen=True, slots=True)
class TrialRun:
    """What a trial is judged by."""

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


def evaluation_of(run: TrialRun) -> Evaluation:
    """The evaluation: checks, and effects where all of them hold."""
    trial, settings, seed = run.trial, run.job.settings, run.job.settings.seed
    untouched = effects.never_triggered(trial, seed)
    trust = _trust(run, untouched)
    looks = effects.looks_of(trial, settings.looks, settings.planned_users, alpha=ALPHA.value)
    seen = run.measurability
    if seen.reason is not None:
        verdict = blind(seen.reason, seen.figures)
        return _nothing("withheld", verdict, trust, looks, run.prediction)
    broken = failed(trust.checks)
    if broken:
        return _nothing("withheld", withheld(broken), trust, looks, run.prediction)
    codes = {check.name: check.code for check in trust.checks}
    content = None if run.prediction is None else run.prediction.content
    cap = primary_cap(trial, content)
    trial = replace(trial, by_day=codes["allocation_over_time"] == "by_day", primary_us=cap.us)
    first = effects.first_return(trial, seed)
    if codes["log_begins_late"] == "no_history":
        first = flagged(first, "first_return_seen")
    primary = as_primary(effects.at_every_look(first, looks, alpha=ALPHA.value), cap)
    caps = at_caps(trial, first, looks, seed)
    later = use(trial, seed)
    verdict = verdict_of(primary, trust, later, overruled(primary, caps))
    if primary.reason in ("few_users", "few_units", "no_rows"):
        nothing = _nothing("few_users", verdict, trust, looks, run.prediction)
        return replace(nothing, primary=primary)
    returned, soon = effects.return_rate(trial, seed), effects.return_rate_soon(trial, seed)
    interruptions = effects.interruptions(trial, seed)
    by_prediction = exploration.mechanism(trial, target_rule(run.log, run.prediction), seed)
    mechanism = followed(by_prediction, trial, seed)
    finished, everything = (
        effects.at_every_look(one, looks, alpha=ALPHA.value)
        for one in (
            effects.finished(trial, seed),
            effects.all_returns(trial, (returned, soon, interruptions), seed),
        )
    )
    beside = [finished]
    if everything.flag is None:
        beside.append(everything)
    return Evaluation(
        verdict=verdict,
        trust=trust,
        primary=primary,
        caps=caps,
        adjusted=effects.at_every_look(effects.adjusted(trial, seed), looks, alpha=ALPHA.value),
        looks=looks,
        guardrails=effects.guardrails(trial, returned, seed),
        interruptions=interruptions.effect,
        secondary=effects.secondary(beside),
        exploratory=() if everything.flag is None else (everything,),
        lee_bounds=effects.selection(trial),
        quantiles=exploration.quantiles(trial, seed),
        curves=exploration.curves(trial),
        mechanism=replace(mechanism, reading=read(mechanism, verdict.word)),
        use=later,
        exposures=exploration.exposures(trial, seed),
        weeks=exploration.weeks(trial, seed),
        dilution=untouched,
        segments=exploration.segments(
            trial,
            settings.by,
            before_launch.segment_names(settings, run.log.tally),
            run.log.names.groups,
            seed,
        ),
        predicted=() if content is None else predicted_rows(content, trial, primary),
        prediction_file=_seal(run.prediction),
        alpha=ALPHA.value,
    )


def _trust(run: TrialRun, untouched: Effect) -> Trust:
    settings = run.job.settings
    return trust_of(
        Evidence(
            trial=run.trial,
            assigned=run.assigned,
            events=read_arm_events(run.job.runner, _shown_names(run.log, settings)),
            first_work=partial(first_work, run.job.runner),
            known=_with_role(run.log, OUTSIDE),
            working=_with_role(run.log, PRODUCTIVE | COMPLETING | AWAY),
            shown=run.log.names,
            allocation=settings.allocation,
            log_first_us=None
            if run.job.source.columns.get("stream")
            else int(run.log.stats["first_us"].min()),  # type: ignore[arg-type]
            threshold_us=run.threshold_us,
            never_triggered=untouched,
            moved=run.moved,
            by_day=settings.stratify_by_day,
            new_users=settings.new_users,
            units=run.units,
            candidates=partial(candidates, run.job.runner, run.trial.users, run.columns),
            known_values=partial(known_values, run.job.runner, run.columns),
        )
    )


def _seal(prediction: Prediction | None) -> str | None:
    return None if prediction is None else str(prediction.content["sha256"])


def _nothing(
    reason: str, verdict: Verdict, trust: Trust, looks: Looks | None, prediction: Prediction | None
) -> Evaluation:
    """What stands where a check failed or users are too few: the checks, and no effect."""

    def nothing(estimand: str) -> Effect:
        return Effect(estimand=estimand, unit="seconds", reason=reason)

    return Evaluation(
        verdict=verdict,
        trust=trust,
        primary=Primary(estimand="first_return", unit="seconds", reason=reason),
        caps=(),
        adjusted=nothing("first_return_adjusted"),
        looks=looks,
        guardrails=(),
        interruptions=Effect(estimand="interruptions_per_user", unit="count", reason=reason),
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
        prediction_file=_seal(prediction),
        alpha=ALPHA.value,
    )


def target_rule(log: Log, prediction: Prediction | None) -> str | None:
    """Where the marker points: as predicted, else at the last element touched."""
    if not log.intake.contents.label_element.any():
        return None
    best = None if prediction is None else prediction.content.get("best")
    return _TARGET_RULE if best is None else str(best)


def _with_role(log: Log, roles: int) -> frozenset[str]:
    """Events with one of these roles."""
    kinds = log.intake.kinds
    return frozenset(kinds.filter((pl.col("roles") & roles) != 0)["event"])


def _shown_names(log: Log, settings: Settings) -> list[str]:
    names = set(log.intake.kinds["event"])
    patterns = settings.marker.get("shown", ())
    return sorted({name for pattern in patterns for name in matching(names, pattern)})
