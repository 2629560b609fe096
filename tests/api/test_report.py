"""What Python returns: the figures of the command line, and what is done with them."""

from __future__ import annotations

import io
import json
import pickle
import sys
import webbrowser
from dataclasses import FrozenInstanceError
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import altair as alt
import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from factories.cheaper import deal_seldom
from factories.command_line import call

import resume_gap as rg
from resume_gap.api.report import Report
from resume_gap.errors import OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).parents[2] / "sample_events"
WORKDAY = SAMPLES / "workday.parquet"
TRIAL = SAMPLES / "marker_trial.parquet"
ASSIGNMENTS = SAMPLES / "marker_trial_assignments.csv"
FRAMES: dict[str, Callable[[Path], Any]] = {
    "Polars": pl.read_parquet,
    "Arrow": pq.read_table,
    "stream": lambda path: pq.read_table(path).to_reader(50_000),
    "pandas": pd.read_parquet,
    "DuckDB": lambda path: duckdb.connect().read_parquet(str(path)),
    "two Polars frames": lambda path: [(log := pl.read_parquet(path))[:60_000], log[60_000:]],
}


def result(summary: dict[str, Any]) -> dict[str, Any]:
    """Everything but what it was generated from."""
    return {key: value for key, value in summary.items() if key != "generated_from"}


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the command line."""
    out = tmp_path_factory.mktemp("written") / "workday"
    assert call("analyze", str(WORKDAY), "-q", "--isolated", "-o", out, cwd=SAMPLES).returncode == 0
    return out


def test_the_summary_is_that_of_the_command_line(workday: rg.AnalysisReport, written: Path) -> None:
    assert workday.summary() == json.loads((written / "summary.json").read_bytes())


def test_saving_writes_the_folder_of_the_command_line(
    workday: rg.AnalysisReport, written: Path, tmp_path: Path
) -> None:
    page = workday.save(tmp_path / "saved")
    assert page == tmp_path / "saved" / "report.html"
    names = {path.name for path in written.iterdir()}
    assert {path.name for path in page.parent.iterdir()} == names
    assert len(names) == 6
    for name in names:
        assert (page.parent / name).read_bytes() == (written / name).read_bytes(), name


@pytest.mark.parametrize("name", FRAMES)
def test_frames_give_the_result_of_the_file(name: str, workday: rg.AnalysisReport) -> None:
    found = rg.analyze(FRAMES[name](WORKDAY))
    assert result(found.summary()) == result(workday.summary())
    assert found.interruptions.equals(workday.interruptions)
    assert found.users.equals(workday.users)


@pytest.mark.full
def test_a_trial_and_a_plan_agree_with_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal_seldom(monkeypatch)
    log = pl.read_parquet(TRIAL)
    options = {"assignments": ASSIGNMENTS, "marker": {"shown": "marker_shown"}}
    flags = ["--assignments", str(ASSIGNMENTS), "--marker", "shown=marker_shown", "--isolated"]
    found = rg.evaluate(log, **options)
    done = call("evaluate", str(TRIAL), "--json", "-q", *flags, "-o", tmp_path / "e", cwd=tmp_path)
    assert result(found.summary()) == result(json.loads(done.stdout))
    assert found.verdict.word == json.loads(done.stdout)["evaluation"]["verdict"]["word"]
    assert set(found.users["arm"].drop_nulls()) == {"control", "treatment"}
    plan = rg.plan(WORKDAY)
    args = [str(WORKDAY), "--json", "-q", "--isolated"]
    done = call("plan", *args, "-o", tmp_path / "p", cwd=tmp_path)
    assert plan.summary() == json.loads(done.stdout)
    assert plan.plan.rows


@pytest.mark.full
def test_a_launch_without_randomization_agrees_with_the_command_line(tmp_path: Path) -> None:
    rollout = SAMPLES / "rollout_rollout.csv"
    log = SAMPLES / "rollout.parquet"
    found = rg.compare(pl.read_parquet(log), rollout=rollout, rollout_by="team")
    flags = ["--rollout", str(rollout), "--rollout-by", "team", "--isolated"]
    done = call("compare", str(log), "--json", "-q", *flags, "-o", tmp_path / "c", cwd=tmp_path)
    assert result(found.summary()) == result(json.loads(done.stdout))
    assert found.verdict.word == found.comparison.verdict.word == "better"


def test_what_it_was_generated_from_repeats_for_the_same_content() -> None:
    log = pl.read_parquet(WORKDAY)[:20_000]
    sources = [rg.analyze(one).summary()["generated_from"] for one in (log, log.rechunk().clone())]
    assert sources[0] == sources[1]
    (held,) = sources[0]["inputs"]
    assert (held["path"], held["rows"], len(held["sha256"])) == ("Polars frame", log.height, 64)
    nested = log.with_columns(tags=pl.lit([["a"]]))
    (unhashed,) = rg.analyze(nested).summary()["generated_from"]["inputs"]
    assert (unhashed["sha256"], unhashed["reason"]) == (None, "a column of the type large_list")


def test_the_fields_are_those_of_the_result(workday: rg.AnalysisReport) -> None:
    assert isinstance(workday, rg.Analysis)
    assert workday.counts.interruptions == workday.interruptions["is_interruption"].sum()
    assert workday.counts.users == workday.users.height
    assert workday.recommendation is workday.marker.recommendation
    assert workday.recommendation is not None


def test_the_repr_is_one_short_line(workday: rg.AnalysisReport) -> None:
    assert repr(workday) == (
        "<AnalysisReport workday.parquet, 90 users, 1,396 interruptions: Run an A/B test>"
    )


class Parts(HTMLParser):
    """Tags and attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def test_a_notebook_shows_the_first_screen_and_runs_nothing(workday: rg.AnalysisReport) -> None:
    shown = workday._repr_html_()
    assert workday.summary()["headline"].split(",")[0] in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert "Run an A/B test" in shown
    parts = Parts(shown)
    assert set(parts.tags).isdisjoint({"script", "iframe", "link", "img", "a", "object", "form"})
    names = {name for name, _ in parts.attributes}
    assert not any(name.startswith("on") for name in names)
    assert names.isdisjoint({"href", "src", "action"})
    assert "url(" not in shown
    style = shown.partition("<style>")[2].partition("</style>")[0]
    rules = [rule.strip() for rule in style.split("}") if rule.strip()]
    assert all(rule.startswith(".resume-gap") for rule in rules), "a style reaches the notebook"


def test_names_in_a_notebook_are_escaped(workday: rg.AnalysisReport) -> None:
    given = workday.generated_from.inputs[0]
    hostile = Report.of.__func__(  # type: ignore[attr-defined]
        type(workday), _replaced(workday, given, "</style><script>alert(1)</script>"), {}
    )
    assert "<script" not in hostile._repr_html_()
    assert "\n" not in repr(hostile)


def _replaced(found: Any, given: Any, path: str) -> Any:
    from dataclasses import replace

    source = replace(found.generated_from, inputs=(replace(given, path=path),))
    return replace(found, generated_from=source)


def test_charts_come_by_name(workday: rg.AnalysisReport) -> None:
    assert {"curve", "gaps", "bounds", "sensitivity"} <= set(workday.charts)
    chart = workday.chart("gaps")
    assert isinstance(chart, alt.LayerChart)
    with pytest.raises(UsageError, match=r"no chart is called 'gap'.*gaps"):
        workday.chart("gap")


def test_opening_shows_the_saved_page_or_a_temporary_one(
    workday: rg.AnalysisReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(webbrowser, "open", shown.append)
    fresh = pickle.loads(pickle.dumps(workday))  # noqa: S301 - our own bytes
    object.__setattr__(fresh, "_folder", None)
    page = fresh.open()
    assert page.read_bytes().startswith(b"<!DOCTYPE html>")
    fresh.save(tmp_path / "kept")
    assert fresh.open() == tmp_path / "kept" / "report.html"
    assert shown == [page.as_uri(), (tmp_path / "kept" / "report.html").as_uri()]


def test_saving_keeps_what_is_not_ours_and_what_was_read(
    workday: rg.AnalysisReport, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    with pytest.raises(OutputError):
        workday.save(tmp_path / "mine")
    with pytest.raises(OutputError):
        workday.save(SAMPLES, force=True)
    assert WORKDAY.exists()
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_a_result_survives_a_pickle(workday: rg.AnalysisReport) -> None:
    again = pickle.loads(pickle.dumps(workday))  # noqa: S301 - our own bytes
    assert again == workday
    assert again.summary() == workday.summary()
    assert again.users.equals(workday.users)


def test_a_result_made_by_hand_has_no_tables(workday: rg.AnalysisReport) -> None:
    from dataclasses import replace

    changed = replace(workday, tool_version="0")
    with pytest.raises(UsageError, match=r"no users\.parquet"):
        _ = changed.users


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    found = rg.analyze(pl.read_parquet(WORKDAY))
    found._repr_html_()
    assert capfd.readouterr() == ("", "")


def test_importing_costs_under_a_tenth_of_a_second() -> None:
    import subprocess

    code = (
        "import time; begun = time.process_time(); import resume_gap as rg; rg.__all__;"
        "print(time.process_time() - begun)"
    )
    times = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
        for _ in range(3)
    ]
    assert min(times) < 0.1


def test_the_tables_are_read_from_the_bytes_of_the_files(workday: rg.AnalysisReport) -> None:
    assert workday.users.equals(pl.read_parquet(io.BytesIO(workday._files["users.parquet"])))


@pytest.mark.parametrize("name", ["x", "counts", "_files", "interruptions"])
def test_a_result_is_frozen(name: str, tmp_path: Path) -> None:
    rows = [f"u{u},2026-03-02T{h:02}:00:0{u}Z,edit" for u in range(3) for h in range(24)]
    (path := tmp_path / "log.csv").write_text("\n".join(["user_id,timestamp,event", *rows]))
    found = rg.analyze(path)
    with pytest.raises(FrozenInstanceError, match=f"cannot assign to field '{name}'"):
        setattr(found, name, 1)
    with pytest.raises(FrozenInstanceError):
        delattr(found, name)
    assert found.interruptions.height == found.counts.returns
    assert found == pickle.loads(pickle.dumps(found))  # noqa: S301 - our own
