"""The screen of text after a run: at most 24 lines of 80 columns, for standard error."""

import re
from pathlib import Path
from textwrap import wrap

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from resume_gap.commands.registry import COMMANDS, load
from resume_gap.report.screen.layout import HEIGHT, Line
from resume_gap.report.text import vocabulary
from resume_gap.report.text.names import ELLIPSIS, sentence, terminal_text
from resume_gap.report.text.numbers import many, spaced
from resume_gap.results.common import Check
from resume_gap.results.run import Run

WIDTH = 80
_INDENT = 16
_UNIT = re.compile(r"(?<=\d) (?=(?:%|s|min|h|days?)(?!\w))")
_Row = tuple[str, str, str]
"""Name of the line, its text, its style."""


def print_screen(result: Run, folder: Path | None) -> None:
    """Show the screen on standard error; colours only on a terminal, and not under NO_COLOR."""
    console = Console(stderr=True, markup=False, highlight=False, emoji=False, soft_wrap=True)
    console.print(screen(result, None if folder is None else folder / "report.html"))


def screen(result: Run, report_path: str | Path | None) -> Text:
    """What a person has to know after a run; print it with `soft_wrap=True`, markup is never read.

    Args:
        result: What was found.
        report_path: Where the page stands, as given; None: nothing was written.
    """
    warned = vocabulary.warnings(result)
    path = "" if report_path is None else terminal_text(str(report_path))
    bottom = _part("report", path, most=2)
    top = _top(result, HEIGHT - len(bottom))
    room = HEIGHT - len(top) - len(bottom)
    lines = [*top, *_warnings(warned, room), *bottom]
    screen_text = Text(no_wrap=True, overflow="ignore", end="")
    for number, (name, text, style) in enumerate(lines):
        if number:
            screen_text.append("\n")
        screen_text.append(f"{name:<{_INDENT}}", style="dim" if name else "")
        screen_text.append(text, style=style)
    return screen_text


def _top(result: Run, room: int) -> list[_Row]:
    """All but the warnings and the path; columns and roles give way first.

    Cautions, the recommendation and the warnings are never cut short.
    """
    parts: tuple[Line, ...] = load(COMMANDS[result.command].screen)(result)
    warned = [len(_warning(check, remedy=True)) for check in vocabulary.warnings(result)]
    first = room - sum(warned[:1]) - (len(warned) > 1)
    rows = [_part(line.name, line.text, most=line.most, style=line.style) for line in parts]
    turns = sorted((line.turn, at) for at, line in enumerate(parts) if line.turn is not None)
    for turn, at in turns:
        if sum(map(len, rows)) <= (room - sum(warned) if turn < 0 else first):
            continue
        line = parts[at]
        rows[at] = _part(line.name, line.text, most=line.least, style=line.style)
    return [row for part in rows for row in part]


def _part(name: str, text: str, *, most: int, style: str = "") -> list[_Row]:
    """A paragraph beside its name, at most so many lines."""
    if not text:
        return []
    rows = _fold(text, WIDTH - _INDENT)
    if len(rows) > most:
        rows = [*rows[: most - 1], _fit(rows[most - 1] + ELLIPSIS + " " * WIDTH)]
    return [(name if i == 0 else "", row, style) for i, row in enumerate(rows)]


def _fold(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells; wide characters count for two."""
    rows = []
    tied = _UNIT.sub("\N{NO-BREAK SPACE}", text)
    for row in wrap(tied, width, break_on_hyphens=False):
        rest = row.replace("\N{NO-BREAK SPACE}", " ")
        while cell_len(rest) > width:
            keep = len(rest)
            while cell_len(rest[:keep]) > width:
                keep -= 1
            rows.append(rest[:keep])
            rest = rest[keep:]
        rows.append(rest)
    return rows


def _fit(row: str) -> str:
    """The row in the width there is, its end an ellipsis."""
    width = WIDTH - _INDENT
    row = row.rstrip()
    if cell_len(row) <= width:
        return row
    return set_cell_size(row, width - 1).rstrip() + ELLIPSIS


def _warning(check: Check, *, remedy: bool = False) -> list[_Row]:
    """A whole warning, with what was done or is to do where asked for."""
    text = check.message if not (remedy and check.action) else f"{check.message}; {check.action}"
    style = "red" if check.severity == "error" else "yellow"
    name = "error" if check.severity == "error" else "warning"
    return _part(name, spaced(sentence(text)), most=HEIGHT, style=style)


def _warnings(found: tuple[Check, ...], room: int) -> list[_Row]:
    """The most severe first and whole, as many as there is room for.

    What to do stands beside a warning where all messages have room all the same.
    """
    lines: list[_Row] = []
    later = sum(len(_warning(check)) for check in found)
    for number, check in enumerate(found):
        last = number == len(found) - 1
        part, advised = _warning(check), _warning(check, remedy=True)
        later -= len(part)
        if len(lines) + len(advised) + later <= room:
            part = advised
        if len(lines) + len(part) + (not last) > room:
            rest = len(found) - number
            return [*lines, ("", f"+{many(rest, 'more warning')} in the report", "")][
                : max(room, 0)
            ]
        lines.extend(part)
    return lines
