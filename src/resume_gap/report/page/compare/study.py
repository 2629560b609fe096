"""A roll-out by the weeks from a unit's own launch, and by two methods."""

from resume_gap.report.charts.chart import DrawnSize
from resume_gap.report.charts.rollout import RolloutChart
from resume_gap.report.charts.rows import Row, RowsChart
from resume_gap.report.page.model import Block, Figure, Table
from resume_gap.report.text import comparison, estimates
from resume_gap.report.text.numbers import DASH, count
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.common import Estimate
from resume_gap.results.compare import Compared, RolloutPeriod

_OURS = "each unit's own trend (decides)"
_OTHER = "not yet launched units"


def event_study(found: Compared, *, size: DrawnSize) -> Figure | None:
    """The effect by week; None for one date, with too few weeks, or where a check failed."""
    weeks = found.comparison.periods
    if len(weeks) < 2 or comparison.withheld(found):
        return None
    return Figure(
        name="study",
        caption="Measured less expected by the weeks from a unit's own launch; before it nothing "
        "is expected.",
        chart=RolloutChart(
            size=size,
            weeks=tuple((one.period, one.estimate, one.ci_lower, one.ci_upper) for one in weeks),
        ),
        at=tuple(float(one.period) for one in weeks),
        table=_table(found),
    )


def _table(found: Compared) -> Table:
    """A row a week, with the other method beside it where it was asked."""
    second = found.comparison.second
    others = {one.period: one for one in second.periods} if second else {}
    return Table(
        caption="Measured less expected by the weeks from a unit's own launch; of the other "
        "method the week before it is the base",
        columns=("week", "by own trends", "by units not yet launched"),
        rows=tuple(
            (
                comparison.counted(one.period),
                _figure(one, found),
                _figure(others.get(one.period), found),
            )
            for one in found.comparison.periods
        ),
        numeric=(0, 1, 2),
    )


def _figure(one: RolloutPeriod | None, found: Compared) -> str:
    if one is None:
        return DASH
    value = Estimate(estimate=one.estimate, ci_lower=one.ci_lower, ci_upper=one.ci_upper)
    return estimates.figures(value, "seconds", found)


def methods(found: Compared) -> tuple[Block, ...]:
    """Both estimates side by side; nothing without a figure."""
    primary, second = found.comparison.primary, found.comparison.second
    if primary.estimate is None:
        return ()
    both = [(_OURS, primary.interval)]
    if second is not None and second.estimate is not None:
        both.append((_OTHER, second.interval))
    measured, expected = comparison.levels(primary, found)
    return (
        Figure(
            name="methods-compared",
            caption=f"Measured less expected over all weeks with the marker, with {LEVEL} "
            "intervals: by each unit's own trend, and by comparison with units not launched yet.",
            chart=RowsChart(
                size="page",
                unit="seconds",
                title="time to productive work, measured less expected",
                sides=("faster", "slower"),
                rows=tuple(
                    Row(
                        name=name,
                        value=one.estimate or 0.0,
                        lower=one.ci_lower,
                        upper=one.ci_upper,
                        label=estimates.size_worded(one, "seconds", found) or "",
                        second=name != _OURS,
                        strong=name == _OURS,
                    )
                    for name, one in both
                ),
            ),
            table=Table(
                caption=f"Mean time to productive work with the marker: {measured}, expected "
                f"{expected}; p by rank among {count(primary.placebos)} other orders of the "
                "launches",
                columns=("method", "difference", "p"),
                rows=tuple(
                    (
                        name,
                        estimates.figures(one, "seconds", found),
                        estimates.chance(primary.p if name == _OURS else None),
                    )
                    for name, one in both
                ),
                numeric=(1, 2),
            ),
        ),
    )
