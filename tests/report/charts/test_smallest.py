"""The smallest effect found is drawn as planned."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from factories.drawings import areas, lines, rules, words

from resume_gap.report.charts import marks
from resume_gap.report.charts import svg as charts
from resume_gap.report.charts.smallest import SmallestChart

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
    once=((100, 20.0), (400, 10.0)),
    band=(),
    looks=(),
    looks_label="",
    wanted=15.0,
    wanted_label="15 s asked for",
    mark=500.0,
    mark_label="yours: 500",
)


def test_lines_band_and_marks_are_those_of_the_plan() -> None:
    ((low, last_low, last_high, high),) = areas(WEEKS, marks.BLUE)
    ((first, second, last),) = lines(WEEKS, marks.BLUE)
    ((looked, _),) = lines(WEEKS, marks.VERMILION)
    assert low[0] == first[0] == looked[0]
    assert looked[1] < high[1] < first[1] < low[1]
    assert last_high[1] < second[1] < last_low[1] < last[1]
    wanted, beyond = rules(WEEKS)
    assert wanted[0][1] == wanted[1][1] == second[1]  # 15 s, which two weeks find
    assert beyond[0][0] == beyond[1][0] == second[0]
    assert words(WEEKS)["beyond the log"].anchor == "start"


def test_the_users_at_hand_have_their_place_even_beyond_the_line() -> None:
    (_, beyond) = rules(USERS)
    assert beyond[0][0] > lines(USERS, marks.BLUE)[0][-1][0]
    assert words(USERS)["yours: 500"].anchor == "end"


def test_names_of_lines_that_end_close_by_do_not_touch() -> None:
    near = words(replace(WEEKS, looks=((1.0, 26.0), (4.0, 11.4))))
    assert near["one look"].y - near["of 3 looks"].y == pytest.approx(16, abs=0.2)
    far = replace(WEEKS, looks=((1.0, 26.0), (4.0, 25.0)))
    end = lines(far, marks.BLUE)[0][-1][1]
    assert words(far)["one look"].y == pytest.approx(end + 4, abs=0.2)


@pytest.mark.parametrize("chart", [WEEKS, USERS])
def test_it_holds_no_colour_of_its_own(chart: SmallestChart) -> None:
    assert not re.search(r"#[0-9a-f]{3,6}\b|white|black|rgb\(", charts.svg(chart))


def test_the_axis_counts_whole_weeks_and_the_users_that_are_reckoned_with() -> None:
    def written(chart: SmallestChart) -> list[int]:
        at = max(one.y for name, one in words(chart).items() if name.isdecimal())
        return [int(n) for n, one in words(chart).items() if n.isdecimal() and one.y == at]

    assert written(WEEKS) == [1, 2, 3, 4]
    assert written(USERS) == [100, 400]
    few, many = (replace(WEEKS, size="telephone", once=((float(n), 1.0),)) for n in (8, 9))
    assert written(few) == list(range(1, 9))
    assert written(many) == [1, 3, 5, 7, 9]
