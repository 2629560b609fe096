"""A log as it was given: what it writes, and what it says of itself."""

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from factories.source_files import NOON, PLAIN, broken_csv, write

from resume_gap.errors import InputError
from resume_gap.settings import EVENT_COLUMNS, Settings
from resume_gap.sources import open_source


def test_what_was_written_goes_with_the_source(tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    with open_source([write(tmp_path, PLAIN, "csv")], Settings()) as source:
        assert list(folder.iterdir())
        assert all(folder in path.parents for path in source.paths)
    assert not list(folder.iterdir())
    with pytest.raises(InputError):
        open_source([broken_csv(tmp_path, 1, "x\n")], Settings())
    assert not list(folder.iterdir())


def test_what_is_said_of_a_log_of_two_files(tmp_path):
    rows = [
        {"who": "u", "ts": "2026-01-01T00:00:00Z", "event": "e", "plan": "p"},
        {"who": "v", "ts": "2026-01-01T00:00:09Z", "event": "f", "plan": "q"},
    ]
    whole = write(tmp_path, rows * 2, "csv", "whole")
    lines = (tmp_path / "whole.csv").read_text().splitlines()
    broken = tmp_path / "broken.csv"
    broken.write_text("\n".join([*lines[:3], "x,y", *lines[3:4], "x,y", "x,y"]) + "\n")
    settings = Settings(lenient=True, mapping={"user_id": "who"})
    with open_source([whole, str(broken)], settings) as source:
        assert [(one.path, one.rows, one.kind, one.simulated) for one in source.inputs] == [
            (whole, 4, "csv", False),
            (str(broken), 3, "csv", False),
        ]
        assert source.inputs[0].sha256 != source.inputs[1].sha256
        assert set(source.columns) == set(EVENT_COLUMNS)
        assert {name: column for name, column in source.columns.items() if column} == {
            "user_id": "who",
            "timestamp": "ts",
            "event": "event",
        }
        assert source.columns_found == ("who", "ts", "event", "plan")
        with duckdb.connect() as con:
            read = source.create_rows(con)
            assert len(con.table("rows")) == 7
        assert (read.broken_lines, read.broken_examples) == (3, {str(broken): (4, 6, 7)})
        assert source.shown_sql.startswith("-- One row per row of the input")
        assert "'whole.csv'" in source.shown_sql
        assert str(tmp_path) not in source.shown_sql
        assert [check.check for check in source.checks] == ["broken_lines", "columns_taken"]
        assert source.look.taken == {"user_id": "who", "timestamp": "ts", "event": "event"}


def test_a_source_that_is_closed_holds_nothing(tmp_path):
    with open_source([write(tmp_path, PLAIN, "csv")], Settings()) as source:
        source.con.execute("select 1")
        kept = source.paths[0].parent
        assert kept.exists()
        shown = repr(source)  # as in a traceback
        assert not any(f"{name}=" in shown for name in ("con", "_read", "_tables", "_folder"))
    assert not kept.exists()
    with pytest.raises(duckdb.ConnectionException):
        source.con.execute("select 1")


def test_the_input_that_cannot_be_read_to_its_end_is_blamed(tmp_path):
    many = 9_000
    rows = {"user_id": [f"u{n}" for n in range(many)], "ts": [NOON] * many, "event": ["e"] * many}
    for name in ("a", "b", "c"):
        pq.write_table(pa.table(rows), tmp_path / f"{name}.parquet")
    empty = pa.table({name: values[:0] for name, values in rows.items()})
    pq.write_table(empty, tmp_path / "0.parquet")
    with open_source([str(tmp_path)], Settings()) as source:
        error = duckdb.Error("odd")
        assert source.blame(error) is None
        for name in ("0", "b", "c"):
            path = tmp_path / f"{name}.parquet"
            data = bytearray(path.read_bytes())
            data[200 : len(data) // 2] = b"\xff" * (len(data) // 2 - 200)
            if name != "0":
                path.write_bytes(data)
            else:
                path.unlink()
        found = source.blame(error)
        assert str(found).startswith(f"{tmp_path}/b.parquet: cannot be read: ")
        assert found.__cause__ is error


def test_a_list_of_users_and_other_files_are_handed_on(tmp_path):
    beside = tmp_path / "other.csv"
    beside.write_text("x\n1\n")
    (tmp_path / "log").mkdir()
    events = write(tmp_path / "log", [{"who": "u", "ts": "2026-01-01", "event": "e"}] * 2, "csv")
    (tmp_path / "out.txt").write_text("who\nu\n")
    settings = Settings(mapping={"user_id": "who"}, exclude_users=str(tmp_path / "out.txt"))
    with open_source([events, events], settings, beside=[beside]) as source:
        assert source.excluded_users == ("u",)
        assert source.layout == "plain"
        assert source.con.execute(f"select * from read_csv('{beside}')").fetchall() == [(1,)]
        assert "repeated_input" in {check.check for check in source.checks}
    with (
        open_source([events], Settings(mapping={"user_id": "who"})) as source,
        pytest.raises(duckdb.PermissionException),
    ):
        source.con.execute(f"select * from read_csv('{beside}')")
