"""Rows that repeat an event id, dropped where the rows of their stream are together."""

import numpy as np
import pyarrow as pa

from resume_gap.arrays import Bools, Ints
from resume_gap.eventcolumns import ID_HASH
from resume_gap.pipeline.loops import mark_repeats


def without_repeats(table: pa.Table) -> pa.Table:
    """The earliest delivery of every event, without the column that says which is which.

    Args:
        table: Events of whole streams; those that share an id are alike in all but the times.
    """
    if ID_HASH not in table.column_names:
        return table
    repeats = are_repeats(hashes_of(table), table.column("at_us").to_numpy())
    table = table.drop_columns(ID_HASH)
    return table.filter(pa.array(~repeats)) if repeats.any() else table


def hashes_of(table: pa.Table | pa.RecordBatch) -> Ints:
    """The hashes of the ids as signed numbers, 0 for none."""
    return table.column(ID_HASH).fill_null(0).to_numpy(zero_copy_only=False).view(np.int64)


def are_repeats(ids: Ints, at: Ints) -> Bools:
    """Whether each row repeats another, which is earlier or stands before it.

    Args:
        ids: Hashes, 0 for none.
        at: Instants.
    """
    repeats = np.zeros(len(ids), dtype=np.bool_)
    mark_repeats(ids, at, np.zeros(2 << len(ids).bit_length(), dtype=np.int64), repeats)
    return repeats
