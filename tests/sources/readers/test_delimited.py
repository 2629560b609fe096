"""CSV in every dialect, and lines that are none."""

import pytest
from factories.source_files import NOON, PLAIN, as_csv, broken_csv, checks, read, values

from resume_gap.errors import InputError


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
