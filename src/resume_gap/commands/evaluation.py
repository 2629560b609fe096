"""What a randomized launch shows: checks of the trial first, then its effects.

Where a check fails, no effect is computed.
"""

from dataclasses import replace

from resume_gap.analysis import before_launch
from resume_gap.commands.context import Log
from resume_gap.commands.judged import TrialRun, judge
from resume_gap.commands.prediction_file import Prediction
from resume_gap.commands.sham import sham_of
from resume_gap.constants import ALPHA
from resume_gap.replay.target_rules import LAST_TOUCHED
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
from resume_gap.results.trust import Trust
from resume_gap.trial import effects, exploration
from resume_gap.trial.futility import futility
from resume_gap.trial.pointing import followed, read
from resume_gap.trial.prediction_check import predicted_rows


def evaluation_of(run: TrialRun) -> Evaluation:
    """The evaluation: checks, and effects where all of them hold."""
    judged, settings, seed = judge(run), run.job.settings, run.job.settings.seed
    trial, trust, looks, verdict = judged.trial, judged.trust, judged.looks, judged.verdict
    primary, caps, later = judged.primary, judged.caps, judged.use
    content = None if run.prediction is None else run.prediction.content
    if judged.cap is None or later is None:
        nothing = _nothing("withheld", verdict, trust, looks, run.prediction)
        return replace(nothing, sham=sham_of(run, None))
    if primary.reason in ("few_users", "few_units", "no_rows"):
        nothing = _nothing("few_users", verdict, trust, looks, run.prediction)
        return replace(nothing, primary=primary, sham=sham_of(run, judged.cap))
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
        dilution=judged.untouched,
        segments=exploration.segments(
            trial,
            settings.by,
            before_launch.segment_names(settings, run.log.tally),
            run.log.names.groups,
            seed,
        ),
        predicted=() if content is None else predicted_rows(content, trial, primary),
        futility=None if content is None else futility(content, trial, primary, settings.worth),
        prediction_file=_seal(run.prediction),
        alpha=ALPHA.value,
        sham=sham_of(run, judged.cap),
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
    return LAST_TOUCHED if best is None else str(best)
