"""One person's interrupted day, in a picture and in words."""

from __future__ import annotations

import dataclasses
import json
import re

import pytest
from factories.before_launch import day
from factories.hostile_results import hostile
from factories.pages import Reader, rendered
from factories.results import changed, full

from resume_gap.report.charts import svg
from resume_gap.report.page import build
from resume_gap.report.page.model import Figure
from resume_gap.report.render import html, jsonfile


def test_the_day_is_on_the_page_and_not_in_the_summary() -> None:
    screen_text = rendered(full()).visible
    assert "One person: work stops at 10:51" in screen_text
    assert "2 h 54 min later" in screen_text
    assert "would have pointed at sheet/budget!B4, a hit" in screen_text
    assert "would have pointed at sheet/budget!B3, a miss: work went on elsewhere" in screen_text
    assert "One day: the marker is a hit, as in 41 %" in screen_text
    assert "Another day: the marker is a miss, as in 59 %" in screen_text
    assert '"day":' not in jsonfile.summary(full()).decode()
    assert "day" not in json.loads(jsonfile.summary(full()))


def test_person_and_date_are_named_where_ids_are_shown() -> None:
    named = dataclasses.replace(day(), person="u0044", date="2026-03-11")
    shown = rendered(changed(full(), day=named)).visible
    assert "u0044 on 2026-03-11: work stops at 10:51" in shown


def test_without_a_first_day_the_miss_is_not_another_one() -> None:
    shown = rendered(changed(full(), day=None)).visible
    assert "One day: the marker is a miss, as in 59 %" in shown
    assert "Another day" not in shown


@pytest.mark.parametrize(
    "parts",
    [
        {"work_seconds": None, "place": None, "hit": False},
        {"work_seconds": 49_500.0},
        {"pointed": None, "hit": False},
        {"place": "elsewhere", "hit": False},
        {"return_seconds": 39_060.5},
        {
            "events": ((1.0, "a", None, True), (2.0, "b", None, False)),
            "stop_seconds": 1.0,
            "return_seconds": 2.0,
            "work_seconds": None,
            "pointed": None,
            "place": None,
        },
        {
            "events": (
                *((40_000.0 + i, "scroll", f"e{i}", False) for i in range(300)),
                (40_400.0, "edit", "z", True),
            ),
            "stop_seconds": 40_000.0,
            "return_seconds": 40_001.0,
            "work_seconds": 40_400.0,
        },
        {
            "return_seconds": 90_000.0,
            "work_seconds": None,
            "events": (*day().events[:9], (90_000.0, "view", None, False)),
        },
    ],
)
def test_odd_days_are_drawn(parts: dict[str, object]) -> None:
    odd = changed(full(), day=parts)
    page = build.page(odd)
    figure = next(
        block
        for section in page.sections
        for part in section.parts
        for block in part.blocks
        if isinstance(block, Figure) and block.name == "one-day"
    )
    drawn = svg.svg(figure.chart)
    assert drawn.endswith("</svg>")
    numbers_in = [float(n) for n in re.findall(r' (?:x|cx|y|cy)="(-?[\d.]+)"', drawn)]
    assert all(-1 <= n <= 960 for n in numbers_in)
    assert not re.search(r"\bnan\b|None", drawn)
    assert not re.search(r"\bnan\b|\bNone\b", Reader(html.render(page)).visible)


def test_names_in_the_picture_are_text() -> None:
    text = html.render(build.page(hostile())).decode()
    picture = text[text.index("The day, an upright stroke") - 400 :]
    assert "&lt;script&gt;" in picture
    assert "<script" not in text
