"""The row ledger: rows read = rows used + rows dropped by reason."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from resume_gap.constants import DROPPED_SHARE, LOST_LEAST
from resume_gap.errors import InternalError
from resume_gap.pipeline.batches import ReadBursts
from resume_gap.pipeline.intake import Intake
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.tally import Tally
from resume_gap.quality.lost_rows import AtReturns, at_returns
from resume_gap.results.common import Check, RowLedger

_LACKING: Final = {
    "no_user": "user_id",
    "no_event": "event",
    "no_time": "timestamp",
    "unreadable_time": "timestamp",
}
"""Reasons that mean a value which is not there, and where it should stand."""
_NOBODY: Final = "placeholder_user"


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


def balance(ledger: RowLedger) -> None:
    """Refuse figures when rows went missing, or were counted twice.

    Raises:
        InternalError: Rows read are not rows used plus rows dropped.
    """
    gone = sum(ledger.dropped.values())
    if ledger.read != ledger.used + gone:
        raise InternalError(
            f"{ledger.read:,} rows were read, but {ledger.used:,} used and {gone:,} dropped "
            f"({', '.join(f'{name} {n:,}' for name, n in ledger.dropped.items()) or 'none'}); "
            "no figure of this run can be trusted"
        )


def lost_at_returns(
    runner: Runner, bursts: ReadBursts, ledger: RowLedger, *, threshold_us: int
) -> dict[str, AtReturns]:
    """`at_returns`, asked only where enough rows lack a value to matter.

    Args:
        runner: Holds the log and `stream_stats`.
        bursts: Reads its bursts.
        ledger: Every row read.
        threshold_us: What makes a gap long.
    """
    lost = sum(ledger.dropped.get(reason, 0) for reason in (*_LACKING, _NOBODY))
    if lost < LOST_LEAST.value:
        return {}
    return at_returns(runner, bursts, threshold_us=threshold_us)


def lost_share(found: Mapping[str, AtReturns]) -> float:
    """The share of the returns that begin in dropped rows, beyond chance; of the worst reason."""
    return max((of.hit / of.returns - of.elsewhere for of in found.values()), default=0.0)


def dropped_checks(
    ledger: RowLedger,
    found: Mapping[str, AtReturns],
    advice: Callable[[str], str],
    placeholders: Sequence[str],
) -> list[Check]:
    """Rows that lack a value and may have carried what happened at a return.

    Args:
        ledger: Every row read.
        found: By reason, what of the dropped rows lies at returns beyond chance.
        advice: What to paste where rows have no value in an event column.
        placeholders: Ids that are nobody's.
    """
    checks = []
    for reason, column in _LACKING.items():
        n = ledger.dropped.get(reason, 0)
        if n and (reason in found or n > DROPPED_SHARE.value * ledger.read):
            checks.append(
                Check(
                    check="rows_dropped",
                    severity="warn",
                    count=n,
                    share=n / ledger.read,
                    figures=_figures(found.get(reason)),
                    names=(reason, advice(column)),
                )
            )
    n = ledger.dropped.get(_NOBODY, 0)
    if n:
        checks.append(
            Check(
                check="placeholder_user_ids",
                severity="warn",
                count=n,
                share=n / ledger.read,
                figures=_figures(found.get(_NOBODY)),
                names=(advice("user_id"), *placeholders),
            )
        )
    return checks


def _figures(found: AtReturns | None) -> dict[str, float | int]:
    if found is None:
        return {}
    figures: dict[str, float | int] = {
        "returns": found.returns,
        "hit": found.hit,
        "elsewhere": found.elsewhere,
        "owned": int(found.owned),
    }
    late = found.late_seconds
    return figures if late is None else figures | {"late_seconds": late}
