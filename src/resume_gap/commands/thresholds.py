"""The inactivity threshold of a run: given, learned or the default."""

import numpy as np

from resume_gap.analysis import inactivity
from resume_gap.analysis.sensitivity import threshold_row
from resume_gap.analysis.summaries import event_names
from resume_gap.arrays import NEVER
from resume_gap.commands.context import Job, Log, LogReturns
from resume_gap.constants import ONE_EVENT_REACH, STARTS_LOST
from resume_gap.pipeline.gap_counts import READ_OF_BURSTS, gaps_after_events
from resume_gap.quality.dropped import lost_at_returns, lost_share
from resume_gap.results.run import SensitivityRow


def single_row(seen: LogReturns) -> SensitivityRow:
    """The figures of the headline threshold, where no other is asked about."""
    total = next(t for t in seen.returns.totals if t.threshold_us == seen.learned.threshold_us)
    return threshold_row(total, blind=seen.measurability.reason is not None)


def find_threshold(job: Job, log: Log, *, before_us: int = NEVER) -> inactivity.Learned:
    """The inactivity threshold: as given, else learned from the log's gaps.

    Args:
        job: The run.
        log: The log.
        before_us: It is learned from gaps that end before this.
    """
    settings = job.settings
    if settings.gap_us is not None:
        return inactivity.Learned(
            threshold_us=settings.gap_us,
            source="given",
            ci_lower=None,
            ci_upper=None,
            reason="given",
            night_seconds=None,
        )
    learned = inactivity.learn(
        log.counts, resolution_seconds=log.resolution.seconds, seed=settings.seed
    )
    if learned.source != "learned":
        return learned
    bursts = job.engine.bursts(log.tally)
    lost = lost_at_returns(job.runner, bursts, log.ledger, threshold_us=learned.threshold_us)
    if lost_share(lost) > STARTS_LOST.value:
        return inactivity.without_starts(learned)
    after = gaps_after_events(
        bursts(READ_OF_BURSTS),
        log.intake.contents,
        above_us=learned.threshold_us,
        up_to_us=int(ONE_EVENT_REACH.value) * learned.threshold_us,
        before_us=before_us,
    )
    names = event_names(log.intake)
    return inactivity.between_kinds_of_work(
        learned, {names[no - 1]: int(after[no]) for no in np.flatnonzero(after)}
    )
