"""What the engine of a cluster asks of it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from resume_gap.engines.kernels import ReducedBucket
from resume_gap.engines.pieces import Piece

Answer = tuple[int, bytes]
"""A bucket, and what a kernel found there."""


class BucketKernel(Protocol):
    """What is done with what was kept of one bucket."""

    @property
    def reads(self) -> tuple[str, ...]:
        """The relations that it is given, in this order."""

    def __call__(self, bucket: int, *relations: bytes) -> bytes:
        """What the driver learns."""


class Cluster(Protocol):
    """Executors with the package installed; they may do a bucket twice, and in any order."""

    def reduce(
        self,
        pieces: Iterable[tuple[Piece, ...]],
        kernel: Callable[[Iterable[Piece]], ReducedBucket],
    ) -> Iterator[Answer]:
        """Bring the pieces of each bucket together, reduce them, and keep what is kept.

        Args:
            pieces: Of all buckets, as they come.
            kernel: Is called once for each bucket.
        """

    def each(self, kernel: BucketKernel) -> Iterator[Answer]:
        """Ask something of what was kept of every bucket that has events."""
