"""One content, one digest: however it lies in memory."""

from __future__ import annotations

import pyarrow as pa
import pytest

from resume_gap.sources.fingerprint import Fingerprint

ROWS = pa.table(
    {
        "user": pa.array(["a", None, "Grüße", ""]),
        "n": pa.array([1, None, -(2**63), 0], pa.int64()),
        "x": pa.array([0.5, None, -0.0, 1e300]),
        "at": pa.array([0, 1, None, -1], pa.timestamp("us", "UTC")),
        "day": pa.array([0, 1, None, 5], pa.date32()),
        "yes": pa.array([True, None, False, True]),
    }
)


def digest(table: pa.Table, *, rows: int | None = None) -> str | None:
    found = Fingerprint(table.schema)
    for batch in table.to_batches(rows):
        found.add(batch)
    return found.sha256


def test_chunks_and_slices_do_not_count() -> None:
    assert digest(ROWS) is not None
    assert digest(ROWS, rows=1) == digest(ROWS)
    twice = pa.concat_tables([ROWS, ROWS])
    assert digest(twice.slice(2, 4), rows=3) == digest(pa.concat_tables([ROWS[2:], ROWS[:2]]))
    assert digest(pa.concat_tables([ROWS[:1], ROWS[1:]])) == digest(ROWS)


def test_what_hides_behind_a_null_does_not_count() -> None:
    hidden = pa.Array.from_buffers(
        pa.int64(), 2, [pa.py_buffer(b"\x01"), pa.py_buffer((7).to_bytes(8, "little") * 2)]
    )
    assert hidden.to_pylist() == [7, None]
    assert digest(pa.table({"n": hidden})) == digest(pa.table({"n": pa.array([7, None])}))


def test_wide_texts_and_the_shown_zone_do_not_count() -> None:
    user, at = ROWS.column("user"), ROWS.column("at")
    wide = ROWS.set_column(0, "user", user.cast(pa.large_string()))
    assert digest(wide) == digest(ROWS)
    moved = ROWS.set_column(3, "at", at.cast(pa.timestamp("us", "Asia/Tokyo")))
    assert digest(moved) == digest(ROWS)


@pytest.mark.parametrize(
    "other",
    [
        ROWS.slice(0, 3),
        ROWS.rename_columns(["User", "n", "x", "at", "day", "yes"]),
        ROWS.select(["n", "user", "x", "at", "day", "yes"]),
        ROWS.take([1, 0, 2, 3]),
        ROWS.set_column(0, "user", pa.array(["a", "", "Grüße", None])),
        ROWS.set_column(1, "n", pa.array([1, 0, -(2**63), 0], pa.int64())),
        ROWS.set_column(3, "at", ROWS.column("at").cast(pa.timestamp("us"))),
    ],
    ids=["fewer", "renamed", "moved", "swapped", "null", "zero", "naive"],
)
def test_everything_else_counts(other: pa.Table) -> None:
    assert digest(other) is not None
    assert digest(other) != digest(ROWS)


def test_texts_cannot_move_over_the_border_of_a_row() -> None:
    assert digest(pa.table({"t": ["ab", "c"]})) != digest(pa.table({"t": ["a", "bc"]}))


def test_a_nested_column_has_no_digest_and_says_why() -> None:
    found = Fingerprint(pa.schema([("n", pa.int64()), ("tags", pa.list_(pa.string()))]))
    found.add(pa.record_batch({"n": [1], "tags": [["a"]]}))
    assert found.sha256 is None
    assert found.reason == "a column of the type list"
