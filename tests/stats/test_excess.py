"""The excess from cell sums, against the definition row by row in fractions."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

from resume_gap.stats.excess import CellSums, excess
from resume_gap.stats.interval import Interval

Row = tuple[int, int, int, list[int]]
"""User, cell, Y in microseconds, the found slots' Y (at most five)."""


def cell_sums(rows: list[Row]) -> CellSums:
    """As the pipeline would sum them, in no particular order."""
    total: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for user, cell, y, slots in rows:
        for i, value in enumerate((1, y, len(slots), sum(slots))):
            total[user, cell][i] += value
    keys = sorted(total, key=lambda key: hash((key, "order")))
    columns = np.array([[*key, *total[key]] for key in keys], dtype=np.int64).reshape(-1, 6).T
    names = ("user", "cell", "n", "y_us", "found", "found_us")
    return CellSums(**dict(zip(names, columns, strict=True)))


def literal(rows: list[Row]) -> tuple[Fraction, float]:
    """e and its standard error, interruption by interruption, in microseconds."""
    users, cells = {row[0] for row in rows}, {row[1] for row in rows}
    slots = [(u, c, value) for u, c, _, found in rows for value in found]
    by_cell = {c: [value for _, k, value in slots if k == c] for c in cells}
    everything = [value for _, _, value in slots]
    mean_all = Fraction(sum(everything), len(everything))
    mean = {c: Fraction(sum(v), len(v)) if v else mean_all for c, v in by_cell.items()}
    empty = {c: sum(5 - len(found) for _, k, _, found in rows if k == c) for c in cells}
    differences = {
        i: y - (sum(found) + (5 - len(found)) * mean[c]) / 5
        for i, (_, c, y, found) in enumerate(rows)
    }
    e = sum(differences.values(), Fraction(0)) / len(rows)
    squares = Fraction(0)
    for user in users:
        own = sum(1 for row in rows if row[0] == user)
        part = sum(differences[i] - e for i, row in enumerate(rows) if row[0] == user)
        for c in cells:
            source = by_cell[c] or everything
            drawn = [v for u, k, v in slots if u == user and (k == c or not by_cell[c])]
            moved = sum(drawn) - mean[c] * len(drawn)
            part -= Fraction(empty[c], 5) / len(source) * moved
        squares += (part / len(rows) / (1 - Fraction(own, len(rows)))) ** 2
    return e, math.sqrt(Fraction(len(users), len(users) - 1) * squares)


def random_rows(seed: int, users: int, cells: int, empty_cells: int = 0) -> list[Row]:
    draw = np.random.default_rng(seed)
    rows: list[Row] = []
    for user in range(users):
        for _ in range(int(draw.integers(1, 8))):
            cell = int(draw.integers(0, cells))
            found = 0 if cell < empty_cells else int(draw.integers(0, 6))
            slots = [int(v) for v in draw.integers(0, 600_000_000, found)]
            rows.append((user, cell, int(draw.integers(0, 900_000_000)), slots))
    return rows


def test_two_users_by_hand() -> None:
    second = 1_000_000
    rows: list[Row] = [
        (1, 0, 30 * second, [10 * second] * 5),  # D = 30 - 10
        (2, 0, 20 * second, [20 * second] * 2),  # three empty at (50 + 40) / 7
    ]
    found = excess(cell_sums(rows))
    mean = 90 / 7
    first, other = 30 - 10, 20 - (40 + 3 * mean) / 5
    e = (first + other) / 2
    assert found.estimate == Interval(estimate=pytest.approx(e))
    moved = 3 / 5 / 7 * (50 - 5 * mean), 3 / 5 / 7 * (40 - 2 * mean)
    influence = (first - e - moved[0]) / 2 / 0.5, (other - e - moved[1]) / 2 / 0.5
    assert sum(influence) == pytest.approx(0)
    assert found.error == pytest.approx(math.sqrt(2 * sum(i * i for i in influence)))
    assert (found.users, found.interruptions) == (2, 2)
    assert found.own_slots == 0.7


@pytest.mark.parametrize("empty_cells", [0, 1, 3])
@pytest.mark.parametrize("users", [2, 26, 60])
def test_every_number_is_that_of_the_definition(users: int, empty_cells: int) -> None:
    rows = random_rows(users + 100 * empty_cells, users, 6, empty_cells)
    found = excess(cell_sums(rows))
    e, error = literal(rows)
    assert found.estimate.estimate == pytest.approx(float(e) / 1e6, rel=1e-9)
    assert found.error == pytest.approx(error / 1e6, rel=1e-9)
    own = sum(len(row[3]) for row in rows) / (5 * len(rows))
    assert found.own_slots == pytest.approx(own)
    if users >= 25:
        expected = stats.t.interval(0.95, users - 1, float(e) / 1e6, error / 1e6)
        assert (found.estimate.ci_lower, found.estimate.ci_upper) == pytest.approx(expected)
    else:
        assert found.estimate.ci_lower is None


def test_with_all_slots_found_the_error_is_that_of_leaving_users_out() -> None:
    rows = [(u, c, y, [*slots, 0, 0, 0, 0, 0][:5]) for u, c, y, slots in random_rows(7, 30, 4)]
    found = excess(cell_sums(rows))
    assert found.own_slots == 1.0
    whole = found.estimate.estimate
    assert whole is not None
    squares = 0.0
    for user in range(30):
        rest = excess(cell_sums([row for row in rows if row[0] != user])).estimate.estimate
        assert rest is not None
        squares += (whole - rest) ** 2
    assert found.error == pytest.approx(math.sqrt(30 / 29 * squares))


def test_influences_stay_close_to_leaving_users_out_where_slots_are_empty() -> None:
    rows = random_rows(8, 80, 3)
    found = excess(cell_sums(rows))
    whole = found.estimate.estimate
    squares = 0.0
    for user in range(80):
        rest = excess(cell_sums([row for row in rows if row[0] != user])).estimate.estimate
        squares += (whole - rest) ** 2  # type: ignore[operator]
    assert found.error == pytest.approx(math.sqrt(80 / 79 * squares), rel=0.02)


def test_time_added_to_returns_and_moments_alike_changes_nothing() -> None:
    rows = random_rows(9, 40, 5, empty_cells=1)
    later = [(u, c, y + 10**7, [s + 10**7 for s in slots]) for u, c, y, slots in rows]
    before, after = excess(cell_sums(rows)), excess(cell_sums(later))
    assert after.estimate.estimate == pytest.approx(before.estimate.estimate)
    assert after.error == pytest.approx(before.error)


def test_numbering_order_and_split_of_the_entries_do_not_matter() -> None:
    sums = cell_sums(random_rows(10, 40, 5, empty_cells=1))
    order = np.random.default_rng(1).permutation(len(sums.user))
    split = {name: getattr(sums, name)[order] for name in ("n", "y_us", "found", "found_us")}
    half = {name: np.concatenate([v // 2, v - v // 2]) for name, v in split.items()}
    again = excess(
        CellSums(
            user=np.tile(7 - 1000 * sums.user[order], 2),
            cell=np.tile(3 * sums.cell[order] + 5, 2),
            **half,
        )
    )
    first = excess(sums)
    # Entries without an interruption take no part, so some halves are no entry of their own.
    assert again.users == first.users
    whole = excess(CellSums(user=-9 * sums.user[order], cell=3 * sums.cell[order] + 5, **split))
    assert whole.estimate.estimate == pytest.approx(first.estimate.estimate, rel=1e-12)
    assert whole.error == pytest.approx(first.error, rel=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_entries_in_another_order_or_in_two_parts_give_the_same_bits(seed: int) -> None:
    """A user's streams may lie in different batches, and batches are no part of the method."""
    sums = cell_sums(random_rows(seed, 40, 5, empty_cells=1))
    rng = np.random.default_rng(seed)
    several = np.flatnonzero(sums.n > 1)
    assert len(several) > 5
    names = ("n", "y_us", "found", "found_us")
    taken = {name: getattr(sums, name)[several] // 3 for name in names}
    taken["n"] = np.ones(len(several), dtype=np.int64)
    parts = {"user": sums.user[several], "cell": sums.cell[several], **taken}
    rest = {name: getattr(sums, name).copy() for name in names}
    for name, values in taken.items():
        rest[name][several] -= values
    rest |= {"user": sums.user, "cell": sums.cell}
    order = rng.permutation(len(sums.user) + len(several))
    again = CellSums(**{n: np.concatenate([rest[n], parts[n]])[order] for n in rest})
    assert excess(again) == excess(sums)


def test_nothing_found_is_none() -> None:
    nothing = excess(cell_sums([(u, 0, 5_000_000, []) for u in range(30)]))
    assert nothing.estimate == Interval()
    assert (nothing.error, nothing.users, nothing.own_slots) == (None, 30, 0.0)
    no_rows = excess(cell_sums([]))
    assert no_rows.estimate == Interval()
    assert (no_rows.users, no_rows.interruptions, no_rows.own_slots) == (0, 0, None)


def test_one_user_has_an_estimate_and_no_error() -> None:
    found = excess(cell_sums([(1, 0, 9_000_000, [4_000_000])]))
    assert found.estimate == Interval(estimate=5.0)
    assert found.error is None
    assert found.own_slots == 0.2


def test_24_users_have_an_error_and_no_interval() -> None:
    rows = random_rows(11, 25, 3)
    assert excess(cell_sums(rows)).estimate.ci_lower is not None
    few = excess(cell_sums([row for row in rows if row[0] != 3]))
    assert few.users == 24
    assert few.error is not None
    assert few.estimate.ci_lower is few.estimate.ci_upper is None


def test_users_without_an_interruption_take_no_part() -> None:
    sums = cell_sums(random_rows(12, 30, 3))
    zero = np.zeros(1, dtype=np.int64)
    more = replace(
        sums,
        **{
            name: np.concatenate([getattr(sums, name), zero + (999 if name == "user" else 0)])
            for name in ("user", "cell", "n", "y_us", "found", "found_us")
        },
    )
    assert excess(more) == excess(sums)


@pytest.mark.full
def test_planted_differences_are_covered() -> None:
    """Fills by pooled means and their share of the error: 600 logs of 40 users."""
    draw = np.random.default_rng(20)
    held = 0
    for _ in range(600):
        rows: list[Row] = []
        for user in range(40):
            slow = draw.gamma(8, 2_000_000)
            for _ in range(int(draw.integers(1, 7))):
                slots = draw.exponential(slow, int(draw.integers(0, 6)))
                y = int(draw.exponential(slow)) + 10_000_000
                rows.append((user, int(draw.integers(0, 3)), y, [int(v) for v in slots]))
        found = excess(cell_sums(rows)).estimate
        held += found.ci_lower <= 10 <= found.ci_upper  # type: ignore[operator]
    assert 0.92 <= held / 600 <= 0.98
