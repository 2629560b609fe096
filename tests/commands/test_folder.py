"""A report without --out stays below `reports/`, whatever the input is called."""

from pathlib import Path

import pytest

from resume_gap.commands.folder import stem


@pytest.mark.parametrize(
    ("event", "name"),
    [
        ("day.parquet", "day"),
        ("a/b/day.csv.gz", "day"),
        ("2026.03.csv", "2026.03"),
        ("days/*.csv", "days"),
        ("*.csv", "events"),
        ("logs.duckdb::main.events", "events"),
        ('logs.duckdb::"my events"', "my events"),
        ("d.duckdb::../x", "x"),
        ("d.duckdb::..", "table"),
        ("d.duckdb::.", "table"),
        ('d.duckdb::""', "table"),
        ("x" * 300 + ".csv", "x" * 100),
        ("a\0b.csv", "a_b"),
        ("d.duckdb::a/../../x", "x"),
        ("d.duckdb::/etc/passwd", "etc_passwd"),
        ("d.duckdb::.hidden", "hidden"),
        ("d.duckdb::" + "x" * 400, "x" * 100),
        ("d.duckdb::" + "ü" * 400, "ü" * 50),
        ("d.duckdb::a\nb\0c\x1b", "a_b_c"),
        ("d.duckdb::   ", "events"),
        ("d.duckdb::/..", "table"),
        (".hidden.csv", "hidden"),
        ("..csv", "events"),
        ("bytes-\udcff.csv", "bytes"),
        ("größe-日本.csv", "größe-日本"),
        ("a b+c@d (1)=x,y.csv", "a b+c@d (1)=x,y"),
        ("C:\\logs\\x.csv", "C_logs_x"),
    ],
)
def test_the_name_is_one_visible_folder(event: str, name: str) -> None:
    found = stem([event])
    assert (Path("reports") / found).resolve().parent == Path("reports").resolve()
    assert found == name


def test_a_folders_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "days.d").mkdir()
    monkeypatch.chdir(tmp_path)
    assert stem(["days.d"]) == "days.d"
    assert stem(["."]) == tmp_path.name
    assert stem(["/"]) == "events"
