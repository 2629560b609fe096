"""Which thresholds are asked about beside the own, and which results depend on it."""

from oracles.log import SECOND

from resume_gap.analysis.sensitivity import grid_us, sensitive


def test_grid_and_what_depends_on_it() -> None:
    assert [us // SECOND for us in grid_us(600 * SECOND)] == [300, 600, 900, 1200, 1800, 3600]
    assert [us // SECOND for us in grid_us(1800 * SECOND)] == [900, 1800, 3600]
    values = {"a": [10.0, 12.0, 9.0], "b": [10.0, 13.0, None], "c": [None], "d": [-1.0, 1.0]}
    headline = {"a": 10.0, "b": 10.0, "c": None, "d": 1.0}
    assert sensitive(values, headline) == ["b", "d"]
