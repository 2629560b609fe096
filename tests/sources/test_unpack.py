"""Documents that hold many events; test_layout.py has one of each tracker."""

import io
import json
from types import SimpleNamespace

import pytest
from factories.source_files import message, read

from resume_gap.errors import InputError
from resume_gap.sources import unpack
from resume_gap.sources.unpack import _events, packing, without_pairs

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


def test_keys_with_values_become_an_object_near_the_top():
    pairs = [{"key": "a", "value": 1}, {"name": "b", "value": {"int_value": None, "text": "x"}}]
    as_list = {"list": [{"element": pair} for pair in pairs] + ["no element"]}
    assert without_pairs(pairs) == without_pairs(as_list) == {"a": 1, "b": "x"}
    assert without_pairs([{"key": "a", "name": "n", "value": {"none": None}}]) == {"a": None}
    for other in ([], [1], [{"key": "a"}], [{"value": 1}], [*pairs, 3], {"list": 3}, "text", None):
        assert without_pairs(other) == other
    assert without_pairs({"list": [], "more": 1}) == {"list": [], "more": 1}
    assert without_pairs({"one": {"two": pairs}}) == {"one": {"two": {"a": 1, "b": "x"}}}
    assert without_pairs({"one": {"two": {"three": pairs}}}) == {"one": {"two": {"three": pairs}}}


def test_ways_are_followed_and_what_lies_above_is_carried():
    def found(document, way, carry=()):
        return list(_events(document, way, carry, {"above": 0, "own": 0}))

    inner = {"own": 1, "plain": 2, "kept": {"k": 3}, "left": {"l": 4}, "list": [{"own": 5}, 6]}
    above = {"above": 0, "own": 1, "plain": 2}
    assert found(inner, ("list", "[]")) == [above | {"own": 5}]
    assert found(inner, ("list", "[]"), ("kept",)) == [above | {"kept": {"k": 3}, "own": 5}]
    assert found({"x": {"own": 7}, "y": 8}, ("*",)) == [{"above": 0, "own": 7, "id": "x"}]
    assert found(inner, ("gone", "[]")) == found([inner], ("list",)) == found(inner, ("[]",)) == []


def test_documents_may_follow_one_another_and_a_fault_is_named_by_its_line(monkeypatch):
    def whole(text):
        file = SimpleNamespace(label="x.json", open_bytes=lambda: io.BytesIO(text.encode()))
        return list(unpack._whole(file))

    assert whole('\ufeff\n{"a": 1}\n\n {"b":\nNaN} \n') == [{"a": 1}, {"b": None}]
    assert whole('[{"a": 1}, 2][3]{}') == [{"a": 1}, 2, 3, {}]
    assert whole("") == []
    with pytest.raises(
        InputError, match=r"x\.json: is no valid JSON from line 4 on \(.*export fin"
    ):
        whole('{"a":\n 1}\n\n{"a": [\n')
    monkeypatch.setattr(unpack, "DOCUMENT_MOST", 8)
    assert whole('{"a": 1}') == [{"a": 1}]
    with pytest.raises(InputError, match="is one document of more than"):
        whole('{"a": 11}')
