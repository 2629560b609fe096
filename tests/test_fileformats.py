"""The endings of files, and what `--format` takes."""

from resume_gap.fileformats import ENDINGS, FORMATS, NAMED


def test_a_database_is_named_by_its_content_alone() -> None:
    assert NAMED == ("parquet", "csv", "tsv", "json", "arrow", "sqlite", "excel", "xes")
    assert {"duckdb"} == {*FORMATS} - {*NAMED}
    assert not {".duckdb", ".ddb"} & {*ENDINGS}


def test_an_ending_has_one_format() -> None:
    assert len(set(ENDINGS)) == len(ENDINGS)
    assert set(ENDINGS) >= {
        ".parquet",
        ".csv",
        ".tab",
        ".ndjson",
        ".feather",
        ".db",
        ".ods",
        ".xes",
    }


def test_signatures_are_those_of_the_formats() -> None:
    assert {kind: one.signature for kind, one in FORMATS.items() if one.signature} == {
        "parquet": b"PAR1",
        "arrow": b"ARROW1\x00\x00",
        "sqlite": b"SQLite format 3\x00",
    }
