"""The histogram of gaps and the learned threshold of the reference, worked out by hand."""

from __future__ import annotations

import math

import pytest

from oracles.log import (
    FIRST_BIN,
    HOUR,
    SECOND,
    Learned,
    bin_of,
    find_valleys,
    gap_histogram,
    gaps_by_user,
    is_guarded,
    learn_threshold,
    smooth,
)
from oracles.small_logs import ROLES, row


def at_bin(number: int) -> int:
    """Give a gap in the middle of a bin, in microseconds."""
    return round(2 ** ((number + 0.5) / 10) * SECOND)


def test_bins_are_tenths_of_a_doubling() -> None:
    assert [bin_of(seconds) for seconds in (1e-6, 0.5, 1.0, 1.07, 1.08, 2.0, 60.0)] == [
        -200,  # log2(1e-6) = -19.93
        -10,
        0,
        0,  # log2 = 0.098
        1,  # log2 = 0.111
        10,
        59,  # log2 = 5.907
    ]
    counts = gap_histogram({"u": [SECOND, SECOND, 2 * SECOND, 0, -5], "v": []})
    assert {FIRST_BIN + n: count for n, count in enumerate(counts) if count} == {0: 2.0, 10: 1.0}


def test_a_heavy_user_counts_for_at_most_two_thousand_gaps() -> None:
    counts = gap_histogram({"u": [SECOND] * 3000 + [2 * SECOND] * 1000 + [0] * 500, "v": [SECOND]})
    assert counts[-FIRST_BIN] == pytest.approx(3000 / 2 + 1)
    assert counts[10 - FIRST_BIN] == pytest.approx(1000 / 2)


def test_a_stamped_gap_is_spread_evenly_over_its_resolution() -> None:
    # 2 s stamped to the second: from 1.5 to 2.5 s. Bin 10 holds 2 to 2^1.1 = 2.1435 s, bin 13 from
    # 2^1.3 = 2.4623 to 2.5 s of it, bin 5 from 1.5 to 2^0.6 = 1.5157 s of it.
    counts = gap_histogram({"u": [2 * SECOND]}, {"u": 1.0})
    assert sum(counts) == pytest.approx(1.0)
    assert counts[10 - FIRST_BIN] == pytest.approx(2**1.1 - 2)
    assert counts[13 - FIRST_BIN] == pytest.approx(2.5 - 2**1.3)
    assert counts[5 - FIRST_BIN] == pytest.approx(2**0.6 - 1.5)
    assert [n + FIRST_BIN for n, count in enumerate(counts) if count] == list(range(5, 14))
    # Shorter than half its resolution: what would be negative stays, in the first bin.
    short = gap_histogram({"u": [SECOND]}, {"u": 60.0})
    assert sum(short) == pytest.approx(1.0)
    assert short[0] == pytest.approx(29 / 60, abs=1e-6)


def test_smoothing_keeps_the_mass_and_pads_with_zeros() -> None:
    curve = smooth([0.0] * 30 + [2.0] + [0.0] * 30)
    assert sum(curve) == pytest.approx(2.0)
    assert curve[30 - 5] / curve[30] == pytest.approx(math.exp(-0.5))
    assert (curve[9], curve[51]) == (0.0, 0.0)
    assert min(curve[10:51]) > 0
    assert smooth([1.0] + [0.0] * 30)[0] == pytest.approx(curve[30] / 2)


def two_peaks(low_bin: int, high_bin: int, users: int = 20) -> dict[str, list[int]]:
    """Give users with 40 gaps in one bin and 20 in another."""
    own = [at_bin(low_bin)] * 40 + [at_bin(high_bin)] * 20
    return {f"u{number}": own for number in range(users)}


def test_theta_is_the_middle_of_the_valley() -> None:
    # Peaks at bins 50 (33 s) and 90 (9 min), 2 to 1. Kernels reach 20 bins, so they touch at bin
    # 70 only. The floor is where f <= f(min) + 5 % of the lower rim, g being the kernel's height:
    #   f(70 - k) = 2 g(20 - k) <= .05 g(0) up to k = 6 (g(14) = .0198, g(13) = .0340, doubled)
    #   f(70 + k) = 1 g(20 - k) <= .05 g(0) up to k = 7 (g(13) = .0340, g(12) = .0561).
    # Where the two kernels overlap the sums are smaller still. Floor: bins 64 to 77, middle 71.
    learned = learn_threshold(two_peaks(50, 90))
    (valley,) = learned.valleys
    assert (valley.first_bin, valley.last_bin) == (64, 77)
    assert learned.threshold_us == round(2**7.1 * SECOND)
    assert valley.depth > 0.99
    assert not learned.guarded


def test_the_floor_is_clipped_to_the_range() -> None:
    # 2 s and 18 h with nothing between: the floor is clipped to bins 59 to 127, whose centers are
    # the first and last in [60 s, 2 h]; middle 93.5, so 2^9.35 s.
    learned = learn_threshold(two_peaks(10, 160))
    assert (learned.valleys[0].first_bin, learned.valleys[0].last_bin) == (59, 127)
    assert learned.threshold_us == round(2**9.35 * SECOND)
    # Stamps of 30 s: nothing under 90 s (bin 65 has its center at 93.7 s, bin 64 at 87.4 s).
    users = two_peaks(10, 160) | {"coarse": [at_bin(160)]}
    assert learn_threshold(users, {"coarse": 30.0}).valleys[0].first_bin == 65


def test_a_valley_outside_the_range_is_none() -> None:
    # The minimum between 1 s and 33 s, and that between 2 h and a week.
    assert learn_threshold(two_peaks(0, 50)) == Learned(None, [], guarded=False)
    assert learn_threshold(two_peaks(129, 190)) == Learned(None, [], guarded=False)
    assert learn_threshold({}) == Learned(None, [], guarded=False)


def test_a_valley_needs_depth_and_gaps_to_its_right() -> None:
    # Equal peaks 12 bins apart (2.4 sigma): the middle holds 2 g(6) = .974, the rim is highest one
    # bin inside the peak, g(1) + g(11) = .980 + .089 = 1.069: 9 % deep.
    shallow = find_valleys(smooth(gap_histogram({"u": [at_bin(66), at_bin(78)]})))
    assert [round(valley.depth, 2) for valley in shallow] == [0.09]
    assert learn_threshold({"u": [at_bin(66), at_bin(78)] * 500}).valleys == []
    # 19 gaps to the right are too few, 20 are enough, of 20,000 at least.
    for right, below, enough in [(19, 500, 0), (20, 500, 1), (20, 19980, 1), (20, 19981, 0)]:
        users = {"u": [at_bin(30)] * below, "v": [at_bin(100)] * right}
        found = learn_threshold(users)
        assert len(found.valleys) == enough
    # 20 gaps of one user, all long: one of two users, so the valley separates users.
    assert learn_threshold({"u": [at_bin(30)] * 500, "v": [at_bin(100)] * 20}).guarded


def test_the_shortest_qualifying_valley_wins_and_ripples_are_part_of_a_deeper_one() -> None:
    own = [at_bin(30)] * 20 + [at_bin(80)] * 10 + [at_bin(120)] * 10
    found = learn_threshold({f"u{number}": own for number in range(20)})
    assert len(found.valleys) == 2
    assert found.threshold_us == found.valleys[0].threshold_us < found.valleys[1].threshold_us
    # One valley from 10 down to 2 and back: the ripple at 2.2 (limit 2.2 + .05 x 7.8 = 2.59) can
    # reach the 2.0 over the 2.3 between them, so it is no valley; the 2.0 is.
    start = 70 - FIRST_BIN
    curve = [0.0] * start + [10.0, 5.0, 2.2, 2.3, 2.0, 2.1, 6.0, 10.0] + [0.0] * 300
    (valley,) = find_valleys(curve)
    assert (valley.first_bin, valley.last_bin) == (72, 75)
    assert valley.depth == pytest.approx(0.8)
    # With a ridge of 4 between them they are two.
    curve[start + 3] = 4.0
    assert [each.first_bin for each in find_valleys(curve)] == [72, 74]


@pytest.mark.parametrize(("long_users", "guarded"), [(0, False), (2, False), (3, True)])
def test_the_guard_allows_a_tenth_of_the_users_to_have_mostly_long_gaps(
    long_users: int, *, guarded: bool
) -> None:
    # 20 users with 20 gaps: 2 of them are a tenth. Exactly half long is not over half, and users
    # with 19 gaps are not asked.
    short, long = SECOND, HOUR
    users = {f"a{n}": [short] * 10 + [long] * 10 for n in range(20 - long_users)}
    users |= {f"b{n}": [short] * 9 + [long] * 11 for n in range(long_users)}
    users |= {f"c{n}": [long] * 19 for n in range(50)}
    assert is_guarded(users, 60 * SECOND) is guarded


def test_gaps_of_a_user_are_those_over_zero_of_all_streams() -> None:
    rows = [
        row(0, "view", stream="s1", end_us=10),
        row(5, "view", stream="s1"),
        row(5, "idle", stream="s2"),
        row(17, "view", stream="s1"),
        row(0, "view", stream="s2"),
        row(0, "edit", stream="s2"),
        row(9, "view", stream="s2"),
    ]
    assert gaps_by_user(rows, ROLES) == {"u": [7, 9]}
