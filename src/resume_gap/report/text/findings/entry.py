"""What is printed about one code of a check of the data, and the phrases that entries share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from resume_gap import constants
from resume_gap.report.text.clauses import agreeing
from resume_gap.report.text.numbers import duration, many
from resume_gap.results.common import Check

Words = str | Callable[[Check], str]
"""A text, or how one is made of the figures and names of a check."""
_FIRST: Final = 5
"""Names that are listed; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFinding:
    """All that is printed about one code; each family of checks has a table of them."""

    message: Words
    """One sentence without its capital and full stop."""
    action: Words
    """What was done, or what to do, a clause."""
    short: str = ""
    """A sentence of at most nine words for a first screen, true whatever the figures are; empty
    where the message is as short, or never a warning."""


def printed(words: Words, check: Check) -> str:
    """The text, made of the check where it depends on it."""
    return words if isinstance(words, str) else words(check)


def share(check: Check) -> float:
    """The share that a check states; 0 where it states none."""
    return check.share or 0.0


def listed(names: tuple[str, ...]) -> str:
    """The first few names, and how many more there are."""
    more = f" and {len(names) - _FIRST:,} more" if len(names) > _FIRST else ""
    return ", ".join(names[:_FIRST]) + more


def both(check: Check, them: str = "them") -> str:
    """The figures of the sample with and without what is suspected."""
    before, after = (measured(check.figures, end) for end in ("with", "without"))
    return f"With {them}: {before}. Without {them}: {after}"


def measured(figures: Mapping[str, float], end: str) -> str:
    """The figures of the sample at one `end`, `with` or `without` what is suspected."""
    if f"returns_{end}" not in figures:
        return "no events"
    counted = (
        f"{many(round(figures[f'returns_{end}']), 'return')}, "
        f"{many(round(figures[f'interruptions_{end}']), 'interruption')}"
    )
    mean = figures.get(f"mean_seconds_{end}")
    if mean is not None:
        return f"{counted}, {duration(mean, 1)} to work on average"
    other = {f"mean_seconds_{one}" for one in ("with", "without")} & figures.keys()
    return f"{counted}, time to work not known" if other else counted


def is_the_work(check: Check) -> bool:
    """Whether too little of the work is left without the events for anybody to leave them out."""
    return check.figures.get("work_share", 0.0) > 1 - constants.ECHO_REST.value


def without_work(check: Check) -> str:
    """Why events are not to be left out, and what to do instead."""
    carried = check.figures["work_share"]
    it = agreeing(len(check.names) or 1, "it", "them")
    left = (
        f"without {it} nothing counts as work"
        if carried == 1
        else f"without {it} only {1 - carried:.1%} of the work is left"
    )
    return f"{left}; if no person causes {it}, log what people do, or name it with --productive"
