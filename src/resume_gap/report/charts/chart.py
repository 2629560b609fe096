"""What every chart is: its content as data, and how that becomes a picture.

A chart's module holds both. All words in it are ours unless it says otherwise; Altair is imported
when something is drawn.
"""

from dataclasses import dataclass, replace
from typing import Literal, Self

from markupsafe import Markup

DrawnSize = Literal["column", "page", "telephone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The content of a chart; a frozen dataclass that a section of a page builds."""

    size: DrawnSize = "column"
    """How wide it is drawn; over the width of the page it is drawn for a telephone, too."""

    @property
    def small(self) -> Self | None:
        """The same for a telephone, where the chart itself takes the width of the page."""
        return replace(self, size="telephone") if self.size == "page" else None

    @property
    def line(self) -> tuple[float, float] | None:
        """Where the first line that is drawn begins and ends; None in charts of other kinds."""
        return None

    @property
    def is_log(self) -> bool:
        """Whether the axis of that line is logarithmic."""
        return False

    def boxes(self) -> tuple[tuple[float, float, str], ...]:
        """Words for where the pointer is: top and bottom in the drawing, and the text."""
        return ()

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        raise NotImplementedError
