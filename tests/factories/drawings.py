"""What a chart drew: its words and its lines with their places, pixels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from resume_gap.report.charts.chart import Chart

_PLACE = re.compile(r"(-?[\d.]+),(-?[\d.]+)")
Place = tuple[float, float]


class DrawnWords(NamedTuple):
    x: float
    y: float
    anchor: str


def words(chart: Chart) -> dict[str, DrawnWords]:
    """Every text with its place."""
    return {
        "".join(one.itertext()): DrawnWords(
            float(one.get("x", "nan")), float(one.get("y", "nan")), one.get("text-anchor", "")
        )
        for one in _elements(chart, "text")
    }


def lines(chart: Chart, colour: str) -> list[list[Place]]:
    """The lines through points of one colour, in their order."""
    return [
        _places(one.get("d", ""))
        for one in _elements(chart, "path")
        if one.get("fill") == "none" and one.get("stroke") == colour
    ]


def areas(chart: Chart, colour: str) -> list[list[Place]]:
    """The filled shapes of one colour."""
    return [
        _places(one.get("d", ""))
        for one in _elements(chart, "path")
        if one.get("fill") == colour and not one.get("stroke")
    ]


def rules(chart: Chart) -> list[tuple[Place, Place]]:
    """The broken straight lines."""
    found = (_places(one.get("d", "")) for one in _broken(chart))
    return [(first, last) for first, last in found]


def _broken(chart: Chart) -> list[ET.Element]:
    return [
        one
        for one in _elements(chart, "path")
        if one.get("stroke-dasharray") and one.get("fill") is None
    ]


def _elements(chart: Chart, name: str) -> list[ET.Element]:
    root = ET.fromstring(chart.picture())  # noqa: S314 - a drawing of ours
    return [one for one in root.iter() if one.tag.endswith(f"}}{name}")]


def _places(path: str) -> list[Place]:
    return [(float(x), float(y)) for x, y in _PLACE.findall(path)]
