"""The step begun anew and the range, against the reference and by hand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields, replace

import numpy as np
import pytest
from oracles import excess_range as oracle

from resume_gap.stats.excess import CellSums, excess
from resume_gap.stats.excess_range import (
    LOW_BITS,
    ExcessRange,
    StepSums,
    excess_range,
    of_those_at_work,
    step_anew,
)

LONGEST = 900_000_000


def drawn(seed: int, users: int, cells: int) -> list[oracle.Compared]:
    """Interruptions; some users have few controls in a cell or none, some such without a gap."""
    draw = np.random.default_rng(seed)
    begun = {
        (user, cell): tuple(
            (int(gap) * int(draw.random() < 0.8), int(time))
            for gap, time in draw.integers(
                0, 500_000_000, (int(draw.choice((0, 3, 19, 20, 40))), 2)
            )
        )
        for user in range(users)
        for cell in range(cells)
        if cell or seed % 2  # nobody has a control in the first cell of an even one
    }
    own = []
    for user in range(users):
        for _ in range(int(draw.integers(1, 6))):
            cell = int(draw.integers(0, cells))
            slots = tuple(int(v) for v in draw.integers(0, LONGEST, int(draw.integers(0, 6))))
            own.append(
                oracle.Compared(
                    user_id=f"u{user:03}",
                    cell=(f"c{cell}", 0),
                    y_us=int(draw.integers(0, LONGEST)),
                    found=slots,
                    found_from_end=tuple(min(LONGEST, v + 7_000_000) for v in slots),
                    begun=begun.get((user, cell), ()),
                    is_reached=bool(draw.random() < 0.8),
                )
            )
    return own


def sums(own: list[oracle.Compared]) -> tuple[CellSums, CellSums, StepSums]:
    """As the pipeline adds them up, entry by entry."""
    number = {cell: no for no, cell in enumerate(sorted({one.cell for one in own}))}

    def cells(*, at_end: bool) -> CellSums:
        rows = []
        for one in own:
            slots = one.found_from_end if at_end else one.found
            rows.append(
                (int(one.user_id[1:]), number[one.cell], 1, one.y_us, len(slots), sum(slots))
            )
        columns = np.array(rows, dtype=np.int64).T
        return CellSums(**{f.name: c for f, c in zip(fields(CellSums), columns, strict=True)})

    begun: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for one in own:
        begun[int(one.user_id[1:]), number[one.cell]] = list(one.begun)
    entries = [(pair, *step) for pair, steps in begun.items() for step in steps]
    low = (1 << LOW_BITS) - 1
    columns = np.array(
        [
            (user, cell, 1, time, gap, gap * (time >> LOW_BITS), gap * (time & low))
            for (user, cell), gap, time in entries
        ],
        dtype=np.int64,
    ).reshape(-1, 7)
    steps = StepSums(**{f.name: c for f, c in zip(fields(StepSums), columns.T, strict=True)})
    return cells(at_end=False), cells(at_end=True), steps


def of(
    cells: CellSums, at_end: CellSums, steps: StepSums, reached: CellSums | None = None
) -> ExcessRange:
    """The range of three sums, with those who reached work where they are given."""
    found = excess_range(cells, excess(at_end).estimate, steps)
    return found if reached is None else of_those_at_work(found, reached, steps)


@pytest.mark.parametrize("seed", range(12))
def test_every_clock_is_that_of_the_reference(seed: int) -> None:
    own = drawn(seed, users=(2, 26, 40)[seed % 3], cells=1 + seed % 5)
    given = sums(own)
    found, expected = of(*given), oracle.clocks(own)
    clocks = (found.from_event.estimate, found.from_end, found.step_anew)
    for mine, theirs in zip(clocks, expected, strict=True):
        assert mine.estimate == pytest.approx(float(theirs.estimate_us) / 1e6)  # type: ignore[arg-type]
    anew = step_anew(given[0], given[2])
    assert anew is not None or seed % 5 == 0  # one cell, and nobody has a control there
    if anew is not None:
        assert anew.error == pytest.approx(expected[2].se_us / 1e6)  # type: ignore[operator]
    limits = [(c.ci_lower, c.ci_upper) for c in clocks if c.ci_lower is not None]
    if limits:
        assert found.word == oracle.word(limits)  # type: ignore[arg-type]
        assert found.ci_lower == min(low for low, _ in limits)  # type: ignore[type-var]
        assert found.ci_upper == max(high for _, high in limits)  # type: ignore[type-var]
    assert found.reached is None
    assert found.lower == min(c.estimate for c in clocks)  # type: ignore[type-var]
    assert found.upper == max(c.estimate for c in clocks)  # type: ignore[type-var]


@pytest.mark.parametrize(("longer", "word"), [(0, "depends_on_matching"), (60, "longer")])
def test_those_who_reached_work_have_to_take_longer_too(longer: int, word: str) -> None:
    """Of 40 users nobody needs more than `longer` seconds more; a fifth of the returns end."""
    second = 1_000_000
    begun = ((10 * second, 30 * second), (30 * second, 50 * second)) * 10
    draw = np.random.default_rng(4)
    own = [
        oracle.Compared(
            f"u{user:03}",
            ("c", 0),
            LONGEST if number == 4 else (45 + longer + int(draw.integers(-9, 10))) * second,
            (45 * second,) * 5,
            (45 * second,) * 5,
            begun,
            is_reached=number < 4,
        )
        for user in range(40)
        for number in range(5)
    ]
    cells, at_end, steps = sums(own)
    reached, _, _ = sums([one for one in own if one.is_reached])
    three, found = of(cells, at_end, steps), of(cells, at_end, steps, reached)
    expected = oracle.of_reached(own)
    assert three.word == "longer"
    assert found.word == word
    assert expected is not None
    assert found.reached is not None
    assert found.reached.estimate == pytest.approx(float(expected.estimate_us) / 1e6)  # type: ignore[arg-type]
    anew = step_anew(reached, steps)
    assert anew is not None
    assert anew.error == pytest.approx(expected.se_us / 1e6)  # type: ignore[operator]
    if word == "longer":
        assert found == three._replace(reached=found.reached)
    else:
        assert (found.lower, found.ci_lower) == (found.reached.estimate, found.reached.ci_lower)
        assert (found.upper, found.ci_upper) == (three.upper, three.ci_upper)
    # Where all reached work, or none, there is nothing to ask.
    assert of(cells, at_end, steps, cells) == three
    nobody = replace(cells, n=cells.n * 0)
    assert of(cells, at_end, steps, nobody) == three


def test_two_users_by_hand() -> None:
    second = 1_000_000
    own = [
        oracle.Compared(
            "u001",
            ("c", 0),
            50 * second,
            (),
            (),
            ((10 * second, 10 * second), (30 * second, 40 * second)),
        ),
        oracle.Compared("u002", ("c", 0), 45 * second, (), (), ()),
    ]
    cells, _, steps = sums(own)
    found = step_anew(cells, steps)
    # 32.5 s for both: (10 x 10 + 30 x 40) / 40.
    assert found is not None
    assert found.interval.estimate == pytest.approx((17.5 + 12.5) / 2)


def test_few_controls_of_ones_own_take_the_mean_of_the_cell() -> None:
    """A weighted mean of few controls is too small: long steps count most, and few are long."""
    second = 1_000_000
    own = [
        oracle.Compared(user, ("c", 0), 50 * second, (), (), ((gap, gap),) * many)
        for user, gap, many in (("u001", 10 * second, 20), ("u002", 30 * second, 19))
    ]
    cells, _, steps = sums(own)
    found = step_anew(cells, steps)
    shared = (20 * 10**2 + 19 * 30**2) / (20 * 10 + 19 * 30)
    assert found is not None
    assert found.interval.estimate == pytest.approx((40 + 50 - shared) / 2)


def test_the_split_of_the_entries_and_other_users_do_not_matter() -> None:
    cells, _, steps = sums(drawn(7, users=30, cells=3))
    found = step_anew(cells, steps)
    order = np.random.default_rng(1).permutation(len(steps.user))
    moved = StepSums(**{f.name: getattr(steps, f.name)[order] for f in fields(StepSums)})
    assert step_anew(cells, moved) == found
    others = StepSums(
        **{f.name: np.concatenate([getattr(steps, f.name)] * 2) for f in fields(StepSums)}
    )
    others = replace(others, user=np.concatenate([steps.user, steps.user + 1000]))
    assert step_anew(cells, others) == found


def test_without_a_gap_it_is_the_second_clock() -> None:
    cells, end, steps = sums(drawn(8, users=30, cells=2))
    none = np.zeros_like(steps.gap_us)
    still = replace(steps, gap_us=none, weighted_high=none, weighted_low=none)
    assert step_anew(cells, still) is None
    found = of(cells, end, still)
    assert found.step_anew == found.from_end


def test_without_slots_there_is_no_range() -> None:
    cells, _, steps = sums(drawn(9, users=30, cells=2))
    none = np.zeros_like(cells.found)
    empty = replace(cells, found=none, found_us=none)
    found = of(empty, empty, steps)
    assert (found.lower, found.upper, found.ci_lower, found.word) == (None, None, None, None)
    assert found.step_anew.estimate is not None


def test_few_users_have_a_range_and_no_word() -> None:
    found = of(*sums(drawn(11, users=24, cells=2)))
    assert found.lower is not None
    assert (found.ci_lower, found.word) == (None, None)
