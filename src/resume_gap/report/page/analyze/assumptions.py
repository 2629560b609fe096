"""What a resume marker could save under assumptions that no log can show."""

from resume_gap.report.charts.rows import Row, RowsChart
from resume_gap.report.page.model import Block, Case, Figure, Paragraph, ScenarioControl, Table
from resume_gap.report.text import target_rules
from resume_gap.report.text.numbers import assumed, assumed_interval, exact, percent
from resume_gap.results.analyze import Analysis
from resume_gap.results.opportunity import TornadoRow

_ASSUMED = {
    "noticed": "markers noticed",
    "removed": "search removed",
    "wrong_cost_seconds": "cost of a miss",
}
_CASE = {"low": "low", "middle": "middle", "high": "high"}


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
            f"to save more than it costs; this rule's is {target_rules.printed(of).hit}."
        )
        blocks.append(Paragraph(lead="Break-even.", text=text))
    return tuple(blocks)


def control(analysis: Analysis) -> tuple[Block, ...]:
    """What a reader may assume on an interactive page; nothing without an upper bound."""
    found, best = analysis.opportunity, target_rules.best(analysis)
    if found.search_upper_seconds is None or found.interruptions_per_user_week is None:
        return ()
    if best is None or best.miss is None:
        return ()
    return (
        ScenarioControl(
            search_upper_seconds=found.search_upper_seconds,
            miss=best.miss,
            per_week=found.interruptions_per_user_week,
            cases=(
                Case(name="upper bound", noticed=1.0, removed=1.0, wrong_cost_seconds=0.0),
                *(
                    Case(
                        name=f"{_CASE.get(one.name, one.name)} scenario",
                        noticed=one.noticed,
                        removed=one.removed,
                        wrong_cost_seconds=one.wrong_cost_seconds,
                    )
                    for one in found.scenarios
                ),
            ),
        ),
    )


def _tornado(analysis: Analysis) -> tuple[Block, ...]:
    found = analysis.opportunity
    if not found.tornado or found.middle.estimate is None:
        return ()
    rows = sorted(found.tornado, key=lambda row: row.swing_seconds, reverse=True)
    return (
        Figure(
            name="swings",
            caption="How far each assumption alone moves the middle scenario "
            f"({assumed(found.middle.estimate)} per interruption, the dot) between its low and its "
            "high value.",
            chart=RowsChart(
                size="page",
                unit="seconds",
                title="time saved per interruption, middle scenario",
                sides=("costs time", "time saved"),
                rows=tuple(_swing(row, found.middle.estimate) for row in rows),
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


def _swing(row: TornadoRow, middle: float) -> Row:
    ends = sorted((row.saving_at_low_seconds, row.saving_at_high_seconds))
    return Row(
        name=_ASSUMED.get(row.name, row.name),
        value=middle,
        lower=ends[0],
        upper=ends[1],
        label=f"{_value(row, row.low)} to {_value(row, row.high)}",
    )


def _value(row: TornadoRow, value: float) -> str:
    return exact(value) if row.name == "wrong_cost_seconds" else percent(value)
