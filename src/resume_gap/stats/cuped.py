"""Several things known before the assignment, made one covariate for CUPED (Deng et al. 2013).

The covariate is the least-squares prediction of the outcome from all of them, fitted over both
arms together and without knowing who is in which: whatever it predicts is fixed before the arms
part, so it can take away noise but cannot make an effect.
"""

import numpy as np
from numpy.typing import NDArray

_FLAT = 1e-10  # a column that varies less than this, as a share of its size, is constant


def covariate(outcome: NDArray[np.float64], history: NDArray[np.float64]) -> NDArray[np.float64]:
    """One covariate per user: the prediction of the outcome.

    A user without a figure takes the mean of the users with one, and a column says so. Columns
    that do not vary are dropped, as are repeated ones (the smallest of all solutions is taken).

    Args:
        outcome: (users) of both arms together, in any order.
        history: (users, k) known before the assignment; NaN where a user has none.

    Returns:
        (users) in units of the outcome; its mean everywhere when nothing was known of anybody.

    Raises:
        ValueError: When there is not one row of history per outcome, or an outcome is missing.
    """
    if history.ndim != 2 or len(history) != len(outcome):
        raise ValueError(f"one row of history per user: {history.shape}, {outcome.shape}")
    if not np.isfinite(outcome).all():
        raise ValueError("an outcome is finite; leave out users without one")
    mean = float(outcome.mean()) if len(outcome) else 0.0
    columns = _columns(history)
    if columns.shape[1] == 0:
        return np.full(len(outcome), mean)
    weights = np.linalg.lstsq(columns, outcome - mean, rcond=None)[0]
    return mean + columns @ weights


def explained(outcome: NDArray[np.float64], history: NDArray[np.float64]) -> float | None:
    """Share of the outcome's variance that history takes away, as it would of new users.

    1 - (1 - R^2) (n - 1) / (n - 1 - k) (Ezekiel 1930) with k columns, never below 0.

    Args:
        outcome: (users) values.
        history: (users, k) as in `covariate`.

    Returns:
        None when nothing varies, or there are not two users more than columns.
    """
    predicted = covariate(outcome, history)
    k = _columns(history).shape[1]
    freedom = len(outcome) - 1 - k
    spread = float(np.square(outcome - outcome.mean()).sum()) if len(outcome) else 0.0
    if k == 0 or freedom < 1 or spread == 0:
        return None
    left = float(np.square(outcome - predicted).sum()) / spread
    return max(0.0, 1 - left * (len(outcome) - 1) / freedom)


def _columns(history: NDArray[np.float64]) -> NDArray[np.float64]:
    """(users, columns) filled, with who has none, centered and of size 1, without constants."""
    found = []
    for column in history.T:
        known = np.isfinite(column)
        if not known.any():
            continue
        filled = np.where(known, column, column[known].mean())
        found += [filled, (~known).astype(np.float64)]
    kept = []
    for column in found:
        apart = column - column.mean()
        size = float(np.abs(apart).max())
        if size > _FLAT * float(np.abs(column).max()):
            kept.append(apart / size)
    return np.stack(kept, axis=1) if kept else np.empty((len(history), 0))
