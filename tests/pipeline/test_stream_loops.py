"""The loop that sums up streams, on rows written by hand, in both ways."""

import numpy as np
import pytest

from resume_gap.pipeline.stream_loops import sum_up_streams

pytestmark = pytest.mark.usefixtures("loops")


def test_each_stream_has_its_own_sums() -> None:
    """Steps count up to 5, intervals over 2 are long, days with more than one hour restless."""
    hour = 3_600_000_000
    at = np.array([3, 4, 10, 12, 12, 0, hour - 1, hour, 24 * hour, 26 * hour])
    productive = np.array([True] * 5 + [False, True, False, True, True])
    own_end = at + np.array([0, 1, 3, 2, 0, 0, 0, 9, 0, 0])
    sums = np.full((4, 2), -1)
    sum_up_streams(np.array([0, 5, 10]), at, own_end, productive, 5, 2, 1, *sums)
    assert sums.tolist() == [[1 + 5 + 2 + 0, 1 + 5], [3, 1], [1, 1], [0, 2]]
