"""Bare gaps of known shape, for calibrating the inactivity threshold."""

from typing import Final, Literal, cast, get_args

import numpy as np
import polars as pl

from resume_gap.synthetic.parameters import Stamps
from resume_gap.synthetic.people import SECOND_US, Flags, Floats, Int64s
from resume_gap.synthetic.rows import STAMP_US

Shape = Literal[
    "valley", "shallow_valley", "lognormal", "pareto", "loggamma", "merged", "two_kinds"
]
SHAPES: Final[tuple[Shape, ...]] = get_args(Shape)

_START_US: Final = 1_735_689_600 * SECOND_US
"""2025-01-01."""
_LONGEST_SECONDS: Final = 14 * 86_400.0
_USER_SIGMA: Final = 0.3
# median seconds and sigma of gaps in work, the same of breaks, share of breaks
_VALLEYS: Final = {
    "valley": (8.0, 1.0, 2700.0, 0.7, 0.05),
    "shallow_valley": (12.0, 1.2, 2400.0, 1.0, 0.08),
    # The means of the logs are 2.7 apart, under twice the sigma: one hump.
    "merged": (10.0, 1.4, 150.0, 1.4, 0.4),
}


def gap_log(
    shape: Shape,
    *,
    n_users: int,
    gaps_per_user: int,
    stamps: Stamps = "exact",
    seed: int = 0,
    prefix: str = "",
    labels: bool = False,
) -> pl.DataFrame:
    """Draw users whose gaps between events follow a shape and nothing else.

    `valley` and `shallow_valley` plant a boundary: gaps in work and breaks, with users who differ
    in both. The others have none: `lognormal`, `pareto` (exponent 0.9 from 1 s), `loggamma` (the
    log is gamma distributed), `merged` (two kinds of gaps in one hump), and `two_kinds` (quick
    and slow users; pooled there is a valley, but it parts people, not work from breaks).

    Args:
        shape: one of `SHAPES`.
        n_users: at least 1.
        gaps_per_user: at least 1; each user has one event more.
        stamps: how coarse the clock is.
        seed: any integer in [0, 2^63).
        prefix: of the user ids, to put many logs into one.
        labels: add the column `after_break`: the gap before this row was drawn as a break. It is
            true nowhere in shapes without a boundary.

    Returns:
        user_id, timestamp (UTC), event; `n_users * (gaps_per_user + 1)` rows in order of user and
        time.

    Raises:
        ValueError: an unknown shape or stamps, or too small a number.
    """
    if shape not in SHAPES:
        raise ValueError(f"shape must be one of {', '.join(SHAPES)}, not {shape!r}")
    if stamps not in STAMP_US:
        raise ValueError(f"stamps must be one of {', '.join(STAMP_US)}, not {stamps!r}")
    if n_users < 1 or gaps_per_user < 1:
        raise ValueError("n_users and gaps_per_user must be at least 1")
    rng = np.random.default_rng([seed, SHAPES.index(shape)])
    seconds, breaks = _gaps(shape, n_users, gaps_per_user, rng)
    gaps_us = np.maximum(np.rint(seconds * SECOND_US).astype(np.int64), 1000)
    at: Int64s = np.empty((n_users, gaps_per_user + 1), dtype=np.int64)
    at[:, 0] = _START_US + rng.integers(0, 86_400 * SECOND_US, n_users)
    at[:, 1:] = at[:, :1] + np.cumsum(gaps_us, axis=1)
    stamp = STAMP_US[stamps]
    ids = pl.Series([f"{prefix}u{i:05}" for i in range(n_users)])
    columns = {
        "user_id": ids.gather(np.repeat(np.arange(n_users), gaps_per_user + 1)),
        "timestamp": pl.Series((at // stamp * stamp).ravel()).cast(pl.Datetime("us", "UTC")),
        "event": pl.Series(["edit_cell"]).gather(np.zeros(at.size, dtype=np.int64)),
    }
    if labels:
        after = np.zeros(at.shape, dtype=np.bool_)
        after[:, 1:] = breaks
        columns["after_break"] = pl.Series(after.ravel())
    return pl.DataFrame(columns)


def valley_seconds(shape: Shape) -> float:
    """Where the planted valley lies: the least density over log seconds, all users pooled.

    Raises:
        ValueError: the shape has no planted valley.
    """
    if shape not in ("valley", "shallow_valley"):
        raise ValueError(f"{shape} has no valley")
    work, work_sigma, away, away_sigma, share = _VALLEYS[shape]
    grid = np.linspace(np.log(work), np.log(away), 4001)

    def density(median: float, sigma: float) -> Floats:
        wide = np.hypot(sigma, _USER_SIGMA)
        return cast("Floats", np.exp(-0.5 * ((grid - np.log(median)) / wide) ** 2) / wide)

    mixed = (1 - share) * density(work, work_sigma) + share * density(away, away_sigma)
    return float(np.exp(grid[np.argmin(mixed)]))


def _gaps(shape: Shape, users: int, gaps: int, rng: np.random.Generator) -> tuple[Floats, Flags]:
    """Seconds and whether each is a break, both of shape (users, gaps)."""
    size = (users, gaps)
    breaks: Flags = np.zeros(size, dtype=np.bool_)
    user = np.exp(_USER_SIGMA * rng.standard_normal((2, users, 1)))
    normal = rng.standard_normal(size)
    if shape == "pareto":
        least = _LONGEST_SECONDS**-0.9
        seconds = user[0] * (least + (1 - least) * rng.random(size)) ** (-1 / 0.9)
    elif shape == "loggamma":
        seconds = user[0] * np.exp(rng.gamma(5.0, 0.7, size))
    elif shape == "lognormal":
        seconds = user[0] * 20 * np.exp(1.9 * normal)
    elif shape == "two_kinds":
        slow = rng.random((users, 1)) < 0.5
        seconds = user[0] * np.where(slow, 2400.0, 8.0) * np.exp(0.8 * normal)
    else:
        work, work_sigma, away, away_sigma, share = _VALLEYS[shape]
        breaks = rng.random(size) < share
        seconds = np.where(
            breaks,
            user[1] * away * np.exp(away_sigma * normal),
            user[0] * work * np.exp(work_sigma * normal),
        )
        if shape == "merged":
            breaks = np.zeros(size, dtype=np.bool_)
    return np.minimum(seconds, _LONGEST_SECONDS * (1 + 0.1 * rng.random(size))), breaks
