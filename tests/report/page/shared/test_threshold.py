"""The inactivity threshold on every page."""

from __future__ import annotations

import dataclasses
import re

from factories.pages import plain_spaces, rendered
from factories.plan_results import plan
from factories.results import changed, full, sensitive
from factories.trial_results import better

from resume_gap.report.page import build
from resume_gap.report.page.shared import threshold
from resume_gap.report.render import html
from resume_gap.results.common import Estimate


def test_one_threshold_makes_no_table_of_thresholds() -> None:
    for found in (better(), plan()):
        one = dataclasses.replace(found.threshold, sensitivity=found.threshold.sensitivity[:1])
        text = rendered(dataclasses.replace(found, threshold=one)).visible
        assert "another inactivity threshold (--gap) shows" in rendered(found).visible
        assert not re.search(
            "another inactivity threshold .--gap. shows|over these thresholds", text
        )
        assert "Run again with another --gap to see" in plain_spaces(text)


def test_sensitivity_has_the_new_figures() -> None:
    screen_text = rendered(full()).visible
    for words in (
        "extra time vs. uninterrupted work",
        "22 s to 35 s",
        "60 %",
        "minutes a week, at most",
    ):
        assert words in screen_text
    moving = changed(full(), threshold={"sensitive": ("excess", "hit")})
    said = plain_spaces(rendered(moving).visible)
    assert "the least extra time is 22 s to 35 s" in said
    assert "55 % to 60 %" in said
    assert "35 s" not in build.page(moving).first[0].text


def test_threshold_that_moves_the_result_is_said_before_the_headline() -> None:
    page = build.page(sensitive())
    assert "depend on the inactivity threshold" in page.first[0].text
    text = html.render(page).decode()
    assert text.index("depend on the inactivity threshold") < text.index("<h1>")
    assert "[3 min 21 s, 5 min 22 s]" in rendered(sensitive()).visible


STEADY = "move by less than a quarter over these thresholds"


def test_what_stays_over_the_thresholds() -> None:
    assert f"the hit rate {STEADY}" in rendered(full()).visible
    rows = full().threshold.sensitivity
    other = (dataclasses.replace(rows[0], word="build"), *rows[1:])
    assert STEADY not in rendered(changed(full(), threshold={"sensitivity": other})).visible
    assert STEADY not in rendered(sensitive()).visible
    less = tuple(dataclasses.replace(r, excess_lower_seconds=None, hit=None) for r in rows)
    shown = rendered(changed(full(), threshold={"sensitivity": less})).visible
    assert "Mean re-orientation time moves by less than a quarter" in shown
    assert "each with a cap of its own" in shown


def test_nothing_stays_where_nothing_was_measured() -> None:
    assert STEADY in threshold._steady(full())
    unknown = changed(full(), reorientation={"mean": Estimate()})
    assert threshold._steady(unknown) == ""
    assert threshold._steady(changed(full(), threshold={"sensitive": ("hit",)})) == ""


def test_only_what_moves_is_said_to_move() -> None:
    assert threshold._steady(full()).endswith("; the counts and the minutes a week do not stay.")
    row, *_ = rows = full().threshold.sensitivity
    alike = changed(full(), threshold={"sensitivity": (row,) * 3})
    assert threshold._steady(alike).endswith(" by less than a quarter over these thresholds.")
    weekly = {"minutes_per_user_week": row.minutes_per_user_week}
    counted = tuple(dataclasses.replace(one, **weekly) for one in rows)
    said = threshold._steady(changed(full(), threshold={"sensitivity": counted}))
    assert said.endswith("; the counts do not stay.")
