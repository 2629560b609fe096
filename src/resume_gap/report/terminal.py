"""The screen of text after a run: at most 24 lines of 80 columns, for standard error."""

import re
from pathlib import Path
from textwrap import wrap

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from resume_gap.model import Analysis, Check
from resume_gap.report import outlook, phrases, reasons
from resume_gap.report.display import ELLIPSIS, label, sentence, terminal_text
from resume_gap.report.numbers import count, exact, many, percent, spaced

WIDTH = 80
HEIGHT = 24
_INDENT = 16
_PATH = 40
_UNIT = re.compile(r"(?<=\d) (?=(?:%|s|min|h|days?)(?!\w))")
_Line = tuple[str, str, str]
"""Name of the line, its text, its style."""


def print_screen(analysis: Analysis, folder: Path | None) -> None:
    """Show the screen on standard error; colours only on a terminal, and not under NO_COLOR."""
    console = Console(stderr=True, markup=False, highlight=False, emoji=False, soft_wrap=True)
    console.print(screen(analysis, None if folder is None else folder / "report.html"))


def screen(analysis: Analysis, report_path: str | Path | None) -> Text:
    """What a person has to know after a run; print it with `soft_wrap=True`, markup is never read.

    Args:
        analysis: What was found.
        report_path: Where the page stands, as given; None: nothing was written.
    """
    warned = phrases.warnings(analysis)
    path = "" if report_path is None else terminal_text(str(report_path))
    bottom = _part("report", path, most=2)
    top = _top(analysis, HEIGHT - len(bottom))
    room = HEIGHT - len(top) - len(bottom)
    lines = [*top, *_warnings(warned, room), *bottom]
    screen_text = Text(no_wrap=True, overflow="ignore", end="")
    for number, (name, text, style) in enumerate(lines):
        if number:
            screen_text.append("\n")
        screen_text.append(f"{name:<{_INDENT}}", style="dim" if name else "")
        screen_text.append(text, style=style)
    return screen_text


def _top(analysis: Analysis, room: int) -> list[_Line]:
    """All but the warnings and the path; columns and roles give way first.

    What to mind, the decision and the warnings are never cut short.
    """
    hanging = phrases.sensitive(analysis)
    parts: list[tuple[str, str, tuple[int, int], str]] = [
        ("mind", hanging or "", (HEIGHT, HEIGHT), "yellow"),
        ("read", _read(analysis), (2, 1), ""),
        ("columns", _columns(analysis), (2, 1), ""),
        ("work", _roles(analysis), (3, 1), ""),
        ("pause limit", _limit(analysis), (2, 1), ""),
        ("interruptions", _found(analysis), (2, 1), "bold"),
        ("way back", _way(analysis), (2, 1), "bold"),
        ("", _two_parts(analysis), (2, 1), ""),
        ("longer by", _longer(analysis), (2, 1), "bold"),
        ("best arrow", _arrow(analysis), (2, 1), "bold"),
        ("ceiling", _ceiling(analysis), (2, 1), "bold"),
        ("decision", _decision(analysis), (HEIGHT, HEIGHT), "bold"),
    ]
    warned = [len(_warning(check)) for check in phrases.warnings(analysis)]
    first = room - sum(warned[:1]) - (len(warned) > 1)
    lines = [_part(name, text, most=most, style=style) for name, text, (most, _), style in parts]
    for at in (2, 3, 4, 1, 7, 5, 10, 8, 9, 6):
        if sum(map(len, lines)) <= (room - sum(warned) if at in (2, 3) else first):
            continue
        name, text, (_, least), style = parts[at]
        lines[at] = _part(name, text, most=least, style=style)
    return [line for part in lines for line in part]


def _part(name: str, text: str, *, most: int, style: str = "") -> list[_Line]:
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


def _read(analysis: Analysis) -> str:
    files = analysis.inputs
    where = _path(files[0].path) if len(files) == 1 else many(len(files), "file")
    rows = analysis.rows
    text = f"{many(rows.read, 'row')} from {where}; {count(rows.used)} used"
    gone = sum(rows.dropped.values())
    return f"{text}, {count(gone)} dropped" if gone else text


def _path(path: str) -> str:
    """A path by its end, which tells more."""
    shown = label(path)
    return shown if len(shown) <= _PATH else ELLIPSIS + shown[1 - _PATH :]


def _columns(analysis: Analysis) -> str:
    taken = [
        f"{name}={label(column, limit=20)}"
        for name, column in analysis.columns.items()
        if column is not None
    ]
    return ", ".join(taken)


def _roles(analysis: Analysis) -> str:
    roles = analysis.roles
    if roles.source == "none" or not roles.productive_events:
        named = phrases.leading(analysis, most=4, limit=16)
        return f"none seen; name it with --productive: {named}"
    how = "by name only" if roles.source == "suggested" else "as configured"
    text = (
        f"{phrases.names(roles.productive, most=4, limit=30)} "
        f"({percent(roles.productive_share)} of the events; {how})"
    )
    if roles.completing:
        text += f"; completing: {phrases.names(roles.completing, most=3, limit=30)}"
    if roles.away:
        text += (
            f"; absence: {phrases.names(roles.away, most=3, limit=30)} "
            f"({percent(roles.away_share)} of the rows used)"
        )
    if roles.ignored:
        text += f"; ignored: {phrases.names(roles.ignored, most=2, limit=30)}"
    return text


def _limit(analysis: Analysis) -> str:
    limit = analysis.threshold
    interval = phrases.limit_interval(analysis)
    source = {"given": "given", "learned": "learned", "fallback": "default"}[limit.source]
    return f"{exact(limit.seconds)}{' ' + interval if interval else ''}, {source}: " + sentence(
        phrases.limit_reason(analysis)
    )


def _found(analysis: Analysis) -> str:
    found = analysis.counts
    if found.returns == 0:
        return f"none: no return after a pause; {many(found.users, 'user')}"
    return (
        f"{count(found.interruptions)} of {many(found.returns, 'return')}, "
        f"{count(found.users_interrupted)} of {many(found.users, 'user')}"
    )


def _way(analysis: Analysis) -> str:
    back = analysis.reorientation
    if back.reason == "no_productive_events" and analysis.counts.returns:
        return "cannot be measured: nothing in this log is known to be productive"
    if back.zero_share is not None and phrases.at_once(analysis):
        return (
            f"{percent(back.zero_share)} of the first events back are already productive, so the "
            "way back cannot be seen in this log"
        )
    if back.mean.estimate is None:
        limits = phrases.limits_of_the_figures(analysis)
        return limits[0] if limits else "no figure can be had"
    interval = phrases.mean_interval(analysis)
    mean = f"{phrases.mean(analysis)}{' ' + interval if interval else ' (no interval)'}"
    shares = phrases.productive_interval(analysis)
    share = f"{phrases.productive(analysis)}{' ' + shares if shares else ''}"
    cap = exact(back.tau_seconds)
    if back.set_by_cap:
        return f"productive within {cap}: {share}; mean {mean}, set by the cap"
    return f"{mean} on average to productive work; within {cap}: {share}"


def _two_parts(analysis: Analysis) -> str:
    parts = phrases.parts_of_mean(analysis)
    back = analysis.reorientation
    if parts is None or back.productive_share is None or phrases.at_once(analysis):
        return ""
    return (
        f"{parts[0]} from the {percent(1 - back.productive_share)} charged with the cap, "
        f"{parts[1]} from those who got there"
    )


def _longer(analysis: Analysis) -> str:
    """How much longer than uninterrupted work, or why nobody knows."""
    if not analysis.counts.returns:
        return ""
    found = analysis.excess
    if found.estimate is None:
        return f"not known: {reasons.short(found.reason, analysis)}"
    if phrases.at_once(analysis):
        return "not known: a way back that cannot be seen cannot be compared"
    return f"{reasons.estimate(outlook.told(analysis), analysis)} than the same work uninterrupted"


def _arrow(analysis: Analysis) -> str:
    of = outlook.best(analysis)
    if not analysis.counts.returns or (of is None and analysis.marker.recommendation is None):
        return ""
    if of is None or of.hit is None:
        why = next((p.reason for p in analysis.marker.policies if p.reason), analysis.marker.reason)
        return f"none: {reasons.short(why, analysis)}"
    above = outlook.above_chance(of)
    interval = outlook.hit_interval(of)
    return (
        f"{outlook.arrow(of.name)}: right in {percent(of.hit)}{' ' + interval if interval else ''}"
        + (f", better than chance by {above}" if above else "")
    )


def _ceiling(analysis: Analysis) -> str:
    if outlook.best(analysis) is None:
        return ""
    told = outlook.ceiling(analysis)
    if told is None:
        return f"not known: {outlook.no_ceiling(analysis)}"
    return told[0].lower() + told[1:]


def _decision(analysis: Analysis) -> str:
    if not analysis.counts.returns:
        return ""
    told = analysis.marker.recommendation
    word = outlook.word(analysis)
    if told is not None and told.word == "build":
        word += ", behind an A/B test"
    return f"{word}. {outlook.because(analysis)}"


def _warning(check: Check) -> list[_Line]:
    """A whole warning."""
    style = "red" if check.severity == "error" else "yellow"
    name = "error" if check.severity == "error" else "warning"
    return _part(name, spaced(sentence(check.message)), most=HEIGHT, style=style)


def _warnings(found: tuple[Check, ...], room: int) -> list[_Line]:
    """The most severe first and whole, as many as there is room for."""
    lines: list[_Line] = []
    for number, check in enumerate(found):
        last = number == len(found) - 1
        part = _warning(check)
        if len(lines) + len(part) + (not last) > room:
            rest = len(found) - number
            return [*lines, ("", f"+{many(rest, 'more warning')} in the report", "")][
                : max(room, 0)
            ]
        lines.extend(part)
    return lines
