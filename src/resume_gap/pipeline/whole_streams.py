"""Batches of ordered rows, cut where streams end."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa


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
