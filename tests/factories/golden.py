"""What pages, pictures and screens hold, as text that a review can read line by line."""

from __future__ import annotations

import dataclasses
import difflib
import json
import sys
from typing import TYPE_CHECKING, Any, get_args

from altair.utils.schemapi import debug_mode

from resume_gap.commands.registry import COMMANDS, load
from resume_gap.report.charts import drawing
from resume_gap.report.charts.chart import Chart, DrawnSize
from resume_gap.report.page import build
from resume_gap.report.page.model import Folded
from resume_gap.report.render import jsonfile, terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from resume_gap.report.page.model import Page
    from resume_gap.results.run import Run

MANY_ROWS = 100
LEFT_OUT = ("methods", "definitions")
"""Sections that say what is always the same, most of it made from tables."""


def page_text(result: Run) -> str:
    """The page of a result without its methods, and its screen, usual and with room for all."""
    page = build.page(result)
    sections = tuple(one for one in page.sections if one.name not in LEFT_OUT)
    parts = [*_lines(dataclasses.replace(page, sections=sections)), "", "Screen"]
    parts += terminal.screen(result, "reports/log/report.html").plain.splitlines()
    wide = terminal.screen(result, "reports/log/report.html", width=140, height=MANY_ROWS)
    parts += ["", "Screen of 140 columns, as high as it likes", *wide.plain.splitlines()]
    return _text(parts)


def summary_text(result: Run) -> str:
    """The summary of a result, one value a line, without the list of constants."""
    content = json.loads(jsonfile.summary(result))
    content.pop("methods", None)
    return _text([f"{place} {json.dumps(value)}" for place, value in _flat(_rounded(content))])


def _flat(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _flat(inner, f"{place}.{key}" if place else key)
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for number, inner in enumerate(value):
            yield from _flat(inner, f"{place}.{number}")
    else:
        yield place, value


def differing(text: str, base: str) -> str:
    """The lines in which a text differs from another, each group with how many it replaces."""
    old, new = base.splitlines(), text.splitlines()
    found: list[str] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            found += [f"@@ {b - a} lines of {old[a].strip() or 'the end'!r}"] if a < b else ["@@"]
            found += new[c:d]
    return _text(found)


class Handed(list[Any]):
    """The layers of a chart, and the size that it is drawn in."""

    def __init__(self, layers: Any, **size: Any) -> None:
        super().__init__(layers)
        self.size = size


def hand_over(patch: pytest.MonkeyPatch) -> None:
    """Let every chart hand over what it would draw."""
    for command in COMMANDS.values():
        if command.result:
            load(command.page)
    for name, module in tuple(sys.modules.items()):
        ours = name.startswith("resume_gap.report.") and module is not drawing
        if ours and getattr(module, "draw", None) is drawing.draw:
            patch.setattr(module, "draw", Handed)


def pictures_text(results: list[Run], patch: pytest.MonkeyPatch) -> str:
    """The first chart of every kind as it is handed to the drawing."""
    hand_over(patch)
    seen: dict[str, Chart] = {}
    for result in results:
        for chart in _charts(build.page(result)):
            seen.setdefault(type(chart).__name__, chart)
    parts: list[str] = []
    for name, chart in sorted(seen.items()):
        with debug_mode(False):  # other tests compare with the schema
            parts += ["", name, *_drawn(chart.picture())]
    return _text(parts[1:])


def charts_text(charts: dict[str, Chart], patch: pytest.MonkeyPatch) -> str:
    """Charts in every size as they are handed to the drawing; of the other sizes what differs."""
    hand_over(patch)
    parts: list[str] = []
    for name, chart in charts.items():
        base = ""
        for size in get_args(DrawnSize):
            one = dataclasses.replace(chart, size=size)
            with debug_mode(False):
                lines = [*_drawn(one.picture()), f"{one.line} {one.is_log} {one.boxes()}"]
            text = _text(lines)
            parts += ["", f"{name}, {size}", differing(text, base) if base else text]
            base = base or text
    return _text(parts[1:])


def _charts(page: Page) -> Iterator[Chart]:
    if page.headline.picture is not None:
        yield page.headline.picture.chart
    for section in page.sections:
        for block in (*section.blocks, *(b for part in section.parts for b in part.blocks)):
            if isinstance(chart := getattr(block, "chart", None), Chart):
                yield chart


def _drawn(picture: Any) -> list[str]:
    if isinstance(picture, str):
        return picture.replace("><", ">\n<").splitlines()
    lines = [json.dumps(picture.size, sort_keys=True)]
    for layer in drawing.specifications(picture):
        rows = layer["data"].pop("values")
        content = json.dumps(_rounded(layer), indent=1, sort_keys=True, ensure_ascii=False)
        lines += content.splitlines()
        lines += [json.dumps(_rounded(row), sort_keys=True, ensure_ascii=False) for row in rows]
    return lines


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return [_rounded(inner) for inner in value] if isinstance(value, list | tuple) else value


def _lines(value: Any, name: str = "", depth: int = 0) -> Iterator[str]:
    """A dataclass field by field, defaults left out; plain values in one line."""
    indent, head = "  " * depth, f"{name}: " if name else ""
    if dataclasses.is_dataclass(value):
        yield f"{indent}{head}{type(value).__name__}"
        for field in dataclasses.fields(value):
            inner = getattr(value, field.name)
            if inner != field.default and not (isinstance(value, Folded) and field.name == "code"):
                yield from _lines(inner, field.name, depth + 1)
    elif isinstance(value, tuple) and any(not _is_plain(one) for one in value):
        yield f"{indent}{head}"
        for one in value:
            yield from _lines(one, "", depth + 1)
    else:
        yield f"{indent}{head}{_plain(value)}"


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float | bool)


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return " | ".join(map(_plain, value))
    return f"{value:.9g}" if isinstance(value, float) else str(value)


def _text(lines: list[str]) -> str:
    return "\n".join(line.rstrip() for line in lines) + "\n"
