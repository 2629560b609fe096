"""What every first screen has: the subject of the page, and one line on trust."""

from datetime import date, datetime
from pathlib import PurePath
from typing import Final
from zoneinfo import ZoneInfo

from resume_gap.report.page.model import Note
from resume_gap.report.text import cautions, vocabulary
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import many
from resume_gap.results.run import Run

MARKER: Final = (
    "A resume marker is an arrow that the product shows when a person comes back, beside the "
    "element at which they probably go on. A hit is an arrow at the right element."
)
MARKER_IN_SHORT: Final = "Resume marker: an arrow to where people left off."

_CAUTION_WORDS: Final = 9
"""Of a caution on the first screen; it stands in full in the appendix."""


def subject(run: Run) -> tuple[str, ...]:
    """The log: its title or its file, its people, the dates used, and that it is simulated."""
    inputs = run.generated_from.inputs
    names = [_title(run) or label(PurePath(one.path).name or one.path) for one in inputs[:1]]
    if len(inputs) > 1 and not _title(run):
        names = [f"{names[0]} and {many(len(inputs) - 1, 'more file')}"]
    first, last = run.counts.first_at, run.counts.last_at
    zone = ZoneInfo(run.generated_from.settings.get("tz", "UTC"))
    dates = [_dates(*(_day(one, zone) for one in (first, last)))] if first and last else []
    simulated = ["simulated data"] if any(one.simulated for one in inputs) else []
    users = many(run.counts.users, "user")
    if run.command in ("evaluate", "compare"):
        users += " in the log"
    return (*names, users, *dates, *simulated)


def _title(run: Run) -> str:
    """What the reader calls the log; empty where nothing was given."""
    given = run.generated_from.settings.get("title")
    return label(str(given)) if given else ""


def _day(instant: str, zone: ZoneInfo) -> date:
    return datetime.fromisoformat(instant).astimezone(zone).date()


def _dates(begin: date, end: date) -> str:
    """`3-14 March 2025`."""
    written = f"{end.day} {end:%B} {end.year}"
    if begin == end:
        return written
    if (begin.year, begin.month) == (end.year, end.month):
        return f"{begin.day}\N{EN DASH}{written}"
    year = "" if begin.year == end.year else f" {begin.year}"
    return f"{begin.day} {begin:%B}{year} \N{EN DASH} {written}"


def trust(run: Run, *, before: int = 0) -> Note:
    """Whether the checks of the data passed; the first warning where they did not.

    Args:
        run: What was found.
        before: Cautions that stand above the headline already.
    """
    found = vocabulary.warnings(run)
    notes = len(run.data_quality) - len([c for c in run.data_quality if c.severity != "note"])
    more = f" {many(notes, 'note')} below." if notes else ""
    if not found:
        fine = cautions.passed(run.command)
        return Note(severity="note", head="\N{CHECK MARK}", text=f"{fine}.{more}")
    others = f" {many(len(found) - 1, 'more caution')} below." if len(found) > 1 else ""
    return Note(
        severity=found[0].severity,
        head=_head(len(found), before),
        text=cautions.in_short(found[0], _CAUTION_WORDS) + (others or more),
    )


def _head(found: int, before: int) -> str:
    """`1 caution:` or `Cautions:`; `1 more caution:` or `More cautions:` below another one."""
    if found == 1:
        return f"{many(found, 'more caution' if before else 'caution')}:"
    return "More cautions:" if before else "Cautions:"
