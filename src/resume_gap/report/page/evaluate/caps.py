"""The primary effect at other caps: how much of a return is counted."""

from resume_gap.report.page.model import Paragraph, Part, Table
from resume_gap.report.text import caps, estimates, vocabulary
from resume_gap.report.text.numbers import DASH, duration, exact
from resume_gap.results.evaluate import CapEffect, Evaluated


def counted_up_to(found: Evaluated) -> tuple[Part, ...]:
    """A row a cap; nothing where there is no difference."""
    rows = [row for row in found.evaluation.caps if row.estimate is not None]
    cap = caps.cap(found)
    if cap is None or not rows:
        return ()
    text = (
        f"The first return is counted up to {cap}: {caps.source(found)}. Who needed longer, or left"
        " again before any work, counts as that. A short cap finds an effect with fewer users; what"
        " happens after it shows only at longer ones. Where a longer cap shows the opposite, the"
        " verdict says so."
    )
    table = Table(
        caption="Re-orientation time at the first return, with 95 % intervals; the caps share their"
        " users, so the rows are one finding seen several times.",
        columns=("counted up to", "control", "treatment", "difference"),
        rows=tuple(_row(row, found) for row in rows),
        numeric=(0, 1, 2, 3),
    )
    return (Part(title="Counted up to other caps", blocks=(Paragraph(text=text), table)),)


def _row(row: CapEffect, found: Evaluated) -> tuple[str, ...]:
    primary = row.seconds == found.evaluation.primary.cap_seconds
    name = f"{exact(row.seconds)} (primary)" if primary else exact(row.seconds)
    return (
        name,
        *(_level(value, row, found) for value in (row.control, row.treatment)),
        estimates.figures(caps.estimate(row), "seconds", found),
    )


def _level(value: float | None, row: CapEffect, found: Evaluated) -> str:
    if value is None:
        return DASH
    return duration(value, vocabulary.step(found), like=row.seconds, most=row.seconds)
