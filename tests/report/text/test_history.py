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
        ([run(1, 60.0), run(8, 50.0)], "Re-orientation time fell by 10 s to 50 s [47 s, 53 s]"),
        ([run(1, 50.0), run(8, 60.0)], "Re-orientation time rose by 10 s to 60 s [57 s, 63 s]"),
        (
            [run(1, 60.0), run(8, 58.0)],
            "Re-orientation time did not change beyond its uncertainty: 58 s [55 s, 61 s] now",
        ),
        (
            [run(1, 60.0, None), run(8, 50.0)],
            "Re-orientation time went from 60 s to 50 s [47 s, 53 s]",
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
    assert change == "\N{MINUS SIGN}10 s [\N{MINUS SIGN}14 s, \N{MINUS SIGN}5.6 s]"
    hit = words.change(trends["hit"].points[1].change, trends["hit"])
    assert hit.startswith("0 points") or "points" in hit
    effect = trends["trial_effect"]
    assert words.trend_value(effect.points[0].value, effect).startswith("\N{MINUS SIGN}25 s [")


def test_every_figure_word_and_caution_has_words() -> None:
    assert set(words.NAMES) == set(FIGURES)
    for word in get_args(VerdictWord):
        assert words.word(word) != word
    for check in get_args(CautionCode):
        one = HistoryCaution(check=check, severity="warn", folders=("r/a", "r/b"), names=("near",))
        assert words.caution(one).startswith("r/a and r/b ")
        assert words.caution(one).endswith(".")


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
