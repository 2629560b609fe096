"""Values that are no times, and lines that are no rows."""

import math
from typing import Final

from benchmarks.messes.logs import (
    SECOND,
    bad,
    changed,
    csv_file,
    every,
    json_file,
    log,
    one,
    table,
)
from benchmarks.messes.mess import Made, Mess, Refused, Rows, Used

FEW: Final = 20
BAD: Final = 12
"""Rows that are wrong where every twentieth is."""


def _wrong(text: object, n: int = FEW) -> tuple[Rows, Rows]:
    """The log with a text instead of some times, and what is left of it."""
    rows = log()
    wrong = [
        {k: v for k, v in row.items() if k != "at_us"} | {"timestamp": text}
        for row in every(rows, n)
    ]
    kept = [row for i, row in enumerate(rows) if i % n]
    return [*kept, *wrong], kept


def times_that_are_words() -> Made:
    """Every twentieth time is `soon`."""
    rows, kept = _wrong("soon")
    return one(rows, kept)


def times_that_are_mostly_words() -> Made:
    """Every third time is `soon`."""
    rows, _ = _wrong("soon", 3)
    return one(rows, [])


def days_that_are_none() -> Made:
    """Every twentieth time is the 30th of February."""
    rows, kept = _wrong("2026-02-30T10:00:00Z")
    return one(rows, kept)


def times_that_are_nan() -> Made:
    """Every twentieth time is NaN."""
    rows = [row | {"at_us": row["at_us"] // SECOND * SECOND} for row in log()]
    none = {row["at_us"] for row in every(rows, FEW)}
    kept = [row for row in rows if row["at_us"] not in none]
    return table(rows, kept, time=lambda at: math.nan if at in none else at / SECOND)


def times_that_are_infinite_numbers() -> Made:
    """Every twentieth time is an infinite number."""
    rows = [row | {"at_us": row["at_us"] // SECOND * SECOND} for row in log()]
    none = {row["at_us"] for row in every(rows, FEW)}
    kept = [row for row in rows if row["at_us"] not in none]
    return table(rows, kept, time=lambda at: math.inf if at in none else at / SECOND)


def _lines() -> list[str]:
    return csv_file(log()).decode().splitlines()


def _joined(rows: list[str], kept: Rows) -> Made:
    return Made({"log.csv": ("\n".join(rows) + "\n").encode()}, kept)


def a_line_of_other_length() -> Made:
    """One line of 240 has two fields too many."""
    found = _lines()
    found[100] += ",x,y"
    return _joined(found, [row for i, row in enumerate(log()) if i != 99])


def many_lines_of_other_length() -> Made:
    """Every twentieth line has two fields too many."""
    return _joined([line + ",x,y" if i % FEW == 7 else line for i, line in enumerate(_lines())], [])


def many_lines_of_other_length_with_an_option() -> Made:
    """Every twentieth line has two fields too many, and an option goes on without them."""
    found = [line + ",x,y" if i % FEW == 7 else line for i, line in enumerate(_lines())]
    return _joined(found, [row for i, row in enumerate(log()) if (i + 1) % FEW != 7])


def a_cut_line_of_json() -> Made:
    """The last line of 240 was cut."""
    return Made({"log.jsonl": json_file(log())[:-30] + b"\n"}, log()[:-1])


def many_cut_lines_of_json() -> Made:
    """Every twentieth line was cut."""
    found = json_file(log()).splitlines()
    cut = [line[:-9] if i % FEW == 7 else line for i, line in enumerate(found)]
    return bad(b"\n".join(cut) + b"\n", "log.jsonl")


def a_quote_that_never_closes() -> Made:
    """A quote opens in the middle of the file and never closes."""
    found = _lines()
    found[100] = '"' + found[100]
    return bad("\n".join(found) + "\n")


def letters_in_latin_1() -> Made:
    """Names are written in Latin-1."""
    rows = changed(log(), 1, target="caf\u00e9")
    return Made({"log.csv": csv_file(rows).decode().encode("latin-1")}, rows)


def letters_in_utf_16() -> Made:
    """The file is written in UTF-16, with a byte order mark."""
    return Made({"log.csv": csv_file(log()).decode().encode("utf-16")}, log())


def a_mark_in_front() -> Made:
    """The file begins with the byte order mark of UTF-8."""
    return Made({"log.csv": b"\xef\xbb\xbf" + csv_file(log())}, log())


def lines_that_end_in_two_ways() -> Made:
    """Some lines end as those of Windows, the others as those of Unix."""
    found = [line + ("\r" if i % 3 == 0 else "") for i, line in enumerate(_lines())]
    return _joined(found, log())


def semicolons() -> Made:
    """Fields are parted by semicolons, in a file that ends in .csv."""
    return Made({"log.csv": csv_file(log(), cut=";")}, log())


def line_ends_in_fields() -> Made:
    """Elements have line ends, quotes and commas in them."""
    return one(changed(log(), 3, target='a "b",\nc'))


def zeros_in_between() -> Made:
    """Every twentieth element holds a NUL character."""
    rows = changed(log(), FEW, target="a\x00b")
    return Made({"log.jsonl": json_file(rows)}, changed(log(), FEW, target="a\x00b"))


TIMES: Final = (
    Mess(times_that_are_mostly_words, Refused(("80 of 240", "--time"))),
    Mess(times_that_are_words, Used({"unreadable_time": BAD})),
    Mess(days_that_are_none, Used({"unreadable_time": BAD})),
    Mess(times_that_are_nan, Used({"unreadable_time": BAD})),
    Mess(times_that_are_infinite_numbers, Used({"clock_out_of_range": BAD})),
)
LINES: Final = (
    Mess(many_lines_of_other_length, Refused(("12 lines are broken", "--lenient"))),
    Mess(
        a_line_of_other_length,
        Used({"broken_line": 1}, finds=("broken_lines",), says=("line 101",)),
    ),
    Mess(
        many_lines_of_other_length_with_an_option,
        Used({"broken_line": BAD}, finds=("broken_lines",)),
        {"lenient": True},
    ),
    Mess(a_cut_line_of_json, Used({"broken_line": 1}, finds=("broken_lines",), says=("line 240",))),
    Mess(many_cut_lines_of_json, Refused(("12 lines are broken", "line 8"))),
    Mess(a_quote_that_never_closes, Refused(("log.csv",))),
    Mess(letters_in_latin_1, Refused(("not UTF-8", "--encoding latin-1"))),
    Mess(letters_in_latin_1, Used(), {"encoding": "latin-1"}),
    Mess(letters_in_utf_16, Used()),
    Mess(a_mark_in_front, Used()),
    Mess(lines_that_end_in_two_ways, Used()),
    Mess(semicolons, Used()),
    Mess(line_ends_in_fields, Used()),
    Mess(zeros_in_between, Used()),
)
