"""The histogram of the gaps by hand; the valleys against the reference are in test_inactivity."""

import numpy as np
import pytest

from resume_gap.analysis.gap_histogram import GapBlock, GapCounts, histogram
from resume_gap.constants import USER_GAP_CAP
from resume_gap.pipeline.gap_counts import GAP_PARTS


def counts(user: list[int], bins: list[int], gaps: list[int]) -> GapCounts:
    block = GapBlock(
        user=np.array(user, np.int64),
        bin=np.array(bins, np.int64),
        parts=np.array(gaps, np.int64) * GAP_PARTS,
    )
    return GapCounts([block], max(user, default=-1) + 1)


def test_one_user_weighs_no_more_than_the_cap() -> None:
    cap = int(USER_GAP_CAP.value)
    hist = histogram(counts([0, 0, 1], [60, 70, 60], [3 * cap, cap, 10]))
    at = {60: 60 - hist.first, 70: 70 - hist.first}
    assert hist.weight[at[60]] / GAP_PARTS == pytest.approx(0.75 * cap + 10)
    assert hist.weight[at[70]] / GAP_PARTS == pytest.approx(0.25 * cap)
    assert hist.count[at[60]] == 3 * cap + 10
    assert hist.count.sum() == 4 * cap + 10


def test_a_bin_is_shared_in_proportion_of_the_logarithm() -> None:
    hist = histogram(counts([0, 0], [60, 70], [8, 2]))  # 2^6 to 2^6.1 s and 2^7 to 2^7.1 s
    assert hist.longer_than(2**6.0) == pytest.approx(10)
    assert hist.longer_than(2**6.025) == pytest.approx(2 + 0.75 * 8)
    assert hist.longer_than(2**6.1) == pytest.approx(2)
    assert hist.longer_than(2**7.1) == pytest.approx(0)
    assert hist.longer_than(1e-9) == 10
    assert hist.longer_than(1e9) == 0


def test_no_gap_at_all_is_an_empty_histogram() -> None:
    hist = histogram(counts([], [], []))
    assert hist.weight.sum() == hist.count.sum() == hist.longer_than(1) == 0
