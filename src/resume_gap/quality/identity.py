"""Check of the user ids: one person under two ids, before and after signing in.

Section 1 of the method.
"""

from collections.abc import Sequence

import numpy as np
import polars as pl

from resume_gap import constants
from resume_gap.arrays import Ints
from resume_gap.results.common import US, Check
from resume_gap.stats.stratified import mcnemar_z

_NEAR_US = 300 * US
"""How far around a start ends are counted to learn how dense they are."""


def identity_checks(user_sums: pl.DataFrame, *, resolution_seconds: float) -> list[Check]:
    """Users whose first event follows within seconds on the last event of another.

    How many there would be by chance is estimated in two ways, of which the larger counts: by the
    density of the last events around each first event, and by the last events that lie as closely
    behind a first event as they should lie before it.

    Args:
        user_sums: One row per user with first_us and last_us.
        resolution_seconds: To which stamps are rounded; the check needs finer ones than its window.
    """
    window = constants.IDENTITY_WINDOW.us
    if resolution_seconds * US > window or user_sums.height < 2:
        return []
    spans = user_sums.select("first_us", "last_us").sort("first_us")
    first, last = (spans[name].to_numpy() for name in spans.columns)
    # A batch that many users begin with says nothing about any of them.
    alone = _others(first, first, first, window, 0) <= 1
    found = int((alone & (_others(first, last, last, window, 0) > 0)).sum())
    mirrored = int((alone & (_others(first, last, last, -1, window) > 0)).sum())
    near = _others(first, last, last, _NEAR_US, _NEAR_US) * (window / (2 * _NEAR_US))
    expected = max(mirrored, float(np.minimum(near, 1).sum()))
    least = constants.IDENTITY_PAIRS.value
    if found < least or found <= constants.IDENTITY_CHANCES.value * expected + least:
        return []
    return [
        Check(
            check="identity_switch",
            severity="warn",
            count=found,
            share=found / user_sums.height,
            figures={"expected": expected},
        )
    ]


def ids_at_returns(
    user_sums: pl.DataFrame, returns: Ints, *, resolution_seconds: float
) -> list[Check]:
    """Returns that begin within seconds after the last event of another id.

    Somebody who comes back is nobody yet, or somebody new, until signing in: what was done before
    has an id that ends there. How many there would be by chance is known from the last
    events that lie as closely behind a return.

    Args:
        user_sums: One row per user with last_us.
        returns: (n) the instants of all returns.
        resolution_seconds: To which stamps are rounded; the check needs finer ones than its window.
    """
    window = constants.IDENTITY_WINDOW.us
    if resolution_seconds * US > window or not len(returns):
        return []
    # In order, so that one search begins where the one before it ended.
    last, returns = np.sort(user_sums["last_us"].to_numpy()), np.sort(returns)
    at = np.searchsorted(last, returns)
    before = at - np.searchsorted(last, returns - window)
    after = np.searchsorted(last, returns + window, "right") - np.searchsorted(
        last, returns, "right"
    )
    found, mirrored = int((before > 0).sum()), int((after > 0).sum())
    least = constants.LOST_LEAST.value
    if found - mirrored < max(least, constants.LOST_RETURNS.value * len(returns)):
        return []
    if mcnemar_z(found, mirrored) <= constants.LOST_Z.value:
        return []
    return [
        Check(
            check="identity_at_returns",
            severity="warn",
            count=found,
            share=found / len(returns),
            figures={"returns": len(returns), "expected": mirrored},
        )
    ]


def changed_share(checks: Sequence[Check]) -> float:
    """The share of the returns that begin under another id, beyond chance.

    Args:
        checks: What `ids_at_returns` found.
    """
    return sum(
        (check.count - check.figures["expected"]) / check.figures["returns"] for check in checks
    )


def _others(at: Ints, events: Ints, own: Ints, before: int, after: int) -> Ints:
    """How many events of others lie from `before` ahead of each instant to `after` behind it.

    Args:
        at: (n) instants of n users.
        events: (n) one event of each user, in any order.
        own: (n) the event that each user has among them.
        before: Microseconds; negative: that much behind the instant.
        after: Microseconds.
    """
    ordered = np.sort(events)
    low, high = at - before, at + after
    inside = np.searchsorted(ordered, high, "right") - np.searchsorted(ordered, low, "left")
    counted: Ints = inside - ((own >= low) & (own <= high))
    return counted
