"""A run with a state folder makes the report of a run without one, whatever came since."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from factories.command_line import call, refusal
from factories.effort import effort

import resume_gap
from resume_gap import cli
from resume_gap.errors import InputError
from resume_gap.synthetic import PRESETS, simulate
from resume_gap.system import state_index

FORMS = ("jsonl", "csv")


def saved(log: pl.DataFrame, path: Path) -> None:
    if path.suffix == ".csv":
        log.write_csv(path)
    else:
        log.write_ndjson(path)


@pytest.fixture(scope="module")
def days() -> list[pl.DataFrame]:
    """A messy log by day; of each day one row in a hundred comes late, and one comes twice."""
    world = replace(PRESETS["hostile"], users=effort(12, 60), weeks=1)
    log = simulate(world, seed=5).log
    at = pl.col("timestamp").dt.truncate("1d").rank("dense")
    odd = pl.int_range(pl.len()) % 100
    log = log.with_columns(at.alias("day"), odd.alias("odd")).filter(pl.col("day").is_not_null())
    log = pl.concat(
        [
            log.with_columns(pl.when(pl.col("odd") == 7).then(pl.col("day") + 1).otherwise("day")),
            log.filter(pl.col("odd") == 31).with_columns(pl.col("day") + 1),
        ]
    )
    parts = [part.drop("day", "odd") for part in log.sort("day").partition_by("day")]
    full = [part for part in parts if part.height > 100]
    assert len(full) >= 5
    return full[:5]


def report(folder: Path, name: str, *options: str | Path) -> tuple[dict[str, bytes], str]:
    """The files of a report and what was said of the state."""
    done = call("analyze", "log", "-o", name, *options, cwd=folder)
    said = done.stderr.decode()
    assert done.returncode == 0, said
    lines = [line for line in said.splitlines() if line.startswith("resume-gap: state: ")]
    files = {one.name: one.read_bytes() for one in (folder / name).iterdir()}
    return files, "".join(lines).removeprefix("resume-gap: state: ")


@pytest.mark.parametrize("form", FORMS)
def test_a_day_on_top_of_others_gives_the_report_of_all(
    days: list[pl.DataFrame], tmp_path: Path, form: str
) -> None:
    (tmp_path / "log").mkdir()
    for number, day in enumerate(days[:4]):
        saved(day, tmp_path / "log" / f"day{number}.{form}")
    state = ("--state", "kept")
    assert report(tmp_path, "out", *state)[1] == "0 of 4 files as read before, 4 are new or changed"
    saved(days[4], tmp_path / "log" / f"day4.{form}")
    files, said = report(tmp_path, "out", *state)
    assert said == "4 of 5 files as read before, 1 is new or changed"
    assert "interruptions.parquet" in files
    assert report(tmp_path, "out") == (files, "")
    assert report(tmp_path, "out", *state) == (files, "5 of 5 files as read before")
    # A part is delivered again with more rows, another one is taken back.
    saved(pl.concat(days[1:3]), tmp_path / "log" / f"day1.{form}")
    (tmp_path / "log" / f"day3.{form}").unlink()
    files, said = report(tmp_path, "out", *state)
    assert said == "3 of 4 files as read before, 1 is new or changed"
    assert report(tmp_path, "out") == (files, "")
    # Options that decide nothing about reading cost nothing.
    given = ("--gap", "7m", "--productive", "edit*", "--since", "2020-01-01")
    files, said = report(tmp_path, "out", *state, *given)
    assert said == "4 of 4 files as read before"
    assert report(tmp_path, "out", *given) == (files, "")


def test_the_state_may_lie_among_the_files_and_is_no_part_of_the_log(
    days: list[pl.DataFrame], tmp_path: Path
) -> None:
    (tmp_path / "log").mkdir()
    saved(days[0], tmp_path / "log" / "a.jsonl")
    state = ("--state", "log/kept")
    first = report(tmp_path, "out", *state)
    assert report(tmp_path, "out", *state) == (first[0], "1 of 1 files as read before")


@pytest.mark.parametrize("pattern", ["log/**", "log/**/*.json", "log/*"])
def test_a_glob_around_the_state_does_not_take_it_for_a_log(
    days: list[pl.DataFrame], tmp_path: Path, pattern: str
) -> None:
    (tmp_path / "log").mkdir()
    days[0].write_ndjson(tmp_path / "log" / "a.json")
    for said in ("0 of 1 files as read before, 1 is new or changed", "1 of 1 files as read before"):
        done = call("analyze", pattern, "-o", "out", "--state", "log/kept", cwd=tmp_path)
        assert done.stderr.decode().endswith(f"resume-gap: state: {said}\n")


def test_files_of_the_same_content_are_listed_by_their_own_names(
    days: list[pl.DataFrame], tmp_path: Path
) -> None:
    (tmp_path / "log").mkdir()
    for name in ("a", "b"):
        saved(days[0], tmp_path / "log" / f"{name}.csv")
    plain, _ = report(tmp_path, "out")
    for many in (0, 2):
        files, said = report(tmp_path, "out", "--state", "kept")
        assert said.startswith(f"{many} of 2 files as read before")
        assert files == plain


def test_parquet_is_read_where_it_lies(days: list[pl.DataFrame], tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    days[0].write_parquet(tmp_path / "log" / "a.parquet")
    said = report(tmp_path, "out", "--state", "kept")[1]
    assert said.startswith("nothing to keep: Parquet files")
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize(
    ("state", "out"), [("a", "a"), ("a/b", "a"), ("a", "a/b"), ("x/../a", "a")]
)
def test_report_and_state_do_not_lie_in_each_other(tmp_path: Path, state: str, out: str) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "log.csv").write_text("user_id,timestamp,event\nu,2026-01-01,e\n")
    done = call("analyze", "log.csv", "-o", out, "--state", state, cwd=tmp_path)
    assert "lie in each other" in refusal(done, 1)
    assert not (tmp_path / "a").exists()


def test_a_run_that_fails_leaves_no_state(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("user_id,timestamp,event\nu,,\n")
    done = call("analyze", "log.csv", "--state", "kept", cwd=tmp_path)
    refusal(done, 1)
    assert [one.name for one in tmp_path.iterdir()] == ["log.csv"]


def test_a_folder_of_work_that_is_gone_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "log.csv").write_text("user_id,timestamp,event\nu,2026-01-01,e\n")
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(InputError, match="the folder you are in is gone"):
        resume_gap.analyze(tmp_path / "log.csv", state="kept")


def test_the_functions_of_python_take_it_too(days: list[pl.DataFrame], tmp_path: Path) -> None:
    saved(days[0], tmp_path / "a.csv")
    plain = resume_gap.analyze(tmp_path / "a.csv")
    for _ in range(2):
        kept = resume_gap.analyze(tmp_path / "a.csv", state=tmp_path / "kept")
        assert kept.summary() == plain.summary()
    assert (tmp_path / "kept" / ".resume-gap-state.json").is_file()


def test_a_full_state_folder_costs_no_report(
    days: list[pl.DataFrame],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    saved(days[0], tmp_path / "a.csv")
    plain = resume_gap.analyze(tmp_path / "a.csv")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(state_index, "save", full)
    with pytest.warns(RuntimeWarning, match=r"nothing new is kept: the state folder .* No space"):
        found = resume_gap.analyze("a.csv", state="kept", out="report")
    assert found.summary()["counts"] == plain.summary()["counts"]
    assert {"report.html", "users.parquet"} <= {one.name for one in Path("report").iterdir()}
    assert not Path("kept").exists()
    assert cli.main(["analyze", "a.csv", "--state", "kept", "-o", "other", "-q"]) == 0
    said = capsys.readouterr().err
    assert said.startswith("resume-gap: state: nothing new is kept: the state folder ")
    assert said.endswith("; the report is whole\n")
    assert (tmp_path / "other" / "report.html").is_file()
