"""Figures with and without rows: when they are others."""

from __future__ import annotations

from contextlib import contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from factories.streams import contents_of, steps_of

from resume_gap.quality import comparison
from resume_gap.quality.comparison import (
    SampleMeasurement,
    compared,
    moves,
    of_kinds,
    work_left_out,
)
from resume_gap.quality.small_groups import EventNames

if TYPE_CHECKING:
    from collections.abc import Iterator


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


@pytest.mark.parametrize("decide", [None, lambda there, shelf: f"{there} {shelf}"])
@pytest.mark.parametrize("mean", [None, 7.0])
def test_the_sample_is_measured_with_the_rows_once_and_without_them(
    monkeypatch: pytest.MonkeyPatch, mean: float | None, decide: Any
) -> None:
    rows: list[int] = []

    @contextmanager
    def measured(_runner: Any, _aside: Any, kept: Any) -> Iterator[Any]:
        many = sum(len(steps.at) for steps in kept)
        rows.append(many)
        total = SimpleNamespace(returns=many, interruptions=many // 2, mean_seconds=mean)
        shelf = f"shelf {many}"
        yield ("there", SimpleNamespace(totals=(total,)), shelf) if many else None

    monkeypatch.setattr(comparison, "resampled", measured)
    kind = 1 << 32
    sample = [steps_of({1: [(0, kind), (1, 2 * kind), (2, kind)]}), steps_of({2: [(5, 2 * kind)]})]
    nothing: Any = None
    no_work: Any = SimpleNamespace(contents=contents_of([0, 0]))
    sampled = SampleMeasurement(sample, (), EventNames(), 1.0, no_work, decide=decide)
    found = compared(nothing, sampled, of_kinds(np.array([False, False, True])))
    figures = {"returns_with": 4, "interruptions_with": 2}
    figures |= {"returns_without": 2, "interruptions_without": 1}
    if mean is not None:
        figures |= {"mean_seconds_with": mean, "mean_seconds_without": mean}  # type: ignore[dict-item]
    assert found.figures == figures
    assert found.words == (None if decide is None else ("there shelf 4", "there shelf 2"))
    alone = compared(nothing, sampled, lambda steps: np.ones(len(steps.at), dtype=np.bool_))
    assert rows == [4, 2, 0]
    assert alone.figures == {name: n for name, n in figures.items() if name.endswith("_with")}
    assert alone.words is None


def test_how_much_of_the_work_some_rows_are() -> None:
    work, look = 1 << 32, 2 << 32
    sample = [steps_of({1: [(0, work), (1, look), (2, work)]}), steps_of({2: [(5, work)]})]
    log: Any = SimpleNamespace(contents=contents_of([1, 0]))
    sampled = SampleMeasurement(sample, (), EventNames(), 1.0, log)
    assert work_left_out(sampled, of_kinds(np.array([False, True, True]))) == {"work_share": 1.0}
    assert work_left_out(sampled, of_kinds(np.array([False, False, True]))) == {"work_share": 0.0}
    silent: Any = SimpleNamespace(contents=contents_of([0, 0]))
    nothing = SampleMeasurement(sample, (), EventNames(), 1.0, silent)
    assert work_left_out(nothing, of_kinds(np.array([False, True, True]))) == {}
