"""Exports as spreadsheets, browsers and colleagues write them."""

import gzip
import io
import json
import tarfile
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from benchmarks.messes.logs import (
    HOUR,
    SECOND,
    as_logged,
    bad,
    csv_file,
    gzipped,
    iso,
    log,
    one,
    pattern,
)
from benchmarks.messes.mess import Made, Mess, Refused, Row, Rows, Used

GERMAN: Final = {"user_id": "Benutzer", "timestamp": "Zeitpunkt", "event": "Ereignis"}
MAP: Final = {"map": GERMAN}


def _whole() -> Rows:
    """The log, stamped to whole seconds."""
    return [row | {"at_us": row["at_us"] // SECOND * SECOND} for row in log()]


def of_a_german_spreadsheet() -> Made:
    """A German spreadsheet wrote it: semicolons, a byte order mark, its own names and times."""
    form = pattern("%d.%m.%Y %H:%M:%S,%f")
    rows = [
        {GERMAN.get(name, name): value for name, value in row.items()} | {"Dauer": "1,5"}
        for row in as_logged(log(), form)
    ]
    return Made({"log.csv": b"\xef\xbb\xbf" + csv_file(rows, cut=";")}, log())


def of_a_spreadsheet_as_unicode_text() -> Made:
    """A spreadsheet wrote it as Unicode text: UTF-16 with tabs."""
    return Made({"log.tsv": csv_file(log(), cut="\t").decode().encode("utf-16")}, log())


def with_times_of_a_browser() -> Made:
    """Times are dates as a browser prints them, in two offsets with their names."""
    offsets = ((1, "Central European Standard Time"), (2, "Central European Summer Time"))

    def printed(row: Row) -> str:
        hours, name = offsets[int(row["user_id"][-1]) % 2]
        zone = timezone(timedelta(hours=hours))
        at = datetime.fromtimestamp(row["at_us"] // SECOND, UTC).astimezone(zone)
        return at.strftime(f"%a %b %d %Y %H:%M:%S GMT%z ({name})")

    rows = _whole()
    logged = as_logged(rows)
    for row, own in zip(logged, rows, strict=True):
        row["timestamp"] = printed(own)
    return Made({"log.csv": csv_file(logged)}, rows)


def with_an_offset_in_words() -> Made:
    """Times end with an offset as people write it, UTC+1."""
    kept = [row | {"at_us": row["at_us"] - HOUR} for row in _whole()]
    return one(log(), kept, lambda at_us: f"{iso(at_us)[:19].replace('T', ' ')} UTC+1")


def with_a_title() -> Made:
    """A title and a blank line are above the header."""
    return bad(b"Activity report, March 2026\n\n" + csv_file(log()))


def without_a_header() -> Made:
    """The names of the columns are missing."""
    return bad(csv_file(log()).partition(b"\n")[2])


def a_list_for_each_column() -> Made:
    """A JSON file has a list for each column."""
    rows = as_logged(log())
    return bad(json.dumps({name: [row[name] for row in rows] for name in rows[0]}), "log.json")


def json_lines_with_commas() -> Made:
    """Each JSON line ends with a comma."""
    return bad("".join(json.dumps(row) + ",\n" for row in as_logged(log())), "log.jsonl")


def a_comma_too_many() -> Made:
    """A JSON array has a comma behind its last object."""
    return bad(f"[{''.join(json.dumps(row) + ',' for row in as_logged(log()))}]", "log.json")


def answers_of_a_search() -> Made:
    """A search engine's answer holds the events in its hits."""
    hits = [{"_id": str(n), "_source": row} for n, row in enumerate(as_logged(log()))]
    return bad(json.dumps({"took": 3, "hits": {"hits": hits}}), "log.json")


def a_tar_archive() -> Made:
    """The log is in a compressed tar archive."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        data = csv_file(log())
        info = tarfile.TarInfo("log.csv")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return bad(gzipped(stream.getvalue()), "log.tar.gz")


def packed_twice() -> Made:
    """The log was compressed twice."""
    return bad(gzipped(gzip.compress(csv_file(log()), mtime=0)), "log.csv.gz")


def a_stray_file_in_a_folder() -> Made:
    """A file of something else is among the partitions."""
    rows = log()
    files = {
        "log/date=2026-03-02/a.csv": csv_file(rows[:100]),
        "log/date=2026-03-03/b.csv": csv_file(rows[100:]),
        "log/notes.csv": b"name,meaning\nedit_item,work\n",
    }
    return Made(files, [], given=("log",))


EXPORTS: Final = (
    Mess(of_a_german_spreadsheet, Used(), MAP),
    Mess(of_a_spreadsheet_as_unicode_text, Used()),
    Mess(with_times_of_a_browser, Used(says=("GMT%z",))),
    Mess(with_an_offset_in_words, Used()),
    Mess(with_a_title, Refused(("line 3 names the columns", "tail -n +3"))),
    Mess(without_a_header, Refused(("log.csv", "the first line holds values"))),
    Mess(a_list_for_each_column, Refused(("log.json", "a list for each column", "jq -c"))),
    Mess(json_lines_with_commas, Refused(("log.jsonl", "its lines end with commas"))),
    Mess(a_comma_too_many, Refused(("log.json", "a comma before its last bracket"))),
    Mess(answers_of_a_search, Refused(("the events lie under hits.hits", "jq -c"))),
    Mess(a_tar_archive, Refused(("log.tar.gz", "is a tar archive"))),
    Mess(packed_twice, Refused(("log.csv.gz", "is packed twice"))),
    Mess(a_stray_file_in_a_folder, Refused(("log/notes.csv", "has no column 'user_id'"))),
)
