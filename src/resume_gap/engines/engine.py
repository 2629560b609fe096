"""What an engine does: three steps over whole streams, whose sums add up.

Before them the database holds numbered events, after them the relations that queries read and the
sums of the replay. Between the steps an engine keeps bursts, touches and moments wherever it likes.
All engines give the same figures.
"""

from typing import Protocol

from resume_gap.pipeline.batches import ReadBursts
from resume_gap.pipeline.bursts import HistorySplit
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.intake import Intake
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.tally import Tally
from resume_gap.replay.collected import Replays
from resume_gap.replay.returns import ReturnRules, ReturnSums
from resume_gap.replay.totals import Asked


class Engine(Protocol):
    """Whoever orders, reduces and replays the events of a run."""

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
        """Events to the first waist.

        Args:
            runner: Holds `events` and `streams`; receives `stream_stats`.
            intake: Meaning of the numbers.
            cut_us: The burst cut.
            seed: Of everything chosen by hash.
            all_returns: Whether matched controls need no work in progress.
            split: Where a trial begins; None: there is none.

        Raises:
            DataError: Nothing but idle events is left.
        """

    def bursts(self, tally: Tally) -> ReadBursts:
        """What reads the bursts; columns that are numbered within a batch are not asked for.

        Args:
            tally: Of `reduce`.
        """

    def measure(self, runner: Runner, tally: Tally, rules: ReturnRules) -> ReturnSums:
        """Returns at the headline threshold, and the totals of every threshold.

        Args:
            runner: Holds the first waist; receives `sessions`, `stops` and `lags`.
            tally: Of `reduce`.
            rules: What is measured.
        """

    def replay(self, runner: Runner, tally: Tally, contents: Contents, asked: Asked) -> Replays:
        """The marker and matched controls at every threshold.

        Args:
            runner: Holds what `measure` left; receives `replays`.
            tally: Of `reduce`.
            contents: Meaning of the contents.
            asked: What is replayed, and how.
        """
