"""Lines of the screen that every command has: what was read, and how it was taken."""

from typing import NamedTuple

from resume_gap.report.text import threshold, vocabulary
from resume_gap.report.text.names import ELLIPSIS, label, sentence
from resume_gap.report.text.numbers import count, exact, many, percent
from resume_gap.results.run import Run

HEIGHT = 24
_PATH = 40
_LONGEST = 4_096
"""Characters of a path that Linux takes."""
_WHY = 3
"""Reasons for which rows were dropped that are shown."""


class Line(NamedTuple):
    """A named paragraph of the screen, and how it gives way where there is no room.

    Attributes:
        name: What stands in front of it.
        text: All of it; empty: there is no such line.
        most: Rows that it may take.
        least: Rows that are left to it where room is short.
        style: For rich.
        turn: When it is its turn to give way; None: never. Before 0: to warnings, too.
    """

    name: str
    text: str
    most: int = 2
    least: int = 1
    style: str = ""
    turn: int | None = None


def whole(name: str, text: str, style: str = "bold") -> Line:
    """A line that is never cut short."""
    return Line(name, text, HEIGHT, HEIGHT, style)


def read(run: Run) -> tuple[Line, ...]:
    """What was read, how columns and roles were taken, the inactivity threshold and why."""
    return (
        whole("caution", threshold.sensitive(run) or "", "yellow"),
        Line("read", _read(run), turn=1),
        Line("columns", _columns(run), turn=-2),
        Line("work", _roles(run), most=3, turn=-1),
        Line("threshold", _limit(run), turn=0),
    )


def _read(run: Run) -> str:
    files = run.generated_from.inputs
    where = _path(files[0].path) if len(files) == 1 else many(len(files), "file")
    rows = run.rows
    text = f"{many(rows.read, 'row')} from {where}; {count(rows.used)} used"
    gone = rows.all_dropped
    if not gone:
        return text
    ranked = sorted(rows.dropped.items(), key=lambda item: (-item[1], item[0]))
    listed = (f"{vocabulary.dropped_reason(reason)} {count(n)}" for reason, n in ranked[:_WHY])
    why = ", ".join(listed)
    more = ", ..." if len(ranked) > _WHY else ""
    return f"{text}, {count(gone)} dropped ({why}{more})"


def _path(path: str) -> str:
    """A path by its end, which says more."""
    shown = label(path, limit=_LONGEST)
    return shown if len(shown) <= _PATH else ELLIPSIS + shown[1 - _PATH :]


def _columns(run: Run) -> str:
    taken = [
        f"{name}={label(column, limit=20)}"
        for name, column in run.columns.items()
        if column is not None
    ]
    return ", ".join(taken)


def _roles(run: Run) -> str:
    roles = run.roles
    if roles.source == "none" or not roles.productive_events:
        named = vocabulary.leading(run, most=4, limit=16)
        return "none seen; name it with --productive" + (f": {named}" if named else "")
    how = "guessed from names: " if roles.source == "suggested" else ""
    configured = "" if how else "; as configured"
    text = (
        f"{how}{vocabulary.role(run, 'productive', most=4, limit=30)} "
        f"({percent(roles.productive_share)} of the events{configured})"
    )
    if completing := vocabulary.role(run, "completing", most=3, limit=30):
        text += f"; task end: {completing}"
    if away := vocabulary.role(run, "away", most=3, limit=30):
        text += f"; idle: {away} ({percent(roles.away_share)} of the rows used)"
    if ignored := vocabulary.role(run, "ignored", most=2, limit=30):
        text += f"; ignored: {ignored}"
    if agents := vocabulary.role(run, "agent", most=2, limit=30):
        text += f"; agents: {agents}"
    return text


def _limit(run: Run) -> str:
    limit = run.threshold
    interval = threshold.interval(run)
    source = {"given": "given", "learned": "learned", "fallback": "default"}[limit.source]
    return f"{exact(limit.seconds)}{' ' + interval if interval else ''}, {source}: " + sentence(
        threshold.why(run)
    )
