"""Charts at their edges: the shortest, the longest, and without what may be missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from resume_gap.report.charts.chart import DrawnSize
from resume_gap.report.charts.curve import CurveChart, PaceChart
from resume_gap.report.charts.day import DayChart, DayMark
from resume_gap.report.charts.gaps import GapsChart, WeekChart
from resume_gap.report.charts.launch import LaunchChart
from resume_gap.report.charts.rollout import RolloutChart
from resume_gap.report.charts.rows import Row, RowsChart
from resume_gap.report.charts.smallest import SmallestChart
from resume_gap.report.charts.trial import ArmsChart

if TYPE_CHECKING:
    from resume_gap.report.charts.chart import Chart

SIZES: tuple[DrawnSize, ...] = get_args(DrawnSize)
ROWS = (
    Row(name="first", value=30.0, lower=12.0, upper=61.0, label="30 s"),
    Row(
        name="a name that is far longer than there is room for it",
        value=-4.5,
        label="so much",
        second=True,
        limit=20.0,
    ),
    Row(name="third", value=12.0, lower=-7.0, upper=None, strong=True, other=33.0),
)
SMALLEST = SmallestChart(
    against="weeks",
    once=((1, 40.0), (2, 28.0), (4, 20.0), (8, 14.0)),
    band=((1, 30.0, 52.0), (8, 9.0, 20.0)),
    looks=((1, 50.0), (8, 18.0)),
    looks_label="monitored continuously",
    wanted=16.0,
    wanted_label="worth it",
)


def day(*seconds: float, stop: float, back: float, skipped: int = 0, **more: object) -> DayChart:
    """A day of events at these seconds, every second one in its second lane."""
    marks = tuple(
        DayMark(seconds=at, lane=n % 2, productive=n % 3 > 0, clock=f"{n:02}:00")
        for n, at in enumerate(seconds)
    )
    chart = DayChart(
        marks=marks,
        stop_seconds=stop,
        return_seconds=back,
        gap_label="2 h away",
        lanes=("cell A1", "a sheet with a name that is too long to be written here"),
        before=tuple(one for one in marks if one.seconds <= stop),
        after=tuple(one for one in marks if one.seconds > stop),
        skipped=skipped,
        pointed_lane=0,
        place_lane=1,
        work_index=0,
    )
    return replace(chart, **more)  # type: ignore[arg-type]


CHARTS: dict[str, Chart] = {
    "arms over no time": ArmsChart(points=((0.0, 0.1, 0.0, 0.2, 0.0),)),
    "arms": ArmsChart(points=((0.0, 0.1, 0.0, 0.2, 0.0), (90.0, 0.6, 0.05, 0.8, 0.01))),
    "curve": CurveChart(points=((0.0, 0.1), (60.0, 0.7), (350.0, 0.94)), end_label="94 %"),
    "two curves": CurveChart(
        points=((0.0, 0.1), (7_200.0, 0.7)),
        end_label="70 %",
        other=((0.0, 0.5), (7_200.0, 0.9)),
        other_label="without an interruption",
    ),
    "two curves the other way round": CurveChart(
        points=((0.0, 0.5), (20.0, 0.9)), end_label="90 %", other=((0.0, 0.1), (20.0, 0.7))
    ),
    "pace of one step": PaceChart(steps=((1, 0.8),)),
    "pace": PaceChart(
        steps=tuple((n, 2.0 - n / 20) for n in range(1, 21)), band=((1, 1.0, 3.1), (20, 0.5, 1.5))
    ),
    "gaps": GapsChart(
        bins=((0.1, 1.0, 0.5), (1.0, 60.0, 0.3), (60.0, 3_600.0, 0.15), (3_600.0, 86_400.0, 0.05)),
        threshold_seconds=60.0,
        threshold_label="1 min",
    ),
    "gaps on one side": GapsChart(
        bins=((1.0, 10.0, 1.0), (10.0, 100.0, 0.0)), threshold_seconds=30.0, threshold_label="30 s"
    ),
    "launch": LaunchChart(
        weeks=(
            (-3, 70.0, None, 9.0),
            (-1, 74.0, 76.0, 9.5),
            (0, 52.0, 76.5, None),
            (1, 55.0, 77.0, 9.0),
        )
    ),
    "launch over two weeks": LaunchChart(weeks=((-1, 70.0, 71.0, None), (0, 71.0, 71.0, None))),
    "launch after years": LaunchChart(weeks=((-300, 70.0, None, None), (20, 60.0, None, None))),
    "event study": RolloutChart(
        weeks=((-1, 2.0, -9.0, 13.0), (0, -8.0, -19.0, 3.0), (1, -12.0, None, None))
    ),
    "event study without intervals": RolloutChart(
        weeks=((0, 4.0, None, None), (40, 1.0, None, None))
    ),
    "week": WeekChart(counts=tuple(tuple(d * 24 + h for h in range(24)) for d in range(7))),
    "empty week": WeekChart(counts=((0,) * 24,) * 7),
    "rows": RowsChart(
        rows=ROWS,
        unit="seconds",
        title="extra time",
        sides=("faster", "slower"),
        limit_label="limit",
        other_label="before",
        value_label="found",
    ),
    "rows that all have a limit and another value": RowsChart(
        rows=(Row(name="a", value=3.0, limit=2.0, other=4.0),),
        unit="count",
        title="users",
        limit_label="limit",
        other_label="before",
    ),
    "rows with words for what no row has": RowsChart(
        rows=(Row(name="a", value=3.0),),
        unit="count",
        title="users",
        limit_label="limit",
        other_label="before",
    ),
    "rows of bars": RowsChart(
        rows=(
            Row(name="a", value=0.2, label="20 %"),
            Row(name="b", value=0.05),
        ),
        unit="share",
        title="share",
        bars=True,
    ),
    "rows of parts": RowsChart(
        rows=(
            Row(name="a", value=30.0, lower=10.0, upper=50.0),
            Row(name="b", value=9.0, limit=6),
        ),
        unit="points",
        title="points",
        of=200.0,
        limit_label="chance",
    ),
    "rows of counts": RowsChart(
        rows=(Row(name="a", value=12_345.0), Row(name="b", value=0.0)), unit="count", title="users"
    ),
    "rows of changes": RowsChart(
        rows=(Row(name="a", value=-0.3, lower=-0.5, upper=-0.1),),
        unit="change",
        title="change",
        sides=("fewer and fewer and fewer and fewer", "more"),
    ),
    "rows of hours": RowsChart(rows=(Row(name="a", value=86_400.0),), unit="seconds", title="long"),
    "rows of minutes": RowsChart(rows=(Row(name="a", value=900.0),), unit="seconds", title="long"),
    "row of nothing": RowsChart(rows=(Row(name="a", value=0.0),), unit="share", title="none"),
    "smallest": SMALLEST,
    "smallest of users": replace(
        SMALLEST,
        against="users",
        once=((90, 40.0), (5_000, 14.0)),
        band=(),
        looks=((90, 50.0), (5_000, 18.0)),
        mark=1_200,
        mark_label="this log",
        places=((90, 40.0, "90 users"), (5_000, 14.0, "5,000 users")),
    ),
    "smallest of a few more users": replace(
        SMALLEST, against="users", once=((100, 40.0), (400, 20.0)), band=(), looks=(), wanted=60.0
    ),
    "smallest of many weeks": replace(
        SMALLEST,
        once=tuple((w, 60 / w) for w in range(1, 27)),
        wanted=2.0,
        mark=5,
        mark_label="end",
    ),
    "day": day(
        *(32_400.0, 32_460.0, 34_000.0, 41_300.0, 41_320.0, 41_390.0, 43_000.0),
        stop=34_000.0,
        back=41_300.0,
    ),
    "day with events left out": day(
        *(100.0, 3_700.0, 3_760.0, 20_000.0, 20_010.0, 20_020.0, 20_090.0),
        stop=3_760.0,
        back=20_000.0,
        skipped=7,
        pointed_lane=1,
        place_lane=1,
        work_index=3,
    ),
    "short day": day(
        36_000.0, 36_060.0, stop=36_000.0, back=36_060.0, pointed_lane=None, place_lane=None
    ),
    "day over midnight": day(80_000.0, 100_000.0, stop=80_000.0, back=100_000.0, work_index=None),
    "day without elements": day(
        36_000.0,
        39_000.0,
        39_900.0,
        stop=36_000.0,
        back=39_000.0,
        lanes=(),
        pointed_lane=None,
        place_lane=None,
        work_index=0,
    ),
}
