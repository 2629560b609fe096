"""NumPy arrays on their way into the database."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from resume_gap.pipeline.steps import NEVER, Bools, Ints


def int32(values: NDArray[Any]) -> Ints:
    """Numbers that are known to be small, in half the space."""
    return values.astype(np.int32, copy=False)


def masked(values: NDArray[Any], null: Bools) -> pa.Array:
    """An array that is null where `null` is set."""
    return pa.array(values, mask=null)


def step_of(rows: Ints, first_step: int) -> pa.Array:
    """Step numbers of rows; null for a row that does not exist (-1, `NEVER`)."""
    missing = (rows < 0) | (rows == NEVER)
    return pa.array(np.where(missing, 0, rows) + first_step, mask=missing)
