"""Tables and charts of differences between the arms."""

import re
from collections.abc import Iterable

from resume_gap.report.charts.rows import Row, RowsChart
from resume_gap.report.page.model import Table
from resume_gap.report.text import estimates, measures
from resume_gap.report.text.numbers import DASH, count
from resume_gap.results.effect import Effect, GroupEffect
from resume_gap.results.run import Run

_OURS = re.compile(r"[0-9]{1,4}(\+| to [0-9]{1,4}| and (more|later))?")
"""Numbers of exposures and weeks: the only values of groups that a chart may name."""

EffectRows = Iterable[tuple[str, Effect]]
"""What is measured, as shown, and the effect."""


def effects(
    caption: str,
    head: str,
    rows: EffectRows,
    run: Run,
    *,
    p: str | None = None,
    adjusted: bool = False,
) -> Table:
    """Both arms, the difference and its size beside the control, a row a measure.

    Args:
        caption: What the table shows.
        head: Heading of the first column.
        rows: What is measured, and the effects.
        run: The log they are from.
        p: Heading of a column for the p; None: there is none.
        adjusted: Whether that p is the one corrected for how many were looked at.
    """
    columns: tuple[str, ...] = (head, "control", "treatment", "difference", "relative", "users")
    rows = tuple(rows)
    some = [effect for _, effect in rows]
    _, change = estimates.longest(some)
    levels = estimates.levels_together(some, run)
    lines = []
    for (name, effect), both in zip(rows, levels, strict=True):
        line = [
            name,
            *both,
            *_difference(effect, run, change),
            f"{count(effect.n_control)} / {count(effect.n_treatment)}",
        ]
        if p is not None:
            line.append(estimates.chance(effect.p_adjusted if adjusted else effect.p))
        lines.append(tuple(line))
    if p is not None:
        columns = (*columns, p)
    return Table(
        caption=f"{caption} Users are those of control / treatment.",
        columns=columns,
        rows=tuple(lines),
        numeric=tuple(range(1, len(columns))),
    )


def _difference(effect: Effect, run: Run, like: float) -> tuple[str, str]:
    if effect.estimate is None:
        return f"{DASH} ({measures.short(effect.reason)})", DASH
    reported = estimates.in_figures(effect, run, like=like)
    if effect.ci_lower is None and effect.reason is not None:
        reported = f"{reported} ({measures.short(effect.reason)})"
    return reported, estimates.relative_in_figures(effect)


def differences_chart(rows: Iterable[tuple[str, Effect, bool]], run: Run) -> RowsChart:
    """A row for each effect with a figure; names are ours."""
    drawn = []
    for name, effect, second in rows:
        words = estimates.size_in_words(effect, run)
        if effect.estimate is None or words is None:
            continue
        drawn.append(
            Row(
                name=name,
                value=effect.estimate,
                lower=effect.ci_lower,
                upper=effect.ci_upper,
                label=words,
                second=second,
            )
        )
    return RowsChart(
        size="page",
        unit="seconds",
        title="re-orientation time, with the marker less without",
        sides=("faster", "slower"),
        rows=tuple(drawn),
    )


def numbered(groups: tuple[GroupEffect, ...], word: str) -> tuple[tuple[str, Effect], ...]:
    """Groups that are numbered, by names of ours; others are left out."""
    return tuple(
        (f"{word} {group.value}", group.effect) for group in groups if _OURS.fullmatch(group.value)
    )


def known(groups: tuple[GroupEffect, ...]) -> tuple[GroupEffect, ...]:
    """Groups with a figure."""
    return tuple(group for group in groups if group.effect.estimate is not None)
