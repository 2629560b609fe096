"""Files that are empty, no logs at all, broken, packed or dangerous."""

import io
import json
import lzma
import zipfile
from typing import Final

import pyarrow as pa

from benchmarks.messes.logs import arrow_table, bad, csv_file, gzipped, json_file, log, parquet_file
from benchmarks.messes.mess import Made, Mess, Refused, Used

HEADER: Final = "user_id,timestamp,event\n"


def nothing() -> Made:
    """The file is empty."""
    return bad("")


def blank_lines() -> Made:
    """The file has nothing but blank lines."""
    return bad("\n\n  \n")


def a_header_only() -> Made:
    """The file has a header and no rows."""
    return bad(HEADER)


def a_table_without_rows() -> Made:
    """A Parquet file has columns and no rows."""
    empty = {name: pa.array([], pa.string()) for name in ("user_id", "timestamp", "event")}
    return bad(arrow_table(empty), "log.parquet")


def one_empty_file_of_two() -> Made:
    """Of two files one has no rows."""
    return Made({"a.csv": csv_file(log()), "b.csv": HEADER.encode()}, log())


def nothing_that_matches() -> Made:
    """No file matches."""
    return Made({"log.csv": csv_file(log())}, [], given=("*.parquet",))


def nothing_there() -> Made:
    """There is no such file."""
    return Made({}, [], given=("log.csv",))


def a_folder_without_logs() -> Made:
    """The folder has no event files."""
    return Made({"notes/readme.txt": b"hello"}, [], given=("notes",))


def a_page_to_sign_in() -> Made:
    """The export was a page to sign in."""
    return bad("<!doctype html><html><body>Sign in</body></html>\n")


def an_answer_of_a_server() -> Made:
    """The export was an error of a server, as JSON."""
    return bad('{"error": "not authorized"}\n', "log.jsonl")


def an_address() -> Made:
    """An address is given."""
    return Made({}, [], given=("https://example.org/events.parquet",))


def an_unknown_format() -> Made:
    """The file is a video."""
    return bad(b"\x00\x00\x00\x18ftypmp42" + bytes(200), "log.mp4")


def text_called_parquet() -> Made:
    """A CSV is called log.parquet."""
    return Made({"log.parquet": csv_file(log())}, [])


def json_called_csv() -> Made:
    """JSON lines are called log.txt."""
    return Made({"log.txt": json_file(log())}, log())


def a_cut_parquet_file() -> Made:
    """A Parquet file was cut."""
    return bad(parquet_file(log())[:-100], "log.parquet")


def one_cut_file_of_three() -> Made:
    """Of three Parquet files one was cut."""
    rows = log()
    parts = {f"{name}.parquet": parquet_file(rows[i::3]) for i, name in enumerate("abc")}
    return Made({**parts, "b.parquet": parts["b.parquet"][:-100]}, [])


def a_page_of_zeros() -> Made:
    """Some bytes in the middle of one Parquet file of three became zeros."""
    rows = log()
    parts = {f"{name}.parquet": parquet_file(rows[i::3]) for i, name in enumerate("abc")}
    data = parts["b.parquet"]
    return Made({**parts, "b.parquet": data[:4] + bytes(40) + data[44:]}, [])


def a_cut_gzip_file() -> Made:
    """A compressed file was cut."""
    return bad(gzipped(csv_file(log()))[:-50], "log.csv.gz")


def no_gzip_at_all() -> Made:
    """A file that ends in .gz was never compressed."""
    return bad(csv_file(log()), "log.csv.gz")


def _archive(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name.replace("_", ".")), data)
    return stream.getvalue()


def an_archive() -> Made:
    """Two CSV files are in a zip archive."""
    rows = log()
    data = _archive(a_csv=csv_file(rows[:100]), b_csv=csv_file(rows[100:]))
    return Made({"log.zip": data}, rows)


def a_cut_archive() -> Made:
    """A zip archive was cut."""
    return bad(_archive(a_csv=csv_file(log()))[:-60], "log.zip")


def an_archive_of_pictures() -> Made:
    """A zip archive has no event file."""
    return bad(_archive(a_png=b"\x89PNG"), "log.zip")


def a_bomb() -> Made:
    """Three kilobytes unpack to twenty megabytes, and the temporary folder may hold one."""
    row = b"u,2026-03-02T10:00:00Z,edit_item\n"
    return bad(lzma.compress(HEADER.encode() + row * 600_000), "log.csv.xz")


def pretty_json() -> Made:
    """A list of objects in JSON, written over many lines."""
    found = [json.loads(line) for line in json_file(log()).splitlines()]
    return Made({"log.json": json.dumps(found, indent=2).encode()}, log())


def json_that_ends_early() -> Made:
    """A list of objects in JSON was cut."""
    found = [json.loads(line) for line in json_file(log()).splitlines()]
    return bad(json.dumps(found)[:-300], "log.json")


def json_without_end() -> Made:
    """A line of JSON nests ten thousand lists."""
    return bad("[" * 10_000 + "]" * 10_000 + "\n", "log.jsonl")


def _xes(head: str, name: str = "edit") -> bytes:
    return (
        f'<?xml version="1.0"?>{head}<log><trace><string key="concept:name" value="c"/><event>'
        f'<string key="concept:name" value="{name}"/><string key="org:resource" value="u"/>'
        '<date key="time:timestamp" value="2026-03-02T10:00:00Z"/></event></trace></log>'
    ).encode()


def xml_with_entities() -> Made:
    """An XES file declares entities, of which each has ten of another."""
    kinds = '<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    return bad(_xes(f"<!DOCTYPE log [{kinds}]>", "&b;"), "log.xes")


def xml_that_reads_a_file() -> Made:
    """An XES file declares an entity that is a file of this computer."""
    head = '<!DOCTYPE log [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    return bad(_xes(head, "&a;"), "log.xes")


def xml_without_end() -> Made:
    """An XES file nests ten thousand elements."""
    deep = "<list>" * 10_000 + "</list>" * 10_000
    return bad(_xes("").replace(b"<log>", b"<log>" + deep.encode()), "log.xes")


def names_that_are_code() -> Made:
    """Names hold a script, a formula and signs that move a cursor."""
    names = {"item0": "</script><script>alert(1)</script>", "item1": "=1+1", "item2": "\x1b[31m"}
    rows = [row | {"target": names.get(row["target"], row["target"])} for row in log()]
    return Made({"log.jsonl": json_file(rows)}, rows)


EMPTY: Final = (
    Mess(nothing, Refused(("log.csv", "no rows"))),
    Mess(blank_lines, Refused(("log.csv", "no rows"))),
    Mess(a_header_only, Refused(("log.csv", "no rows"))),
    Mess(a_table_without_rows, Refused(("log.parquet", "no rows"))),
    Mess(one_empty_file_of_two, Used(finds=("empty_input",), says=("b.csv",))),
    Mess(nothing_that_matches, Refused(("*.parquet", "no file matches"))),
    Mess(nothing_there, Refused(("log.csv", "no such file"))),
    Mess(a_folder_without_logs, Refused(("notes", "no event files"))),
    Mess(a_page_to_sign_in, Refused(("log.csv", "HTML"))),
    Mess(an_answer_of_a_server, Refused(("error",))),
    Mess(an_address, Refused(("https://example.org", "curl"))),
    Mess(an_unknown_format, Refused(("log.mp4",))),
)
ROT: Final = (
    Mess(a_cut_parquet_file, Refused(("log.parquet", "broken Parquet file"))),
    Mess(one_cut_file_of_three, Refused(("b.parquet", "broken Parquet file"))),
    Mess(a_page_of_zeros, Refused(("b.parquet",))),
    Mess(a_cut_gzip_file, Refused(("log.csv.gz", "cannot be read"))),
    Mess(a_cut_archive, Refused(("log.zip",))),
    Mess(json_that_ends_early, Refused(("log.json", "unexpected end"))),
)
FORMATS: Final = (
    Mess(text_called_parquet, Refused(("log.parquet",))),
    Mess(json_called_csv, Used()),
    Mess(no_gzip_at_all, Refused(("log.csv.gz", "is not compressed with gzip"))),
    Mess(an_archive, Used()),
    Mess(an_archive_of_pictures, Refused(("log.zip", "without an event file"))),
    Mess(pretty_json, Used()),
)
HOSTILE: Final = (
    Mess(a_bomb, Refused(("--temp-limit",)), {"temp_limit": "1MB"}),
    Mess(json_without_end, Refused(("log.jsonl",))),
    Mess(xml_with_entities, Refused(("log.xes", "document type"))),
    Mess(xml_that_reads_a_file, Refused(("log.xes", "document type"))),
    Mess(xml_without_end, Refused(("log.xes",))),
    Mess(names_that_are_code, Used()),
)
