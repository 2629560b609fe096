"""Patterns of `--time-format`: every specifier of the engine works, every other one is named."""

import string

import duckdb
import pytest
from factories.source_files import US, as_csv, read

from resume_gap.errors import UsageError
from resume_gap.sources.time_patterns import INSTEAD, check_pattern

KNOWN = (
    *("%a", "%b", "%c", "%d", "%-d", "%f", "%g", "%h", "%H", "%-H", "%I", "%-I", "%j", "%-j"),
    *("%m", "%-m", "%M", "%-M", "%n", "%p", "%S", "%-S", "%T", "%u", "%U", "%V", "%w", "%W"),
    *("%x", "%X", "%y", "%-y", "%Y", "%z", "%Z", "%A", "%B", "%G", "%%"),
)
"""What the engine's own function reads."""
EVERY = tuple(f"%{dash}{one}" for one in (*string.ascii_letters, "%") for dash in ("", "-"))
AT = "2026-03-02 10:08:03"
AT_US = 1_772_446_083 * US
WHOLE = {
    "%c": "%c",
    "%x": "%x %H:%M:%S",
    "%X": "%Y-%m-%d %X",
    "%T": "%Y-%m-%d %T",
    "%j": "%Y %j %H:%M:%S",
    "%-j": "%Y %-j %H:%M:%S",
    "%y": "%d.%m.%y %H:%M:%S",
    "%-y": "%d.%m.%-y %H:%M:%S",
    "%U": "%Y %U %w %H:%M:%S",
    "%W": "%Y %W %u %H:%M:%S",
    "%V": "%G %V %u %H:%M:%S",
    "%G": "%G %V %u %H:%M:%S",
    "%I": "%Y-%m-%d %I:%M:%S %p",
    "%-I": "%Y-%m-%d %-I:%M:%S %p",
    "%p": "%Y-%m-%d %I:%M:%S %p",
    "%b": "%d %b %Y %H:%M:%S",
    "%h": "%d %h %Y %H:%M:%S",
    "%B": "%d %B %Y %H:%M:%S",
    "%f": "%d.%m.%Y %H:%M:%S.%f",
    "%g": "%d.%m.%Y %H:%M:%S.%g",
    "%n": "%d.%m.%Y %H:%M:%S.%n",
    "%z": "%d.%m.%Y %H:%M:%S %z",
    "%Z": "%d.%m.%Y %H:%M:%S %Z",
}
"""A whole pattern with each specifier; others stand in front of the date."""


def refusal(pattern):
    with duckdb.connect() as con, pytest.raises(UsageError) as caught:
        check_pattern(con, pattern)
    line = str(caught.value)
    assert "\n" not in line
    assert line.startswith(f"--time-format {pattern!r}: is no pattern of a time")
    return line


def test_the_known_are_those_of_the_engine():
    def known(one):
        with duckdb.connect() as con:
            try:
                con.execute("select try_strptime('', ?)", [one])
            except duckdb.Error:
                return False
        return True

    assert {one for one in EVERY if known(one)} == set(KNOWN)


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("one", KNOWN)
def test_every_known_specifier_is_read(tmp_path, one, form):
    pattern = WHOLE.get(one, f"{one} %d.%m.%Y %H:%M:%S")
    path = tmp_path / f"log.{form}"
    with duckdb.connect() as con:
        con.execute("set timezone = 'UTC'")
        (text,) = con.execute(f"select strftime(timestamp '{AT}', '{pattern}')").fetchone()
        text = text + "UTC" if pattern.endswith("%Z") else text
        if form == "parquet":
            con.execute(
                f"copy (select 'u' as user_id, '{text}' as timestamp, 'e' as event)"
                f" to '{path}' (format parquet)"
            )
        else:
            path.write_bytes(as_csv([{"user_id": "u", "timestamp": text, "event": "e"}]))
    assert read(str(path), "at_us", time_format=pattern)[2] == [{"at_us": AT_US}], text


@pytest.mark.parametrize("one", [one for one in EVERY if one not in KNOWN])
def test_every_other_specifier_is_named(one):
    line = refusal(f"%Y-%m-%d {one}")
    assert f": {one} is unknown; " in line


@pytest.mark.parametrize(
    ("pattern", "named", "instead"),
    [
        ("%F %T", "%F", "write %Y-%m-%d"),
        ("%Y-%m-%d %H:%M:%S.%3N", "%3", "write %f"),
        ("%Y-%m-%d %H:%M:%S.%L", "%L", "write %f"),
        ("%e.%m.%Y", "%e", "write %d"),
        ("%Y-%m-%d %H:%M:%S %:z", "%:", "write %z"),
        ("%s", "%s", "numbers since 1970 are read without one"),
        ("%-Y", "%-Y", "write %Y"),
        ("de:%E", "%E", "without E"),
        ("%J", "%J", "a pattern is %d.%m.%Y %H:%M:%S"),
    ],
)
def test_what_to_write_instead(pattern, named, instead):
    line = refusal(pattern)
    assert f"{named} is unknown" in line
    assert instead in line


def test_what_stands_instead_is_known():
    with duckdb.connect() as con:
        for one, instead in INSTEAD.items():
            assert one not in KNOWN
            if instead.startswith("%"):
                check_pattern(con, instead.removesuffix(" for the whole year"))


@pytest.mark.parametrize("pattern", ["yyyy-MM-dd HH:mm:ss", "d", "spread"])
def test_a_pattern_without_a_specifier(pattern):
    assert "one is %d.%m.%Y %H:%M:%S" in refusal(pattern)


@pytest.mark.parametrize("pattern", ["%Y-%m-%d %", "%"])
def test_a_percent_sign_alone(pattern):
    assert "%" in refusal(pattern)


@pytest.mark.parametrize("pattern", [None, "spreadsheet", "de:%d. %B %Y", "100%% %Y"])
def test_what_is_taken(pattern):
    with duckdb.connect() as con:
        check_pattern(con, pattern)
