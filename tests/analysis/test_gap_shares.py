"""Shares of gaps: what is longer than the threshold, and the gaps by doublings."""

from __future__ import annotations

import math

import pytest

from resume_gap.analysis.gap_shares import gap_shares
from resume_gap.pipeline.gap_counts import BINS_PER_OCTAVE

STEP = 2 ** (1 / BINS_PER_OCTAVE)


def edge(seconds: float) -> float:
    """The lower edge of the bin that begins at a power of two."""
    return float(2 ** math.log2(seconds))


def test_a_share_is_beyond_the_threshold_and_not_below_it() -> None:
    found = gap_shares([(8.0, 9.0), (4096.0, 1.0)], threshold_seconds=1800, finest_seconds=0)
    assert found is not None
    assert found.beyond_threshold == pytest.approx(0.1)


def test_the_bin_of_the_threshold_is_parted_in_the_logarithm() -> None:
    middle = 1024 * STEP**0.25
    found = gap_shares([(1024.0, 4.0)], threshold_seconds=middle, finest_seconds=0)
    assert found is not None
    assert found.beyond_threshold == pytest.approx(0.75)
    for threshold, share in ((1024.0, 1.0), (1024 * STEP, 0.0), (1.0, 1.0), (1e6, 0.0)):
        one = gap_shares([(1024.0, 4.0)], threshold_seconds=threshold, finest_seconds=0)
        assert one is not None
        assert one.beyond_threshold == pytest.approx(share)


def test_bins_have_no_holes_and_sum_to_one() -> None:
    found = gap_shares([(1.0, 3.0), (4.0, 1.0)], threshold_seconds=2, finest_seconds=0)
    assert found is not None
    assert len(found.bins) == 2 * BINS_PER_OCTAVE + 1
    assert all(
        a[1] == pytest.approx(b[0]) for a, b in zip(found.bins, found.bins[1:], strict=False)
    )
    assert [round(share, 6) for *_, share in found.bins if share] == [0.75, 0.25]
    assert math.fsum(share for *_, share in found.bins) == pytest.approx(1)


def test_doublings_add_up_the_bins() -> None:
    histogram = [(1.0, 1.0), (1.0 * STEP, 1.0), (2.0, 4.0), (8.0, 2.0)]
    found = gap_shares(histogram, threshold_seconds=2, finest_seconds=0)
    assert found is not None
    assert [(round(a), round(b), round(s, 6)) for a, b, s in found.doublings] == [
        (1, 2, 0.25),
        (2, 4, 0.5),
        (4, 8, 0.0),
        (8, 16, 0.25),
    ]


def test_what_is_shorter_than_may_be_printed_is_one() -> None:
    histogram = [(0.5, 1.0), (1.0, 1.0), (4.0, 2.0)]
    found = gap_shares(histogram, threshold_seconds=60, finest_seconds=2.0)
    assert found is not None
    assert found.too_short == pytest.approx(0.5)
    assert found.doublings[0] == (0.0, 2.0, pytest.approx(0.5))
    assert found.doublings[-1] == (4.0, 8.0, pytest.approx(0.5))


def test_no_gap_no_shares() -> None:
    assert gap_shares([], threshold_seconds=60, finest_seconds=0) is None
    assert gap_shares([(1.0, 0.0)], threshold_seconds=60, finest_seconds=0) is None
