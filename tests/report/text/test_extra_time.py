"""How much longer than uninterrupted work, in words that page and screen share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from factories.results import changed, full

from resume_gap.report.text import extra_time
from resume_gap.report.text.numbers import MINUS
from resume_gap.results.common import Estimate

if TYPE_CHECKING:
    from resume_gap.results.analyze import Analysis


def compared(**more: Any) -> Analysis:
    return changed(full(), excess=more)


def test_the_range_over_the_three_comparisons() -> None:
    run = compared(lower=28.0, upper=41.0, ci_lower=20.1, ci_upper=48.8)
    assert extra_time.span(run.excess, run) == "28 s to 41 s"
    assert extra_time.interval(run.excess, run) == "[20 s, 49 s]"
    assert extra_time.figures(run.excess, run) == "28 s to 41 s [20 s, 49 s]"


def test_one_figure_where_both_ends_are_printed_alike() -> None:
    run = compared(lower=40.8, upper=41.2, ci_lower=None)
    assert extra_time.span(run.excess, run) == "41 s"
    assert extra_time.interval(run.excess, run) is None
    assert extra_time.figures(run.excess, run) == "41 s"


def test_the_longest_end_chooses_the_unit_and_coarse_stamps_widen() -> None:
    run = compared(lower=28.0, upper=41.0, ci_lower=20.0, ci_upper=130.0)
    assert extra_time.figures(run.excess, run) == "28 s to 41 s [20 s, 2 min 10 s]"
    coarse = changed(run, resolution={"seconds": 5.0}, excess={"ci_lower": 21.0, "ci_upper": 51.0})
    assert extra_time.interval(coarse.excess, coarse) == "[20 s, 60 s]"


@pytest.mark.parametrize("ends", [{"lower": None}, {"upper": None}])
def test_without_a_range_there_is_no_figure(ends: dict[str, None]) -> None:
    run = compared(**ends)
    assert extra_time.span(run.excess, run) is None
    assert extra_time.figures(run.excess, run) is None
    assert extra_time.claim(run) is None


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        (
            {"word": "longer"},
            "took 28 s to 41 s longer than the same work uninterrupted [20 s, 49 s]",
        ),
        (
            {"word": "longer", "ci_lower": None},
            "took 28 s to 41 s longer than the same work uninterrupted",
        ),
        (
            {"word": "depends_on_matching"},
            (
                "may have taken longer than uninterrupted work; comparisons disagree: "
                "28 s to 41 s [20 s, 49 s]"
            ),
        ),
        (
            {"word": "includes_zero", "ci_lower": -2.0},
            (
                "did not take clearly longer than uninterrupted work: "
                f"28 s to 41 s [{MINUS}2.0 s, 49 s]"
            ),
        ),
        (
            {"word": "longer", "lower": 0.0},
            ("did not take clearly longer than uninterrupted work: 0.0 s to 41 s [20 s, 49 s]"),
        ),
        (
            {"lower": -8.0, "upper": -6.0, "ci_lower": -12.0, "ci_upper": -4.0},
            (
                "took less time than the same work uninterrupted: the difference is "
                f"{MINUS}8.0 s to {MINUS}6.0 s [{MINUS}12 s, {MINUS}4.0 s]"
            ),
        ),
    ],
)
def test_what_is_claimed(parts: dict[str, Any], says: str) -> None:
    run = compared(**parts)
    assert extra_time.claim(run) == says
    beside = f" {extra_time.interval(run.excess, run)}"
    own, ends = extra_time.span(run.excess, run), extra_time.limits(run.excess, run)
    assert own is not None
    assert extra_time.headline(run) == says.replace(beside, "").replace(own, ends or own)


def test_without_an_interval_the_headline_has_the_range_of_the_comparisons() -> None:
    run = compared(ci_lower=None)
    assert extra_time.limits(run.excess, run) == ""
    assert extra_time.headline(run) == "took 28 s to 41 s longer than the same work uninterrupted"
    assert extra_time.headline(compared(lower=None)) is None


def test_why_it_is_a_range_with_the_returns_that_reached_work() -> None:
    reached = Estimate(estimate=1.0, ci_lower=-2.0, ci_upper=4.0)
    said = extra_time.why_a_range(compared(word="depends_on_matching", reached=reached))
    assert said.endswith("so their comparison is part of the range.")
    assert extra_time.why_a_range(compared(word="longer", reached=reached)).endswith(" longer.")


@pytest.mark.parametrize(
    ("word", "ends"),
    [
        ("longer", " All three say that it took longer."),
        ("depends_on_matching", " They do not agree that there is a difference at all."),
        ("includes_zero", "to the greatest upper one."),
    ],
)
def test_why_it_is_a_range(word: str, ends: str) -> None:
    said = extra_time.why_a_range(compared(word=word))
    assert said.startswith("No comparison is right alone, so the figure is a range")
    assert said.endswith(ends)
