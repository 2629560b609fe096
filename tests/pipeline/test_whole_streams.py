"""Batches are gathered and cut where streams end."""

import pyarrow as pa
import pytest

from resume_gap.pipeline.whole_streams import whole_streams


def tables(batches: list[list[int]], least: int) -> list[list[int]]:
    schema = pa.schema([("stream_no", pa.int64())])
    made = [pa.record_batch([pa.array(numbers, pa.int64())], schema=schema) for numbers in batches]
    reader = pa.RecordBatchReader.from_batches(schema, made)
    return [table.column("stream_no").to_pylist() for table in whole_streams(reader, least)]


@pytest.mark.parametrize(
    ("batches", "least", "expected"),
    [
        ([], 2, []),
        ([[]], 2, []),
        ([[1, 1, 2]], 2, [[1, 1], [2]]),
        ([[1, 1], [1, 2], [2, 3]], 3, [[1, 1, 1], [2, 2], [3]]),
        ([[1, 1], [1, 1], [1], [2]], 2, [[1, 1, 1, 1, 1], [2]]),
        ([[1], [], [2]], 9, [[1, 2]]),
        ([[1, 2], [3, 4]], 1, [[1], [2, 3], [4]]),
    ],
)
def test_no_stream_is_cut(batches: list[list[int]], least: int, expected: list[list[int]]) -> None:
    assert tables(batches, least) == expected
