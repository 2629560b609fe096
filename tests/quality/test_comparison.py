"""Figures with and without rows: when they are others."""

import pytest

from resume_gap.quality.comparison import moves


def figures(name: str, before: float | None, after: float | None) -> dict[str, float]:
    both = {f"{name}_with": before, f"{name}_without": after}
    return {key: value for key, value in both.items() if value is not None}


@pytest.mark.parametrize("name", ["returns", "interruptions", "mean_seconds"])
@pytest.mark.parametrize(
    ("before", "after", "is_other"),
    [(100, 110, True), (100, 109, False), (100, 90, True), (0, 0, False), (0, 1, True)],
)
def test_a_tenth_of_any_figure(name: str, before: float, after: float, *, is_other: bool) -> None:
    assert moves(figures(name, before, after)) == is_other


def test_a_mean_that_comes_or_goes_and_another_share() -> None:
    assert moves(figures("mean_seconds", 20, None))
    assert moves(figures("mean_seconds", None, 20))
    assert not moves({})
    assert moves(figures("returns", 100, 105), 0.05)
    assert not moves(figures("returns", 100, 104), 0.05)
