"""Sums of chunks put on a shelf and read again, by hand: what is kept, for whom, and where."""

from __future__ import annotations

from dataclasses import fields
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from factories.chunks import chunk_of

from resume_gap.arrays import NEVER, Ints
from resume_gap.pipeline.batches import Shelf
from resume_gap.replay.collected import Collected, cells_of
from resume_gap.replay.matching import Asking, Matched
from resume_gap.replay.outcomes import Outcomes
from resume_gap.replay.policies import Wait
from resume_gap.replay.totals import Asked, joined
from resume_gap.replay.waits import Waits
from resume_gap.stats.excess_range import StepSums

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.replay.user_cells import AskedPairs

THRESHOLD = 1_800_000_000


def ints(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def flags(text: str) -> Any:
    return np.array([one == "x" for one in text])


def matched(user: Ints, cell: Ints) -> Matched:
    """Returns with distinct figures."""
    n = np.arange(1, len(user) + 1)
    asking = Asking(user, cell, step=n, last_step=n, y_us=n * 100)
    return Matched(asking, n, n * 1_000, n * 10_000, n[::-1] + 6)


def collected(*user_of_stream: int, folder: Path | None = None) -> Collected:
    asked = Asked(THRESHOLD, (THRESHOLD,), near=None, tz="UTC", all_returns=False)
    return Collected(asked, ints(*user_of_stream), Shelf(folder))


def test_cells_add_up_by_user_and_cell() -> None:
    returns = matched(ints(1, 2, 2, 2), ints(5, 5, 3, 5))
    cells = cells_of(returns, flags("x-xx"))
    assert (cells.user.tolist(), cells.cell.tolist()) == ([1, 2, 2], [5, 3, 5])
    assert cells.n.tolist() == [1, 1, 2]
    assert cells.y_us.tolist() == [100, 300, 600]
    assert cells.found.tolist() == [1, 3, 6]
    assert cells.found_us.tolist() == [1_000, 3_000, 6_000]
    assert cells.found_end_us.tolist() == [10_000, 30_000, 60_000]
    assert (cells.reached.tolist(), cells.reached_us.tolist()) == ([1, 1, 1], [100, 300, 400])


def test_controls_are_asked_for_where_an_interruption_may_ask_for_them() -> None:
    # User 0 has one stream, user 1 two, so that the other may ask in a later chunk.
    sums = collected(0, 1, 1)
    one, other = matched(ints(0, 0), ints(5, 6)), matched(ints(1), ints(4))
    names = [field.name for field in fields(StepSums)]

    def steps(asked: AskedPairs) -> StepSums:
        assert (asked.user.tolist(), asked.cell.tolist()) == ([0, 0], [5, 6])
        assert asked.is_all.tolist() == [False, True]
        return StepSums(**{name: ints(3, 4) for name in names})

    controls: Any = SimpleNamespace(control=lambda: other, steps=steps)
    sums.add_controls(THRESHOLD, controls, cells_of(one))
    (kept,) = sums.thresholds[THRESHOLD].steps
    assert all(getattr(kept, name).tolist() == [3, 4] for name in names)
    (control,) = sums.thresholds[THRESHOLD].control
    assert (control.user.tolist(), control.found_us.tolist()) == ([1], [1_000])


def test_a_user_has_as_many_elements_as_the_stream_with_most() -> None:
    sums = collected(2, 0, 0)
    rows = ((0, 1), (0, 2), (1, 3), (2, 5), (3, 5), (3, 6), (3, 7))
    chunk = chunk_of(
        [{"stream": 0}, {"stream": 0, "gap_us": 9}, {"stream": 1}, {"stream": 2}],
        [{"burst": b, "element": e, "first_step": i} for i, (b, e) in enumerate(rows)],
    )
    sums.add_elements(chunk)
    assert sums.elements.tolist() == [3, 0, 3]
    sums.add_elements(chunk_of([{"stream": 2}], [{"burst": 0, "element": 9, "first_step": 0}]))
    assert sums.elements.tolist() == [3, 0, 3]


def the_waits() -> Waits:
    return Waits(
        is_interruption=flags("xx-"),
        eligible=flags("x-x"),
        y_us=ints(5, 6, 7),
        wait=Wait(ints(50, 900, NEVER), flags("--x"), cap_us=900),
    )


@pytest.mark.parametrize("on_disk", [False, True])
def test_only_counted_returns_are_summed_but_all_are_shown(tmp_path: Path, on_disk: bool) -> None:
    sums = collected(0, 1, folder=tmp_path if on_disk else None)
    rows = the_waits()
    one = matched(ints(1), ints(4))
    columns = {"eligible": ints(1, 10, 100), "target_return_us": ints(3, NEVER, 4)}
    outcomes = Outcomes.of({"eligible": columns["eligible"]})
    cells = sums.add(THRESHOLD, rows, ints(1, 1, 0), outcomes, one)
    assert cells.found_us.tolist() == [1_000]
    sums.add_headline(rows, columns, one)
    sums.add_first_back(one)
    found = sums.replays()
    of_one = found.thresholds[THRESHOLD]
    assert of_one.columns["eligible"].tolist() == [1]
    for parts, us in ((of_one.cells, 1_000), (of_one.from_end, 10_000), (found.first_back, 1_000)):
        assert [part.found_us.tolist() for part in parts] == [[us]]
    for reached in (*of_one.reached, joined(of_one.reached)):
        assert (reached.n.tolist(), reached.y_us.tolist()) == ([1], [100])
        assert (reached.found.tolist(), reached.found_us.tolist()) == ([0], [0])
    assert found.slots().to_dict(as_series=False) == {"cell": [4], "y_us": [7]}
    everything = {
        "is_counted": [True, False, False],
        "lag_us": [50, 900, NEVER],
        "found": [1, 0, 0],
        "found_us": [1_000, 0, 0],
        "found_end_us": [10_000, 0, 0],
        "eligible": [1, 10, 100],
        "target_return_us": [3, None, 4],
    }
    assert found.rows(*everything).to_dict(as_series=False) == everything
    assert found.counted("lag_us", "found").to_dict(as_series=False) == {
        "lag_us": [50],
        "found": [1],
    }


def test_elements_of_a_user_stand_beside_the_sums_of_every_threshold() -> None:
    sums = collected(0, 1)
    chunk = chunk_of([{"stream": 1}], [{"burst": 0, "element": 5, "first_step": 0}])
    sums.add_elements(chunk)
    outcomes = Outcomes.of({"eligible": ints(1, 10, 100)})
    sums.add(THRESHOLD, the_waits(), ints(1, 1, 0), outcomes, matched(ints(1), ints(4)))
    found = sums.replays().thresholds[THRESHOLD]
    assert found.columns["elements"].tolist() == [1]
    assert found.users.tolist() == [1]
