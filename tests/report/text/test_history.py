"""Sentences of a history."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from factories.summaries import SEAL, estimate, launch, summary

from resume_gap.report.text import history as words
from resume_gap.results.evaluate import VerdictWord
from resume_gap.results.history import CautionCode, History, HistoryCaution
from resume_gap.trends.line_up import line_up
from resume_gap.trends.reports import FIGURES, read_report


def of(*contents: dict[str, Any]) -> History:
    reports = [
        read_report(f"r{n}", one, SEAL if n == 0 else None) for n, one in enumerate(contents)
    ]
    return line_up(reports, tool_version="0")


def run(day: int, mean: float, half: float | None = 3.0) -> dict[str, Any]:
    back = {"mean": estimate(mean, half), "productive": estimate(None)}
    return summary(day, reorientation=back)


@pytest.mark.parametrize(
    ("runs", "sentence"),
    [
        ([run(1, 60.0)], "Re-orientation time: 60 s [57 s, 63 s]"),
        (
            [run(1, 60.0), run(8, 50.0)],
            "Re-orientation time fell by 10 s since 5 Mar 2025, to 50 s [47 s, 53 s]",
        ),
        (
            [run(1, 50.0), run(8, 60.0)],
            "Re-orientation time rose by 10 s since 5 Mar 2025, to 60 s [57 s, 63 s]",
        ),
        (
            [run(1, 60.0), run(8, 58.0)],
            (
                "Re-orientation time did not change beyond its uncertainty since 5 Mar 2025:"
                " 58 s [55 s, 61 s] now"
            ),
        ),
        (
            [run(1, 60.0, None), run(8, 50.0)],
            "Re-orientation time went from 60 s to 50 s [47 s, 53 s], since 5 Mar 2025",
        ),
    ],
)
def test_the_headline_is_the_first_trend(runs: list[dict[str, Any]], sentence: str) -> None:
    assert words.headline(of(*runs)) == sentence


def test_changes_have_a_sign_and_their_unit() -> None:
    trends = {one.name: one for one in of(run(1, 60.0), run(8, 50.0), launch(20)).trends}
    change = words.change(
        trends["reorientation_mean"].points[1].change, trends["reorientation_mean"]
    )
    assert change == "\N{MINUS SIGN}10 s [\N{MINUS SIGN}14 s, \N{MINUS SIGN}5.8 s]"
    hit = words.change(trends["hit"].points[1].change, trends["hit"])
    assert hit.startswith("0 points") or "points" in hit
    effect = trends["trial_effect"]
    assert words.trend_value(effect.points[0], effect).startswith("\N{MINUS SIGN}25 s [")


M = "\N{MINUS SIGN}"


def value(name: str, content: dict[str, Any]) -> str:
    """The figure of a trend as it is printed."""
    (trend,) = (one for one in of(content).trends if one.name == name)
    return words.trend_value(trend.points[0], trend)


def extra(figure: dict[str, float | None], **more: Any) -> dict[str, Any]:
    return summary(excess={"reason": None, "from_event": figure}, **more)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (estimate(-144.36, 10.84), f"{M}2 min 24 s [{M}2 min 35 s, {M}2 min 14 s]"),
        (estimate(-6.659, 2.0), f"{M}6.7 s [{M}8.7 s, {M}4.7 s]"),
        (estimate(1.5, 4.0), f"1.5 s [{M}2.5 s, 5.5 s]"),
        (estimate(-6.659), f"{M}6.7 s"),
    ],
)
def test_extra_time_may_be_below_0(figure: dict[str, float | None], expected: str) -> None:
    assert value("extra_time", extra(figure)) == expected


def test_nothing_is_finer_than_the_stamps_of_the_log() -> None:
    coarse = extra(estimate(-6.659, 2.0), resolution={"seconds": 1.0})
    assert value("extra_time", coarse) == f"{M}6 s [{M}10 s, {M}4 s]"


def test_an_end_beyond_what_can_be_is_not_printed() -> None:
    back = {"mean": estimate(290.0, 30.0), "productive": estimate(0.99, 0.02), "cap_seconds": 300.0}
    content = summary(reorientation=back)
    assert value("reorientation_mean", content) == "4 min 50 s [4 min 20 s, 5 min]"
    assert value("productive_share", content) == "99 % [97 %, 100 %]"
    short = {"mean": estimate(1.0, 3.0), "productive": estimate(0.5)}
    assert value("reorientation_mean", summary(reorientation=short)) == "1.0 s [0.0 s, 4.0 s]"


@pytest.mark.parametrize("figures", [(5.0, -84.0), (-84.0, 5.0)])
def test_a_change_across_0_has_one_minus_at_most(figures: tuple[float, float]) -> None:
    contents = [
        summary(day, excess={"reason": None, "from_event": estimate(figure, 5.0)})
        for day, figure in zip((1, 8), figures, strict=True)
    ]
    (trend,) = (one for one in of(*contents).trends if one.name == "extra_time")
    verb = "fell" if figures[1] < 0 else "rose"
    sentence = words.finding(trend)
    assert sentence.startswith(f"Extra time vs. uninterrupted work {verb} by 89 s since ")
    assert "-" not in sentence


def test_a_trend_that_no_run_knows_is_no_headline() -> None:
    back = {"mean": estimate(None), "productive": estimate(None), "reason": "no_interruptions"}
    found = of(summary(reorientation=back))
    assert words.finding(found.trends[0]) == "Re-orientation time is not known"
    assert words.headline(found).startswith("Extra time vs. uninterrupted work: 40 s")
    alone = {part: {"reason": "no_interruptions"} for part in ("excess", "marker", "opportunity")}
    nothing = of(summary(reorientation=back, **alone))
    assert words.headline(nothing) == "1 run, and no figure to compare"


def test_savings_may_be_below_0_and_lengths_may_not() -> None:
    content = launch()
    content["evaluation"]["predicted"] = [
        {"name": name, "predicted": estimate(5.0), "measured": estimate(-6.659, 2.0)}
        for name in ("scenario:middle", "saving_at_most_seconds")
    ]
    (entry,) = of(content).ledger
    for row in entry.rows:
        assert words.predicted_values(row, entry) == ("5.0 s", f"{M}6.7 s [{M}8.7 s, {M}4.7 s]")


def test_every_figure_word_and_caution_has_words() -> None:
    assert set(words.NAMES) == set(FIGURES)
    for word in get_args(VerdictWord):
        assert words.word(word) != word
    for check in get_args(CautionCode):
        one = HistoryCaution(
            check=check, severity="warn", folders=("r/a", "r/b"), runs=2, names=("near",)
        )
        assert words.caution(one).startswith("r/a and r/b ")
        assert words.caution(one).endswith(".")
        assert "{" not in words.caution(one)


@pytest.mark.parametrize(
    ("folders", "runs", "begins"),
    [
        (("a",), 1, "a was made from the same files as the run before: it is no new"),
        (("a", "b"), 2, "a and b were made from the same files as the run before: they are no new"),
        (("a", "b", "c"), 4, "a, b, c and 1 more were made from the same files"),
        (("a", "b", "c"), 1_003, "a, b, c and 1,000 more were made"),
    ],
)
def test_a_caution_counts_the_runs_that_it_does_not_name(
    folders: tuple[str, ...], runs: int, begins: str
) -> None:
    one = HistoryCaution(check="same_log", severity="warn", folders=folders, runs=runs)
    assert words.caution(one).startswith(begins)


def test_a_run_without_a_day_is_called_the_first_one() -> None:
    undated = run(1, 60.0)
    undated["generated_from"]["inputs"] = []
    assert " since the first run, to" in words.headline(of(undated, run(8, 50.0)))


def test_the_ledger_says_how_predictions_fared() -> None:
    measured = of(summary(), launch())
    assert words.ledger_finding(measured) == (
        "1 of 3 predicted figures agree with what was measured"
    )
    (entry,) = measured.ledger
    assert words.ledger_line(entry) == "r0, seal 5e5e5e5e5e5e: measured in r1 (Faster)."
    assert [words.predicted_name(row) for row in entry.rows][2:] == [
        "saving, scenario middle",
        "hit rate",
    ]
    assert words.ledger_finding(of(summary())) == "1 prediction without an outcome yet"
    assert words.ledger_finding(of()) == "No prediction was sealed"


def test_runs_with_different_thresholds_are_not_compared_in_a_heading() -> None:
    other = run(8, 90.0) | {"threshold": {"seconds": 60.0}}
    assert words.headline(of(run(1, 60.0), other)) == (
        "Re-orientation time: 90 s [87 s, 93 s] now; the first run had another inactivity threshold"
    )
