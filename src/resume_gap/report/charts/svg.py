"""Every chart of a page as static SVG; Altair and vl-convert are imported on the first one."""

from functools import lru_cache

from markupsafe import Markup

from resume_gap.report.charts.chart import Chart


@lru_cache(maxsize=16)
def svg(chart: Chart) -> Markup:
    """The chart as an SVG element that scales with its box.

    Raises:
        ValueError: The drawing holds something that a picture has no need of.
    """
    return chart.picture()
