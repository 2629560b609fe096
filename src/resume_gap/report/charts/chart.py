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

    @property
    def small(self) -> "Chart | None":
        """The same drawn for a telephone, where the chart itself takes the width of the page."""
        return None

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        raise NotImplementedError
