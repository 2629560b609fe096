"""Every chart of a page as static SVG; Altair and vl-convert are imported on the first one."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from markupsafe import Markup

from resume_gap.report.charts import bounds, curve, day, gaps, policies, trial
from resume_gap.report.page import charts

_DRAWN: Final[Mapping[type[charts.Chart], Callable[[Any], Markup]]] = {
    charts.GapsChart: gaps.gaps,
    charts.WeekChart: gaps.week,
    charts.CurveChart: curve.curve,
    charts.PaceChart: curve.pace,
    charts.PoliciesChart: policies.policies,
    charts.BoundsChart: bounds.bounds,
    charts.SwingsChart: bounds.swings,
    charts.DayChart: day.day,
    charts.DifferencesChart: trial.differences,
    charts.ArmsChart: trial.arms,
    charts.WeeksChart: trial.weeks,
}
"""Who draws what."""


@lru_cache(maxsize=16)
def svg(chart: charts.Chart) -> Markup:
    """The chart as an SVG element that scales with its box.

    Raises:
        ValueError: The drawing holds something that a picture has no need of.
    """
    return _DRAWN[type(chart)](chart)
