"""What a resume marker could save under assumptions that no log can show."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from resume_gap.report.charts.chart import Chart
from resume_gap.report.charts.drawing import FIRST, INK, SECOND, data, draw, rows_axis, stacked
from resume_gap.report.page.model import Block, Figure, Paragraph, Table
from resume_gap.report.text import target_rules
from resume_gap.report.text.numbers import assumed, assumed_interval, exact, percent
from resume_gap.results.analyze import Analysis, TornadoRow

_ASSUMED = {
    "noticed": "markers noticed",
    "removed": "search removed",
    "wrong_cost_seconds": "cost of a miss",
}
_CASE = {"low": "low", "middle": "middle", "high": "high"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SwingRow:
    """One assumption at its ends: seconds and what was assumed, in words of ours."""

    name: str
    low: float
    high: float
    low_label: str
    high_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwingsChart(Chart):
    """How far each assumption moves the middle scenario."""

    rows: tuple[SwingRow, ...]
    middle: float

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return swings(self)


def assumptions(analysis: Analysis) -> tuple[Block, ...]:
    """The scenarios, how far each assumption moves them, and where the marker breaks even."""
    found = analysis.opportunity
    middle = found.middle
    interval = assumed_interval(middle)
    blocks: list[Block] = [
        Paragraph(
            text="How many markers are noticed, how much of the search a hit removes and what a "
            "miss costs is in no log. These numbers are assumptions, not findings."
        ),
        Table(
            caption="Three scenarios; below 0 the marker costs time",
            columns=(
                "scenario",
                "markers noticed",
                "search removed",
                "cost of a miss",
                "per interruption",
            ),
            rows=tuple(
                (
                    _CASE.get(case.name, case.name),
                    percent(case.noticed),
                    percent(case.removed),
                    exact(case.wrong_cost_seconds),
                    assumed(case.saving_seconds)
                    + (f" {interval}" if case.name == "middle" and interval else ""),
                )
                for case in found.scenarios
            ),
            numeric=(1, 2, 3, 4),
        ),
    ]
    blocks.extend(_tornado(analysis))
    if found.joint_lower_seconds is not None and found.joint_upper_seconds is not None:
        blocks.append(
            Paragraph(
                lead="All at once.",
                text=f"Over all combinations of the low and high values it runs from "
                f"{assumed(found.joint_lower_seconds)} to "
                f"{assumed(found.joint_upper_seconds)} per interruption.",
            )
        )
    of = target_rules.best(analysis)
    if found.break_even_hit is not None and of is not None and of.hit is not None:
        text = (
            f"In the middle scenario a marker needs a hit rate of {percent(found.break_even_hit)} "
            f"to save more than it costs; this rule's is {percent(of.hit)}."
        )
        blocks.append(Paragraph(lead="Break-even.", text=text))
    return tuple(blocks)


def _tornado(analysis: Analysis) -> tuple[Block, ...]:
    found = analysis.opportunity
    if not found.tornado or found.middle.estimate is None:
        return ()
    rows = sorted(found.tornado, key=lambda row: row.swing_seconds, reverse=True)
    return (
        Figure(
            name="swings",
            caption="How far each assumption alone moves the middle scenario "
            f"({assumed(found.middle.estimate)} per interruption): broken outlines at its low "
            "value, full outlines at its high value.",
            chart=SwingsChart(
                rows=tuple(
                    SwingRow(
                        name=_ASSUMED.get(row.name, row.name),
                        low=row.saving_at_low_seconds,
                        high=row.saving_at_high_seconds,
                        low_label=_value(row, row.low),
                        high_label=_value(row, row.high),
                    )
                    for row in rows
                ),
                middle=found.middle.estimate,
            ),
            table=Table(
                caption="The middle scenario with one assumption moved",
                columns=("assumption", "low", "per interruption", "high", "per interruption"),
                rows=tuple(
                    (
                        _ASSUMED.get(row.name, row.name),
                        _value(row, row.low),
                        assumed(row.saving_at_low_seconds),
                        _value(row, row.high),
                        assumed(row.saving_at_high_seconds),
                    )
                    for row in rows
                ),
                numeric=(1, 2, 3, 4),
            ),
        ),
    )


def _value(row: TornadoRow, value: float) -> str:
    return exact(value) if row.name == "wrong_cost_seconds" else percent(value)


def swings(chart: SwingsChart) -> Markup:
    """From the middle to each end of an assumption; the ends say what was assumed."""
    import altair as alt  # noqa: PLC0415

    y = rows_axis([row.name for row in chart.rows])
    ends = [value for row in chart.rows for value in (row.low, row.high)] + [0.0, chart.middle]
    room = (max(ends) - min(ends) or 1.0) * 0.16
    x = alt.X(
        "seconds:Q",
        title="seconds per interruption, middle scenario",
        scale=alt.Scale(domain=[min(ends) - room, max(ends) + room], nice=False),
        axis=alt.Axis(tickCount=6, domain=False, ticks=False),
    )
    layers: list[Any] = []
    for end, colour, dash in (("low", SECOND, [4, 2]), ("high", FIRST, [1, 0])):
        bars = [
            {"name": row.name, "seconds": chart.middle, "end": getattr(row, end)}
            for row in chart.rows
        ]
        bar = alt.Chart(data(bars)).mark_bar(
            color=colour,
            fillOpacity=0.35,
            stroke=colour,
            strokeWidth=1.5,
            strokeDash=dash,
            height=20,
        )
        layers.append(bar.encode(x=x, x2="end:Q", y=y))
        for row in chart.rows:
            value = getattr(row, end)
            left = value < chart.middle
            words = alt.Chart(data([{"name": row.name, "seconds": value}])).mark_text(
                text=getattr(row, f"{end}_label"),
                align="right" if left else "left",
                dx=-5 if left else 5,
                color=INK,
                fontSize=12,
            )
            layers.append(words.encode(x=x, y=y))
    rule = alt.Chart(data([{"seconds": chart.middle}])).mark_rule(color=INK, strokeWidth=1.5)
    layers.append(rule.encode(x=x))
    return draw(stacked(*layers), height=50 * len(chart.rows))
