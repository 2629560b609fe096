"""Columns that were chosen by their values, as checks of the data's quality."""

from collections.abc import Sequence

from resume_gap.results.common import Check
from resume_gap.sources.columns import flag, shown
from resume_gap.sources.siblings import Preferred


def about_choices(
    preferred: Sequence[Preferred], event_else: Preferred | None
) -> tuple[Check, ...]:
    """Columns that were taken in place of the one whose name fits better, or beside it."""
    checks = [
        _note(
            "column_by_content",
            f"{one.event_column} is read from {_quoted(one.column)}: {_quoted(one.instead_of)}"
            f" {one.why}",
            f"{flag(one.event_column, one.instead_of)} takes it all the same",
        )
        for one in preferred
    ]
    if event_else is not None:
        checks.append(
            _note(
                "event_filled",
                f"{_quoted(event_else.instead_of)} {event_else.why}; there the event is read from"
                f" {_quoted(event_else.column)}",
                f"{flag('event', event_else.instead_of)} leaves these rows out",
            )
        )
    return tuple(checks)


def _quoted(name: str) -> str:
    return f"'{shown([name])}'"


def _note(check: str, message: str, action: str) -> Check:
    return Check(check=check, severity="note", count=1, share=None, action=action, message=message)
