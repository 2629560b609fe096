"""Executors of Spark: buckets are groups of a table, and stay there as rows between the steps."""

import errno
import functools
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Self

import pyarrow as pa
import pyarrow.parquet as pq

from resume_gap.engines.cluster import Answer, BucketKernel
from resume_gap.engines.kernels import ReducedBucket
from resume_gap.engines.pieces import Piece
from resume_gap.engines.sparksession import RunSession, first_line, quiet
from resume_gap.errors import DataError
from resume_gap.pipeline.batches import RELATIONS

_PIECES: Final = pa.schema([("bucket", pa.int32()), ("place", pa.int32()), ("events", pa.binary())])
_KEPT: Final = pa.schema(
    [("bucket", pa.int32()), ("answer", pa.binary()), *((name, pa.binary()) for name in RELATIONS)]
)
_ANSWERS: Final = pa.schema([("bucket", pa.int32()), ("answer", pa.binary())])
_SQL_TYPES: Final = {pa.int32(): "int", pa.binary(): "binary"}
_BATCH_ROWS: Final = "spark.sql.execution.arrow.maxRecordsPerBatch"
_SENT_BYTES: Final = 1 << 26
"""Of pieces that are handed to a cluster at once, where it does not see our files."""


class KernelError(RuntimeError):
    """A fault of ours on an executor; the message ends in its traceback there."""


class SparkCluster:
    """A `Cluster` of Spark, for one run.

    Args:
        folder: A folder of this run for what is written on this machine.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._run = RunSession(folder)
        self._kept: Any = None
        self._batch_rows: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            with quiet(), suppress(Exception):  # all that was asked for is there
                self._leave()
        self._run.close(at_once=kind is not None)

    def reduce(
        self,
        pieces: Iterable[tuple[Piece, ...]],
        kernel: Callable[[Iterable[Piece]], ReducedBucket],
    ) -> Iterator[Answer]:
        """See `Cluster`."""
        with _explained(), quiet():
            buckets: set[int] = set()
            events = self._given(_noted(pieces, buckets))
            if not buckets:
                return
            # Of more partitions than buckets most would be empty, and each starts a process.
            shuffled = int(self._run.session.conf.get("spark.sql.shuffle.partitions"))
            events = events.repartition(min(shuffled, len(buckets)), "bucket")
            reduced = events.groupBy("bucket").applyInArrow(_of_group(kernel), _sql(_KEPT))
            self._kept = _computed(reduced)
            yield from _answers(self._kept)

    def each(self, kernel: BucketKernel) -> Iterator[Answer]:
        """See `Cluster`."""
        with _explained(), quiet():
            there = self._kept.where("bursts is not null").select("bucket", *kernel.reads)
            found = _computed(there.mapInArrow(_of_rows(kernel), _sql(_ANSWERS)))
            yield from _answers(found)
            found.unpersist()

    def _given(self, pieces: Iterable[tuple[Piece, ...]]) -> Any:  # noqa: ANN401
        """The pieces as a table of Spark; without any, nothing that can be asked."""
        session = self._run.session
        self._batch_rows = session.conf.get(_BATCH_ROWS)
        session.conf.set(_BATCH_ROWS, "1")  # a row holds thousands of events
        if self._run.shares_files:
            path = self._folder / "pieces.parquet"
            _write(pieces, path)
            return session.read.schema(_sql(_PIECES)).parquet(path.as_uri())
        sent = [session.createDataFrame(table) for table in _in_blocks(pieces)]
        return functools.reduce(lambda one, more: one.unionAll(more), sent) if sent else None

    def _leave(self) -> None:
        """Leave a session that stays as it was."""
        if self._kept is not None:
            self._kept.unpersist()
        if self._batch_rows is not None:
            self._run.session.conf.set(_BATCH_ROWS, self._batch_rows)


def _table(pieces: Iterable[Piece]) -> pa.Table:
    columns = zip(*pieces, strict=True)
    return pa.table([*map(list, columns)], schema=_PIECES)


def _noted(pieces: Iterable[tuple[Piece, ...]], buckets: set[int]) -> Iterator[tuple[Piece, ...]]:
    """The same pieces; `buckets` receives theirs."""
    for some in pieces:
        buckets.update(piece.bucket for piece in some)
        yield some


def _write(pieces: Iterable[tuple[Piece, ...]], path: Path) -> None:
    """Write pieces into a file that can be read in parts."""
    with pq.ParquetWriter(
        path, _PIECES, compression="none", use_dictionary=False, write_statistics=False
    ) as writer:
        for some in pieces:
            writer.write_table(_table(some))


def _in_blocks(pieces: Iterable[tuple[Piece, ...]]) -> Iterator[pa.Table]:
    held: list[Piece] = []
    for some in pieces:
        held += some
        if sum(len(piece.events) for piece in held) >= _SENT_BYTES:
            yield _table(held)
            held = []
    if held:
        yield _table(held)


def _sql(schema: pa.Schema) -> str:
    return ", ".join(f"{field.name} {_SQL_TYPES[field.type]}" for field in schema)


def _computed(frame: Any) -> Any:  # noqa: ANN401
    """The same table, computed once and kept; all of its partitions at work at once."""
    from pyspark import StorageLevel  # noqa: PLC0415

    kept = frame.persist(StorageLevel.DISK_ONLY)
    kept.count()
    return kept


def _answers(frame: Any) -> Iterator[Answer]:  # noqa: ANN401
    for row in frame.select("bucket", "answer").toLocalIterator():
        yield row["bucket"], bytes(row["answer"])


def _of_group(kernel: Callable[[Iterable[Piece]], ReducedBucket]) -> Callable[..., Any]:
    """A kernel as Spark calls it for a group; it reads the types that are written here."""

    def of_group(
        key: tuple[pa.Scalar, ...], batches: Iterator[pa.RecordBatch]
    ) -> Iterator[pa.RecordBatch]:
        found = kernel(Piece(**row) for batch in batches for row in batch.to_pylist())
        row = {"bucket": key[0].as_py(), "answer": found.answer}
        row |= {name: table or None for name, table in found.kept.items()}
        yield pa.RecordBatch.from_pylist([row], schema=_KEPT)

    return of_group


def _of_rows(kernel: BucketKernel) -> Callable[..., Any]:
    """A kernel as Spark calls it for the rows of a partition."""

    def of_rows(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for row in batch.to_pylist():
                answer = kernel(row["bucket"], *(row[name] for name in kernel.reads))
                yield pa.RecordBatch.from_pylist(
                    [{"bucket": row["bucket"], "answer": answer}], schema=_ANSWERS
                )

    return of_rows


@contextmanager
def _explained() -> Iterator[None]:
    """What fails in Spark as what it is here; a fault of ours keeps its traceback.

    Nothing is raised from an error of PySpark: such errors ask Spark for their text, also when it
    has ended.

    Raises:
        DataError: Spark gave up, or its executors lack the package.
        KernelError: A fault of ours.
        MemoryError: An executor has too little memory.
        OSError: A disk is full.
    """
    from py4j.protocol import Py4JError  # noqa: PLC0415
    from pyspark.errors import PySparkException, PythonException  # noqa: PLC0415

    try:
        yield
    except (ConnectionError, EOFError):
        raise DataError(
            "Spark could not do its part: its process has ended; it may need more memory"
            " (spark.driver.memory)"
        ) from None
    except (PySparkException, Py4JError) as error:
        message = str(error)
        if "No module named 'resume_gap" in message:
            raise DataError(
                "the executors of Spark do not have resume-gap: install the same version there"
            ) from None
        if "MemoryError" in message or "OutOfMemoryError" in message:
            raise MemoryError from None
        if os.strerror(errno.ENOSPC) in message:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from None
        if isinstance(error, PythonException):
            raise KernelError(message) from None
        raise DataError(f"Spark could not do its part: {first_line(message)}") from None
