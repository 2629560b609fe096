"""Whether people follow the marker, and whether that fits what their time says.

A marker that works by pointing brings people back to the element that it points at, more often or
sooner. In the control arm that is the element that it would have pointed at, computed alike. What
pointing saves is saved on the way to that element: where people work sooner by more than they are
at it sooner, something else made them faster.
"""

from dataclasses import replace

import polars as pl

from resume_gap.constants import ALPHA
from resume_gap.replay.target_rules import LAST_TOUCHED
from resume_gap.results.effect import Effect
from resume_gap.results.evaluate import Mechanism, MechanismReading, VerdictWord
from resume_gap.stats.multiplicity import holm
from resume_gap.trial.data import Trial
from resume_gap.trial.measured import measured
from resume_gap.units import US


def followed(found: Mechanism, trial: Trial, seed: int) -> Mechanism:
    """The same with how often and how soon people return to the marked element, first returns.

    The time counts up to the primary cap, also where the element is never touched. Both are tested
    together, by Holm. Beside them stands how long after the element work came, less than 0 where it
    came first: pointing does not change that.
    """
    policy = found.policy
    if policy is None or f"{policy}_hit" not in trial.firsts.columns:
        return found
    cap_us = trial.primary_cap_us
    frame = trial.firsts.with_columns(
        to_mark_hit=pl.col(f"{policy}_hit").cast(pl.Int64).fill_null(0)
    )
    arms = trial.arms(frame, "to_mark_hit")
    effects = [measured("first_hit", "share", arms, seed=seed).effect]
    unexplained: Effect | None = None
    if policy == LAST_TOUCHED and "target_return_us" in frame.columns:
        touched = pl.col("target_return_us").fill_null(cap_us).clip(upper_bound=cap_us)
        work = pl.col("reorientation_us").clip(upper_bound=cap_us)
        timed = frame.with_columns(to_mark_us=touched, from_mark_us=work - touched)
        arms = trial.arms(timed, "to_mark_us", unit=US)
        effects.append(measured("first_touch", "seconds", arms, seed=seed).effect)
        arms = trial.arms(timed, "from_mark_us", unit=US)
        unexplained = measured("work_after_touch", "seconds", arms, seed=seed).effect
    adjusted = holm([effect.p for effect in effects])
    effects = [replace(one, p_adjusted=p) for one, p in zip(effects, adjusted, strict=True)]
    return replace(
        found,
        hits=effects[0],
        to_target=effects[1] if len(effects) > 1 else None,
        unexplained=unexplained,
    )


def read(found: Mechanism, word: VerdictWord) -> MechanismReading | None:
    """What the mechanism says beside the verdict; None where it cannot be read.

    A verdict of faster is contradicted where neither measure is shown better and time is shown to
    be saved elsewhere than on the way to the element: a small effect is often not seen in either.
    Beside other verdicts an improvement counts when it is shown with both measures taken together.
    """
    effects = [one for one in (found.hits, found.to_target) if one is not None]
    known = [one for one in effects if one.ci_lower is not None and one.ci_upper is not None]
    if not known or word not in ("better", "worse", "no_difference_seen"):
        return None
    better = [one for one in known if _side(one) > 0]
    if word != "better":
        sure = any((one.p_adjusted or 0.0) < ALPHA.value for one in better)
        return "not_faster" if better and sure else "agrees"
    if not better:
        if any(_side(one) < 0 for one in known):
            return "opposite"
        rest = None if found.unexplained is None else found.unexplained.ci_upper
        return "not_seen" if rest is not None and rest < 0 else "unclear"
    less = found.difference.ci_lower
    return "elsewhere" if less is not None and less > 0 else "agrees"


def _side(effect: Effect) -> int:
    """1: shown to be better with the marker, more hits or a shorter time; -1: worse; 0: neither."""
    lower, upper = effect.ci_lower or 0.0, effect.ci_upper or 0.0
    shown = int(lower > 0) - int(upper < 0)
    return shown if effect.unit == "share" else -shown
