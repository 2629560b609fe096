"""The primary effect at other caps, on the page."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from factories.trial_parts import at_cap
from factories.trial_results import better, trial

from resume_gap.report.page.evaluate.caps import counted_up_to
from resume_gap.report.page.model import Figure
from resume_gap.report.text.numbers import MINUS


def test_every_cap_is_a_row_and_the_primary_one_is_marked() -> None:
    (section,) = counted_up_to(better())
    figure, text = section.blocks
    assert "The first return is counted up to 2 min: the time within which" in str(text)
    assert isinstance(figure, Figure)
    chart: Any = figure.chart
    assert [(row.value, row.lower, row.upper, row.strong) for row in chart.rows] == [
        (row.estimate, row.ci_lower, row.ci_upper, row.seconds == 120.0)
        for row in better().evaluation.caps
    ]
    assert figure.table.rows == (
        ("1 min", "56.3 s", "50.6 s", f"{MINUS}5.7 s [{MINUS}8.0 s, {MINUS}3.3 s]"),
        ("2 min (primary)", "56 s", "48 s", f"{MINUS}8.1 s [{MINUS}12 s, {MINUS}4.2 s]"),
        ("15 min", "56 s", "45 s", f"{MINUS}11 s [{MINUS}27 s, 4.3 s]"),
    )


def test_caps_without_a_difference_are_left_out() -> None:
    known = at_cap(60.0, -5.0, 2.0, "better")
    unknown = dataclasses.replace(at_cap(900.0, -5.0, 2.0, "better"), estimate=None)
    (section,) = counted_up_to(trial(caps=(known, unknown)))
    assert len(section.blocks[0].table.rows) == 1  # type: ignore[union-attr]
    assert counted_up_to(trial(caps=(unknown,))) == ()


def test_no_level_is_above_its_cap_and_one_that_is_not_known_is_a_dash() -> None:
    row = dataclasses.replace(at_cap(60.0, -5.0, 2.0, "better"), control=63.0, treatment=None)
    (section,) = counted_up_to(trial(caps=(row,)))
    table = section.blocks[0].table  # type: ignore[union-attr]
    assert table is not None
    assert table.rows[0][1:3] == ("60 s", "\N{EN DASH}")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (("better", "better"), "The same at every cap: faster"),
        (("better", "worse"), "The difference turns round with how long a return is counted"),
        (
            ("better", "no_difference_seen"),
            "Faster when counted up to 1 min; not clear at others",
        ),
    ],
)
def test_the_title_says_what_the_caps_say_together(words: tuple[str, str], title: str) -> None:
    rows = tuple(at_cap(at, -5.0, 2.0, word) for at, word in zip((60.0, 900.0), words, strict=True))
    assert counted_up_to(trial(caps=rows))[0].title == title
