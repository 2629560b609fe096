"""Gaps to bins: spread gaps keep their weight and lie where the plain reference puts them."""

from __future__ import annotations

import numpy as np
import pytest
from factories.measured import rows_table, run
from factories.streams import contents_of, steps_of
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import log as oracle
from oracles.log import HOUR, MINUTE, SECOND

from resume_gap.arrays import NEVER
from resume_gap.pipeline.bursts import reduce_steps
from resume_gap.pipeline.gap_counts import GAP_PARTS, spread_gaps
from resume_gap.pipeline.moments import Thinning

ROLES = oracle.Roles(productive=frozenset({"edit"}), completing=frozenset({"submit"}))


def spread(gaps: list[int], resolutions: list[int]) -> list[dict[int, int]]:
    which, bins, parts = spread_gaps(np.array(gaps), np.array(resolutions))
    found: list[dict[int, int]] = [{} for _ in gaps]
    for owner, number, part in zip(which.tolist(), bins.tolist(), parts.tolist(), strict=True):
        assert number not in found[owner]
        found[owner][number] = part
    return found


gap_lists = st.lists(
    st.tuples(
        st.one_of(st.integers(1, 10**13), st.integers(1, 7200).map(lambda s: s * SECOND)),
        st.sampled_from([1, 10, 60, 3600]),
    ),
    min_size=1,
    max_size=20,
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(drawn=gap_lists)
def test_every_gap_keeps_its_weight(drawn: list[tuple[int, int]]) -> None:
    found = spread([g for g, _ in drawn], [r for _, r in drawn])
    assert [sum(parts.values()) for parts in found] == [GAP_PARTS] * len(drawn)
    assert all(part > 0 for parts in found for part in parts.values())


@settings(max_examples=60, deadline=None, derandomize=True)
@given(drawn=gap_lists)
def test_spread_as_the_reference_spreads(drawn: list[tuple[int, int]]) -> None:
    found = spread([g for g, _ in drawn], [r for _, r in drawn])
    for (gap, resolution), parts in zip(drawn, found, strict=True):
        theirs = oracle.spread(gap / SECOND, resolution)
        for number in parts.keys() | theirs.keys():
            share = parts.get(number, 0) / GAP_PARTS
            assert share == pytest.approx(theirs.get(number, 0), abs=2 / GAP_PARTS), (gap, number)


@pytest.mark.parametrize("unit", [1, SECOND, MINUTE])
def test_gap_counts_are_the_histogram_of_the_reference(unit: int) -> None:
    steps = [1, 2, 2, 7, 40, 61, 600, 5_000]
    rows, at = [], 1_709_206_200 * SECOND // MINUTE * MINUTE
    for number in range(120):
        at += steps[number * number % len(steps)] * unit
        rows.append({"user_id": f"u{number % 3}", "timestamp_us": at, "event": "edit"})
    resolution = {1: 0.0, SECOND: 1.0, MINUTE: 60.0}[unit]
    theirs = oracle.gap_histogram(
        oracle.gaps_by_user(rows, ROLES), dict.fromkeys(["u0", "u1", "u2"], resolution)
    )
    mine = np.zeros(len(theirs))
    for bin_no, parts in gap_counts(rows):
        mine[bin_no - oracle.FIRST_BIN] += parts / GAP_PARTS
    assert mine == pytest.approx(np.array(theirs), abs=1e-3)


def gap_counts(rows: list[dict[str, object]]) -> list[tuple[int, int]]:
    import duckdb

    from resume_gap.pipeline.intake import take_in
    from resume_gap.pipeline.queries import Runner
    from resume_gap.pipeline.reduction import reduce_events
    from resume_gap.settings import Settings

    with duckdb.connect() as con:
        con.register("rows", rows_table(rows, ()))
        runner = Runner(con)
        chosen = Settings(productive=("edit",), complete=("submit",))
        intake = take_in(runner, chosen, columns={}, excluded_users=())
        tally = reduce_events(runner, intake, cut_us=30 * SECOND, seed=0)
    found = tally.shelf.table("gap_counts", ["bin", "parts"])
    return list(zip(*(column.to_pylist() for column in found.columns), strict=True))


def test_a_burst_cut_never_changes_a_figure() -> None:
    rows, at = [], 1_709_206_200 * SECOND
    for number in range(60):
        at += [5, 31, 400, 29, 2_000, 9_000, 30][number % 7] * SECOND
        event = ["edit", "view", "submit", "edit", "view"][number % 5]
        rows.append(
            {"user_id": "u", "timestamp_us": at, "event": event, "target": f"t{number % 4}"}
        )
    cuts = (1, 5 * SECOND, 30 * SECOND, 899 * SECOND)
    found = [run(rows, ("target",), ROLES, 30 * MINUTE, cut_us=cut) for cut in cuts]
    assert found[0].returns
    assert all(other.returns == found[0].returns for other in found[1:])
    assert all(other.sums.equals(found[0].sums) for other in found[1:])


def test_bursts_of_one_event_and_of_one_user() -> None:
    rows = [{"user_id": "u", "timestamp_us": n * HOUR + 10**15, "event": "edit"} for n in range(3)]
    found = run(rows, (), ROLES, 30 * MINUTE)
    assert [r["gap_us"] for r in found.returns] == [HOUR, HOUR]
    assert [r["reason"] for r in found.returns] == ["mid_task", "mid_task"]


def bursts_of(**more: object) -> list[dict[str, object]]:
    """The bursts of one stream: work, an hour, a look and work again."""
    steps = steps_of(
        {1: [(0, 1 << 32), (HOUR, 2 << 32), (HOUR + SECOND, 1 << 32), (3 * HOUR, 2 << 32)]}, **more
    )
    contents = contents_of([1, 0])
    found = reduce_steps(iter([steps]), contents, Thinning(share=0), cut_us=MINUTE)
    return [row for reduced in found for row in reduced.bursts.to_pylist()]


def test_a_burst_keeps_the_idle_event_before_it_and_its_device() -> None:
    rows = bursts_of()
    assert [row["away_before_us"] for row in rows] == [-1] * 3
    assert [(row["first_device_no"], row["last_device_no"]) for row in rows] == [(0, 0)] * 3
    assert [row["begins_in_batch"] for row in rows] == [False] * 3
    assert "next_work_position" not in rows[0]
    rows = bursts_of(
        away_before=np.array([-1, MINUTE, MINUTE, 2 * HOUR]),
        device=np.array([3, 4, 5, 6]),
        position=np.array([0.5, 1.5, 2.5, 3.5]),
        in_batch=np.array([True, False, True, False]),
    )
    assert [row["away_before_us"] for row in rows] == [-1, MINUTE, 2 * HOUR]
    assert [(row["first_device_no"], row["last_device_no"]) for row in rows] == [
        (3, 3),
        (4, 5),
        (6, 6),
    ]
    assert [row["begins_in_batch"] for row in rows] == [True, False, False]
    assert [row["gap_us"] for row in rows] == [NEVER, HOUR, 2 * HOUR - SECOND]
    assert [row["next_work_us"] for row in rows] == [0, HOUR + SECOND, NEVER]
    assert [row["next_work_position"] for row in rows][:2] == [0.5, 2.5]
    assert np.isnan(rows[2]["next_work_position"])  # type: ignore[call-overload]
