"""The unit of numbers by their magnitudes."""

from resume_gap.sources.time_units import median_unit


def test_median_unit() -> None:
    assert median_unit({}) is None
    assert median_unit({"small": 3, "ms": 2}) == "s"
    assert median_unit({"s": 1, "us": 5}) == "us"
