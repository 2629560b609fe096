"""The SHA-256 of the content of a frame: of its columns and values, not of how it lies in memory.

The same rows give the same digest however they are cut into chunks, and whether Polars, Arrow,
pandas or DuckDB held them: what hides behind a null, offsets and the width of offsets do not count.

Each column has three digests, of which bytes only ever join the end: that of its nulls, that of
the lengths of its texts and that of its values. The digest of the frame is that of all of them,
each after the name and the type of its column.
"""

import hashlib
from typing import Final

import numpy as np
import pyarrow as pa

_TEXTS: Final = (
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_binary,
    pa.types.is_large_binary,
)
_STRINGS: Final = (pa.types.is_string, pa.types.is_large_string)


class Fingerprint:
    """The digest of rows that come in batches.

    Attributes:
        reason: Why there is none: the first column whose type has no plain bytes; else None.
    """

    def __init__(self, schema: pa.Schema) -> None:
        self._columns = [_Column(field.name, field.type) for field in schema]
        self._rows = 0
        nested = [field for field in schema if not _is_plain(field.type)]
        self.reason = None if not nested else f"a column of the type {_without(nested[0].type)}"

    def add(self, batch: pa.RecordBatch) -> None:
        """The next rows."""
        self._rows += batch.num_rows
        if self.reason is None:
            for column, array in zip(self._columns, batch.columns, strict=True):
                column.add(array)

    @property
    def sha256(self) -> str | None:
        """Of all rows so far; None where there is a `reason`."""
        if self.reason is not None:
            return None
        whole = hashlib.sha256(str(self._rows).encode())
        for column in self._columns:
            whole.update(column.digest())
        return whole.hexdigest()


class _Column:
    def __init__(self, name: str, kind: pa.DataType) -> None:
        self._head = f"{name}\0{_type_name(kind)}".encode("utf-8", "surrogatepass")
        self._is_text = any(test(kind) for test in _TEXTS)
        self._parts = tuple(hashlib.sha256() for _ in range(3))

    def add(self, array: pa.Array) -> None:
        nulls, lengths, values = self._parts
        if array.null_count:
            nulls.update(_bytes(array.is_null()))
        else:
            nulls.update(bytes(len(array)))
        if not self._is_text:
            values.update(_bytes(_filled(array)))
            return
        import pyarrow.compute as pc  # noqa: PLC0415 - heavy, and only frames have fingerprints

        wide = pa.large_binary()
        text = pc.fill_null(array.cast(wide), b"")
        lengths.update(_bytes(pc.binary_length(text)))
        _, offsets, content = text.buffers()
        if len(text) and content is not None:
            ends = np.frombuffer(offsets, dtype=np.int64)[text.offset : text.offset + len(text) + 1]
            values.update(memoryview(content)[int(ends[0]) : int(ends[-1])])

    def digest(self) -> bytes:
        return b"".join([hashlib.sha256(self._head).digest(), *(p.digest() for p in self._parts)])


def _filled(array: pa.Array) -> pa.Array:
    """Numbers, 0 where there is none."""
    kind = array.type
    if pa.types.is_boolean(kind):
        array = array.cast(pa.uint8())
    elif pa.types.is_temporal(kind):
        narrow = kind.bit_width == 32
        array = array.view(pa.int32() if narrow else pa.int64())
    return array.fill_null(0) if array.null_count else array


def _bytes(array: pa.Array) -> memoryview:
    """The values of a column of numbers without a null, one behind the other."""
    if pa.types.is_boolean(array.type):
        array = array.cast(pa.uint8())
    return np.ascontiguousarray(array.to_numpy(zero_copy_only=False)).data.cast("B")


def _is_plain(kind: pa.DataType) -> bool:
    """Whether its values are texts or numbers of 8 to 64 bits."""
    if any(test(kind) for test in _TEXTS) or pa.types.is_boolean(kind):
        return True
    return (
        pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or (pa.types.is_temporal(kind) and not pa.types.is_interval(kind))
    )


def _type_name(kind: pa.DataType) -> str:
    """The type, without the width of its offsets and the zone in which instants are shown."""
    if pa.types.is_timestamp(kind):
        return f"{'instant' if kind.tz else 'timestamp'} {kind.unit}"
    if any(test(kind) for test in _STRINGS):
        return "string"
    return "binary" if any(test(kind) for test in _TEXTS) else str(kind)


def _without(kind: pa.DataType) -> str:
    """A type without the names in it, which may be from the data."""
    return str(kind).partition("<")[0]
