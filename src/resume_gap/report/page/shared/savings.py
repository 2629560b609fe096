"""What a marker saves, as predicted before a launch and as measured after it."""

from collections.abc import Iterable
from typing import NamedTuple

from resume_gap.report.charts.rows import Row, RowsChart
from resume_gap.report.page.model import Block, Figure, Paragraph, Table
from resume_gap.report.text import estimates
from resume_gap.report.text.numbers import DASH, count, exact, percent, share_interval
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.common import Estimate
from resume_gap.results.predicted import (
    AT_MOST,
    AT_MOST_WITH_GIVE_UPS,
    MeasuredSaving,
    PredictedRow,
)
from resume_gap.results.run import Run

_AT = {
    "first_returns": "first returns",
    "all_interruptions": "all interruptions",
    "after_launch": "interruptions after the launch",
}
_AT_MOST = {
    AT_MOST: "at most, of search",
    AT_MOST_WITH_GIVE_UPS: "at most, with people who would not leave",
}
_AT_MOST_SHORT = {AT_MOST: "at most", AT_MOST_WITH_GIVE_UPS: "at most, with give-ups"}
_CASE = {"low": "low", "middle": "middle", "high": "high"}


class Savings(NamedTuple):
    """Predicted and measured.

    Attributes:
        predicted: What was predicted.
        measured: What was measured.
        cap_seconds: Up to which both count; None: nothing was compared.
    """

    predicted: tuple[PredictedRow, ...]
    measured: tuple[MeasuredSaving, ...]
    cap_seconds: float | None


def finding(found: Savings, run: Run) -> str:
    """What was spared at first returns, beside the middle case of what was predicted."""
    first = next((m.saved for m in found.measured if not m.is_exploratory), None)
    middle = next((r.predicted for r in found.predicted if r.scenario == "middle"), None)
    if first is None or middle is None or None in (first.estimate, middle.estimate):
        return "What was predicted, beside what was measured"
    like = longest((first, middle))
    spared, expected = (
        estimates.figures(Estimate(estimate=one.estimate), "seconds", run, like=like)
        for one in (first, middle)
    )
    return f"Measured {spared} per interruption; middle scenario {expected}"


def sparing(found: Savings, run: Run) -> tuple[Block, ...]:
    """The cases that were assumed, what was measured, and which case comes nearest to that."""
    rows = tuple(row for row in found.predicted if row.is_saving)
    measured = found.measured
    like = longest((*(row.predicted for row in rows), *(one.saved for one in measured)))
    lines = [
        (_spared_name(row), figure(row.predicted, run, like=like), counted_of(row.n_predicted))
        for row in rows
    ]
    lines += [
        (f"measured: {_where(one)}", figure(one.saved, run, like=like), counted_of(one.n))
        for one in measured
    ]
    table = Table(
        caption="What a marker would spare per interruption, as predicted, and what it spared, "
        f"with {LEVEL} intervals over users; below 0 is longer{_counted(found)}",
        columns=("figure", "spared", "from"),
        rows=tuple(lines),
        numeric=(1, 2),
    )
    texts = ["The cases are assumptions, not forecasts, and are meant for first returns."]
    texts += [_nearest(one) for one in measured if one.nearest]
    return (_drawn(rows, found, run, like, table), Paragraph(text=" ".join(texts)))


def _drawn(
    rows: tuple[PredictedRow, ...], found: Savings, run: Run, like: float, table: Table
) -> Figure | Table:
    """What was predicted and what was measured as intervals; the table without a figure."""
    values = [(_short_name(row), row.predicted, True) for row in rows]
    values += [(f"measured: {_where(one)}", one.saved, False) for one in found.measured]
    drawn = tuple(
        Row(
            name=name,
            value=value.estimate,
            lower=value.ci_lower,
            upper=value.ci_upper,
            label=estimates.figures(Estimate(estimate=value.estimate), "seconds", run, like=like),
            second=second,
            strong=not second,
        )
        for name, value, second in values
        if value.estimate is not None
    )
    if not drawn:
        return table
    return Figure(
        name="predicted",
        caption="What a marker would spare per interruption as predicted (diamonds), and what it "
        f"spared (circles), with {LEVEL} intervals over users.",
        chart=RowsChart(
            size="page",
            unit="seconds",
            title="time spared per interruption",
            sides=("longer", "time spared"),
            rows=drawn,
        ),
        table=table,
    )


def _counted(found: Savings) -> str:
    """Up to where first returns count, predicted and measured alike."""
    cap = found.cap_seconds
    return "" if cap is None else f". First returns count up to {exact(cap)}"


def _where(one: MeasuredSaving) -> str:
    return f"{_AT[one.at]}{', exploration only' if one.is_exploratory else ''}"


def _nearest(one: MeasuredSaving) -> str:
    """Which case lies nearest to what was measured."""
    reported = " and ".join(_CASE.get(name, "other") for name in one.nearest)
    lies = "case lies" if len(one.nearest) == 1 else "cases lie"
    return f"The {reported} {lies} nearest to what was measured at {_AT[one.at]}."


def _spared_name(row: PredictedRow) -> str:
    if row.is_bound:
        return f"predicted at first returns: {_AT_MOST[row.name]}"
    return f"predicted: {_CASE.get(row.scenario or '', 'other')} case"


def _short_name(row: PredictedRow) -> str:
    """The same beside a row of the chart."""
    if row.is_bound:
        return f"predicted {_AT_MOST_SHORT[row.name]}"
    return _spared_name(row)


def longest(values: Iterable[Estimate]) -> float:
    """The longest time of a table, which chooses its unit."""
    ends = (end for v in values for end in (v.estimate, v.ci_lower, v.ci_upper))
    return max((abs(end or 0.0) for end in ends), default=0.0)


def figure(value: Estimate, run: Run, *, like: float, share: bool = False) -> str:
    """A figure with its interval for a table, or a dash."""
    if value.estimate is None:
        return DASH
    if not share:
        return estimates.figures(value, "seconds", run, like=like)
    interval = share_interval(value)
    return f"{percent(value.estimate)} {interval}" if interval else percent(value.estimate)


def counted_of(n: int | None) -> str:
    """Behind how many a figure stands, or a dash."""
    return DASH if n is None else count(n)
