"""Every chart says what its table says, and both say what was found."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import pytest
from factories.before_launch import segments
from factories.results import changed, full
from factories.trial_results import better, plan

from resume_gap.constants import NAMED_USERS
from resume_gap.report.page import build
from resume_gap.report.page.model import Figure, Table
from resume_gap.report.text import vocabulary
from resume_gap.report.text.numbers import exact, percent

if TYPE_CHECKING:
    from resume_gap.report.page.model import Block
    from resume_gap.results.run import Run

PAGES = {"analyze": full, "evaluate": better, "plan": plan}
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def blocks(result: Run) -> list[Block]:
    page = build.page(result)
    first = [b for b in (page.headline.figures, page.headline.picture) if b is not None]
    return first + [
        block
        for section in page.sections
        for block in (*section.blocks, *(b for part in section.parts for b in part.blocks))
    ]


def figure(command: str, name: str) -> Figure:
    (found,) = (b for b in blocks(PAGES[command]()) if isinstance(b, Figure) and b.name == name)
    return found


def table(result: Run, caption: str) -> Table:
    (found,) = (b for b in blocks(result) if isinstance(b, Table) and caption in b.caption)
    return found


def number(text: str) -> float:
    """The first number of a cell; a minus sign counts."""
    found = re.search(r"[\N{MINUS SIGN}-]?\d[\d,]*(?:\.\d+)?", text)
    assert found is not None, text
    return float(found[0].replace("\N{MINUS SIGN}", "-").replace(",", ""))


def test_every_chart_has_a_table_with_a_row_for_each_mark() -> None:
    seen = set()
    for make in PAGES.values():
        for block in blocks(make()):
            if isinstance(block, Figure):
                seen.add(block.name)
                assert block.table.rows
                assert all(len(row) == len(block.table.columns) for row in block.table.rows)
    assert seen == {
        "gaps",
        "one-day",
        "week",
        "curve",
        "pace",
        "target-rules",
        "bounds",
        "swings",
        "difference",
        "arms",
        "hit-or-miss",
        "exposures",
        "trial-weeks",
        "smallest",
    }


def test_the_share_beyond_the_threshold_is_that_of_longer_gaps() -> None:
    histogram, limit = full().gap_histogram, full().threshold.seconds
    total = math.fsum(weight for _, weight in histogram)
    longer = math.fsum(weight for edge, weight in histogram if edge >= limit) / total
    caption = figure("analyze", "gaps").caption
    said = re.search(r"threshold of (.*?) leaves ([\d.]+) % of the gaps beyond it", caption)
    assert said is not None
    assert said[1] == exact(limit)
    assert float(said[2]) / 100 == pytest.approx(longer, abs=0.01)
    assert longer < 0.2


def test_gaps_by_length_add_up_the_bins_that_are_drawn() -> None:
    found = figure("analyze", "gaps")
    chart: Any = found.chart
    shares = [number(row[1]) for row in found.table.rows]
    assert math.fsum(shares) == pytest.approx(100, abs=1)
    assert math.fsum(share for *_, share in chart.bins) == pytest.approx(1, abs=0.01)
    row = next(row for row in found.table.rows if row[0] == "16 s to 32 s")
    drawn = math.fsum(share for low, _, share in chart.bins if 15.99 < low < 31.99)
    assert number(row[1]) == pytest.approx(100 * drawn, abs=0.6)


def test_the_week_has_its_days_and_hours_in_their_places() -> None:
    counts = [[0] * 24 for _ in range(7)]
    counts[1][9], counts[6][23] = 12, 3
    some = changed(full(), week=tuple(map(tuple, counts)))
    (found,) = (b for b in blocks(some) if isinstance(b, Figure) and b.name == "week")
    assert found.table.columns == ("hour", *DAYS)
    rows = {row[0]: dict(zip(DAYS, row[1:], strict=True)) for row in found.table.rows}
    assert rows["09:00"] == {**dict.fromkeys(DAYS, "0"), "Tue": "12"}
    assert rows["23:00"] == {**dict.fromkeys(DAYS, "0"), "Sun": "3"}
    assert "15 stops. The framed field is Tuesday from 09:00 with 12." in found.caption
    chart: Any = found.chart
    assert chart.counts == some.workday.week


def test_curves_stand_in_their_table() -> None:
    found = figure("analyze", "curve")
    chart: Any = found.chart
    rows = {row[0]: row[1:] for row in found.table.rows}
    for (t, share), (_, other) in zip(chart.points, chart.other, strict=True):
        assert rows[exact(t)] == (percent(share), percent(other))
    assert chart.end_label == f"after an interruption {percent(chart.points[-1][1])}"
    assert chart.other_label == f"uninterrupted {percent(chart.other[-1][1])}"


def test_the_pace_stands_in_its_table() -> None:
    found = figure("analyze", "pace")
    chart: Any = found.chart
    assert [(int(r[0]), float(r[1])) for r in found.table.rows] == [
        (step, pytest.approx(pace, abs=0.006)) for step, pace in chart.steps
    ]


def test_target_rules_stand_in_their_table() -> None:
    found = figure("analyze", "target-rules")
    chart: Any = found.chart
    assert found.table.columns[1:] == (
        "hit rate",
        "95 % interval",
        "chance baseline",
        "habit baseline",
    )
    for row, cells in zip(chart.rows, found.table.rows, strict=True):
        of = next(p for p in full().marker.policies if p.hit == row.hit)
        assert (row.chance, row.habit, row.lower) == (of.chance, of.habit, of.ci_lower)
        expected = (row.name, percent(row.hit), percent(row.chance), percent(row.habit))
        assert (cells[0], cells[1], cells[3], cells[4]) == expected


def test_bounds_stand_in_their_table() -> None:
    found = figure("analyze", "bounds")
    chart: Any = found.chart
    shown = {row[0]: row for row in found.table.rows}
    for row in chart.rows:
        assert number(shown[row.name][2]) == pytest.approx(row.upper, abs=0.5)
    assert [row.last for row in chart.rows] == [False] * (len(chart.rows) - 1) + [True]
    assert chart.upper_bound_seconds == full().opportunity.search_upper_seconds
    assert chart.upper_bound_label == "upper bound 7.3 s"


def test_swings_stand_in_their_table() -> None:
    found = figure("analyze", "swings")
    chart: Any = found.chart
    for row, cells in zip(chart.rows, found.table.rows, strict=True):
        assert cells[0] == row.name
        assert (cells[1], cells[3]) == (row.low_label, row.high_label)
        assert number(cells[2]) == pytest.approx(row.low, abs=0.06)
        assert number(cells[4]) == pytest.approx(row.high, abs=0.06)
    sizes = [abs(row.high - row.low) for row in chart.rows]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("name", ["difference", "hit-or-miss", "exposures", "trial-weeks"])
def test_differences_stand_in_their_table(name: str) -> None:
    found = figure("evaluate", name)
    chart: Any = found.chart
    at = found.table.columns.index("difference")
    shown = {row[0]: row[at] for row in found.table.rows}
    assert set(shown) == {row.name for row in chart.rows}
    for row in chart.rows:
        ends = shown[row.name].partition(" [")
        assert number(ends[0]) == pytest.approx(row.estimate, abs=0.51)
        lower, upper = ends[2].split(", ")
        assert number(lower) == pytest.approx(row.lower, abs=0.51)
        assert number(upper) == pytest.approx(row.upper, abs=0.51)
        way = "faster" if row.estimate < 0 else "slower"
        assert row.label.endswith(way)


def test_exposures_and_weeks_are_those_of_the_result() -> None:
    trial = better().evaluation
    for name, word, groups in (
        ("exposures", "return", trial.exposures),
        ("trial-weeks", "week", trial.weeks),
    ):
        chart: Any = figure("evaluate", name).chart
        assert {row.name: row.estimate for row in chart.rows} == {
            f"{word} {g.value}": g.effect.estimate for g in groups if g.effect.estimate is not None
        }


def test_hits_and_misses_are_not_swapped() -> None:
    chart: Any = figure("evaluate", "hit-or-miss").chart
    groups = {g.value: g.effect.estimate for g in better().evaluation.mechanism.groups}
    assert {row.name: row.estimate for row in chart.rows} == {
        "likely a hit": groups["hit"],
        "likely a miss": groups["miss"],
    }
    assert [row.second for row in chart.rows] == [False, True]


def test_arms_stand_in_their_table() -> None:
    found = figure("evaluate", "arms")
    chart: Any = found.chart
    points = {exact(seconds): shares for seconds, *shares in chart.points}
    assert found.table.columns[1:] == (
        "control: back at work",
        "control: left again",
        "treatment: back at work",
        "treatment: left again",
    )
    for row in found.table.rows:
        assert row[1:] == tuple(percent(share) for share in points[row[0]])
    first = better().evaluation.curves[-1]
    assert chart.points[-1] == (
        first.seconds,
        first.control_finished,
        first.control_left,
        first.treatment_finished,
        first.treatment_left,
    )


def test_the_plan_week_by_week_stands_in_its_table() -> None:
    found = figure("plan", "smallest")
    chart: Any = found.chart
    shown = {float(row[0].split()[0]): row for row in found.table.rows}
    for week, seconds in chart.once:
        assert number(shown[week][3]) == pytest.approx(seconds, abs=0.51)
    assert chart.wanted == plan().plan.effect_seconds


def test_segments_stand_with_their_own_figures() -> None:
    found = table(full(), "Interruptions by plan")
    rows = [row for row in segments() if row.column == "plan"]
    assert [cells[0] for cells in found.rows] == [row.value for row in rows]
    for row, cells in zip(rows, found.rows, strict=True):
        assert (cells[1], cells[2]) == (f"{row.users:,}", f"{row.eligible:,}")
        assert number(cells[3]) == row.mean.estimate
        assert cells[4] == percent(row.productive_share or 0)
        assert cells[5].startswith(percent(row.hit.estimate or 0))
        assert cells[6] == percent(row.chance or 0)


def test_places_stand_with_their_share_of_the_interruptions() -> None:
    some = changed(full(), counts={"interruptions": 1_000})
    found = table(some, "The elements last touched")
    assert f"with {NAMED_USERS.value:.0f} users or more" in found.caption
    assert [row[1:] for row in found.rows] == [("311", "31 %"), ("208", "21 %"), ("98", "9.8 %")]


def test_the_most_frequent_event_names_are_all_offered() -> None:
    said = vocabulary.nothing_productive(full())
    assert len(full().roles.leading) == 5
    for name, n in full().roles.leading:
        assert f"{name} ({n:,})" in said


@pytest.mark.parametrize(
    ("unnamed", "productive", "says"),
    [
        ({}, ("a", "b"), "a, b"),
        ({"productive": 3}, ("a", "b"), "a, b and 3 more"),
        ({"productive": 1}, (), "1 name of few users"),
        ({"productive": 2}, (), "2 names of few users"),
        ({}, (), ""),
        ({"productive": 1}, tuple("abcdefghij"), "a, b, c, d, e, f, g, h and 3 more"),
    ],
)
def test_names_that_are_not_shown_are_counted(
    unnamed: dict[str, int], productive: tuple[str, ...], says: str
) -> None:
    some = changed(full(), roles={"productive": productive, "unnamed": unnamed})
    assert vocabulary.role(some, "productive") == says
