"""The row ledger: rows read = rows used + rows dropped by reason."""

from collections.abc import Callable
from typing import Final

from resume_gap.constants import DROPPED_SHARE
from resume_gap.pipeline.intake import Intake
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.reduction import Tally
from resume_gap.results.common import Check, RowLedger

_LACKING: Final = {
    "no_user": "user_id",
    "no_event": "event",
    "no_time": "timestamp",
    "unreadable_time": "timestamp",
}
"""Reasons that mean a value which is not there, and where it should stand."""


def dropped(runner: Runner, intake: Intake, tally: Tally) -> dict[str, int]:
    """Rows that are not used, by reason; asked for only when some are missing."""
    reasons: dict[str, int] = {}
    if intake.repeated_ids:
        reasons["repeated_event_id"] = intake.repeated_ids
    if tally.repeated:
        reasons["duplicate_row"] = tally.repeated
    if intake.read - tally.used - sum(reasons.values()):
        runner.make("15_dropped")
        reasons |= dict(runner.table("dropped").fetchall())
    return dict(sorted(reasons.items()))


def dropped_checks(ledger: RowLedger, advice: Callable[[str], str]) -> list[Check]:
    """Rows that lack a value and may have carried what happened at a return.

    Args:
        ledger: Every row read.
        advice: What to paste where rows have no value in an event column.
    """
    many = {
        reason: n
        for reason in _LACKING
        if (n := ledger.dropped.get(reason, 0)) > DROPPED_SHARE.value * ledger.read
    }
    return [
        Check(
            check="rows_dropped",
            severity="warn",
            count=n,
            share=n / ledger.read,
            names=(reason, advice(_LACKING[reason])),
        )
        for reason, n in many.items()
    ]
