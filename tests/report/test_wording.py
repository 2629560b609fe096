"""Figures beside what they are compared with, and sentences that hold only sometimes."""

from __future__ import annotations

import dataclasses
import re
from itertools import pairwise

import pytest
from factories.before_launch import segments
from factories.pages import rendered
from factories.results import changed, full, sensitive

from resume_gap.report.charts import svg
from resume_gap.report.charts.curve import PaceChart
from resume_gap.report.charts.day import DayChart, DayMark
from resume_gap.report.page.analyze import headline
from resume_gap.report.render import terminal
from resume_gap.report.text import numbers, recommendation, threshold
from resume_gap.results.analyze import Analysis, Recommendation
from resume_gap.results.common import Check, Estimate

STEADY = "move by less than a quarter over these thresholds"


def decided(word: str, **found: float | str) -> Analysis:
    marks: dict[str, float | int | str] = {"worth_seconds": 5.0, "min_lift": 0.1}
    shown = Recommendation(
        word=word, reason=found.pop("reason", "worth_a_test"), figures=marks | found
    )  # type: ignore[arg-type]
    return changed(full(), marker={"recommendation": shown})


@pytest.mark.parametrize(
    ("word", "middle", "part"),
    [
        ("build", 5.036, "more than 5.04 s per interruption asked for (5.00 s is)"),
        ("build", 5.0000004, "more than 5.001 s per interruption asked for (5.000 s is)"),
        ("test", 4.99996, "must reach 5.00 s per interruption; it is 4.99 s"),
        ("test", -0.3, "must reach 5.00 s per interruption; it is \N{MINUS SIGN}0.30 s"),
    ],
)
def test_what_would_change_the_word_keeps_its_inequality(
    word: str, middle: float, part: str
) -> None:
    for resolution in (0.0, 60.0):
        some = changed(
            decided(word, middle_case_lower_seconds=middle), resolution={"seconds": resolution}
        )
        assert part in (recommendation.change(some) or "")


def test_limits_that_fall_short_never_look_equal() -> None:
    some = decided(
        "do_not_build",
        middle_case_lower_seconds=1.0,
        reason="below_the_marks",
        lift_upper=0.09996,
        search_upper_seconds=4.9999,
    )
    shown = recommendation.change(some) or ""
    assert "10.000 points above chance (at most 9.996 here)" in shown
    assert "5.0000 s of search per interruption (at most 4.9999 s here)" in shown


def test_what_stays_over_the_limits() -> None:
    assert f"the hit rate {STEADY}" in rendered(full()).visible
    rows = full().threshold.sensitivity
    other = (dataclasses.replace(rows[0], word="build"), *rows[1:])
    assert STEADY not in rendered(changed(full(), threshold={"sensitivity": other})).visible
    assert STEADY not in rendered(sensitive()).visible
    less = tuple(dataclasses.replace(r, excess_lower_seconds=None, hit=None) for r in rows)
    shown = rendered(changed(full(), threshold={"sensitivity": less})).visible
    assert "Mean re-orientation time moves by less than a quarter" in shown
    assert "each with a cap of its own" in shown


def test_the_screen_cuts_no_decision_no_warning_and_nothing_to_mind() -> None:
    long = Check(
        check="c",
        severity="warn",
        count=1,
        share=None,
        action="",
        message="A warning of many words " * 9 + "ends here.",
    )
    some = changed(sensitive(), data_quality=(long, long))
    text = " ".join(terminal.screen(some, "r").plain.split())
    for part in (threshold.sensitive(some), recommendation.because(some), long.message):
        assert part is not None
        assert " ".join(part.split()) in text
    assert "+1 more warning in the report" in text
    assert len(terminal.screen(some, "r").plain.split("\n")) <= terminal.HEIGHT


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-0.84, "-0.8 s"), (-0.03, "-0.03 s"), (0.0, "0.0 s"), (9.97, "10 s"), (-12.4, "-12 s")],
)
def test_assumed_figures_keep_their_sign(seconds: float, text: str) -> None:
    assert numbers.assumed(seconds) == text.replace("-", numbers.MINUS)


def test_a_figure_and_its_interval_share_a_unit() -> None:
    some = Estimate(estimate=103.0, ci_lower=85.0, ci_upper=120.2)
    assert numbers.seconds_figure(some, 0) == "1 min 43 s"
    assert numbers.seconds_interval(some, 0) == "[1 min 25 s, 2 min]"


def test_ends_go_outwards_and_nothing_stands_above_the_cap() -> None:
    some = Estimate(estimate=430.9, ci_lower=395.2, ci_upper=430.95)
    assert numbers.seconds_interval(some, 2, most=431.0) == "[6 min 34 s, 7 min 11 s]"
    assert numbers.duration(431.0, 2, most=431.0) == "7 min 11 s"
    assert numbers.signed_interval(Estimate(ci_lower=-41.0, ci_upper=130.0), 120) == (
        "[\N{MINUS SIGN}2 min, 4 min]"
    )


def test_few_people_stand_first_and_no_marker_in_the_headline() -> None:
    few = changed(full(), counts={"users_interrupted": 3}, reorientation={"eligible": 4})
    head = headline.headline(few)
    assert head.sentence.startswith("In 4 interruptions of 3 people: getting back to work took")
    assert "pointed right" not in head.more


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


def test_a_column_without_a_group_has_nothing_to_compare() -> None:
    rest = tuple(row for row in segments() if row.value == "(other)")
    shown = rendered(changed(full(), segments=rest)).visible
    assert "No value has 25 users; nothing to compare." in shown


def test_tiles_multiply() -> None:
    shown = rendered(changed(full(), opportunity={"search_upper_seconds": 21.72})).visible
    assert "Upper bound per interruption 21.7 s" in shown
    assert "interrupted 21.6 times a week" in shown


@pytest.mark.parametrize(
    ("reason", "numbers", "says"),
    [
        ("given", {}, "with --gap"),
        ("prediction", {}, "that of the prediction file"),
        ("valley", {"valley_depth": 0.958}, "a clear valley between them (96 % deep)"),
        ("no_valley", {}, "no valley between 1 min and 2 h"),
        ("kinds_of_users", {}, "kinds of users"),
        (
            "kinds_of_work",
            {"valley_seconds": 100.0, "event_share": 0.72},
            "a valley at 1 min 40 s, but 72 % of the gaps up to 6 min 40 s follow one event",
        ),
        ("rare_in_resamples", {"resamples_share": 0.43}, "in only 43 % of the resamples"),
        ("moves_in_resamples", {}, "moves too much"),
        ("too_little", {"gaps": 12_000, "users": 20}, "from: 20 users (50 are needed)"),
        (
            "too_little",
            {"gaps": 1, "users": 49},
            "from: 1 gap (2,000 are needed), 49 users (50 are needed)",
        ),
    ],
)
def test_every_reason_for_a_threshold_in_words(
    reason: str, numbers: dict[str, float], says: str
) -> None:
    some = changed(full(), threshold={"reason": reason, "figures": numbers})
    assert threshold.why(some).endswith(says) or says in threshold.why(some)


def test_ticks_of_a_day_have_room() -> None:
    for hours in range(1, 25):
        ends = (28_800.0, 28_800.0 + 3_600 * hours - 60)
        marks = tuple(DayMark(seconds=t, lane=0, productive=True, clock="") for t in ends)
        drawn = svg.svg(
            DayChart(
                marks=marks,
                stop_seconds=ends[0] + 60,
                return_seconds=ends[1] - 60,
                gap_label="away",
                lanes=("a",),
                before=marks[:1],
                after=marks[1:],
                skipped=0,
                pointed_lane=0,
                place_lane=0,
                work_index=0,
            )
        )
        ticks = re.findall(r'<text x="([\d.]+)" y="79.0"', drawn)
        at = [float(x) for x in ticks]
        assert len(at) > 1
        assert all(b - a > 60 for a, b in pairwise(at)), (hours, at)


def test_the_pace_has_round_ticks() -> None:
    drawn = svg.svg(PaceChart(steps=tuple((i, 1 + 1 / i) for i in range(1, 21))))
    shown = re.findall(r">(\d+)</text>", drawn)
    assert [t for t in shown if t in ("1", "5", "10", "15", "20")] == ["1", "5", "10", "15", "20"]
    assert not {"2", "3", "7"} & set(shown)
