"""What was read, how columns and roles were taken, the inactivity threshold and why."""

from typing import Final

from resume_gap.report.screen.layout import (
    COLUMNS_GO,
    REASONS_GO,
    ROLES_GO,
    ROLES_SHORTEN,
    THRESHOLD_SHORTENS,
    Line,
)
from resume_gap.report.text import threshold, vocabulary
from resume_gap.report.text.names import ELLIPSIS, label, sentence
from resume_gap.report.text.numbers import count, exact, many, percent
from resume_gap.results.run import Run

_PATH: Final = 40
_LONGEST: Final = 4_096
"""Characters of a path that Linux takes."""
_WHY: Final = 3
"""Reasons for which rows were dropped that are shown."""
_SOURCE: Final = {"given": "given", "learned": "learned from this log", "fallback": "default"}


def lines(run: Run) -> tuple[Line, ...]:
    """A line each for what was read, the columns, the roles and the threshold."""
    known = run.roles.source != "none" and run.roles.productive_events
    work = ((ROLES_SHORTEN, _work(run, most=1)),) if known else ()
    return (
        Line("read", _read(run, why=True), ((REASONS_GO, _read(run, why=False)),), apart=True),
        Line("columns", _columns(run), ((COLUMNS_GO, ""),)),
        Line("work", _roles(run), (*work, (ROLES_GO, ""))),
        Line(
            "threshold",
            f"{_threshold(run)}: {sentence(threshold.why(run))}",
            ((THRESHOLD_SHORTENS, _threshold(run)),),
        ),
    )


def _read(run: Run, *, why: bool) -> str:
    """The rows of which files, how many were used, and why the others were dropped."""
    files = run.generated_from.inputs
    where = _path(files[0].path) if len(files) == 1 else many(len(files), "file")
    rows = run.rows
    gone = rows.all_dropped
    text = f"{many(rows.read, 'row')} from {where}"
    if not gone:
        return f"{text}, all used" if rows.read == rows.used else f"{text}; {count(rows.used)} used"
    ranked = sorted(rows.dropped.items(), key=lambda item: (-item[1], item[0]))
    listed = (f"{vocabulary.dropped_reason(reason)} {count(n)}" for reason, n in ranked[:_WHY])
    more = ", ..." if len(ranked) > _WHY else ""
    reasons = f" ({', '.join(listed)}{more})" if why else ""
    return f"{text}; {count(rows.used)} used, {count(gone)} dropped{reasons}"


def _path(path: str) -> str:
    """A path by its end, which says more."""
    shown = label(path, limit=_LONGEST)
    return shown if len(shown) <= _PATH else ELLIPSIS + shown[1 - _PATH :]


def _columns(run: Run) -> str:
    """Those that were found; a column with the name of what it holds is called once."""
    taken = [
        name if name == column else f"{name}={label(column, limit=20)}"
        for name, column in run.columns.items()
        if column is not None
    ]
    return ", ".join(taken)


def _work(run: Run, *, most: int) -> str:
    """The names that count as work, and how much they are of the log."""
    roles = run.roles
    how = "guessed from names: " if roles.source == "suggested" else ""
    configured = "" if how else "; as configured"
    return (
        f"{how}{vocabulary.role(run, 'productive', most=most, limit=30)} "
        f"({percent(roles.productive_share)} of the events{configured})"
    )


def _roles(run: Run) -> str:
    roles = run.roles
    if roles.source == "none" or not roles.productive_events:
        named = vocabulary.leading(run, most=4, limit=16)
        return "none seen" + (f"; the most frequent are {named}" if named else "")
    text = _work(run, most=4)
    if completing := vocabulary.role(run, "completing", most=3, limit=30):
        text += f"; task end: {completing}"
    if away := vocabulary.role(run, "away", most=3, limit=30):
        text += f"; idle: {away} ({percent(roles.away_share)} of the rows used)"
    if ignored := vocabulary.role(run, "ignored", most=2, limit=30):
        text += f"; ignored: {ignored}"
    if agents := vocabulary.role(run, "agent", most=2, limit=30):
        text += f"; agents: {agents}"
    return text


def _threshold(run: Run) -> str:
    """The threshold, its interval and where it comes from."""
    chosen = run.threshold
    interval = threshold.interval(run)
    source = threshold.PREDICTED if chosen.reason == "prediction" else _SOURCE[chosen.source]
    return f"{exact(chosen.seconds)}{' ' + interval if interval else ''}, {source}"
