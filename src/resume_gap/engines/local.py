"""The engine of one machine: batches of whole streams on threads of this process."""

from functools import partial
from pathlib import Path

from resume_gap.pipeline.batches import ReadBursts
from resume_gap.pipeline.bursts import HistorySplit
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.intake import Intake
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.reduction import reduce_events
from resume_gap.pipeline.tally import Tally
from resume_gap.replay.collected import Replays
from resume_gap.replay.replays import replay
from resume_gap.replay.returns import ReturnRules, ReturnSums, measure
from resume_gap.replay.totals import Asked


class LocalEngine:
    """An `Engine` in this process.

    Args:
        spill: A folder for what does not fit into memory; None: it stays there.
        threads: More than one: several batches are at work at a time.
    """

    def __init__(self, spill: Path | None, threads: int) -> None:
        self._spill = spill
        self._threads = threads

    def reduce(
        self,
        runner: Runner,
        intake: Intake,
        *,
        cut_us: int,
        seed: int,
        all_returns: bool,
        split: HistorySplit | None,
    ) -> Tally:
        """See `Engine`; bursts, touches and moments are on the shelf of the tally."""
        return reduce_events(
            runner,
            intake,
            cut_us=cut_us,
            seed=seed,
            all_returns=all_returns,
            spill=self._spill,
            split=split,
            threads=self._threads,
        )

    def bursts(self, tally: Tally) -> ReadBursts:
        """See `Engine`."""
        return partial(tally.shelf.batches, "bursts")

    def measure(self, runner: Runner, tally: Tally, rules: ReturnRules) -> ReturnSums:
        """See `Engine`."""
        return measure(runner, tally.shelf, rules, threads=self._threads)

    def replay(self, runner: Runner, tally: Tally, contents: Contents, asked: Asked) -> Replays:
        """See `Engine`."""
        return replay(runner, tally.shelf, contents, asked, threads=self._threads)
