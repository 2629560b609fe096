"""Whether the effect stays, on the page."""

from __future__ import annotations

import dataclasses
from typing import Any

from factories.pages import figure, part
from factories.trial_parts import effect
from factories.trial_results import better, trial

from resume_gap.report.page.evaluate.novelty import novelty
from resume_gap.report.page.model import Paragraph
from resume_gap.results.evaluate import Use


def test_users_never_triggered_who_differ_are_a_warning() -> None:
    odd = effect("never_triggered", 9.0, 5.0, unit="minutes", control=203.0)
    text = part(trial(dilution=odd), "more")
    assert "the arms may differ in more than the marker" in text
    assert "differ by 9.0 minutes [4.0, 14]" in text
    assert "includes 0, as expected" in part(better(), "more")


def test_exposures_and_weeks_are_those_of_the_result() -> None:
    trial = better().evaluation
    for name, word, groups in (
        ("exposures", "return", trial.exposures),
        ("trial-weeks", "week", trial.weeks),
    ):
        chart: Any = figure("evaluate", name).chart
        assert {row.name: row.value for row in chart.rows} == {
            f"{word} {g.value}": g.effect.estimate for g in groups if g.effect.estimate is not None
        }


def test_every_caption_says_up_to_where_returns_are_counted() -> None:
    for name in ("exposures", "trial-weeks"):
        found = figure("evaluate", name)
        assert found.caption.endswith(
            "Returns are counted up to 15 min; the verdict counts up to 2 min."
        )
        assert "counted up to 15 min" in found.table.caption
    assert "counted up to 2 min" in figure("evaluate", "difference").caption
    assert "counted up to 2 min" in figure("evaluate", "hit-or-miss").caption


def test_the_change_with_use_has_a_direction() -> None:
    use = Use(change=effect("use", 2.1, 18.5), later=better().evaluation.use.later)
    (section,) = novelty(trial(use=use))
    (text,) = (one.text for one in section.blocks if isinstance(one, Paragraph))
    assert "counted up to 2 min, the later ones: " in text
    assert "the difference changes to 2.1 s slower, between 16 s faster and 21 s slower." in text


def test_the_title_follows_the_interval_of_the_change() -> None:
    later = better().evaluation.use.later
    with_use = "With use people get {} with the marker, compared with those without it"
    for change, title in (
        (effect("use", 4.0, 1.0), with_use.format("slower")),
        (effect("use", -4.0, 1.0), with_use.format("faster")),
        (effect("use", 4.0, 9.0), "No change with use is shown"),
        (
            dataclasses.replace(effect("use", 4.0, 9.0), ci_lower=None, ci_upper=None),
            "Whether the effect stays with use is not known",
        ),
    ):
        (section,) = novelty(trial(use=Use(change=change, later=later)))
        assert section.title == title
