"""The page of a history: the first trend as the headline, every trend with its runs, the ledger."""

from resume_gap.report.charts.trend import TrendChart, TrendMark
from resume_gap.report.page.model import (
    Block,
    Figure,
    Headline,
    Note,
    Page,
    Paragraph,
    Section,
    Table,
)
from resume_gap.report.text import history as words
from resume_gap.report.text import unknown
from resume_gap.report.text.names import label, series
from resume_gap.report.text.numbers import DASH, count, exact, many
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.history import History, LedgerEntry, Trend


def page(history: History) -> Page:
    """The whole page."""
    sections = [_trend(one) for one in history.trends]
    sections += [_ledger(history)] if history.ledger else []
    return Page(
        title="Interrupted work over time",
        subject=_subject(history),
        about="",
        first=tuple(
            Note(severity=one.severity, text=words.caution(one)) for one in history.cautions
        ),
        headline=Headline(sentence=words.headline(history), details=(_HOW,)),
        trust=None,
        sections=(*sections, _runs(history)),
        footer=f"Made by resume-gap {history.tool_version} ({history.command}).",
    )


_HOW = (
    f"In brackets: {LEVEL} confidence intervals. A heading compares the last run with the first"
    " one, by the last days of their logs; in a table a change is from the run before."
    " Its interval takes the two runs as independent. With the same users in both it is too wide"
    " rather than too narrow. Runs are compared as they are: another mix of users or work moves"
    " figures, too."
)

_NOT_FROM_0 = " The upright axis does not begin at 0."
_MOST_NAMED = 6
"""Runs that a caption names."""
_MORE = {
    "extra_time": " It is the first comparison of each report, whose own figure is a range over"
    " several.",
}
"""What to know of a figure that its report shows in another way."""


def _subject(history: History) -> tuple[str, ...]:
    days = sorted(
        instant[:10]
        for run in history.runs
        for instant in (run.first_at, run.last_at)
        if instant is not None
    )
    dates = [f"{days[0]} to {days[-1]}"] if days else []
    return (many(len(history.runs), "run"), *dates)


def _trend(trend: Trend) -> Section:
    section = trend.name.replace("_", "-")
    left_out = tuple(Paragraph(text=one) for one in unknown.sentences(trend))
    return Section(
        name=f"trend-{section}",
        topic=words.NAMES[trend.name],
        title=words.finding(trend),
        blocks=(*_drawn(trend, section), *left_out),
    )


def _drawn(trend: Trend, anchor: str) -> tuple[Block, ...]:
    """The runs that know a figure as a chart, those without a day as a table alone."""
    if not trend.points:
        return ()
    table, marks = _table(trend), _marks(trend)
    if not marks:
        return (table,)
    chart = TrendChart(
        size="page",
        marks=marks,
        title=trend.unit,
        unit=trend.unit,
        sides=not words.is_length(trend.name) and any(map(_is_below_0, marks)),
    )
    return (
        Figure(
            name=anchor,
            caption=f"{words.titled(trend)}, each run at the last day of its log; the upright"
            f" lines are {LEVEL} confidence intervals.{_named(trend)}{_MORE.get(trend.name, '')}"
            f"{'' if chart.ticks.ends[0] <= 0 else _NOT_FROM_0}",
            chart=chart,
            table=table,
        ),
    )


def _named(trend: Trend) -> str:
    """Which runs the points are; with many of them the table has their names."""
    named = [label(point.folder) for point in trend.points if point.last_at is not None]
    if len(named) > _MOST_NAMED:
        return " The table names the runs."
    return f" From left to right: {series(named)}."


def _marks(trend: Trend) -> tuple[TrendMark, ...]:
    """Each run with a day; what is not printed of an interval is not drawn either."""
    least = 0.0 if trend.unit == "share" or words.is_length(trend.name) else float("-inf")
    most = 1.0 if trend.unit == "share" else float("inf")
    return tuple(
        TrendMark(
            day=point.last_at[:10],
            value=point.value.estimate,
            lower=point.value.ci_lower and max(least, point.value.ci_lower),
            upper=point.value.ci_upper and min(most, point.value.ci_upper),
        )
        for point in trend.points
        if point.last_at is not None and point.value.estimate is not None
    )


def _is_below_0(mark: TrendMark) -> bool:
    return min(mark.value, mark.value if mark.lower is None else mark.lower) < 0


def _table(trend: Trend) -> Table:
    return Table(
        caption=f"{words.titled(trend)} by run",
        columns=("run", "log", "figure", "change from the run before"),
        rows=tuple(
            (
                label(point.folder),
                _span(point.first_at, point.last_at),
                words.trend_value(point, trend),
                words.change(point.change, trend),
            )
            for point in trend.points
        ),
        numeric=(2, 3),
    )


def _ledger(history: History) -> Section:
    blocks: list[Block] = []
    for entry in history.ledger:
        blocks.append(Paragraph(text=words.ledger_line(entry)))
        if entry.rows:
            blocks.append(_predicted(entry))
    return Section(
        name="ledger",
        topic="Predicted and measured",
        title=words.ledger_finding(history),
        blocks=tuple(blocks),
    )


def _predicted(entry: LedgerEntry) -> Table:
    rows = []
    for row in entry.rows:
        predicted, measured = words.predicted_values(row, entry)
        rows.append(
            (words.predicted_name(row), predicted, measured, words.AGREEMENT[row.agreement])
        )
    return Table(
        caption="Predicted before the launch and measured after it",
        columns=("figure", "predicted", "measured", "outcome"),
        rows=tuple(rows),
        numeric=(1, 2),
    )


def _runs(history: History) -> Section:
    table = Table(
        caption="The runs, the earliest log first",
        columns=("run", "command", "log", "users", "interruptions", "threshold", "result"),
        rows=tuple(
            (
                label(run.folder),
                run.command,
                _span(run.first_at, run.last_at),
                count(run.users),
                count(run.interruptions),
                exact(run.threshold_seconds),
                words.word(run.word),
            )
            for run in history.runs
        ),
        numeric=(3, 4, 5),
    )
    return Section(
        name="runs",
        topic="Runs",
        title=f"{many(len(history.runs), 'run')} compared",
        blocks=(table,),
    )


def _span(first: str | None, last: str | None) -> str:
    """The days of a log."""
    return DASH if first is None or last is None else f"{first[:10]} to {last[:10]}"
