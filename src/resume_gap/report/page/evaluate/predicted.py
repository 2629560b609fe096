"""What was predicted before a launch beside what was measured after it."""

from collections.abc import Iterable

from resume_gap.report.charts.rows import Row, RowsChart
from resume_gap.report.page.model import Block, Figure, Note, Paragraph, Section, Table
from resume_gap.report.text import estimates
from resume_gap.report.text.futility import futile
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import DASH, count, exact, percent, share_interval
from resume_gap.results.common import Estimate
from resume_gap.results.evaluate import Evaluated
from resume_gap.results.predicted import (
    AT_MOST,
    AT_MOST_WITH_GIVE_UPS,
    MeasuredSaving,
    PredictedRow,
)

_NAME = {
    "reorientation_mean_seconds": "mean re-orientation time",
    "hit": "hit rate",
}
_AT = {"first_returns": "first returns", "all_interruptions": "all interruptions"}
_AT_MOST = {
    AT_MOST: "at most, of search",
    AT_MOST_WITH_GIVE_UPS: "at most, with people who would not leave",
}
_AT_MOST_SHORT = {AT_MOST: "at most", AT_MOST_WITH_GIVE_UPS: "at most, with give-ups"}
_CASE = {"low": "low", "middle": "middle", "high": "high"}


def predicted(found: Evaluated) -> tuple[Section, ...]:
    """Predicted and measured, side by side; nothing without a prediction."""
    rows = found.evaluation.predicted
    if not rows:
        return ()
    spared = tuple(row for row in rows if row.is_saving)
    others = tuple(row for row in rows if not row.is_saving)
    file = found.evaluation.prediction_file
    return (
        Section(
            name="predicted",
            topic="Predicted and measured",
            title=_finding(found),
            blocks=(
                Paragraph(
                    text="Before the launch this was written down and sealed"
                    + (f" ({label(file[:12])})" if file else "")
                    + "."
                ),
                *((_looked_up(others, found),) if others else ()),
                *(_sparing(spared, found) if spared else ()),
                *_futile(found),
            ),
        ),
    )


def _finding(found: Evaluated) -> str:
    """What was spared at first returns, beside the middle case of what was predicted."""
    first = next((m.saved for m in found.evaluation.measured_savings if not m.is_exploratory), None)
    middle = next((r.predicted for r in found.evaluation.predicted if r.scenario == "middle"), None)
    if first is None or middle is None or None in (first.estimate, middle.estimate):
        return "What was predicted, beside what was measured"
    like = _longest((first, middle))
    spared, expected = (
        estimates.figures(Estimate(estimate=one.estimate), "seconds", found, like=like)
        for one in (first, middle)
    )
    return f"Spared: {spared} per interruption; predicted in the middle case: {expected}"


def _looked_up(rows: tuple[PredictedRow, ...], found: Evaluated) -> Table:
    """What can be looked up again without a marker."""
    like = _longest(
        value for row in rows if row.name != "hit" for value in (row.predicted, row.measured)
    )
    return Table(
        caption="Predicted, and measured in control, where no marker was shown; with 95 % "
        "intervals over users",
        columns=("figure", "predicted", "from", "measured", "from"),
        rows=tuple(
            (
                _NAME.get(row.name) or label(row.name.replace("_", " ")),
                _figure(row.predicted, found, like=like, share=row.name == "hit"),
                _from(row.n_predicted),
                _figure(row.measured, found, like=like, share=row.name == "hit"),
                _from(row.n_measured),
            )
            for row in rows
        ),
        numeric=(1, 2, 3, 4),
    )


def _from(n: int | None) -> str:
    return DASH if n is None else count(n)


def _sparing(rows: tuple[PredictedRow, ...], found: Evaluated) -> tuple[Block, ...]:
    """The cases that were assumed, what was measured, and which case comes nearest to that."""
    measured = found.evaluation.measured_savings
    like = _longest((*(row.predicted for row in rows), *(one.saved for one in measured)))
    lines = [
        (_spared_name(row), _figure(row.predicted, found, like=like), _from(row.n_predicted))
        for row in rows
    ]
    lines += [
        (f"measured: {_where(one)}", _figure(one.saved, found, like=like), _from(one.n))
        for one in measured
    ]
    table = Table(
        caption="What a marker would spare per interruption, as predicted, and what it spared, "
        f"with 95 % intervals over users; below 0 is longer{_counted(found)}",
        columns=("figure", "spared", "from"),
        rows=tuple(lines),
        numeric=(1, 2),
    )
    texts = ["The cases are assumptions, not forecasts, and are meant for first returns."]
    texts += [_nearest(one) for one in measured if one.nearest]
    return (_drawn(rows, found, like, table), Paragraph(text=" ".join(texts)))


def _drawn(
    rows: tuple[PredictedRow, ...], found: Evaluated, like: float, table: Table
) -> Figure | Table:
    """What was predicted and what was measured as intervals; the table without a figure."""
    values = [(_short_name(row), row.predicted, True) for row in rows]
    values += [
        (f"measured: {_where(one)}", one.saved, False) for one in found.evaluation.measured_savings
    ]
    drawn = tuple(
        Row(
            name=name,
            value=value.estimate,
            lower=value.ci_lower,
            upper=value.ci_upper,
            label=estimates.figures(Estimate(estimate=value.estimate), "seconds", found, like=like),
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
        "spared (circles), with 95 % intervals over users.",
        chart=RowsChart(
            size="page",
            unit="seconds",
            title="time spared per interruption",
            sides=("longer", "time spared"),
            rows=drawn,
        ),
        table=table,
    )


def _futile(found: Evaluated) -> tuple[Note, ...]:
    """That the effect that is worth it is out of reach."""
    out = futile(found)
    return () if out is None else (Note(severity="warn", text=out),)


def _counted(found: Evaluated) -> str:
    """Up to where first returns count, predicted and measured alike."""
    cap = found.evaluation.primary.cap_seconds
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


def _longest(values: Iterable[Estimate]) -> float:
    """The longest time of a table, which chooses its unit."""
    ends = (end for v in values for end in (v.estimate, v.ci_lower, v.ci_upper))
    return max((abs(end or 0.0) for end in ends), default=0.0)


def _figure(value: Estimate, found: Evaluated, *, like: float, share: bool = False) -> str:
    if value.estimate is None:
        return DASH
    if not share:
        return estimates.figures(value, "seconds", found, like=like)
    interval = share_interval(value)
    return f"{percent(value.estimate)} {interval}" if interval else percent(value.estimate)
