"""A log as it was given: what it writes, and what it says of itself."""

import duckdb
import pytest
from factories.source_files import PLAIN, broken_csv, write

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
