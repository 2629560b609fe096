"""The row ledger: rows read = rows used + rows dropped by reason."""

from resume_gap.pipeline.intake import Intake
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.reduction import Tally


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
