"""What all charts share: colors, type, and the door from vl-convert to the page.

Field names are ours and fixed, expressions are constants, no text from data enters a
specification. Colors are `currentColor` and CSS variables of the page (`--c1` blue, `--c2`
vermilion of Okabe and Ito), so that light, dark and print follow the page. What vl-convert
returns is checked before it counts as markup.
"""

import re
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from markupsafe import Markup

from resume_gap.report.charts.chart import DrawnSize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import altair as alt

WIDTH: Final = 560
NARROW: Final = 390
"""For charts that fit a telephone as they are; their names stand above the rows."""
WIDTHS: Final[dict[DrawnSize, int]] = {"column": WIDTH, "page": 960, "telephone": NARROW}
HEIGHTS: Final[dict[DrawnSize, int]] = {"column": 230, "page": 170, "telephone": 220}
MOST_TICKS: Final[dict[DrawnSize, int]] = {"column": 8, "page": 8, "telephone": 4}
_AXES: Final = 38
"""Height of an axis with its title."""
SHARES: Final = 46
"""Room for the labels of an axis of shares."""
NUMBERS: Final = 34
"""Room for those of an axis of numbers."""
_TITLE: Final = 24
"""Room for the title of an axis, upright beside its labels."""
_FIT: Final[Any] = {"type": "fit", "contains": "padding"}
EDGE: Final = 16
"""Room for the end of a label below, where nothing stands beside the plot."""
INK, FIRST, SECOND = "currentColor", "var(--c1)", "var(--c2)"
TIME_LABEL: Final = "datum.value < 120 ? datum.value + ' s' : datum.value / 60 + ' min'"
# A label is cut nowhere: to know whether it is too long, each would be measured once more.
_AXIS: Final[dict[str, Any]] = {
    "domainColor": INK,
    "domainOpacity": 0.4,
    "gridColor": INK,
    "gridOpacity": 0.12,
    "labelColor": INK,
    "labelFontSize": 12,
    "labelFontWeight": "normal",
    "labelLimit": 0,
    "tickColor": INK,
    "tickOpacity": 0.4,
    "titleColor": INK,
    "titleFontSize": 12,
    "titleFontWeight": "normal",
}
_MEASURED: Final = "sans-serif"
"""The font by whose letters room is made: the one that comes with vl-convert, so that a chart is
the same on every machine. The page shows its own."""
_CONFIG: Final[dict[str, Any]] = {
    "aria": False,
    "axis": _AXIS,
    "background": "transparent",
    "font": _MEASURED,
    "view": {"stroke": None},
}

_REFUSED = re.compile(r"<(?:script|foreignobject|image|a[\s>])|href|\s(?:style=|on\w+=)|url\(")
"""In small letters, which is found in a third of the time that any case takes."""
_TAG = re.compile(r"<[^>]+>")
_LONG = re.compile(r"(?<=\d)(\.\d\d)\d+")
"""Thousandths of a pixel and less, which nobody sees and which are half of a picture."""
_PATH = re.compile(r' d="[^"]*"')
_FINE = re.compile(r"(?<=\d)(\.\d)\d")
"""Hundredths of a pixel, after which nobody sees a difference in a line."""
_EMPTY: Final = (
    ' pointer-events="none"',
    f' font-family="{_MEASURED}"',
    ' font-weight="normal"',
    ' stroke-miterlimit="10"',
    ' stroke-miterlimit="4"',
    ' opacity="1"',
    ' stroke-opacity="1"',
)
"""Attributes that say what holds anyway."""
_UNSEEN = re.compile(
    r'<path class="(?:background|foreground)"[^>]*/>'
    r'|(?<=<g) class="mark-[^"]*"(?: role="[^"]*")?(?: aria-[a-z]+="[^"]*")*'
)
"""Frames that are not drawn, and what names groups: the figure around a picture does that."""
_ROOT = re.compile(r'^<svg [^>]*?viewBox="([\d. -]+)"[^>]*>')


_CAUGHT: Final[ContextVar[list[dict[str, Any]] | None]] = ContextVar("caught", default=None)


@contextmanager
def caught() -> "Iterator[list[dict[str, Any]]]":
    """Specifications that `draw` would make pictures of; in this block it makes none."""
    kept: list[dict[str, Any]] = []
    token = _CAUGHT.set(kept)
    try:
        yield kept
    finally:
        _CAUGHT.reset(token)


class Room(NamedTuple):
    """Pixels around what is plotted: for axes with their titles, a legend, the ends of labels.

    Where it is not given it is found, which takes longer: vl-convert reads a font anew for each
    letter that it measures, and a drawing that fits itself into its size is measured twice.
    """

    left: int
    right: int = EDGE
    top: int = 8
    bottom: int = 36


def titled(labels: int) -> int:
    """Room for an upright axis whose labels take so many pixels, with its title."""
    return labels + _TITLE


def draw(
    layers: "Sequence[alt.Chart]",
    *,
    height: int,
    room: Room | None = None,
    width: int = WIDTH,
    own_axes: bool = False,
) -> Markup:
    """Layers over each other, the last on top, as an SVG element that scales with its box.

    Args:
        layers: At least one.
        height: Pixels without the axis below.
        room: What stands around the plot; None: it is found out.
        width: Pixels.
        own_axes: Whether each layer has an axis of its own at the side, where it has one.

    Raises:
        ValueError: The drawing holds something that a picture has no need of.
    """
    # The size is that of the whole with its axes, so that all charts of a page end alike.
    size = _size(width, height + _AXES, room)
    spec = {"config": _CONFIG, "layer": specifications(layers), **size}
    if own_axes:
        spec["resolve"] = {"axis": {"y": "independent"}}
    if (kept := _CAUGHT.get()) is not None:
        kept.append(spec)
        return Markup()
    import vl_convert  # noqa: PLC0415 - a tenth of a second, only where a page is made

    drawn: str = vl_convert.vegalite_to_svg(spec)
    if _REFUSED.search(drawn.lower()) or (root := _ROOT.match(drawn)) is None:
        raise ValueError("a chart came back as more than a picture")
    # The figure around it carries the role and the name.
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{root[1]}" aria-hidden="true" '
        'font-family="system-ui, sans-serif">'
    )
    body = _TAG.sub(lambda tag: _LONG.sub(_hundredths, tag[0]), drawn[root.end() :])
    body = _PATH.sub(lambda path: _FINE.sub(r"\1", path[0]), _UNSEEN.sub("", body))
    for words in _EMPTY:
        body = body.replace(words, "")
    return Markup(head + body)  # noqa: S704 - checked above


def start() -> None:
    """Start the engine that draws, which takes longer than a chart; a thread may do it."""
    import vl_convert  # noqa: PLC0415 - as above

    vl_convert.vegalite_to_svg({"mark": "point"})


def _hundredths(number: re.Match[str]) -> str:
    return number[1]


def _size(width: int, height: int, room: Room | None) -> dict[str, Any]:
    """How large the plot is, and what stands around it, in the terms of Vega-Lite."""
    if room is None:
        return {"width": width, "height": height, "padding": 1, "autosize": _FIT}
    return {
        "width": width - room.left - room.right,
        "height": height - room.top - room.bottom,
        "padding": room._asdict(),
        "autosize": "none",
    }


def data(rows: list[dict[str, Any]]) -> "alt.InlineData":
    """Rows of a layer, with field names of ours."""
    import altair as alt  # noqa: PLC0415

    return alt.InlineData(values=rows)


def specifications(layers: "Sequence[alt.Chart]") -> list[dict[str, Any]]:
    """Each layer as Vega-Lite takes it.

    Altair's own layered chart copies all of them several times, which takes as long as drawing; and
    a whole chart of its own looks for data frames in its rows.
    """
    return [_specification(layer) for layer in layers]


def _specification(layer: "alt.Chart") -> dict[str, Any]:
    mark, rows = layer.mark, layer.data
    return {
        "data": {"values": rows.values},
        "mark": {"type": mark} if isinstance(mark, str) else mark.to_dict(validate=False),
        "encoding": layer.encoding.to_dict(validate=False, context={"data": rows}),
    }


def time_ticks(last: float, *, most: int = 8) -> list[float]:
    """Round times, at most so many steps of them."""
    steps = (1, 2, 5, 10, 15, 30, 60, 120, 180, 300, 600, 900, 1_800, 3_600)
    wide = next((s for s in steps if last / s <= most), last)
    return [i * wide for i in range(int(last // wide) + 1)]
