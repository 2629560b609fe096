"""What executors do with one bucket: bytes to bytes, by the functions of the local engine.

A kernel is sent with what it has to know and needs no database of the driver. It gives the same
bytes for the same bucket, however often it is asked, so that a lost executor costs time only.
"""

import pickle
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import pyarrow as pa

from resume_gap import compiled
from resume_gap.arrays import int32
from resume_gap.engines.pieces import Piece, ordered, packed, unpacked
from resume_gap.pipeline.batches import RELATIONS
from resume_gap.pipeline.bursts import Reduced
from resume_gap.pipeline.reduction import PassRules, cleaned, reduced
from resume_gap.pipeline.tally import OwnNumbers, Tally
from resume_gap.replay.collected import CollectedPart
from resume_gap.replay.replays import ReplayRules, replay_batch
from resume_gap.replay.returns import MeasuredBatch, MeasureRules, measured

_NO_ROWS = pa.table({})
_DEVICES = ("first_device_no", "last_device_no")


class FirstWaist(NamedTuple):
    """What the driver learns of a bucket.

    Attributes:
        tally: What was counted, its names numbered within the bucket.
        relations: Without bursts, touches and moments; None where no event is left.
    """

    tally: Tally
    relations: Reduced | None


class ReducedBucket(NamedTuple):
    """What is left of a bucket.

    Attributes:
        answer: Its `FirstWaist`, for the driver.
        kept: What stays on the executors, by the names of `RELATIONS`, packed; empty bytes where
            no event is left.
    """

    answer: bytes
    kept: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class ReduceKernel:
    """Events of a bucket to its relations."""

    rules: PassRules

    def __call__(self, pieces: Iterable[Piece]) -> ReducedBucket:
        """All pieces of the bucket, in any order."""
        tally = Tally()
        read = sorted(pieces, key=lambda piece: piece.place)
        tables = [unpacked(piece.events) for piece in read]
        compiled.prepare(sum(table.num_rows for table in tables))
        events = iter([ordered(tables)])
        found = [*reduced(cleaned(events, self.rules, tally), self.rules, tally)]
        if not found:
            return ReducedBucket(_written(FirstWaist(tally, None)), dict.fromkeys(RELATIONS, b""))
        (relations,) = found
        slim = replace(relations, **dict.fromkeys(RELATIONS, _NO_ROWS))
        kept = {name: packed(getattr(relations, name)) for name in RELATIONS}
        return ReducedBucket(_written(FirstWaist(tally, slim)), kept)


@dataclass(frozen=True, slots=True)
class BurstsKernel:
    """Some columns of the bursts of a bucket."""

    columns: Sequence[str]

    reads = ("bursts",)
    """The relations that it is given, in this order."""

    def __call__(self, bucket: int, *relations: bytes) -> bytes:
        """The columns of a bucket that has events, packed."""
        del bucket
        (bursts,) = relations
        return packed(unpacked(bursts).select(self.columns))


@dataclass(frozen=True, slots=True)
class MeasureKernel:
    """The figures of every threshold of a bucket, and the rows of the headline threshold."""

    rules: MeasureRules

    reads = ("bursts",)
    """The relations that it is given, in this order."""

    def __call__(self, bucket: int, *relations: bytes) -> bytes:
        """The `MeasuredBatch` of a bucket that has events."""
        del bucket
        (bursts,) = relations
        return _written(measured(unpacked(bursts), self.rules))


@dataclass(frozen=True, slots=True)
class ReplayKernel:
    """The replay of a bucket."""

    rules: ReplayRules
    names: Mapping[int, OwnNumbers]
    """By bucket the numbers that its devices and segments have in the whole log."""

    reads = RELATIONS
    """The relations that it is given, in this order."""

    def __call__(self, bucket: int, *relations: bytes) -> bytes:
        """The `CollectedPart` of a bucket that has events."""
        batch = dict(zip(RELATIONS, map(unpacked, relations), strict=True))
        batch["bursts"] = numbered(batch["bursts"], self.names[bucket])
        return _written(replay_batch(batch, self.rules).part())


def numbered(bursts: pa.Table, names: OwnNumbers) -> pa.Table:
    """Bursts whose devices and segments are numbered as in the whole log."""
    own = {}
    for column, numbers in names.items():
        for name in _DEVICES if column == "device" else (column,):
            own[name] = int32(numbers[bursts.column(name).to_numpy()])
    for name, values in own.items():
        bursts = bursts.set_column(bursts.column_names.index(name), name, pa.array(values))
    return bursts


def _written(answer: FirstWaist | MeasuredBatch | CollectedPart) -> bytes:
    """An answer for the driver.

    Pickled, as the engine sends the kernels themselves: whoever may run them may do anything.
    """
    return pickle.dumps(answer, protocol=5)


def first_waist(answer: bytes) -> FirstWaist:
    """What `ReduceKernel` answers."""
    return pickle.loads(answer)  # noqa: S301 - see `_written`


def measured_batch(answer: bytes) -> MeasuredBatch:
    """What `MeasureKernel` answers."""
    return pickle.loads(answer)  # noqa: S301


def collected_part(answer: bytes) -> CollectedPart:
    """What `ReplayKernel` answers."""
    return pickle.loads(answer)  # noqa: S301
