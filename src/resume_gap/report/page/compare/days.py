"""The days that everything is made of."""

from resume_gap.report.page.model import Folded, Section, Table
from resume_gap.report.text import comparison
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import count
from resume_gap.results.compare import Compared


def days(found: Compared) -> tuple[Section, ...]:
    """A row a day; nothing of a roll-out, which has none."""
    rows = found.comparison.days
    if not rows:
        return ()
    like = max((day.seconds or 0.0 for day in rows), default=0.0)
    table = Table(
        caption="Mean time to productive work by day, counted from the hour of the launch. A day "
        "without a return is missing.",
        columns=("day", "from", "returns", "measured", "expected", "without a marker", "measured"),
        rows=tuple(
            (
                comparison.counted(day.day),
                label(day.starts_on),
                count(day.returns),
                comparison.level(day.seconds, found, like=like),
                comparison.level(day.expected_seconds, found, like=like),
                count(day.control_returns),
                comparison.level(day.control_seconds, found, like=like),
            )
            for day in rows
        ),
        numeric=(0, 2, 3, 4, 5, 6),
    )
    return (
        Section(
            name="days",
            title="Day by day",
            appendix=True,
            blocks=(Folded(title="The days before and after the launch", table=table),),
        ),
    )
