"""What was predicted before a launch, compared with what was measured."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import polars as pl

from resume_gap.results.common import US, Estimate
from resume_gap.results.effect import Effect
from resume_gap.results.predicted import AT_MOST, AT_MOST_WITH_GIVE_UPS, PredictedRow
from resume_gap.stats.ratio import ratio_of_sums, scaled
from resume_gap.trial.data import Trial


def predicted_rows(
    prediction: Mapping[str, Any], trial: Trial, primary: Effect
) -> tuple[PredictedRow, ...]:
    """Predicted beside measured, with n.

    The control arm says how long getting back takes without a marker and where the marker would
    have pointed; the primary effect says what the marker took away.

    Args:
        prediction: A verified prediction file.
        trial: The trial.
        primary: P1.
    """
    before = prediction.get("reorientation_mean") or {}
    rows = [
        PredictedRow(
            name="reorientation_mean_seconds",
            predicted=_estimate(before),
            measured=_control_mean(trial),
            n_predicted=before.get("n"),
            n_measured=_followed(trial).height,
        )
    ]
    best = prediction.get("best")
    policy = next((p for p in prediction.get("policies", []) if p.get("name") == best), None)
    if policy is not None and policy.get("hit") is not None:
        rows.append(
            PredictedRow(
                name="hit",
                predicted=_estimate(policy | {"estimate": policy["hit"]}),
                measured=_control_hits(trial, str(best)),
                n_predicted=policy.get("n"),
                n_measured=_followed(trial).height,
            )
        )
    return (*rows, *saving_rows(prediction, primary.saved, primary.users, trial.primary_cap_us))


def saving_rows(
    prediction: Mapping[str, Any], saved: Estimate, n: int, cap_us: int
) -> tuple[PredictedRow, ...]:
    """What a marker saves as it was predicted, beside what it saved.

    Args:
        prediction: A verified prediction file.
        saved: Measured, seconds.
        n: What that is of.
        cap_us: Up to which both count; there are no rows for another one.
    """
    sealed = sealed_bounds(prediction, cap_us)
    rows = [
        PredictedRow(
            name=name,
            predicted=Estimate(estimate=upper),
            measured=saved,
            n_predicted=sealed.first_returns,
            n_measured=n,
        )
        for name, upper in (
            (AT_MOST, sealed.search),
            (AT_MOST_WITH_GIVE_UPS, sealed.with_give_ups),
        )
        if upper is not None
    ]
    best = prediction.get("best")
    policies = prediction.get("policies", [])
    hit = next((one.get("hit") for one in policies if one.get("name") == best), None)
    if sealed.search_estimate is not None and hit is not None:
        rows += [
            PredictedRow(
                name=f"scenario:{scenario['name']}",
                predicted=Estimate(estimate=_at_first(scenario, sealed.search_estimate, hit)),
                measured=saved,
                n_predicted=sealed.first_returns,
                n_measured=n,
            )
            for scenario in prediction.get("scenarios", [])
        ]
    return tuple(rows)


def _at_first(scenario: Mapping[str, Any], search_seconds: float, hit: float) -> float:
    """What a scenario saves at a first return: of its search up to the cap, less wrong markers."""
    noticed, removed, cost = (
        float(scenario[name]) for name in ("noticed", "removed", "wrong_cost_seconds")
    )
    return noticed * (removed * search_seconds - cost * (1 - hit))


class SealedBounds(NamedTuple):
    """What the marker could save at most at a first return, as it was sealed; seconds.

    Attributes:
        first_returns: Behind the bounds.
        search: Of search; None: not in the file, or for another cap than the trial's.
        with_give_ups: And with give-ups.
        search_estimate: The estimate of the search whose upper end is `search`.
    """

    first_returns: int | None
    search: float | None
    with_give_ups: float | None
    search_estimate: float | None


def sealed_bounds(prediction: Mapping[str, Any], cap_us: int) -> SealedBounds:
    """The bounds that predict the primary effect: first returns, counted up to the same cap."""
    sealed = prediction.get("primary_cap") or {}
    if round(float(sealed.get("seconds", 0.0)) * US) != cap_us:
        return SealedBounds(None, None, None, None)
    search, more = (
        (sealed.get(name) or {}).get("ci_upper") for name in ("search", "with_give_ups")
    )
    estimate = (sealed.get("search") or {}).get("estimate")
    return SealedBounds(sealed.get("first_returns"), search, more, estimate)


def _estimate(found: Mapping[str, Any]) -> Estimate:
    return Estimate(
        estimate=found.get("estimate"),
        ci_lower=found.get("ci_lower"),
        ci_upper=found.get("ci_upper"),
    )


def _followed(trial: Trial) -> pl.DataFrame:
    """Followed-up interruptions of the control arm."""
    return trial.counted.filter(~pl.col("is_treated"))


def _control_mean(trial: Trial) -> Estimate:
    control = trial.users.filter(~pl.col("is_treated"))
    mean = ratio_of_sums(
        control["reorientation_us"].to_numpy(), control["eligible"].cast(pl.Int64).to_numpy()
    )
    return Estimate.of(scaled(mean, 1 / US, low=0.0, high=trial.cap_us / US))


def _control_hits(trial: Trial, policy: str) -> Estimate:
    sums = (
        _followed(trial)
        .group_by("assigned_no")
        .agg(pl.col(f"{policy}_hit").cast(pl.Int64).sum().alias("hits"), pl.len().cast(pl.Int64))
        .sort("assigned_no")
    )
    hits = ratio_of_sums(sums["hits"].to_numpy(), sums["len"].to_numpy())
    return Estimate.of(scaled(hits, 1.0, low=0.0, high=1.0))
