"""The primary effect at other caps: how much of a return is counted."""

from resume_gap.report.charts.rows import Row, RowsChart
from resume_gap.report.page.model import Block, Figure, Paragraph, Section, Table
from resume_gap.report.text import caps, estimates
from resume_gap.report.text.names import either
from resume_gap.report.text.numbers import DASH, exact
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.effect import Effect
from resume_gap.results.evaluate import CapEffect, CapWord, Evaluated

_SAYS: dict[CapWord, str] = {
    "better": "faster",
    "worse": "slower",
    "no_difference_seen": "no difference detected",
}


def counted_up_to(found: Evaluated) -> tuple[Section, ...]:
    """A row a cap; nothing where there is no difference."""
    rows = tuple(row for row in found.evaluation.caps if row.estimate is not None)
    cap = caps.cap(found)
    if cap is None or not rows:
        return ()
    text = (
        f"The first return is counted up to {cap}: {caps.source(found)}. Longer times, and people"
        f" who left again before any work, count as {cap}. A short cap finds an effect with fewer"
        " users; what happens after it shows only at longer ones. Where a longer cap shows the"
        " opposite, the verdict says so."
    )
    return (
        Section(
            name="caps",
            topic="Other time limits",
            title=_finding(rows),
            blocks=(_drawn(rows, found), Paragraph(text=text)),
        ),
    )


def _finding(rows: tuple[CapEffect, ...]) -> str:
    """Whether every cap says the same, or where the words change."""
    words = [row.word for row in rows if row.word is not None]
    if not words:
        return "How far the difference depends on the cap is not known"
    if len(set(words)) == 1:
        return f"The same at every cap: {_SAYS[words[0]]}"
    if {"better", "worse"} <= set(words):
        return "The difference turns round with how long a return is counted"
    seen = next(word for word in words if word != "no_difference_seen")
    named = [exact(row.seconds) for row in rows if row.word == seen]
    word = _SAYS[seen]
    return f"{word[0].upper()}{word[1:]} when counted up to {either(named)}; not clear at others"


def _drawn(rows: tuple[CapEffect, ...], found: Evaluated) -> Block:
    primary = found.evaluation.primary.cap_seconds
    return Figure(
        name="caps",
        caption=f"Difference at the first return, counted up to each cap, with {LEVEL} intervals. "
        "The caps share their users, so the rows are one finding seen several times.",
        chart=RowsChart(
            size="page",
            unit="seconds",
            title="re-orientation time, with the marker less without",
            sides=("faster", "slower"),
            rows=tuple(
                Row(
                    name=_name(row, found),
                    value=row.estimate,
                    lower=row.ci_lower,
                    upper=row.ci_upper,
                    label=estimates.size_worded(caps.estimate(row), "seconds", found) or DASH,
                    second=row.seconds != primary,
                    strong=row.seconds == primary,
                )
                for row in rows
                if row.estimate is not None
            ),
        ),
        table=Table(
            caption=f"Re-orientation time at the first return, with {LEVEL} intervals",
            columns=("counted up to", "control", "treatment", "difference"),
            rows=tuple(_cells(row, found) for row in rows),
            numeric=(0, 1, 2, 3),
        ),
    )


def _name(row: CapEffect, found: Evaluated) -> str:
    primary = row.seconds == found.evaluation.primary.cap_seconds
    return f"{exact(row.seconds)} (primary)" if primary else exact(row.seconds)


def _cells(row: CapEffect, found: Evaluated) -> tuple[str, ...]:
    return (
        _name(row, found),
        *estimates.levels(_effect(row), found),
        estimates.figures(caps.estimate(row), "seconds", found),
    )


def _effect(row: CapEffect) -> Effect:
    """The levels of a cap as the first screen writes those of the primary one."""
    control, treatment = (
        None if value is None else min(value, row.seconds) for value in (row.control, row.treatment)
    )
    return Effect(
        estimand="first_return",
        unit="seconds",
        control=control,
        treatment=treatment,
        estimate=row.estimate,
    )
