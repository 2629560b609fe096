"""The logs: made once, kept in the work folder, written as zstd Parquet in order of arrival.

A log is drawn in blocks with users of their own, cut into stretches of time and merged stretch by
stretch, so that one of a hundred million events takes no more memory than one of five.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.make_log import DAYS, SECOND, arriving, event_log

BLOCK: Final = 2_000_000
ELEMENTS: Final = 65_000
OWNER: Final = "0a2f7c51-90de-4c3b-8a46-2b1f0c9d7e13"
REPEATED: Final = 0.01
TIED: Final = 0.2
ASSIGNED_DAY: Final = 40
_BEGIN: Final = 1_767_225_600 * SECOND
_RELEASES: Final = 12
_HYPHENS: Final = (8, 13, 18, 23)


class Shape(NamedTuple):
    """One kind of log.

    Attributes:
        name: What it is called on the page and with --only.
        about: What it is, for the page.
        is_bare: It has user, time, event and target only; otherwise also a unique event id and two
            columns that nothing maps.
        repeated: Share of the rows that are delivered again, under the same id.
        has_ties: Stamps are whole seconds, and many are those of the event before.
        own_elements: Every event has an element of its own.
        has_owner: One user owns half of the rows.
        most: Events that it is drawn with at most: it is drawn in one piece.
    """

    name: str
    about: str
    is_bare: bool = False
    repeated: float = 0
    has_ties: bool = False
    own_elements: bool = False
    has_owner: bool = False
    most: int | None = None


SHAPES: Final = {
    shape.name: shape
    for shape in (
        Shape(
            "A",
            f"heavy-tailed users, {ELEMENTS:,} elements, a unique event id (UUID) and two columns"
            " that nothing maps",
        ),
        Shape("A-bare", "A with user, time, event and target alone", is_bare=True),
        Shape(
            "B",
            "`benchmarks/make_log.py`: one element for 40 events, no event id",
            is_bare=True,
            most=20_000_000,
        ),
        Shape("repeated-ids", f"A, {REPEATED:.0%} of its rows delivered twice", repeated=REPEATED),
        Shape("twice", "A, every event delivered twice", repeated=0.5),
        Shape(
            "ties",
            f"A in whole seconds, {TIED:.0%} of its events in the second of the one before",
            has_ties=True,
        ),
        Shape("own-elements", "A, an element of its own for every event", own_elements=True),
        Shape("one-user", "A, half of the rows under one user id", has_owner=True),
    )
}


def log_path(work: Path, shape: Shape, events: int) -> Path:
    """The log's file, made unless it is there."""
    path = work / f"{shape.name}-{events}.parquet"
    if not path.exists():
        part = path.with_suffix(".part")
        if shape.most is None:
            _write(part, shape, events, work)
        else:
            pq.write_table(event_log(events).to_arrow(), part, compression="zstd")
        part.rename(path)
    return path


def assignments(work: Path, log: Path) -> Path:
    """Two arms for the users of a log who come after a day: user_id, variant, assigned_at."""
    path = log.with_name(f"{log.stem}-assignments.csv")
    if not path.exists():
        part = path.with_suffix(".part")
        since = _BEGIN + ASSIGNED_DAY * 86_400 * SECOND
        with duckdb.connect(config={"temp_directory": str(work / "spill")}) as con:
            con.execute(
                f"""
                copy (
                    select
                        user_id,
                        case when md5(user_id) < '8' then 'control' else 'treatment' end as variant,
                        strftime(min(make_timestamp(epoch_us(timestamp))), '%Y-%m-%dT%H:%M:%S.%fZ')
                            as assigned_at
                    from read_parquet('{log}')
                    where epoch_us(timestamp) >= {since}
                    group by user_id
                    order by user_id
                ) to '{part}' (format csv, header)
                """
            )
        part.rename(path)
    return path


def _write(path: Path, shape: Shape, events: int, work: Path) -> None:
    folder = work / f"{path.stem}-blocks"
    folder.mkdir(parents=True, exist_ok=True)
    sizes = [min(BLOCK, events - first) for first in range(0, events, BLOCK)]
    bounds = _BEGIN + np.arange(1, len(sizes)) * (DAYS * 86_400 * SECOND // len(sizes))
    for number, rows in enumerate(sizes):
        block = _block(shape, rows, number)
        ends = [*np.searchsorted(block["arrival"].to_numpy(), bounds).tolist(), block.height]
        first = 0
        for stretch, end in enumerate(ends):
            piece = block[first:end]
            piece.write_parquet(folder / f"{stretch}-{number}.parquet", compression="lz4")
            first = end
    writer = None
    for table in _merged(folder, len(sizes)):
        writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table, row_group_size=1 << 20)
    if writer is not None:
        writer.close()
    folder.rmdir()


def _merged(folder: Path, blocks: int) -> Iterator[pa.Table]:
    """The stretches in their order, each by arrival."""
    for stretch in range(blocks):
        paths = [folder / f"{stretch}-{number}.parquet" for number in range(blocks)]
        rows = pl.concat([pl.read_parquet(path) for path in paths])
        for path in paths:
            path.unlink()
        yield rows.sort("arrival", maintain_order=True).drop("arrival").to_arrow()


def _block(shape: Shape, rows: int, number: int) -> pl.DataFrame:
    """Rows of some users, by arrival."""
    again = round(rows * shape.repeated)
    block = arriving(
        rows - again,
        seed=1 + number,
        elements=ELEMENTS,
        owner=OWNER if shape.has_owner else None,
    )
    if shape.has_ties:
        block = _tied(block, number)
    if shape.own_elements:
        own = pl.int_range(number * BLOCK, number * BLOCK + block.height)
        block = block.with_columns(target="element_" + own.cast(pl.String))
    if shape.is_bare:
        return block
    rng = np.random.default_rng([number, 7])
    block = block.with_columns(
        event_id=_uuids(rng, block.height),
        release="2026." + pl.Series(rng.integers(_RELEASES, size=block.height)).cast(pl.String),
        payload_bytes=pl.Series(rng.integers(200, 20_000, block.height)),
    )
    if not again:
        return block
    chosen = rng.choice(block.height, again, replace=False)
    later = rng.exponential(3_600 * SECOND, again).astype(np.int64)
    repeats = block[chosen].with_columns(arrival=pl.col("arrival") + later)
    return pl.concat([block, repeats]).sort("arrival", maintain_order=True)


def _tied(block: pl.DataFrame, number: int) -> pl.DataFrame:
    """The block in whole seconds, with ties."""
    tied = pl.Series(np.random.default_rng([number, 5]).random(block.height) < TIED)
    before = pl.col("timestamp").shift().over("user_id", order_by="timestamp")
    at = pl.when(tied).then(before.fill_null(pl.col("timestamp"))).otherwise(pl.col("timestamp"))
    return block.with_columns(at.dt.truncate("1s").alias("timestamp"))


def _uuids(rng: np.random.Generator, n: int) -> pl.Series:
    """Random UUIDs as text, without a loop over rows."""
    digits = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
    raw = rng.integers(0, 256, (n, 16), dtype=np.uint8)
    raw[:, 6] = raw[:, 6] & 0x0F | 0x40
    raw[:, 8] = raw[:, 8] & 0x3F | 0x80
    nibbles = np.empty((n, 32), dtype=np.uint8)
    nibbles[:, 0::2], nibbles[:, 1::2] = digits[raw >> 4], digits[raw & 15]
    text = np.full((n, 36), ord("-"), dtype=np.uint8)
    text[:, [at for at in range(36) if at not in _HYPHENS]] = nibbles
    offsets = np.arange(0, 36 * (n + 1), 36, dtype=np.int64)
    column = pa.LargeStringArray.from_buffers(n, pa.py_buffer(offsets), pa.py_buffer(text))
    return pl.Series(column)
