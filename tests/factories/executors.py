"""Executors without a cluster: buckets in this process, in the worst order that may happen."""

from __future__ import annotations

import pickle
import random
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from resume_gap.commands import running
from resume_gap.engines.distributed import DistributedEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pytest

    from resume_gap.engines.cluster import Answer, BucketKernel
    from resume_gap.engines.engine import Engine
    from resume_gap.engines.kernels import ReducedBucket
    from resume_gap.engines.pieces import Piece


class Executors:
    """A `Cluster` that does buckets and reads pieces in any order, some of them twice."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - any order will do
        self._kept: dict[int, Mapping[str, bytes]] = {}
        self.buckets = 0

    def reduce(
        self,
        pieces: Iterable[tuple[Piece, ...]],
        kernel: Callable[[Iterable[Piece]], ReducedBucket],
    ) -> Iterator[Answer]:
        groups: defaultdict[int, list[Piece]] = defaultdict(list)
        for some in pieces:
            for piece in some:
                groups[piece.bucket].append(piece)
        self.buckets = len(groups)
        for bucket in self._shuffled(groups):
            sent = _sent(kernel)
            found = [sent(self._shuffled(groups[bucket])) for _ in range(2)]
            assert found[0] == found[1]
            self._kept[bucket] = found[0].kept
            yield bucket, found[0].answer

    def each(self, kernel: BucketKernel) -> Iterator[Answer]:
        for bucket in self._shuffled(self._kept):
            there = [self._kept[bucket][name] for name in kernel.reads]
            if all(there):
                yield bucket, _sent(kernel)(bucket, *there)

    def _shuffled(self, some: Iterable[Any]) -> list[Any]:
        every = list(some)
        return self._random.sample(every, len(every))


def _sent(kernel: Any) -> Any:
    return pickle.loads(pickle.dumps(kernel))  # noqa: S301 - our own


def work_apart(patch: pytest.MonkeyPatch, bucket_rows: int) -> Executors:
    """From here on runs order, reduce and replay on such executors."""
    executors = Executors(bucket_rows)

    @contextmanager
    def opened(_: object, spill: Any, __: object) -> Iterator[Engine]:
        yield DistributedEngine(executors, spill, bucket_rows=bucket_rows)

    patch.setattr(running.opening, "opened", opened)
    return executors
