"""The engine of a cluster: buckets of whole streams on executors, their sums added up here.

The database of the driver reads and numbers the events, and holds what queries read. Whatever comes
back is joined in the order of the buckets, which is that of the streams, so every number is the one
that the local engine gives it.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from resume_gap.engines.cluster import Answer, Cluster
from resume_gap.engines.kernels import (
    BurstsKernel,
    FirstWaist,
    MeasureKernel,
    ReduceKernel,
    ReplayKernel,
    collected_part,
    first_waist,
    measured_batch,
)
from resume_gap.engines.pieces import (
    BUCKET_ROWS,
    bucket_of_stream,
    pieces_of,
    unordered,
    unpacked,
)
from resume_gap.errors import DataError
from resume_gap.pipeline.batches import ReadBursts, Shelf
from resume_gap.pipeline.bursts import HistorySplit, Reduced
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.intake import Intake
from resume_gap.pipeline.queries import Runner, rows_of_streams
from resume_gap.pipeline.reduction import BATCH_ROWS, nothing_left, pass_rules, store
from resume_gap.pipeline.tally import OwnNumbers, Tally
from resume_gap.replay.collected import Replays
from resume_gap.replay.replays import finished, replay_rules
from resume_gap.replay.returns import ReturnRules, ReturnSums, measure_rules, return_sums
from resume_gap.replay.totals import Asked
from resume_gap.system import progress

_VALUE_BYTES: Final = 2**31
"""What one value of a table of Spark holds at most; a relation of a bucket is one."""
_ROW_BYTES: Final = 128
"""That an event takes there; touches take most."""


class DistributedEngine:
    """An `Engine` that works on executors.

    Args:
        cluster: The executors.
        spill: A folder of the driver for what comes back.
        bucket_rows: Rows of a bucket, about.
    """

    def __init__(self, cluster: Cluster, spill: Path, *, bucket_rows: int = BUCKET_ROWS) -> None:
        self._cluster = cluster
        self._spill = spill
        self._bucket_rows = bucket_rows
        self._names: dict[int, OwnNumbers] = {}
        self._events: dict[int, int] = {}

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
        """See `Engine`; the shelf of the tally holds the gap counts alone."""
        progress.expect(intake.read)
        rows = rows_of_streams(runner)
        refuse_long_stream(int(rows.max()))
        rules = pass_rules(
            runner, intake, cut_us=cut_us, seed=seed, all_returns=all_returns, split=split
        )
        pieces = pieces_of(unordered(runner, BATCH_ROWS), bucket_of_stream(rows, self._bucket_rows))
        tally = Tally(shelf=Shelf(self._spill))
        answers = self._in_order(self._cluster.reduce(pieces, ReduceKernel(rules)))
        joined = self._joined(((bucket, first_waist(a)) for bucket, a in answers), tally)
        if not store(runner, joined, tally.shelf, shelved=("gap_counts",)):
            raise nothing_left()
        return tally

    def bursts(self, tally: Tally) -> ReadBursts:
        """See `Engine`."""
        del tally
        return self._bursts

    def measure(self, runner: Runner, tally: Tally, rules: ReturnRules) -> ReturnSums:
        """See `Engine`."""
        del tally
        of_batches = measure_rules(runner, rules)
        answers = self._in_order(self._cluster.each(MeasureKernel(of_batches)))
        return return_sums(runner, (measured_batch(answer) for _, answer in answers), of_batches)

    def replay(self, runner: Runner, tally: Tally, contents: Contents, asked: Asked) -> Replays:
        """See `Engine`."""
        rules = replay_rules(runner, contents, asked)
        collected = rules.collected(tally.shelf.empty())
        answers = self._cluster.each(ReplayKernel(rules, self._names))
        for bucket, answer in self._in_order(answers):
            collected.take(collected_part(answer))
            progress.add(self._events[bucket])
        return finished(runner, collected, contents)

    def _bursts(self, columns: Sequence[str]) -> Iterator[pa.Table]:
        for _, answer in self._in_order(self._cluster.each(BurstsKernel(columns))):
            yield unpacked(answer)

    def _joined(self, buckets: Iterable[tuple[int, FirstWaist]], tally: Tally) -> Iterator[Reduced]:
        """The relations of the buckets; `tally` adds up what was counted."""
        for bucket, (part, relations) in buckets:
            self._names[bucket] = tally.join(part)
            progress.add(part.rows)
            if relations is None:
                continue
            yield relations
            self._events[bucket] = pc.sum(relations.stream_stats.column("events")).as_py()

    def _in_order(self, answers: Iterator[Answer]) -> Iterator[Answer]:
        """Answers in the order of the buckets; until then they wait on disk."""
        with tempfile.TemporaryDirectory(prefix="answers-", dir=self._spill) as folder:
            waiting = {}
            for bucket, answer in answers:
                waiting[bucket] = Path(folder) / str(bucket)
                waiting[bucket].write_bytes(answer)
            for bucket, path in sorted(waiting.items()):
                yield bucket, path.read_bytes()
                path.unlink()


def refuse_long_stream(rows: int) -> None:
    """Refuse a log whose longest stream does not fit into one value of a cluster's table.

    Raises:
        DataError: It does not fit.
    """
    most = _VALUE_BYTES // _ROW_BYTES
    if rows > most:
        raise DataError(
            f"one user has {rows:,} rows, and on a cluster those of one user may be {most:,} at"
            " most; use --engine local, or leave that user out with --exclude-users"
        )
