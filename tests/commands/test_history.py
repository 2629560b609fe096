"""`resume-gap history`: folders in, one page and one JSON out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from factories.command_line import call, refusal
from factories.results import full
from factories.summaries import launch, summary
from factories.trial_results import LAUNCHES

import resume_gap
from resume_gap.commands.history import json_of
from resume_gap.errors import InputError, StrictError
from resume_gap.output.write import write_report
from resume_gap.trends.line_up import line_up
from resume_gap.trends.reports import read_report

if TYPE_CHECKING:
    from pathlib import Path


def report(folder: Path, content: dict[str, Any]) -> Path:
    folder.mkdir(parents=True)
    (folder / "summary.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


@pytest.fixture
def weeks(tmp_path: Path) -> list[Path]:
    return [report(tmp_path / "r" / f"week{day}", summary(day)) for day in (8, 1)]


def test_it_prints_the_page_and_says_what_changed(weeks: list[Path], tmp_path: Path) -> None:
    done = call("history", *weeks, "-o", "out", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"out/history.html\n")
    assert done.stderr.decode().startswith("Re-orientation time did not change")
    content = json.loads((tmp_path / "out" / "history.json").read_bytes())
    assert content["command"] == "history"
    assert [run["name"] for run in content["runs"]] == ["week1.parquet", "week8.parquet"]
    page = (tmp_path / "out" / "history.html").read_bytes()
    again = call("history", *reversed(weeks), "-o", "out", "--json", "-q", cwd=tmp_path)
    assert (again.returncode, again.stderr) == (0, b"")
    assert json.loads(again.stdout) == content
    assert (tmp_path / "out" / "history.html").read_bytes() == page


def test_reports_that_commands_wrote_are_read(tmp_path: Path) -> None:
    made = {"analyze": full(), **{name: one() for name, one in LAUNCHES.items()}}
    for name, result in made.items():
        (tmp_path / name).mkdir()
        write_report(tmp_path / name, result)
    found = resume_gap.history([tmp_path / name for name in made])
    assert len(found.runs) == len(made)
    assert {"reorientation_mean", "hit", "search", "trial_effect"} <= {t.name for t in found.trends}
    seals = {one.predicted_in for one in found.ledger}
    assert str(tmp_path / "analyze") in seals


def test_what_a_run_does_not_know_is_the_same_in_terminal_page_and_json(
    weeks: list[Path], tmp_path: Path
) -> None:
    void = {"reason": "early_controls_differ", "from_event": {"estimate": -144.36}}
    other = report(tmp_path / "r" / "week15", summary(15, excess=void))
    done = call("history", *weeks, other, "-o", "out", cwd=tmp_path)
    sentence = "Not known in 1 of 3 runs: work soon after a gap differs from later work anyway."
    page = (tmp_path / "out" / "history.html").read_text()
    assert done.stderr.decode().count(sentence) == page.count(sentence) == 1
    assert "144 s" not in page
    content = json.loads((tmp_path / "out" / "history.json").read_bytes())
    (trend,) = (one for one in content["trends"] if one["name"] == "extra_time")
    assert trend["unknown"] == [{"reason": "early_controls_differ", "folders": [str(other)]}]
    assert [point["folder"] for point in trend["points"]] == [str(weeks[1]), str(weeks[0])]


def test_strict_writes_nothing_where_runs_cannot_be_compared(
    weeks: list[Path], tmp_path: Path
) -> None:
    other = report(tmp_path / "r" / "other", summary(20, threshold={"seconds": 60.0}))
    done = call("history", *weeks, other, "--strict", "-o", "out", cwd=tmp_path)
    assert "another inactivity threshold" in refusal(done, 3)
    assert not (tmp_path / "out").exists()
    with pytest.raises(StrictError):
        resume_gap.history([*weeks, other], out=tmp_path / "out", strict=True)
    done = call("history", *weeks, "--strict", "-o", "out", cwd=tmp_path)
    assert done.returncode == 0


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"schema_version": 1, "tool_version": "0", "command": "analyze"},
        summary(command="share"),
        summary(counts={"users": "many"}),
        summary(reorientation={"mean": {"estimate": "<b>"}}),
        summary(marker={"policies": [{"name": 5}]}),
        summary(excess={"reason": 5}),
        summary(resolution={"seconds": "fine"}),
    ],
    ids=["empty", "old", "command", "counts", "estimate", "rule", "reason", "resolution"],
)
def test_what_is_no_report_is_refused_in_one_line(
    content: dict[str, Any], weeks: list[Path], tmp_path: Path
) -> None:
    odd = report(tmp_path / "odd", content)
    refusal(call("history", *weeks, odd, "-o", "out", cwd=tmp_path), 1)
    with pytest.raises(InputError):
        resume_gap.history([odd])
    assert not (tmp_path / "out").exists()


def test_the_ledger_has_whole_seals_and_nothing_else_that_looks_like_a_token() -> None:
    real, odd = "0123456789abcdef" * 4, "Ab0" * 21 + "z"
    reports = [read_report("a", summary(1), real), read_report("b", launch(20, odd), None)]
    content = json.loads(json_of(line_up(reports, tool_version="0")))
    seals = {one["predicted_in"]: one["seal"] for one in content["ledger"]}
    assert seals["a"] == real
    assert odd not in json.dumps(content)


def test_a_changed_prediction_is_named_and_left_out(weeks: list[Path]) -> None:
    (weeks[0] / "prediction.json").write_text('{"sha256": "ab"}')
    found = resume_gap.history(weeks)
    assert [one.check for one in found.cautions] == ["prediction_unreadable"]
    assert found.ledger == ()


def test_what_is_not_ours_is_kept(weeks: list[Path], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "history.json").write_text("mine")
    refusal(call("history", *weeks, "-o", "out", cwd=tmp_path), 1)
    assert (tmp_path / "out" / "history.json").read_text() == "mine"
