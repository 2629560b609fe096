"""JSON lines, and lines that are none."""

import gzip
import json

import pytest
from factories.source_files import checks, read, values

from resume_gap.sources.readers.jsonlines import _longest


def test_array_of_json_objects(tmp_path):
    path = tmp_path / "e.json"
    path.write_text(
        '[{"user_id": 1, "ts": 1767268800, "event": "e"},\n {"user_id": 2, "ts": 1, "event": "f"}]'
    )
    assert values(str(path), "user_id") == ["1", "2"]


def test_json_lines_after_a_byte_order_mark(tmp_path):
    path = tmp_path / "e.jsonl"
    line = b'{"user_id": "u", "ts": 1767268800, "event": "e"}\r\n'
    path.write_bytes(b"\xef\xbb\xbf" + line * 3 + b"\n")
    assert values(str(path), "event") == ["e"] * 3


@pytest.mark.parametrize("bad", ["{broken", '{"a": "x', "[1, 2]", "5", '{"a": 1}{"b": 2}'])
@pytest.mark.parametrize("pack", ["", ".gz"])
def test_broken_json_lines_are_counted(tmp_path, bad, pack):
    good = '{"user_id": "u", "ts": 1767268800, "event": "e"}\n'
    text = (good * 200 + "\n" + bad + "\n" + good * 200).encode()
    path = tmp_path / f"e.jsonl{pack}"
    path.write_bytes(gzip.compress(text) if pack else text)
    source, report, rows = read(str(path))
    assert (len(rows), report.broken_lines) == (400, 1)
    assert report.broken_examples == {str(path): (202,)}
    assert "202" in checks(source)["broken_lines"].message


def test_invalid_bytes_in_one_line(tmp_path):
    path = tmp_path / "e.csv"
    path.write_bytes(b"user_id,ts,event\n" + b"u,1767268800,e\n" * 200 + b"u,1,\xff\xfe\n")
    _, report, rows = read(str(path))
    assert (len(rows), report.broken_lines) == (200, 1)


def test_odd_json_keys(tmp_path):
    row = {
        "user_id": "u",
        "ts": 1767268800,
        "event": "e",
        "": 1,
        "a/b": "slash",
        "c~d": "tilde",
        "\x00": 4,
        "x'y": "quote",
        "$.z": 6,
        "Event": "twin",
        "_v": {"a": [1]},
    }
    (tmp_path / "e.jsonl").write_text(json.dumps(row) + "\n")
    mapping = {"event": "event", "target": "a/b", "context": "c~d", "task": "x'y"}
    _, _, rows = read(str(tmp_path / "e.jsonl"), "event, target, context, task", mapping=mapping)
    assert [tuple(row.values()) for row in rows] == [("e", "slash", "tilde", "quote")]


def test_deeply_nested_json_is_survived(tmp_path):
    good = '{"user_id": "u", "ts": 1767268800, "event": "e"}\n' * 400
    deep = '{"a": ' + "[" * 100_000 + "\n"
    (tmp_path / "e.jsonl").write_text(good + deep)
    _, report, rows = read(str(tmp_path / "e.jsonl"))
    assert (len(rows), report.broken_lines) == (400, 1)


@pytest.mark.parametrize(
    ("pieces", "longest"),
    [
        ((b"abc\nde\n",), 3),
        ((b"a\nbcd", b"ef\ng"), 5),
        ((b"a\nbcd", b"ef", b"g"), 6),  # one line over three pieces
        ((b"abcd\n", b"e\n"), 4),
        ((), 0),
    ],
)
def test_the_longest_line_may_lie_over_pieces(pieces, longest):
    class File:
        def chunks(self):
            yield from pieces

    assert _longest(File(), "lines") == longest
    assert _longest(File(), "array") == sum(map(len, pieces))
