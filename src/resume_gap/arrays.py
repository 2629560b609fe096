"""The array types of the passes, and arrays on their way into the database."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

Ints = NDArray[np.signedinteger[Any]]
"""Whole numbers; microseconds and contents need all 64 bits of them."""
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]
NEVER = np.iinfo(np.int64).max
"""An instant or step that never comes."""
NEVER_ROW = np.iinfo(np.int32).max
"""A row of a batch that does not come in it."""


def int32(values: NDArray[Any]) -> Ints:
    """Numbers that are known to be small, in half the space."""
    return values.astype(np.int32, copy=False)


def masked(values: NDArray[Any], null: Bools) -> pa.Array:
    """An array that is null where `null` is set."""
    return pa.array(values, mask=null)


def named(numbers: Ints, names: Sequence[str]) -> pa.Array:
    """Texts, by their numbers; Arrow's own function for it is one of `pyarrow.compute`, too."""
    return pl.Series(names).gather(numbers).to_arrow()


def one_array(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """A column as one array; Arrow's own function copies it even where it is one chunk."""
    if isinstance(column, pa.Array):
        return column
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def filled(column: pa.Array | pa.ChunkedArray, none: float) -> NDArray[Any]:
    """The numbers of a column, with `none` for null; the opposite of `masked`.

    Arrow's own function for it stands in `pyarrow.compute`, which takes longer to load than a small
    log takes to replay.
    """
    numbers = one_array(column)
    there, content = numbers.buffers()
    part = slice(numbers.offset, numbers.offset + len(numbers))
    values = np.frombuffer(content or b"", dtype=numbers.type.to_pandas_dtype())[part]
    if there is None:
        return values
    bits = np.unpackbits(np.frombuffer(there, dtype=np.uint8), bitorder="little")
    return np.where(bits[part], values, values.dtype.type(none))
