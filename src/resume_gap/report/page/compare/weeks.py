"""The measure week by week, beside what was expected and the control."""

from resume_gap.report.charts.chart import DrawnSize
from resume_gap.report.charts.launch import CONTROL, EXPECTED, MEASURED, LaunchChart
from resume_gap.report.page.model import Figure, Table
from resume_gap.report.text import comparison
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import count
from resume_gap.results.compare import Compared


def by_week(found: Compared, *, size: DrawnSize) -> Figure | None:
    """Three lines around the launch; None with too few weeks, or where a check failed."""
    weeks = [week for week in found.comparison.weeks if week.seconds is not None]
    if len(weeks) < 2 or comparison.withheld(found) or found.comparison.primary.estimate is None:
        return None
    like = max(week.seconds or 0.0 for week in weeks)
    return Figure(
        name="weeks",
        caption="Mean time to productive work by week; a return counts up to "
        f"{comparison.cap(found)}.",
        chart=LaunchChart(
            size=size,
            weeks=tuple(
                (week.week, week.seconds, week.expected_seconds, week.control_seconds)
                for week in weeks
            ),
        ),
        at=tuple(float(week.week) for week in weeks),
        table=Table(
            caption="Means of the days of each week",
            columns=("week", "from", "returns", MEASURED, EXPECTED, CONTROL),
            rows=tuple(
                (
                    comparison.counted(week.week),
                    label(week.starts_on),
                    count(week.returns),
                    comparison.level(week.seconds, found, like=like),
                    comparison.level(week.expected_seconds, found, like=like),
                    comparison.level(week.control_seconds, found, like=like),
                )
                for week in weeks
            ),
            numeric=(0, 2, 3, 4, 5),
        ),
    )
