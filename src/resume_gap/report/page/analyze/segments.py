"""Groups of interruptions by a column that was asked for; exploration only."""

from collections.abc import Sequence
from itertools import groupby

from resume_gap.constants import MIN_INTERVAL_USERS
from resume_gap.report.charts.rows import Row, RowsChart
from resume_gap.report.page.model import Figure, Note, Paragraph, Part, Section, Table
from resume_gap.report.text import target_rules, vocabulary
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import (
    count,
    duration,
    percent,
    seconds_figure,
    seconds_interval,
    share_interval,
)
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.analyze import Analysis, SegmentRow

_DASH = "\N{EN DASH}"
_REST = "(other)"
_NAME = 40
"""Characters of a name in the chart."""


def segments(analysis: Analysis) -> tuple[Section, ...]:
    """A table for each column; nothing where none was asked for."""
    if not analysis.segments:
        return ()
    fine = vocabulary.step(analysis)
    cap = analysis.reorientation.cap_seconds
    parts = []
    for column, group in groupby(analysis.segments, lambda row: row.column):
        name = label(column)
        rows = list(group)
        if [row.value for row in rows] == [_REST]:
            nothing = Paragraph(
                text=f"No value has {MIN_INTERVAL_USERS.value:.0f} users; nothing to compare."
            )
            parts.append(Part(title=f"By {name}", blocks=(nothing,)))
            continue
        lines = tuple(
            (
                label(row.value),
                count(row.users),
                count(row.eligible),
                _with(
                    seconds_figure(row.mean, fine, most=cap),
                    seconds_interval(row.mean, fine, most=cap),
                ),
                _DASH if row.productive_share is None else percent(row.productive_share),
                _with(
                    None if row.hit.estimate is None else percent(row.hit.estimate),
                    share_interval(row.hit),
                ),
                _DASH if row.chance is None else percent(row.chance),
            )
            for row in rows
        )
        table = Table(
            caption=f"Interruptions by {name}, as it was at the stop",
            columns=(
                name,
                "users",
                "followed up",
                "mean re-orientation time",
                "productive share",
                _rule(analysis),
                "chance",
            ),
            rows=lines,
            numeric=(1, 2, 3, 4, 5, 6),
        )
        figure = _figure(f"groups-{len(parts) + 1}", name, rows, table, analysis)
        parts.append(Part(title=f"By {name}", blocks=(figure,) if figure else (table,)))
    only = Note(
        severity="note",
        text="Exploration only. With many groups some differ by chance alone, and groups differ in "
        "more than their name: take a difference here as a question, not as an answer.",
    )
    title = _finding(analysis)
    return (
        Section(name="groups", topic="Groups", title=title, blocks=(only,), parts=tuple(parts)),
    )


def _finding(analysis: Analysis) -> str:
    """The quickest and the slowest group that has a name."""
    known = [
        (row.mean.estimate, label(row.value, limit=_NAME))
        for row in analysis.segments
        if row.mean.estimate is not None and row.value != _REST
    ]
    if len(known) < 2:
        return "No groups to compare"
    fine, most = vocabulary.step(analysis), analysis.reorientation.cap_seconds
    (least, quick), (longest, slow) = min(known), max(known)
    ends = (duration(value, fine, like=longest, most=most) for value in (least, longest))
    first, last = ends
    return f"Getting back to work takes {first} on average in {quick}, {last} in {slow}"


def _figure(
    name: str, column: str, rows: Sequence[SegmentRow], table: Table, analysis: Analysis
) -> Figure | None:
    """The means of the groups as dots with their intervals; None without a mean."""
    fine, cap = vocabulary.step(analysis), analysis.reorientation.cap_seconds
    drawn = tuple(
        Row(
            name=label(row.value, limit=_NAME),
            value=row.mean.estimate,
            lower=row.mean.ci_lower,
            upper=row.mean.ci_upper,
            label=seconds_figure(row.mean, fine, most=cap) or "",
        )
        for row in rows
        if row.mean.estimate is not None
    )
    if not drawn:
        return None
    return Figure(
        name=name,
        caption=f"Mean re-orientation time by {column}, as it was at the stop, with "
        f"{LEVEL} intervals over users.",
        chart=RowsChart(size="page", unit="seconds", title="mean re-orientation time", rows=drawn),
        table=table,
    )


def _rule(analysis: Analysis) -> str:
    of = target_rules.best(analysis)
    return (
        "hit rate of the best rule"
        if of is None
        else f"hit rate at the {target_rules.rule(of.name)}"
    )


def _with(value: str | None, interval: str | None) -> str:
    return _DASH if value is None else f"{value} {interval}" if interval else value
