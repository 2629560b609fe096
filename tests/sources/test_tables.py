"""Values inside of nested columns, by dotted names."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from factories.source_files import nested_file, read, values, write


@pytest.mark.parametrize("form", ["jsonl", "parquet", "json text", "csv", "duckdb"])
def test_dotted_names_walk(tmp_path, form):
    events = nested_file(tmp_path, form)
    got = read(
        events,
        "target, context",
        order="order by user_id",
        mapping={"target": "properties.target", "context": "properties.deep.n"},
    )[2]
    assert [tuple(row.values()) for row in got] == [("right", "7"), (None, "8")]


def test_dotted_names_walk_maps(tmp_path):
    table = pa.table(
        {
            "user_id": ["u"],
            "ts": ["2026-01-01"],
            "event": ["e"],
            "p": pa.array([[("a", "x"), ("b", "y")]], pa.map_(pa.string(), pa.string())),
        }
    )
    pq.write_table(table, tmp_path / "e.parquet")
    assert values(str(tmp_path / "e.parquet"), "target", mapping={"target": "p.b"}) == ["y"]


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_a_flat_name_with_a_dot_wins(tmp_path, form):
    rows = [{"user_id": "u", "ts": "2026-01-01", "event": "e", "p.a": "flat", "p": '{"a": "deep"}'}]
    assert values(write(tmp_path, rows, form), "target", mapping={"target": "p.a"}) == ["flat"]
