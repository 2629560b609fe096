"""Every chart of a page as static SVG; Altair and vl-convert are imported on the first one."""

from functools import lru_cache

from markupsafe import Markup

from resume_gap.report.charts.chart import Chart
from resume_gap.system.startup import refuse_without_docstrings, with_datasets_later


@lru_cache(maxsize=64)
def svg(chart: Chart) -> Markup:
    """The chart as an SVG element that scales with its box.

    A page has up to two dozen charts, most of which a second rendering of it finds drawn.
    Its parts are not compared with the schema of Vega-Lite, which takes as long as all the rest of
    the drawing; the tests do that.

    Raises:
        UsageError: Python leaves out docstrings.
        ValueError: The drawing holds something that a picture has no need of.
    """
    refuse_without_docstrings()
    with with_datasets_later():
        from altair.utils.schemapi import debug_mode  # noqa: PLC0415 - loads all of Altair

    with debug_mode(False):
        return chart.picture()
