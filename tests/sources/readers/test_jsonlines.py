"""JSON lines, and lines that are none."""

import gzip
import json

import duckdb
import pytest
from factories.source_files import checks, read, values

from resume_gap.errors import InputError
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.readers import jsonlines
from resume_gap.sources.readers.jsonlines import (
    OBJECT_MOST,
    _about_commas,
    _longest,
    about_lines,
    keys,
    kinds,
    layout,
    pointer,
    relation,
    text_at,
)


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


class Pieces:
    """A file that comes in these pieces."""

    label = "my log.jsonl"

    def __init__(self, *pieces):
        self.pieces = pieces

    def chunks(self, _=None):
        yield from self.pieces


@pytest.mark.parametrize(
    ("pieces", "how"),
    [
        ((), None),
        ((b" \n", b"\t"), None),
        ((b'{"a": 1}\n{"a": 2}\n',), "lines"),
        ((b" \n", b'{"a": 1}\n'), "lines"),
        ((b'{"a": 1}',), "lines"),
        ((b'\xef\xbb\xbf{"a": 1}\n',), "bom"),
        ((b' [{"a": 1}]',), "array"),
        ((b"\n", b"[\n"), "array"),
        ((b'{\n"a": 1\n}\n',), "objects"),
        ((b'{"a":\n 1}\n',), "objects"),
        ((b"{ \n broken",), "objects"),
        ((b'{"a": \n{"b": 1}\n',), "lines"),
        ((b"x\n{}\n",), "lines"),
        ((b'{"a": 1\n{"a": 2}\n',), "lines"),
    ],
)
def test_how_the_objects_of_a_file_stand(pieces, how):
    assert layout(Pieces(*pieces)) == how


def test_text_that_is_wide_or_none_has_no_layout():
    with pytest.raises(InputError, match="--encoding utf-16-le"):
        layout(Pieces('{"a": 1}'.encode("utf-16-le")))


def keys_of(folder, text, how=None):
    path = folder / "log.jsonl"
    path.write_text(text)
    file = InputFile(given="my log.jsonl", path=path, kind="json")
    with duckdb.connect() as con:
        return keys(con, file, str(path), how or layout(file))


def test_keys_at_the_top_of_any_object_are_sorted(tmp_path):
    text = '{"b": 1, "a": {"z": 1}}\n5\n{"c": 1}\n{"a": 1}\n'
    assert keys_of(tmp_path, text) == (("a", "b", "c"), OBJECT_MOST)
    assert keys_of(tmp_path, '[{"b": 1}, {"a": 2}]')[0] == ("a", "b")


def test_objects_behind_each_other_are_to_be_parted(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for text, said in (
        (
            '{"a": {"b": 1}}{"a": 2}',
            ": jq -c . 'my log.jsonl' > events.jsonl, then give events.jsonl",
        ),
        ('{"a": 1} {"a": 2}', ": jq -c . 'my log.jsonl' > events.jsonl, then give events.jsonl"),
        ('{"a": 1}\n{"a": 2}', ""),
        ("5", ""),
    ):
        path = tmp_path / "my log.jsonl"
        path.write_text(text)
        assert about_lines(InputFile(given="my log.jsonl", path=path, kind="json")) == said


def test_commas_that_do_not_belong_there_are_advised_on(tmp_path):
    with pytest.raises(InputError) as caught:
        keys_of(tmp_path, '{"a": 1},\n{"a": 2},\n', "objects")
    assert str(caught.value) == (
        "my log.jsonl: its lines end with commas, which JSON lines do not have; take them away:"
        " sed 's/, *$//' 'my log.jsonl' > events.jsonl, then give events.jsonl"
    )
    with pytest.raises(InputError, match="has a comma before its last bracket; take it away"):
        keys_of(tmp_path, '[{"a": 1},\n ] \n')
    for text in ('[{"a": 1}, {"b"]', '{"a"\n: "},"\n'):
        with pytest.raises(duckdb.InvalidInputException):
            keys_of(tmp_path, text, "array" if text[0] == "[" else "objects")


@pytest.mark.parametrize(
    ("pieces", "how", "said"),
    [
        ((b'{"a": 1}, \n',), "lines", "its lines end"),
        ((b'{"a": 1},\n',), "array", ""),
        ((b'{"a": 1},',), "objects", "its lines end"),
        ((b'{"a"', b": 1},\n"), "lines", ""),
        ((b"[1", b" , ", b"\n]"), "array", "has a comma"),
        ((b"[1, ]", b" " * 4_096), "array", ""),
        ((b"[1, ]",), "lines", ""),
        ((), "lines", ""),
    ],
)
def test_where_a_comma_stands_before_nothing(pieces, how, said):
    assert _about_commas(Pieces(*pieces), how)[: len(said) or None] == said


def test_a_long_object_needs_room_for_itself(tmp_path, monkeypatch):
    asked = []

    said = []

    def found(_, source):
        asked.append(source)
        if len(asked) == 1:
            raise duckdb.InvalidInputException(said[-1])
        return ("a",)

    monkeypatch.setattr(jsonlines, "_keys", found)
    monkeypatch.setattr(jsonlines, "OBJECT_MOST", 5)
    text = '{"a": "123456"}\n'
    for error in ("maximum object size exceeded", "the size is too large", "no object"):
        asked.clear()
        said.append(error)
        assert keys_of(tmp_path, text) == (("a",), len(text) - 1 + 1_024)
        assert f"maximum_object_size = {len(text) - 1 + 1_024}," in asked[1]
    asked.clear()
    said.append("something else")
    with pytest.raises(duckdb.InvalidInputException):
        keys_of(tmp_path, text)


def test_kinds_of_values_by_key(tmp_path):
    path = tmp_path / "log.jsonl"
    rows = [
        {"a": 1, "b.c": "x", "d": {"e": [1]}, "f": None},
        {"a": "x", "b.c": True, "d": {"e": {}}, "b": {"c": 1}},
        {"a": 1.5, "d": 5},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + "[1]\n")
    with duckdb.connect() as con:
        source = relation([path], "lines")
        known = ["a", "b.c", "d", "f"]

        def found(*names):
            return kinds(con, source, names, known=known)

        everything = found("a", "b.c", "d.e", "f", "gone")
        assert {name: len(some) for name, some in everything.items()} == {
            "a": 2,
            "b.c": 2,
            "d.e": 2,
            "f": 0,
        }
        assert all(some == tuple(sorted(some)) for some in everything.values())
        assert "numbers" in everything["a"]
        assert found() == {}


def test_a_value_at_a_path_is_text_as_in_every_format():
    with duckdb.connect() as con:
        for value, text in (
            ("7.0", "7"),
            ('"7.0"', "7.0"),
            ("7.5", "7.5"),
            ('""', None),
            ("null", None),
            ("true", "true"),
        ):
            json_text = f'cast(\'{{"a/b": {{"c~": {value}}}}}\' as json)'
            sql = text_at(json_text, ["a/b", "c~"])
            assert con.execute(f"select {sql}").fetchone() == (text,)
    assert pointer(["a/b", "c~d"]) == "/a~1b/c~0d"
    assert "mine" in text_at("j", ["a"], "mine")
    assert "json_extract_string" not in text_at("j", ["a"], "mine")


@pytest.mark.parametrize("nothing", ["", " \n", "[]", "[ ]\n", "\ufeff", "\ufeff[\n]\n"])
def test_a_file_without_an_object_is_an_empty_one(tmp_path, nothing):
    """An export by the hour has such files; the others are read all the same."""
    (tmp_path / "a.json").write_text(nothing, encoding="utf-8")
    row = {"user_id": "u", "timestamp": "2026-03-02 08:00:00", "event": "e"}
    (tmp_path / "b.json").write_text(json.dumps([row]))
    assert layout(InputFile(given="a", path=tmp_path / "a.json", kind="json")) is None
    source, _, rows = read([str(tmp_path / "a.json"), str(tmp_path / "b.json")], "user_id")
    assert [one.rows for one in source.inputs] == [0, 1]
    assert rows == [{"user_id": "u"}]


def test_a_small_compressed_file_with_a_mark_takes_little_memory(tmp_path):
    path = tmp_path / "e.jsonl.gz"
    path.write_bytes(gzip.compress(b'\xef\xbb\xbf{"a": 1}\n\n{"a": 2}\n'))
    with duckdb.connect(config={"memory_limit": "100MB", "threads": 1}) as con:
        found = con.execute(f"select json from {relation([path], 'bom')}").fetchall()
    assert found == [('{"a": 1}',), ('{"a": 2}',)]
