"""Every chart of a page as static SVG."""

from functools import lru_cache

from markupsafe import Markup

from resume_gap.report.charts.chart import Chart


@lru_cache(maxsize=64)
def svg(chart: Chart) -> Markup:
    """The chart as an SVG element that scales with its box.

    A page has up to two dozen charts, most of which a second rendering of it finds drawn.
    """
    return chart.picture()
