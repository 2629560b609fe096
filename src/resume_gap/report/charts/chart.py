"""What every chart is: its content as data, and how that becomes a picture.

A chart's module holds both. All words in it are ours unless it says otherwise; Altair is imported
when something is drawn.
"""

from typing import ClassVar

from markupsafe import Markup


class Chart:
    """The content of a chart; a frozen dataclass that a section of a page builds."""

    __slots__ = ()
    narrow: ClassVar[bool] = False
    """Whether the chart fits a telephone as it is."""

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        raise NotImplementedError
