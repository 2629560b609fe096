"""The effects of a trial, each from per-user sums: primary, guardrails, and what explores."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from resume_gap.analysis.target_rules import NONE, split_by
from resume_gap.constants import HISTORY_PRIOR
from resume_gap.replay.returns import curve
from resume_gap.results.common import DAY_US, US
from resume_gap.results.evaluate import (
    CurvePoint,
    Effect,
    GroupEffect,
    Guardrail,
    Looks,
    Mechanism,
    QuantileRow,
)
from resume_gap.stats.arms import Comparison, apart, compare, difference
from resume_gap.stats.cuped import covariate
from resume_gap.stats.guardrail import guardrail, shown_equal
from resume_gap.stats.multiplicity import benjamini_hochberg, holm
from resume_gap.stats.quantiles import quantile_difference
from resume_gap.stats.sequential import rho, sequential
from resume_gap.trial.data import MINUTE_US, Trial

_QUANTILES = (0.5, 0.75, 0.9)
_EXPOSURES = (("1", 1, 1), ("2", 2, 2), ("3", 3, 3), ("4 to 6", 4, 6), ("7 and more", 7, 1 << 62))
_WEEKS = 8


def first_return(trial: Trial, seed: int) -> Comparison:
    """P1: re-orientation time of each user's first return at which the marker rule fires."""
    arms = trial.arms(trial.firsts, "reorientation_us", unit=US)
    return compare("first_return", "seconds", *arms, seed=seed)


def adjusted(trial: Trial, seed: int) -> Comparison:
    """P1 with CUPED on what was known before the assignment."""
    firsts = trial.firsts
    if not firsts.height or not bool(firsts["has_history"].any()):
        nothing = Effect(estimand="first_return_adjusted", unit="seconds", reason="no_history")
        return Comparison(effect=nothing)
    known = covariate(firsts["reorientation_us"].to_numpy() / US, trial.history(firsts))
    arms = trial.arms(firsts, "reorientation_us", unit=US, covariate=known)
    return compare("first_return_adjusted", "seconds", *arms, seed=seed)


def at_every_look(found: Comparison, looks: Looks | None, *, alpha: float) -> Effect:
    """The effect with an interval that holds at all looks, where there are several."""
    if looks is None:
        return found.effect
    return sequential(
        found.effect,
        found.variance,
        found.effect.n_control + found.effect.n_treatment,
        looks.planned_users,
        alpha,
        log_variance=found.log_variance,
    )


def looks_of(trial: Trial, looks: int, planned_users: int | None, *, alpha: float) -> Looks | None:
    """What several looks cost; None for a single one."""
    if looks == 1:
        return None
    planned = planned_users or max(2, sum(trial.assigned))
    return Looks(
        looks=looks,
        planned_users=planned,
        planned_by="assigned" if planned_users is None else "given",
        users=sum(trial.triggered),
        rho=rho(planned / 2, alpha),
    )


def return_rate(trial: Trial, seed: int) -> Comparison:
    """Share of the stops in mid-task that came back within seven days."""
    arms = trial.arms(trial.users, "returned_7d", per="followed_7d")
    return compare("return_rate_7d", "share", *arms, seed=seed)


def guardrails(trial: Trial, returned: Comparison, seed: int) -> tuple[Guardrail, ...]:
    """What must not get worse."""
    share = compare(
        "productive_share",
        "share",
        *trial.arms(trial.users, "productive", per="eligible"),
        seed=seed,
    )
    often = compare(
        "interruptions_per_user", "count", *trial.arms(trial.users, "interruptions"), seed=seed
    )
    minutes = compare(
        "productive_minutes",
        "minutes",
        *trial.arms(trial.users, "productive_us", unit=MINUTE_US),
        seed=seed,
    )
    return (
        guardrail(returned, higher_is_better=True),
        guardrail(share, higher_is_better=True),
        guardrail(often, higher_is_better=False),
        guardrail(minutes, higher_is_better=True),
    )


def returns_equal(returned: Comparison) -> bool:
    """Whether return rates are shown to be equal; no difference seen is not enough."""
    effect = returned.effect
    if effect.reason == "no_variation":
        return effect.control == effect.treatment
    return shown_equal(returned)


def all_returns(trial: Trial, returned: Comparison, seed: int) -> Comparison:
    """P3: all interruptions, ratio of sums; flagged unless return rates are shown to be equal."""
    arms = trial.arms(trial.users, "reorientation_us", per="eligible", unit=US)
    found = compare("all_returns", "seconds", *arms, seed=seed)
    flag = None if returns_equal(returned) else "returns_may_differ"
    return replace(found, effect=replace(found.effect, flag=flag))


def finished(trial: Trial, seed: int) -> Comparison:
    """Share of the triggered users whose first return reached work within the cap."""
    firsts = trial.firsts.with_columns(
        finished=(pl.col("lag_us") <= trial.cap_us).fill_null(value=False).cast(pl.Int64)
    )
    return compare("first_finished", "share", *trial.arms(firsts, "finished"), seed=seed)


def secondary(found: Sequence[Effect]) -> tuple[Effect, ...]:
    """Effects that share one error, by Holm."""
    return holm(tuple(found))


def quantiles(trial: Trial, seed: int) -> tuple[QuantileRow, ...]:
    """Quantiles of the first re-orientation time."""
    control, treatment = trial.arms(trial.firsts, "reorientation_us", unit=US)
    return tuple(
        quantile_difference(
            "first_return", "seconds", q, control.numerators, treatment.numerators, seed=seed
        )
        for q in _QUANTILES
    )


def curves(trial: Trial) -> tuple[CurvePoint, ...]:
    """Finished and left again by t, of the triggered users of each arm."""
    sides = []
    for treated in (False, True):
        mine = trial.firsts.filter(pl.col("is_treated") == treated)
        left = mine.filter(pl.col("lag_end") == "abandoned")
        gone = (left["next_stop_us"] - left["return_us"]).drop_nulls().to_numpy()
        done = mine["lag_us"].drop_nulls().to_numpy()
        sides.append([curve(times, mine.height, trial.cap_us) for times in (done, gone)])
    if not all(one for side in sides for one in side):
        return ()
    (control, control_left), (treatment, treatment_left) = sides
    return tuple(
        CurvePoint(
            seconds=seconds,
            control_finished=a,
            control_left=b,
            treatment_finished=c,
            treatment_left=d,
        )
        for (seconds, a), (_, b), (_, c), (_, d) in zip(
            control, control_left, treatment, treatment_left, strict=True
        )
    )


def exposures(trial: Trial, seed: int) -> tuple[GroupEffect, ...]:
    """The effect by how many times the marker had been due."""
    number = pl.col("exposure")
    return tuple(
        GroupEffect(
            group="exposure",
            value=value,
            effect=_ratio(trial, number.is_between(low, high), "exposure", seed),
        )
        for value, low, high in _EXPOSURES
        if trial.counted.filter(number.is_between(low, high)).height
    )


def weeks(trial: Trial, seed: int) -> tuple[GroupEffect, ...]:
    """The effect by week after the user's assignment."""
    week = (pl.col("return_us") - pl.col("assigned_us")) // (7 * DAY_US) + 1
    found = []
    for number in range(1, _WEEKS + 1):
        mine = week == number if number < _WEEKS else week >= number
        if trial.counted.filter(mine).height:
            value = str(number) if number < _WEEKS else f"{number} and later"
            effect = _ratio(trial, mine, "week", seed)
            found.append(GroupEffect(group="week", value=value, effect=effect))
    return tuple(found)


def _ratio(trial: Trial, rows: pl.Expr, estimand: str, seed: int) -> Effect:
    """Ratio of sums over some of the interruptions; users without one stay in."""
    sums = (
        trial.counted.filter(rows)
        .group_by("assigned_no")
        .agg(pl.col("reorientation_us").sum().alias("y"), pl.len().alias("n"))
    )
    frame = trial.users.select("assigned_no", "is_treated").join(
        sums, on="assigned_no", how="left", maintain_order="left"
    )
    arms = trial.arms(frame.with_columns(pl.col("y", "n").fill_null(0)), "y", per="n", unit=US)
    return difference(estimand, "seconds", *arms, seed=seed)


def never_triggered(trial: Trial, seed: int) -> Effect:
    """Productive minutes of those who never came back from an interruption."""
    rest = trial.users.filter((pl.col("eligible") == 0) & pl.col("user_no").is_not_null())
    arms = trial.arms(rest, "productive_us", unit=MINUTE_US)
    return difference("never_triggered", "minutes", *arms, seed=seed)


def mechanism(trial: Trial, policy: str | None, seed: int) -> Mechanism:
    """First returns of people whom the arrow used to be right for, against the others.

    Predicted from each user's own followed-up interruptions before the assignment, with the
    prior of everybody's: more hits than everybody predict a hit.
    """
    if policy is None:
        return Mechanism(reason="no_elements")
    past = trial.returns.filter(
        pl.col("is_interruption") & pl.col("eligible") & ~pl.col("is_after")
    )
    if not past.height:
        return Mechanism(reason="no_history", policy=policy)
    hit = pl.col(f"{policy}_hit").cast(pl.Int64)
    overall = int(past[f"{policy}_hit"].cast(pl.Int64).sum()) / past.height
    own = past.group_by("assigned_no").agg(hit.sum().alias("hits"), pl.len().alias("past"))
    weight = HISTORY_PRIOR.value
    firsts = trial.firsts.join(own, on="assigned_no", how="left", maintain_order="left")
    known = firsts.filter(pl.col("past").is_not_null()).with_columns(
        predicted=(pl.col("hits") + weight * overall) / (pl.col("past") + weight) > overall
    )
    found = {}
    for value, mine in (("hit", pl.col("predicted")), ("miss", ~pl.col("predicted"))):
        arms = trial.arms(known.filter(mine), "reorientation_us", unit=US)
        found[value] = compare(f"predicted_{value}", "seconds", *arms, seed=seed)
    return Mechanism(
        reason=None,
        policy=policy,
        groups=tuple(
            GroupEffect(group="predicted", value=value, effect=one.effect)
            for value, one in found.items()
        ),
        difference=apart(found["hit"], found["miss"]),
        unknown=firsts.height - known.height,
    )


def segments(
    trial: Trial, columns: Sequence[str], names: Mapping[str, Mapping[int, str]], seed: int
) -> tuple[GroupEffect, ...]:
    """P1 by the value that each column had when work stopped; exploration, corrected."""
    found = []
    for place, column in enumerate(columns, start=1):
        values = trial.firsts[f"segment_{place}"].replace_strict(
            {0: NONE, **names[column]}, default=NONE, return_dtype=pl.String
        )
        for value, mine in split_by(trial.firsts.with_columns(value=values)):
            arms = trial.arms(mine, "reorientation_us", unit=US)
            effect = difference("first_return", "seconds", *arms, seed=seed)
            found.append(GroupEffect(group=column, value=value, effect=effect))
    corrected = benjamini_hochberg(tuple(one.effect for one in found))
    return tuple(replace(one, effect=effect) for one, effect in zip(found, corrected, strict=True))
