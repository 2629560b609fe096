"""Which share of the assigned users a trial will see interrupted, and how well a log knows it.

A trial is launched in thought at several instants of the log. Users who were active shortly before
each are followed to their first interruption or to the end of the log, and the Kaplan-Meier curve
of all launches together says how many are interrupted by when (section 8 of the method).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resume_gap.constants import CONFIDENCE, FOLLOW_UP, LAUNCH_ERRORS, TRIGGER_DRAWS

_Z = round(NormalDist().inv_cdf((1 + CONFIDENCE) / 2), 2)
"""Standard errors by which an end moves out: 1.96, as the method says."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PseudoLaunches:
    """Users at the instants at which a trial might have begun; n users and launches."""

    launch: NDArray[np.int64]
    """(n) number of the launch, 0 for the earliest."""
    user: NDArray[np.int64]
    """(n) number of the user, 0 and more."""
    wait_us: NDArray[np.int64]
    """(n) from the launch to the first followed-up interruption; beyond what can be seen where
    there is none."""
    followed_us: NDArray[np.int64]
    """(launches) how long an interruption can be seen after each; the latest is the shortest."""
    active: int
    """Users who were active shortly before the end of the log: whom a trial would begin with."""


class TriggerRate(NamedTuple):
    """Share of the assigned users with an interruption by some time.

    Attributes:
        estimate: Kaplan-Meier; beyond the log the middle between both curves.
        lower: Nobody further is interrupted beyond the log; moved out by 1.96 errors.
        upper: Users go on as before; moved out by 1.96 errors.
        beyond: Whether the time is longer than any launch can be followed.
    """

    estimate: float
    lower: float
    upper: float
    beyond: bool


class RateChange(NamedTuple):
    """The rates of the first and of the latest launch within seven days.

    Attributes:
        first: Of the first.
        latest: Of the latest.
        is_shown: Whether they differ by more than two standard errors.
    """

    first: float
    latest: float
    is_shown: bool


class TriggerRates(NamedTuple):
    """Trigger rates by horizon.

    Attributes:
        rates: One per horizon.
        change: From the first launch to the latest; None with a single one.
    """

    rates: tuple[TriggerRate, ...]
    change: RateChange | None


class _Cuts(NamedTuple):
    """What cuts time into spans within which nobody leaves unseen.

    Attributes:
        at_us: Ends of the spans, ascending.
        end_us: How long the first launch can be followed.
        soon_us: Seven days, or as long as the latest launch can be followed.
        horizons_us: What is asked for.
    """

    at_us: NDArray[np.int64]
    end_us: int
    soon_us: int
    horizons_us: NDArray[np.int64]


def trigger_rates(seen: PseudoLaunches, horizons_us: Sequence[int], *, seed: int) -> TriggerRates:
    """The trigger rate at each horizon, with its range.

    Both ends move out by 1.96 sqrt(variance over resampled users + p (1 - p) / active users): what
    the log leaves open, and whom the trial will happen to have.

    Args:
        seen: At least one user, at launches that can be followed.
        horizons_us: Times since the assignment, above 0.
        seed: Of the resamples.
    """
    cuts = _cuts(seen, horizons_us)
    sums = _sums(seen, cuts)
    # Users who are alike are drawn together.
    alike, times = np.unique(sums, axis=0, return_counts=True)
    users = int(times.sum())
    draw = np.random.default_rng(seed)
    drawn = draw.multinomial(users, times / users, size=int(TRIGGER_DRAWS.value)) @ alike
    whole = sums.sum(axis=0)
    found, resampled = _ends(whole, cuts), _ends(drawn, cuts)
    estimates = np.where(
        cuts.horizons_us <= cuts.end_us, found.lower, (found.lower + found.upper) / 2
    )
    lower = found.lower - _moved(found.lower, resampled.lower, seen.active)
    upper = found.upper + _moved(found.upper, resampled.upper, seen.active)
    rates = tuple(
        TriggerRate(float(at), max(0.0, float(low)), min(1.0, float(high)), bool(beyond))
        for at, low, high, beyond in zip(
            estimates, lower, upper, cuts.horizons_us > cuts.end_us, strict=True
        )
    )
    return TriggerRates(rates, _change(whole, drawn) if len(seen.followed_us) > 1 else None)


def _cuts(seen: PseudoLaunches, horizons_us: Sequence[int]) -> _Cuts:
    end_us = int(seen.followed_us.max())
    soon_us = min(FOLLOW_UP.us, int(seen.followed_us[-1]))
    horizons = np.array(horizons_us, dtype=np.int64)
    at_us = np.unique([*seen.followed_us, *horizons[horizons <= end_us], soon_us])
    return _Cuts(at_us, end_us, soon_us, horizons)


def _sums(seen: PseudoLaunches, cuts: _Cuts) -> NDArray[np.int64]:
    """(users, 2 spans + 4) how often each user is at risk and interrupted, span by span.

    A span ends wherever a launch can no longer be followed, so that nobody leaves within one, and
    Kaplan-Meier's product over the instants in it is 1 - interrupted / at risk. The last four are
    the first and the latest launch: whether the user is there, and interrupted within seven days.
    """
    followed = seen.followed_us[seen.launch]
    wait = np.maximum(seen.wait_us, 1)
    starts = np.concatenate([[0], cuts.at_us[:-1]])
    users = int(seen.user.max()) + 1

    def per_user(which: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.bincount(seen.user[which], minlength=users)

    spans = list(zip(starts, cuts.at_us, strict=True))
    at_risk = [(wait > start) & (followed >= end) for start, end in spans]
    interrupted = [risk & (wait <= end) for risk, end in zip(at_risk, cuts.at_us, strict=True)]
    first, latest = seen.launch == 0, seen.launch == len(seen.followed_us) - 1
    soon = wait <= cuts.soon_us
    parts = (*at_risk, *interrupted, first, first & soon, latest, latest & soon)
    table = np.stack([per_user(part) for part in parts], axis=1)
    there: NDArray[np.int64] = table[table.any(axis=1)]
    return there


class _Ends(NamedTuple):
    """(..., horizons) both curves, not moved out."""

    lower: Floats
    upper: Floats


def _ends(sums: NDArray[np.int64], cuts: _Cuts) -> _Ends:
    spans = len(cuts.at_us)
    left = np.cumprod(1 - sums[..., spans : 2 * spans] / np.maximum(sums[..., :spans], 1), axis=-1)
    within = np.minimum(cuts.horizons_us, cuts.end_us)
    left = left[..., np.searchsorted(cuts.at_us, within)]
    latest = _share(sums[..., -2:])[..., np.newaxis]
    goes_on = (1 - latest) ** (cuts.horizons_us / cuts.soon_us)
    # Up to the end of the log as it was seen; from there on at the mean pace until then.
    further = left ** np.maximum(cuts.horizons_us / cuts.end_us, 1)
    ends = np.asarray([1 - left, 1 - np.minimum(further, goes_on)], dtype=np.float64)
    return _Ends(*ends)


def _share(sums: NDArray[np.int64]) -> Floats:
    """(...) the second of the last axis as a share of the first."""
    share: Floats = sums[..., 1] / np.maximum(sums[..., 0], 1)
    return share


def _moved(p: Floats, resampled: Floats, active: int) -> Floats:
    """By how much an end moves out.

    The share of the users at hand is drawn to the middle by two users of either kind (Agresti and
    Coull 1998): where all were interrupted, one may not be the next time.
    """
    drawn = (p * active + 2) / (active + 4)
    chance = drawn * (1 - drawn) / (active + 4)
    moved: Floats = _Z * np.sqrt(resampled.var(axis=0, ddof=1) + chance)
    return moved


def _change(whole: NDArray[np.int64], drawn: NDArray[np.int64]) -> RateChange:
    first, latest = float(_share(whole[-4:-2])), float(_share(whole[-2:]))
    error = float((_share(drawn[:, -4:-2]) - _share(drawn[:, -2:])).std(ddof=1))
    return RateChange(first, latest, abs(first - latest) > LAUNCH_ERRORS.value * error)
