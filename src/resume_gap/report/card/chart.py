"""The chart of a page, taken out of its HTML for a picture that stands alone.

A report's page may have been edited since it was written, so of its first chart only what a drawing
of ours consists of is kept: known elements with known attributes. Where it holds anything else
there is no chart.
"""

import re
from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree as ET

from markupsafe import Markup

_FIRST: Final = re.compile(rb"<figure\b.*?(<svg\b.*?</svg>)", re.DOTALL)
_NUMBER: Final = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
_BOX: Final = re.compile(rf"0 0 ({_NUMBER}) ({_NUMBER})")
_ELEMENTS: Final = frozenset({"g", "path", "line", "text", "rect", "circle", "tspan"})
_PLAIN: Final = re.compile(r"(?!url)[\w .,()+%#-]*", re.IGNORECASE)
_VARIABLE: Final = re.compile(r"var\(--([a-z0-9]+)\)")
_KEPT: Final = frozenset(
    {
        "d", "x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "r", "cx", "cy", "width", "height",
        "transform", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity",
        "stroke-dasharray", "stroke-dashoffset", "stroke-miterlimit", "stroke-linecap",
        "stroke-linejoin", "opacity", "text-anchor", "font-size", "font-weight", "font-style",
        "display", "dominant-baseline", "paint-order",
    }
)  # fmt: skip  # one line a name would hide the list
_MOST: Final = 20_000
"""Elements of a drawing."""


class CardChart:
    """A drawing with its size.

    Attributes:
        inside: What stands inside of its SVG element.
        width: Of its box.
        height: Of its box.
    """

    def __init__(self, inside: Markup, width: float, height: float) -> None:
        self.inside, self.width, self.height = inside, width, height


def first_chart(page: bytes, colors: Mapping[str, str]) -> CardChart | None:
    """The first chart of a page in the colors of the card; None: there is none to be trusted.

    Args:
        page: The bytes of a page.
        colors: What the page's variables (`ink`, `c1`, ...) are; `ink` is also the current one.
    """
    found = _FIRST.search(page)
    if found is None or b"<!" in found[1]:
        return None
    try:
        root = ET.fromstring(found[1])  # noqa: S314 - without a declaration there are no entities
    except ET.ParseError:
        return None
    box = _BOX.fullmatch(root.get("viewBox", ""))
    elements = list(root.iter())
    if box is None or len(elements) > _MOST or not all(map(_is_drawn, elements[1:])):
        return None
    width, height = float(box[1]), float(box[2])
    if not (0 < width <= 5_000 and 0 < height <= 5_000):
        return None
    return CardChart(Markup("").join(_drawn(child, colors) for child in root), width, height)


def _is_drawn(element: ET.Element) -> bool:
    return _name(element) in _ELEMENTS


def _name(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _drawn(element: ET.Element, colors: Mapping[str, str]) -> Markup:
    """An element written anew, with the attributes that are known."""
    kept = Markup("")
    for key, value in element.attrib.items():
        shown = _VARIABLE.sub(lambda match: colors.get(match[1], colors["ink"]), value)
        shown = colors["ink"] if shown == "currentColor" else shown
        if key in _KEPT and _PLAIN.fullmatch(shown):
            kept += Markup(' {}="{}"').format(key, shown)
    inside = Markup("").join(_drawn(child, colors) for child in element)
    name = _name(element)
    text = element.text or ""
    return Markup("<{0}{1}>{2}{3}</{0}>").format(Markup(name), kept, text, inside)  # noqa: S704 - a known name
