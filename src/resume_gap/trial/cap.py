"""The cap of the primary effect: chosen blind to the arms, and what other caps would show.

A return that ends without work is charged the cap. A short cap needs fewer users, but harm may hide
behind it, so the effect at longer caps is beside the primary one and may overrule it.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from resume_gap.constants import (
    ALPHA,
    PRIMARY_CAP_OBSERVED,
    PRIMARY_CAP_POINT,
    PRIMARY_CAP_STANDARD,
    PRIMARY_CAPS,
)
from resume_gap.results.effect import Effect
from resume_gap.results.evaluate import CapEffect, CapSource, CapWord, Looks, Primary
from resume_gap.trial.data import Trial
from resume_gap.trial.effects import at_every_look, first_return
from resume_gap.trial.measured import Measured
from resume_gap.units import US


class TrialCap(NamedTuple):
    """Up to how long the primary effect counts.

    Attributes:
        us: The cap, at most that of re-orientation time.
        source: Where it is from.
    """

    us: int
    source: CapSource


def primary_cap(trial: Trial, prediction: Mapping[str, Any] | None) -> TrialCap:
    """The cap of the primary effect, from what came before anybody's assignment.

    The prediction's own; else the 90 % point of the observed lags whose work began before their
    user's assignment; with under 50 of them two minutes. Never above the cap of re-orientation
    time.

    Args:
        trial: The trial.
        prediction: A verified prediction file, if there is one.
    """
    before = trial.returns.filter(
        pl.col("is_interruption") & (pl.col("return_us") + pl.col("lag_us") < pl.col("assigned_us"))
    )
    return cap_before(before["lag_us"].to_numpy(), prediction, trial.cap_us)


def cap_before(
    lags: NDArray[np.int64], prediction: Mapping[str, Any] | None, cap_us: int
) -> TrialCap:
    """The same rule for whatever was launched.

    Args:
        lags: (n) observed lags whose work began before the launch, microseconds, in any order.
        prediction: A verified prediction file, if there is one.
        cap_us: The cap of re-orientation time.
    """
    predicted = None if prediction is None else prediction.get("primary_cap")
    if predicted is not None:
        found = TrialCap(round(float(predicted["seconds"]) * US), "prediction")
    elif len(lags) < PRIMARY_CAP_OBSERVED.value:
        found = TrialCap(PRIMARY_CAP_STANDARD.us, "standard")
    else:
        below = int(np.ceil(PRIMARY_CAP_POINT.value * len(lags)))
        found = TrialCap(max(int(np.sort(lags)[below - 1]), 1), "lags")
    return found if found.us <= cap_us else TrialCap(cap_us, "threshold")


def as_primary(effect: Effect, cap: TrialCap) -> Primary:
    """The effect at the first return, with the cap up to which it counts."""
    known = {one.name: getattr(effect, one.name) for one in fields(Effect)}
    return Primary(**known, cap_seconds=cap.us / US, cap_source=cap.source)


def at_caps(
    trial: Trial, primary: Measured, looks: Looks | None, seed: int
) -> tuple[CapEffect, ...]:
    """The first return's effect at every usual cap, the primary one and the longest.

    Args:
        trial: The trial, with its primary cap.
        primary: The effect at the primary cap, which is measured already.
        looks: What several looks cost; None for a single one.
        seed: Of the permutations.
    """
    caps = {cap.us for cap in PRIMARY_CAPS if cap.us < trial.cap_us}
    rows = []
    for cap_us in sorted(caps | {trial.primary_cap_us, trial.cap_us}):
        at_primary = cap_us == trial.primary_cap_us
        found = primary if at_primary else first_return(trial, seed, cap_us=cap_us)
        reported = at_every_look(found, looks, alpha=ALPHA.value)
        rows.append(_row(cap_us, found, reported))
    return tuple(rows)


def _row(cap_us: int, found: Measured, reported: Effect) -> CapEffect:
    compared = found.comparison
    return CapEffect(
        seconds=cap_us / US,
        control=reported.control,
        treatment=reported.treatment,
        estimate=reported.estimate,
        ci_lower=reported.ci_lower,
        ci_upper=reported.ci_upper,
        word=_word(reported),
        one_sided_lower=None if compared is None else compared.lower,
        one_sided_upper=None if compared is None else compared.upper,
    )


def _word(effect: Effect) -> CapWord | None:
    if effect.ci_lower is None or effect.ci_upper is None:
        return None
    if effect.ci_upper < 0:
        return "better"
    return "worse" if effect.ci_lower > 0 else "no_difference_seen"


def overruled(primary: Primary, caps: tuple[CapEffect, ...]) -> CapEffect | None:
    """The longest cap at which the opposite of the primary effect is shown; None: at none.

    One-sided at 95 %, by one look's limits however often the trial is looked at: a caution.

    Args:
        primary: The primary effect.
        caps: The effect at all caps.
    """
    is_better = (primary.estimate or 0.0) < 0
    for row in reversed(caps):
        end = row.one_sided_lower if is_better else row.one_sided_upper
        longer = row.seconds > (primary.cap_seconds or 0.0)
        if longer and end is not None and (end > 0 if is_better else end < 0):
            return row
    return None
