"""Two report folders compared with each other, file by file."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from resume_gap.output.same import Discrepancy, Reproduction, compared_with

HEAD = {"schema_version": 2, "tool_version": "1", "command": "analyze"}


def folder(path: Path, *, rows: pl.DataFrame | None = None, **content: Any) -> Path:
    path.mkdir()
    (path / "summary.json").write_text(json.dumps(HEAD | content), encoding="utf-8")
    if rows is not None:
        rows.write_parquet(path / "interruptions.parquet")
    return path


def held(tmp_path: Path, was: dict[str, Any], now: dict[str, Any]) -> Reproduction:
    return compared_with(folder(tmp_path / "was", **was), folder(tmp_path / "now", **now))


def test_every_value_has_a_place(tmp_path: Path) -> None:
    was = {"a": {"b": [1, None, {"c": "x"}]}, "d": True, "e": [], "gone": 1.5}
    now = {"a": {"b": [1, 0, {"c": "y"}, 3]}, "d": 1, "e": {}, "generated_from": {"x": 1}}
    found = held(tmp_path, was, now)
    assert [one[1:] for one in found.differences] == [
        ("a.b[1]", "None", "0"),
        ("a.b[2].c", "'x'", "'y'"),
        ("d", "True", "1"),
        ("e", "[]", "{}"),
        ("gone", "1.5", "nothing"),
        ("a.b[3]", "nothing", "3"),
    ]
    assert {one.file for one in found.differences} == {"summary.json"}
    assert found.figures == len(HEAD) + 7
    assert not found.is_same


def test_a_number_is_the_same_however_it_is_written(tmp_path: Path) -> None:
    assert held(tmp_path, {"a": 5.0, "b": -0.0}, {"a": 5, "b": 0}).is_same
    now = folder(tmp_path / "other", a=5.000000000000001, b=False)
    found = [one[1:] for one in compared_with(tmp_path / "was", now).differences]
    assert found == [("a", "5", "5.000000000000001"), ("b", "0", "False")]


def test_of_what_a_report_was_made_from_only_what_was_found_there_counts(tmp_path: Path) -> None:
    def made(path: str, rows: int) -> dict[str, Any]:
        inputs = [{"path": path, "sha256": path, "rows": rows, "first_at": None}]
        return {"generated_from": {"settings": {}, "inputs": inputs}, "sha256": path}

    found = held(tmp_path, made("a", 3), made("b", 3))
    assert (found.is_same, found.figures, found.rows, found.missing) == (True, 5, {}, ())
    found = compared_with(tmp_path / "was", folder(tmp_path / "other", **made("a", 4)))
    (rows,) = found.differences
    assert rows[1:] == ("generated_from.inputs[0].rows", "3", "4")
    odd = {"generated_from": {"inputs": [7, {"rows": 3, "first_at": None}]}}
    assert compared_with(tmp_path / "was", folder(tmp_path / "odd", **odd)).is_same


def test_what_is_no_number_is_the_same_and_another_than_nothing(tmp_path: Path) -> None:
    rows = pl.DataFrame({"a": [float("nan"), 1.0, None], "b": [1, 2, 3]})
    other = rows.with_columns(b=pl.Series([1, 2, 4]))
    found = held(tmp_path, {"rows": rows}, {"rows": other})
    assert [one.place for one in found.differences] == ["b, row 3"]
    null = rows.with_columns(a=pl.Series([None, 1.0, None]))
    found = compared_with(tmp_path / "was", folder(tmp_path / "null", rows=null))
    assert [one.place for one in found.differences] == ["a, row 1"]


def test_the_first_row_that_differs_is_named_for_each_column(tmp_path: Path) -> None:
    rows = pl.DataFrame({"a": [1, 2, 3], "b": ["x", None, None], "c": [0.5, 1.5, 2.5]})
    other = rows.with_columns(a=pl.Series([1, 0, 0]), b=pl.Series(["x", None, "y"]))
    found = held(tmp_path, {"rows": rows}, {"rows": other})
    name = "interruptions.parquet"
    assert found.differences == (
        Discrepancy(name, "a, row 2", "2", "0"),
        Discrepancy(name, "b, row 3", "None", "y"),
    )
    assert found.rows == {name: 3}


@pytest.mark.parametrize(
    ("other", "difference"),
    [
        (pl.DataFrame({"a": [1, 2]}), ("rows", "3", "2")),
        (pl.DataFrame({"a": [1.0, 2.0, 3.0]}), ("a", "int64", "double")),
        (pl.DataFrame({"a": [1, 2, 3], "b": [0, 0, 0]}), ("b", "nothing", "a column")),
        (None, ("", "a file", "no file")),
    ],
)
def test_tables_of_another_shape_differ(
    other: pl.DataFrame | None, difference: tuple[str, str, str], tmp_path: Path
) -> None:
    found = held(tmp_path, {"rows": pl.DataFrame({"a": [1, 2, 3]})}, {"rows": other})
    assert [one[1:] for one in found.differences] == [difference]


def test_the_same_rows_written_in_another_way_are_the_same(tmp_path: Path) -> None:
    rows = pl.DataFrame({"a": [1, None, 3]})
    was, now = folder(tmp_path / "was", rows=rows), folder(tmp_path / "now")
    rows.write_parquet(now / "interruptions.parquet", compression="lz4", row_group_size=1)
    assert compared_with(was, now).is_same


def test_files_that_a_report_lacks_are_named_and_lists_are_compared(tmp_path: Path) -> None:
    was, now = folder(tmp_path / "was"), folder(tmp_path / "now", rows=pl.DataFrame({"a": [1]}))
    (now / "data_quality.json").write_text(json.dumps(HEAD), encoding="utf-8")
    found = compared_with(was, now)
    assert (found.is_same, found.missing) == (
        True,
        ("data_quality.json", "interruptions.parquet"),
    )
    (was / "data_quality.json").mkdir()
    (found,) = compared_with(was, now).differences
    assert found == Discrepancy("data_quality.json", "", "no file", "a file")
    (was / "data_quality.json").rmdir()
    for path, text in ((was, "a"), (now, "b")):
        (path / "suspected_bots.txt").write_text(text, encoding="utf-8")
    (found,) = compared_with(was, now).differences
    assert found == Discrepancy("suspected_bots.txt", "", "a list", "another")


def test_a_broken_file_is_an_error(tmp_path: Path) -> None:
    was, now = folder(tmp_path / "was"), folder(tmp_path / "now")
    (was / "summary.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match=r"summary\.json is no file of resume-gap"):
        compared_with(was, now)
    for path in (was, now):
        (path / "interruptions.parquet").write_bytes(b"PAR1")
    (was / "summary.json").write_text(json.dumps(HEAD), encoding="utf-8")
    with pytest.raises(ValueError, match="Parquet"):
        compared_with(was, now)
