"""The screen of text after a run: the page's first screen, for standard error."""

from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from resume_gap.commands.registry import COMMANDS, load
from resume_gap.report.page import build
from resume_gap.report.screen import first, log
from resume_gap.report.screen.layout import SPACE_GOES, Line
from resume_gap.report.text.names import ELLIPSIS, terminal_text, visible
from resume_gap.report.text.numbers import many
from resume_gap.report.text.spaces import TIED, tied
from resume_gap.results.run import Run

WIDTH: Final = 80
HEIGHT: Final = 30
"""Of a screen where nobody knows the terminal's."""
_NARROWEST, _WIDEST = 40, 120
"""A longer line is hard to read."""
_LOWEST: Final = 24
_PROMPT: Final = 2
"""Rows of a terminal that are taken by the path on standard output and by what comes next."""
_INDENT: Final = 16
_PATH_ROWS: Final = 3
_GOES_ON: Final = " \\"
"""What a row of a command ends with that goes on in the next one."""


def print_screen(result: Run, folder: Path | None) -> None:
    """Show the screen on standard error; colors only on a terminal, and not under NO_COLOR."""
    console = Console(stderr=True, markup=False, highlight=False, emoji=False, soft_wrap=True)
    height = max(console.height - _PROMPT, _LOWEST) if console.is_terminal else HEIGHT
    path = None if folder is None else folder / "report.html"
    console.print(screen(result, path, width=console.width, height=height))


def screen(
    result: Run, report_path: str | Path | None, *, width: int = WIDTH, height: int = HEIGHT
) -> Text:
    """What a person has to know after a run; print it with `soft_wrap=True`, markup is never read.

    Args:
        result: What was found.
        report_path: Where the page stands, as given; None: nothing was written.
        width: Columns of the terminal.
        height: Rows that it may take; what never gives way may take more.
    """
    width = min(max(width, _NARROWEST), _WIDEST)
    path = "" if report_path is None else _path(terminal_text(str(report_path)), width - _INDENT)
    page = build.page(result)
    own: tuple[Line, ...] = load(COMMANDS[result.command].screen)(result) or ()
    lines = (
        *first.headline(page),
        *first.trust(result, page, own),
        *(line for line in own if not line.counted),
        *log.lines(result),
        *first.options(result),
        Line("report", path),
    )
    return _joined(_fitted([line for line in lines if line.text], width, height), width)


def _path(path: str, width: int) -> str:
    """A path, of a very long one its end, which says more."""
    room = width * _PATH_ROWS
    while cell_len(path) > room:
        path = ELLIPSIS + path[max(len(path) // 8, 2) :]
    return path


def _fitted(lines: Sequence[Line], width: int, height: int) -> list[Line]:
    """The lines as there is room for them, some shorter or gone, and how many cautions are gone."""
    shown = list(lines)
    steps = sorted(
        (turn, -at, text) for at, line in enumerate(lines) for turn, text in line.shorter
    )
    spaced = [(SPACE_GOES, 0, None)]
    for _, at, text in sorted([*steps, *spaced], key=lambda step: step[:2]):
        fitting = _with_count(shown)
        if _rows(fitting, width) <= height:
            return fitting
        if text is None:
            shown = [line._replace(apart=False) for line in shown]
        else:
            shown[-at] = shown[-at]._replace(text=text, pasted=False)
    return _with_count(shown)


def _with_count(lines: Sequence[Line]) -> list[Line]:
    """The lines that are left; after the last caution, how many more there are."""
    left = [line for line in lines if line.text]
    gone = sum(not line.text for line in lines if line.counted)
    if gone:
        last = max(at for at, line in enumerate(left) if line.counted)
        left.insert(last + 1, Line("", f"+{many(gone, 'more caution')} in the report"))
    return left


def _rows(lines: Sequence[Line], width: int) -> int:
    return sum(line.apart + len(_fold(line, width)) for line in lines)


def _joined(lines: Sequence[Line], width: int) -> Text:
    text = Text(no_wrap=True, overflow="ignore", end="")
    for number, line in enumerate(lines):
        for at, (name, row) in enumerate(_fold(line, width)):
            if number or at:
                text.append("\n\n" if line.apart and not at else "\n")
            if not line.spread:
                text.append(f"{name}{' ' * (_INDENT - cell_len(name))}", style=line.name_style)
            text.append(row, style=line.style)
    return text


def _fold(line: Line, width: int) -> list[tuple[str, str]]:
    """Rows of a line, each with what stands in front of it; a long name has a row of its own."""
    fold = _continued if line.pasted else _wrapped
    rows = fold(line.text, width if line.spread else width - _INDENT)
    name = visible(line.name.replace(TIED, " "))
    names = [name, *[""] * (len(rows) - 1)]
    if cell_len(name) >= _INDENT:
        return [(name, ""), *(("", row) for row in rows)]
    return list(zip(names, rows, strict=True))


def _continued(text: str, width: int) -> list[str]:
    """Rows of a command, none of them within an argument, to be pasted together."""
    rows = wrap(text, width - len(_GOES_ON), break_long_words=False, break_on_hyphens=False)
    rows = [row.replace(TIED, " ") for row in rows]
    return [*(f"{row}{_GOES_ON}" for row in rows[:-1]), *rows[-1:]]


def _wrapped(text: str, width: int) -> list[str]:
    """Rows of at most `width` cells; wide characters count for two, nothing is a control."""
    rows = []
    whole = tied(visible(text.replace(TIED, " ")))
    for row in wrap(whole, width, break_on_hyphens=False):
        rest = row.replace(TIED, " ")
        while cell_len(rest) > width:
            keep = len(rest)
            while cell_len(rest[:keep]) > width:
                keep -= 1
            rows.append(rest[:keep])
            rest = rest[keep:]
        rows.append(rest)
    return rows
