"""Streams are never cut: batches of ordered rows, and parts of about so many rows."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from resume_gap.arrays import Ints


def whole_streams(reader: pa.RecordBatchReader, least: int) -> Iterator[pa.Table]:
    """Gather batches to a fair size and cut them where streams end.

    A stream longer than that is gathered whole.

    Args:
        reader: Batches with a column `stream_no`, in its order.
        least: Rows of a table at least, but for the last.
    """
    held: list[pa.RecordBatch] = []
    rows, begins = 0, 0  # rows held; the offset at which the last stream held begins
    for batch in reader:
        if batch.num_rows == 0:
            continue
        stream = batch.column("stream_no").to_numpy(zero_copy_only=False)
        cut = int(np.searchsorted(stream, stream[-1]))
        if cut or not held or held[-1].column("stream_no")[-1].as_py() != stream[-1]:
            begins = rows + cut
        held.append(batch)
        rows += batch.num_rows
        if rows >= least and begins:
            table = pa.Table.from_batches(held)
            yield table.slice(0, begins)
            held = table.slice(begins).to_batches()
            rows, begins = rows - begins, 0
    if held:
        yield pa.Table.from_batches(held)


def parts_of_streams(rows_of_stream: Ints, size: int) -> Ints:
    """The part of each stream, by stream_no; they never fall.

    Args:
        rows_of_stream: (streams + 1) rows of each stream, by stream_no.
        size: Rows of a part, but for what the last of its streams has more.
    """
    part: Ints = np.maximum(np.cumsum(rows_of_stream, dtype=np.int64) - 1, 0) // size
    return part
