"""Documents that hold many events; test_layout.py has one of each tracker."""

import json

import pytest
from factories.source_files import message, read

from resume_gap.sources.unpack import packing

EVENT = {"timestamp": "2026-03-02T08:00:00Z", "duration": 1, "data": {"app": "edit"}}
BUCKETS = {"buckets": {"w": {"hostname": "pc", "type": "window", "events": [EVENT, 7, EVENT]}}}


def written(folder, text):
    path = folder / "export.json"
    path.write_text(text)
    return str(path)


def test_an_event_has_the_plain_values_above_it(tmp_path):
    source, report, rows = read(written(tmp_path, json.dumps(BUCKETS)), "user_id, event")
    assert rows == [{"user_id": "pc", "event": "edit"}] * 2
    assert report.broken_lines == 0
    assert source.inputs[0].path.endswith("export.json")
    assert source.inputs[0].rows == 2


def test_lines_that_are_no_document_are_counted(tmp_path):
    lines = [json.dumps(BUCKETS)] * 200 + ['{"buckets": {']
    _, report, rows = read(written(tmp_path, "\n".join(lines) + "\n"))
    assert len(rows) == 400
    assert report.broken_lines == 1
    assert [*report.broken_examples.values()] == [(201,)]


@pytest.mark.parametrize(
    "text",
    [
        '{"buckets":\n {"w": {"events": [',
        '{"buckets":\n ' + '{"w": ' * 100_000,
    ],
)
def test_a_broken_document_is_one_line_that_names_it(tmp_path, text):
    assert "export.json" in message([written(tmp_path, text)])


def test_without_events_there_are_no_rows(tmp_path):
    assert "no rows" in message([written(tmp_path, '{"buckets": {}}\n')])


def test_common_keys_are_no_documents_by_themselves():
    assert packing(["data", "user_id"], "auto") is None
    assert packing(["data", "sensor"], "auto") is not None
    assert packing(["data", "sensor"], "plain") is None
    assert packing(["buckets"], "caliper") is None
