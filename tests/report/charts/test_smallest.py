"""The smallest effect found is drawn as planned."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from resume_gap.report.charts import svg as charts
from resume_gap.report.charts.smallest import SmallestChart, _axis

if TYPE_CHECKING:
    from collections.abc import Callable

WEEKS = SmallestChart(
    against="weeks",
    once=((1.0, 20.0), (2.0, 15.0), (4.0, 11.0)),
    band=((1.0, 18.0, 25.0), (2.0, 13.0, 18.0)),
    looks=((1.0, 26.0), (2.0, 19.0)),
    looks_label="of 3 looks",
    wanted=15.0,
    wanted_label="15 s asked for",
    mark=2.0,
    mark_label="beyond the log",
)
USERS = SmallestChart(
    against="users",
    once=((100, 20.0), (400, 10.0), (500, 9.0)),
    band=(),
    looks=(),
    looks_label="",
    wanted=15.0,
    wanted_label="15 s asked for",
    places=((100.0, 20.0, "needed: 100 users"), (500.0, 9.0, "you are here: 500 users")),
)


def words_of(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {layer["mark"]["text"]: layer for layer in found if layer["mark"]["type"] == "text"}


def test_lines_band_and_marks_are_those_of_the_plan(
    layers: Callable[[Any], list[dict[str, Any]]],
) -> None:
    found = layers(WEEKS)
    area = next(layer for layer in found if layer["mark"]["type"] == "area")
    assert area["rows"] == [
        {"at": 1.0, "seconds": 18.0, "end": 25.0},
        {"at": 2.0, "seconds": 13.0, "end": 18.0},
    ]
    lines = [layer["rows"] for layer in found if layer["mark"]["type"] == "line"]
    assert lines == [
        [{"at": at, "seconds": seconds} for at, seconds in WEEKS.once],
        [{"at": at, "seconds": seconds} for at, seconds in WEEKS.looks],
    ]
    words = words_of(found)
    assert words["15 s asked for"]["rows"] == [{"at": 1.0, "end": 4.0, "seconds": 15.0}]
    assert words["beyond the log"]["rows"] == [{"at": 2.0}]
    assert words["beyond the log"]["mark"]["align"] == "left"


def test_the_users_at_hand_and_those_needed_have_their_places_on_the_line(
    layers: Callable[[Any], list[dict[str, Any]]],
) -> None:
    found = layers(USERS)
    here, needed = (words_of(found)[name] for *_, name in reversed(USERS.places))
    assert here["rows"] == [{"at": 500.0, "seconds": 9.0}]
    assert (here["mark"]["align"], needed["mark"]["align"]) == ("right", "left")
    dots = [layer["rows"] for layer in found if layer["mark"]["type"] == "point"]
    assert dots == [needed["rows"], here["rows"]]


def test_a_name_near_the_axis_stands_above_its_place(
    layers: Callable[[Any], list[dict[str, Any]]],
) -> None:
    for seconds, above in ((9.0, False), (4.0, True)):
        chart = replace(USERS, places=((500.0, seconds, "here"),))
        assert (words_of(layers(chart))["here"]["mark"]["dy"] < 0) == above


def test_one_line_alone_has_no_name(layers: Callable[[Any], list[dict[str, Any]]]) -> None:
    assert "checked once" in words_of(layers(WEEKS))
    assert "checked once" not in words_of(layers(USERS))


def test_names_of_lines_that_end_close_by_do_not_touch(
    layers: Callable[[Any], list[dict[str, Any]]],
) -> None:
    near = replace(WEEKS, looks=((1.0, 26.0), (4.0, 11.4)))
    moved = [words_of(layers(near))[name]["mark"]["dy"] for name in ("checked once", "of 3 looks")]
    assert moved[0] > 0 > moved[1]
    far = replace(WEEKS, looks=((1.0, 26.0), (4.0, 25.0)))
    assert words_of(layers(far))["checked once"]["mark"]["dy"] == 0


@pytest.mark.parametrize("chart", [WEEKS, USERS])
def test_it_holds_no_color_of_its_own(chart: SmallestChart) -> None:
    assert not re.search(r"#[0-9a-f]{3,6}\b|white|black|rgb\(", charts.svg(chart))


def test_the_axis_counts_whole_weeks_and_the_users_that_are_reckoned_with() -> None:
    assert _axis(WEEKS).to_dict()["values"] == [1, 2, 3, 4]
    assert _axis(USERS).to_dict()["values"] == [100, 200, 300, 400, 500]
    wide = replace(USERS, once=((87.0, 20.0), (12_000.0, 2.0)), places=())
    ticks = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000]
    assert _axis(wide).to_dict()["values"] == ticks
    near = replace(USERS, once=((87.0, 20.0), (200.0, 13.0)), places=())
    assert _axis(near).to_dict()["values"] == [50, 100, 150, 200]
    phone = _axis(replace(wide, size="telephone")).to_dict()["values"]
    assert phone == [100, 500, 2_000, 10_000]
    few, many = (replace(WEEKS, size="telephone", once=((float(n), 1.0),)) for n in (8, 9))
    assert _axis(few).to_dict()["values"] == list(range(1, 9))
    assert _axis(many).to_dict()["values"] == [1, 3, 5, 7, 9]
