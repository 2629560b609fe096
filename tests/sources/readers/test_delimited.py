"""CSV in every dialect, and lines that are none."""

import gzip
from pathlib import Path

import duckdb
import pytest
from factories.source_files import NOON, PLAIN, as_csv, broken_csv, checks, read, values

from resume_gap.errors import InputError
from resume_gap.layouts import layouts
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.readers.delimited import (
    Dialect,
    count_blank_lines,
    count_lines,
    headerless,
    sniff,
)


@pytest.mark.parametrize("delimiter", [";", "|", "\t"])
def test_csv_with_another_delimiter(tmp_path, delimiter):
    path = tmp_path / "e.csv"
    path.write_bytes(as_csv(PLAIN, delimiter))
    assert len(values(str(path), "user_id")) == len(PLAIN)


@pytest.mark.parametrize("ends", ["\r\n", "\r", "mixed"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_mark(tmp_path, ends, mark):
    text = "user_id,ts,event\nu,1767268800,a\nu,1767268801,b\nu,1767268802,c\n"
    text = text.replace("a\n", "a\r\n") if ends == "mixed" else text.replace("\n", ends)
    path = tmp_path / "e.csv"
    path.write_bytes(mark + text.encode())
    source, report, rows = read(str(path), "event, at_us")
    assert [row["event"] for row in rows] == ["a", "b", "c"]
    assert report.broken_lines == 0
    assert source.columns["user_id"] == "user_id"


def test_backslash_quotes(tmp_path):
    path = tmp_path / "e.csv"
    path.write_text('user_id,ts,event,p\nu,1767268800,e,"{\\"a\\": \\"x,y\\"}"\n' * 1)
    assert values(str(path), "target", mapping={"target": "p.a"}) == ["x,y"]


@pytest.mark.parametrize(
    ("bad", "count"),
    [
        ("u,1\n", 1),
        ("u,1,e,more\n", 1),
        ('u,1,"bad"x\n', 1),
        ('u,1,"never closed\n', 1),
        ('u,1,"never closed\nu,2,e\nu,3,e\n', 3),
        ("u,1\n\nu,2\n", 2),
    ],
)
def test_broken_csv_lines_are_counted(tmp_path, bad, count):
    source, report, rows = read(broken_csv(tmp_path, 1000, bad))
    assert (len(rows), report.broken_lines) == (1000, count)
    check = checks(source)["broken_lines"]
    assert (check.severity, check.count) == ("warn", count)
    assert "1002" in check.message


def test_an_open_quote_in_the_middle_loses_nothing_in_silence(tmp_path):
    _, report, rows = read(broken_csv(tmp_path, 500, 'u,1,"x\n' + "u,2,f\n" * 500), lenient=True)
    assert len(rows) + report.broken_lines == 1001


@pytest.mark.parametrize(
    "text",
    [
        "\n\nuser_id,ts,event\nu,1767268800,e\n",
        "sep=;\r\nuser_id;ts;event\r\nu;1767268800;e\r\n",
        'user_id,ts,event,"a\nb"\nu,1767268800,e,1\n',
        "user_id,ts,event,\nu,1767268800,e,\n\n\n",
        "user_id, ts, event\nu,1767268800,e\n",
        "ORCID,ts,event,user_id\n1,1767268800,e,u\n",
        "PAR1,DUCK,ts,event,user_id\n1,1,1767268800,e,u\n",
    ],
)
def test_odd_beginnings_of_csv(tmp_path, text):
    (tmp_path / "e.csv").write_bytes(text.encode())
    _, report, rows = read(str(tmp_path / "e.csv"), "user_id, at_us, event")
    assert [tuple(row.values()) for row in rows] == [("u", NOON, "e")]
    assert report.broken_lines == 0


def test_two_columns_of_one_name_are_refused(tmp_path):
    path = tmp_path / "e.csv"
    path.write_text("user_id,ts,event,ts\nu,1767268800,a,1767268801\n")
    with pytest.raises(InputError, match=r"two columns called 'ts' \(columns 2 and 4"):
        read(str(path))


def sniffed(folder, text, kind="csv"):
    path = folder / "e"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return sniff(InputFile(given="e", path=path, kind=kind))


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("a,b\n1,2\n", "csv", (",", '"', ("a", "b"), 1, 0)),
        ("a;b,c\n1;2\n3;4\n", "csv", (";", '"', ("a", "b,c"), 1, 0)),
        ("a|b;c\n1|2\n", "csv", ("|", '"', ("a", "b;c"), 1, 0)),
        ("a,b\tc\n1,2\n", "tsv", ("\t", '"', ("a,b", "c"), 1, 0)),
        ("a,b,c\n1,2\n3,4,5\n", "csv", (",", '"', ("a", "b", "c"), 1, 0)),
        ("a,b;c\n1,2;3\n", "csv", (",", '"', ("a", "b;c"), 1, 0)),
        ("only\n1\n2\n", "csv", (",", '"', ("only",), 1, 0)),
        ("\n\r\na,b\n1,2\n", "csv", (",", '"', ("a", "b"), 1, 2)),
        ("sep=;\na;b,c,d\n1;2\n", "csv", (";", '"', ("a", "b,c,d"), 2, 1)),
        ("\nsep=|\n\na|b\n", "csv", ("|", '"', ("a", "b"), 2, 3)),
        ('"a\nx\ny",b\n1,2\n', "csv", (",", '"', ("a\nx\ny", "b"), 3, 0)),
        ('a,b\n1,"x\\",y"\n1,"x\\",y"\n', "csv", (",", "\\", ("a", "b"), 1, 0)),
    ],
)
def test_the_dialect_is_that_under_which_most_lines_fit(tmp_path, text, kind, expected):
    assert sniffed(tmp_path, text, kind) == Dialect(*expected)


@pytest.mark.parametrize(
    ("text", "padded"),
    [
        ("a, b\n1, 2\n3,\n", True),
        (" a | b \n---+---\n 1 | x \n(1 row)\n", True),
        ("a,b\n1, 2\n", False),
        ("a, b\n1,2\n", False),
        ("a, b\n", False),
        ("a,\n1,\n", False),
    ],
)
def test_a_blank_after_every_delimiter_is_no_part_of_a_value(tmp_path, text, padded):
    assert sniffed(tmp_path, text).padded is padded


def test_an_empty_file_has_no_dialect_and_one_of_line_ends_none(tmp_path):
    assert sniffed(tmp_path, "") is None
    assert sniffed(tmp_path, " \n\t\n") is None
    with pytest.raises(InputError, match="e: holds no header line; the first line names the"):
        sniffed(tmp_path, "sep=;\n\n ".removesuffix(" "))
    with pytest.raises(InputError, match="is no text in spite of its ending"):
        sniffed(tmp_path, b"\x01\x02")


def test_a_layout_without_a_header_gives_the_names(tmp_path):
    (one,) = {one.name: one for one in layouts() if one.fields}.values()
    row = ["x"] * len(one.fields)
    assert headerless(row) == one.fields
    assert headerless(row[1:]) == ()
    assert headerless([one.fields[0], *row[1:]]) == ()
    found = sniffed(tmp_path, ",".join(row) + "\n")
    assert (found.names, found.header_lines) == (one.fields, 0)
    assert "header = false" in found.relation([Path("e")], strict=True)
    named = sniffed(tmp_path, ",".join(one.fields) + "\n")
    assert (named.names, named.header_lines) == (one.fields, 1)


def test_lines_are_counted_whatever_ends_them(tmp_path, monkeypatch):
    def counts(*pieces):
        file = InputFile(given="e", path=tmp_path, kind="csv")
        monkeypatch.setattr(InputFile, "chunks", lambda _: iter(pieces))
        return count_lines(file), count_blank_lines(file)

    assert counts() == (0, 0)
    assert counts(b"a") == (1, 0)
    assert counts(b"a\nb\n") == (2, 0)
    assert counts(b"a\rb\r") == (2, 0)
    assert counts(b"a\r\nb\r\nc") == (3, 0)
    assert counts(b"a\r", b"\nb\r", b"\n") == (2, 0)
    assert counts(b"a\n", b"\nb\n\n\n") == (5, 3)
    assert counts(b"a\r", b"\rb") == (3, 1)
    assert counts(b"\n\na\n") == (3, 2)
    assert counts(b"\r\n\r\n") == (2, 2)


def test_every_part_of_a_dialect_is_told_to_the_engine():
    sql = Dialect(";", "\\", ("x", "y"), 2, 3).relation([Path("it's.csv")], strict=False)
    for part in (
        "read_csv(['it''s.csv']",
        "header = true,",
        "skip = 3,",
        "delim = ';'",
        "escape = '\\'",
        "columns = {'c0': 'VARCHAR', 'c1': 'VARCHAR'}",
        "strict_mode = false",
    ):
        assert part in sql
    strict = Dialect(",", '"', ("x",), 1, 0).relation([Path("e"), Path("f")], strict=True)
    assert "strict_mode = true" in strict
    assert "read_csv(['e', 'f']" in strict


def test_a_small_compressed_file_takes_little_memory(tmp_path):
    longest = "b" * 15_000_000  # just under the longest line, across the end of a buffer
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"x,y\n1,2\n"))
    lines = "".join(f"{i},{longest}\n" for i in range(5))
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(f"x,y\n{lines}".encode(), 1))
    dialect = Dialect(",", '"', ("x", "y"), 1, 0)
    for name, limit, expected in (("a", "100MB", (1, 1)), ("b", "400MB", (5, 75_000_000))):
        relation = dialect.relation([tmp_path / f"{name}.csv.gz"], strict=True)
        with duckdb.connect(config={"memory_limit": limit, "threads": 1}) as con:
            sql = f"select count(*), sum(length(c1)) from {relation}"
            assert con.execute(sql).fetchone() == expected
