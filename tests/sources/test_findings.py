"""Lines that could not be read."""

import pytest
from factories.source_files import broken_csv, message, read


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_too_many_broken_lines(tmp_path, form):
    if form == "csv":
        events = broken_csv(tmp_path, 10, "u,1\n")
    else:
        (tmp_path / "e.jsonl").write_text(
            '{"user_id": "u", "ts": 1767268800, "event": "e"}\n' * 10 + "{broken\n"
        )
        events = str(tmp_path / "e.jsonl")
    line = message(events)
    assert "--lenient" in line
    assert "9.1%" in line
    _, report, rows = read(events, lenient=True)
    assert (len(rows), report.broken_lines) == (10, 1)
