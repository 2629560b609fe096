"""The words on a page, as the run means them."""

from __future__ import annotations

from factories.pages import rendered
from factories.results import changed, full


def test_every_return_and_positions_near_each_other_are_said() -> None:
    shown = rendered(
        changed(
            full(),
            settings={**full().generated_from.settings, "all_returns": True},
            marker={"near": 3.0},
        )
    ).visible
    for part in (
        "Every return counts as one here",
        "in mid-task or not, as every return counts",
        "the controls need not be in mid-task",
        "or within 3 positions of it",
    ):
        assert part in shown
    near = changed(full(), marker={"near": 3.0}, day={"place": "sheet/budget!B5"})
    assert "3 positions count as the same element; here the marker is a hit within that" in (
        rendered(near).visible
    )
