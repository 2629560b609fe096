"""`resume-gap verify`: reports that hold, reports that do not, and logs that are others."""

import json
import shutil
from dataclasses import fields
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from factories.bad_logs import csv, working

import resume_gap
from resume_gap import cli
from resume_gap.commands import verify
from resume_gap.errors import InputError
from resume_gap.options.table import settings_of
from resume_gap.settings import Settings, resolve


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A report that was made with settings of its own, from a log in the same folder."""
    monkeypatch.chdir(tmp_path)
    log = csv(tmp_path, [*working("u1"), *working("u2", step=500)])
    (tmp_path / "out").write_text("u2\n", encoding="utf-8")
    resume_gap.analyze(
        Path(log).name,
        out="report",
        gap="10m",
        exclude_users="out",
        productive=["edit"],
        title="Ours",
        seed=7,
        show_ids=True,
        noticed="0.1/0.2/0.3",
    )
    return Path("report")


def test_a_report_that_holds(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in report.iterdir()}
    assert cli.main(["verify", str(report)]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("resume-gap: all is the same: ")
    assert "rows of interruptions.parquet, 1 rows of users.parquet" in printed.err
    assert {path: path.read_bytes() for path in report.iterdir()} == before
    assert cli.main(["verify", str(report), "--json", "-q"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert (content["is_same"], content["missing"], content["differences"]) == (True, [], [])


def test_a_report_without_options_holds(report: Path) -> None:
    (log,) = Path().glob("*.csv")
    made = resume_gap.analyze(log, out="usual")
    assert made.opportunity is not None
    assert resume_gap.verify("usual").is_same
    assert report.is_dir()


def test_a_configuration_beside_it_is_not_read(report: Path) -> None:
    Path("resume-gap.toml").write_text('gap = "2m"\n', encoding="utf-8")
    assert resume_gap.verify(report).is_same


def test_every_figure_and_row_that_differs_is_named(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = json.loads((report / "summary.json").read_bytes())
    content["counts"]["events"] += 1
    del content["counts"]["users"]
    (report / "summary.json").write_text(json.dumps(content), encoding="utf-8")
    rows = pl.read_parquet(report / "users.parquet")
    rows.with_columns(sessions=pl.col("sessions") + 1).write_parquet(report / "users.parquet")
    assert cli.main(["verify", str(report)]) == 1
    printed = capsys.readouterr()
    events = content["counts"]["events"]
    sessions = rows["sessions"][0]
    assert printed.out.splitlines() == [
        f"summary.json: counts.events: {events} in the report, {events - 1} now",
        "summary.json: counts.users: nothing in the report, 1 now",
        f"users.parquet: sessions, row 1: {sessions + 1} in the report, {sessions} now",
    ]
    assert "3 differences in " in printed.err


def test_many_differences_are_counted(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = json.loads((report / "summary.json").read_bytes())
    content["more"] = [*range(30)]
    (report / "summary.json").write_text(json.dumps(content), encoding="utf-8")
    (report / "data_quality.json").unlink()
    assert cli.main(["verify", str(report)]) == 1
    printed = capsys.readouterr()
    assert printed.out.splitlines()[-1] == "and 10 more differences"
    assert len(printed.out.splitlines()) == 21
    assert "not compared, for they are missing: data_quality.json" in printed.err


def test_a_log_that_moved_is_named_and_one_that_changed_is_refused(report: Path) -> None:
    (log,) = Path().glob("*.csv")
    moved = log.rename("moved.csv")
    gone = rf"{log.name}: the log that report was made of is not there; name it after"
    with pytest.raises(InputError, match=gone):
        resume_gap.verify(report)
    assert resume_gap.verify(report, moved).is_same
    assert resume_gap.verify(report, [str(moved)]).is_same
    shutil.copyfile(moved, "twice.csv")
    with pytest.raises(InputError, match="was made of 1 file, and 2 files were read"):
        resume_gap.verify(report, ["moved.csv", "twice.csv"])
    moved.write_text(moved.read_text(encoding="utf-8") + "u1,2026-03-09T08:00:00Z,edit\n")
    with pytest.raises(InputError, match=r"moved\.csv: is not the file that report was made of"):
        resume_gap.verify(report, moved)


def test_a_log_that_was_no_file_is_given_again(report: Path) -> None:
    (log,) = Path().glob("*.csv")
    frame = pl.read_csv(log)
    resume_gap.analyze(frame, out="of a frame", productive=["edit"])
    with pytest.raises(InputError, match="in Python, a frame can be given, too"):
        resume_gap.verify("of a frame")
    assert resume_gap.verify("of a frame", frame).is_same
    other = frame.with_columns(event=pl.lit("edit"))
    with pytest.raises(InputError, match="is not the file that of a frame was made of"):
        resume_gap.verify("of a frame", other)
    assert resume_gap.verify(report).is_same


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "holds no summary.json"),
        ({"command": "history"}, "command is 'history', not one of"),
        ({"generated_from": {"inputs": [{}], "settings": {}}}, r"inputs\[0\]\.path is missing"),
        *[
            ({"generated_from": {"inputs": [], "settings": {name: value}}}, f"settings.{name} is")
            for name, value in (
                *[("by", {"a": 1}), ("by", [1]), ("mapping", [1]), ("mapping", {"bogus": "x"})],
                *[("seed", "1"), ("seed", True), ("seed", None), ("seed", -1), ("noticed", [1])],
                *[("gap_us", 1.5), ("gap_us", 0), ("gap_us", 10**40), ("gap_us", True)],
                *[("since_us", -(10**30)), ("until_us", "x"), ("tz", "Mars/X"), ("tz", None)],
                *[("show_ids", 1), ("title", 7), ("time_unit", "bogus"), ("encoding", "bogus")],
                *[("clock", "wrong"), ("source", "bogus"), ("marker", {"a": 3})],
            )
        ],
        (
            {"generated_from": {"inputs": [], "settings": {"since_us": 2, "until_us": 1}}},
            "--since is at or after --until",
        ),
        ({"generated_from": {"inputs": [], "settings": {}}}, "its summary.json names no log"),
    ],
)
def test_what_is_no_report_is_refused(
    content: dict[str, object] | None, message: str, tmp_path: Path
) -> None:
    made: dict[str, object] = {"inputs": [], "settings": {}}
    head = {"schema_version": 2, "tool_version": "1", "command": "analyze"}
    if content is not None:
        summary = head | {"generated_from": made} | content
        (tmp_path / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        resume_gap.verify(tmp_path)


def test_files_beside_the_log_are_no_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Assignments may be a glob or a folder; and a prediction that was given is in the folder."""
    samples = Path("sample_events").absolute()
    monkeypatch.chdir(tmp_path)
    Path("assigned").mkdir()
    given = (samples / "marker_trial_assignments.csv").read_text(encoding="utf-8").splitlines()
    for number, lines in enumerate((given[1:90], given[90:])):
        Path(f"assigned/{number}.csv").write_text("\n".join([given[0], *lines]) + "\n")
    log = pl.read_parquet(samples / "marker_trial.parquet").filter(
        pl.col("user_id").is_in(pl.col("user_id").unique().sort().head(40).implode())
    )
    log.write_parquet("trial.parquet")
    before = log.filter(pl.col("timestamp") < pl.col("timestamp").min().dt.offset_by("12d"))
    resume_gap.analyze(before, out="before")
    shutil.copyfile("before/prediction.json", "given.json")
    for assignments in ("assigned", "assigned/*.csv"):
        resume_gap.evaluate(
            "trial.parquet",
            out="report",
            assignments=assignments,
            marker={"shown": "marker_shown"},
            prediction="given.json",
        )
        kept = Path("given.json").rename("moved.json")
        assert resume_gap.verify("report").is_same
        kept.rename("given.json")


def test_a_view_is_read_only_where_it_is_allowed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = csv(tmp_path, working())
    with duckdb.connect("log.duckdb") as con:
        con.execute(f"create table rows as select * from '{path}'")
        con.execute("create view log as select * from rows")
    resume_gap.analyze("log.duckdb::log", out="report", allow_views=True)
    with pytest.raises(InputError, match="view"):
        resume_gap.verify("report")
    assert resume_gap.verify("report", allow_views=True).is_same
    assert cli.main(["verify", "report", "--allow-views", "-q"]) == 0


@pytest.mark.full  # the other commands, on the samples
@pytest.mark.parametrize("command", ["evaluate", "plan", "compare"])
def test_reports_of_other_commands(command: str, tmp_path: Path) -> None:
    samples = Path("sample_events")
    marker: Any = {"marker": {"shown": "marker_shown"}}
    made = tmp_path / "report"
    if command == "evaluate":
        # Beside a prediction in the folder, which the evaluation reads.
        resume_gap.analyze(samples / "workday.parquet", out=made)
        assigned = samples / "marker_trial_assignments.csv"
        resume_gap.evaluate(
            samples / "marker_trial.parquet", out=made, assignments=assigned, **marker
        )
        assert (made / "prediction.json").is_file()
    elif command == "plan":
        resume_gap.plan(samples / "workday.parquet", out=made, effect="10s")
    else:
        rollout = samples / "rollout_rollout.csv"
        resume_gap.compare(
            samples / "rollout.parquet", out=made, rollout=rollout, rollout_by="team", **marker
        )
    found = resume_gap.verify(made)
    assert (found.is_same, found.missing) == (True, ())
    assert found.rows["interruptions.parquet"] > 100


def test_settings_come_back_from_json_as_they_were() -> None:
    """For every command and every field: what stands in a summary is what the run had."""
    given = resolve(
        {
            "gap": "7.5m",
            "productive": ["a", "b"],
            "by": ["team"],
            "noticed": "0.1/0.2/0.3",
            "map": {"device": "d"},
            "marker": {"shown": "m"},
            "assignments": "a.csv",
            "since": "2026-03-01T00:00:00.000001",
            "until": "2026-05-01",
            "tz": "Europe/Berlin",
            "threads": 2,
            "strict": True,
            "engine": "spark",
            "allocation": "1/2",
        },
        {},
    )
    for command in ("analyze", "evaluate", "compare", "plan"):
        plain = json.loads(json.dumps(given.shown(command), default=str))
        found = verify._settings(command, plain, "report")
        names = settings_of(command) - verify._OF_THE_MACHINE
        for one in fields(Settings):
            if one.name in names:
                assert getattr(found, one.name) == getattr(given, one.name), (command, one.name)
        assert (found.engine, found.strict, found.threads) == ("local", False, None)
