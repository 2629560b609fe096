"""A launch date on a log written row by row: the planted days, and what refuses a verdict."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from factories.command_line import call, refusal
from factories.evaluated import refused
from factories.launch_logs import DONE, SETTINGS, SHOWN, WORK, LaunchLog, launch_log

import resume_gap
from resume_gap.errors import DataError, UsageError
from resume_gap.results.common import plain

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.results.compare import Compared

pytestmark = pytest.mark.usefixtures("undrawn")


def compare(log: LaunchLog, folder: Path, **more: Any) -> Compared:
    return resume_gap.compare(
        log.write(folder), **(SETTINGS | {"launch": log.launch.isoformat()} | more)
    )


def check(found: Compared, name: str) -> Any:
    return next(one for one in found.comparison.trust.checks if one.name == name)


def no_effect_anywhere(found: Compared) -> None:
    """Neither an estimate, an interval, a p nor what one follows from."""
    content = plain(found.comparison)
    for one in (content["primary"], *content["horizons"]):
        figures = {name for name, value in one.items() if value not in (None, 0)}
        assert figures <= {"horizon_days", "reason"}


@pytest.fixture(scope="module")
def planted() -> LaunchLog:
    return launch_log(shown=True)


@pytest.fixture(scope="module")
def found(planted: LaunchLog, tmp_path_factory: pytest.TempPathFactory) -> Compared:
    return compare(planted, tmp_path_factory.mktemp("planted"), marker=f"shown={SHOWN}")


def test_every_day_has_its_planted_mean(planted: LaunchLog, found: Compared) -> None:
    comparison = found.comparison
    cap = comparison.cap_seconds
    assert comparison.cap_source == "lags"
    assert len(comparison.days) == len(planted.days) == 113
    for number, (day, truth) in enumerate(zip(comparison.days, planted.days, strict=True)):
        assert day.day == number - 98
        assert day.returns == (16 if number else 8)
        assert day.seconds == pytest.approx(truth.mean(cap, first=number == 0))
        if number == 112:  # the log ends before anybody could have gone on after the last return
            assert (day.control_returns, day.control_seconds) == (0, None)
        else:
            assert day.control_returns == 8
            assert day.control_seconds == pytest.approx(truth.control_mean(cap))


def test_the_planted_change_is_found(found: Compared) -> None:
    comparison = found.comparison
    assert comparison.verdict.word == "better"
    # Half of the returns at which the marker is due are those of the morning, which never change.
    assert comparison.primary.estimate == pytest.approx(-6.0, abs=1.0)
    assert comparison.primary.ci_lower < -6.0 < comparison.primary.ci_upper
    assert comparison.primary.placebos == 98 - 14 - 27
    assert {one.status for one in comparison.trust.checks} == {"passed"}


def test_the_sides_are_counted(found: Compared) -> None:
    trust = found.comparison.trust
    assert trust.first_launched_at == trust.last_launched_at == "2025-06-09T00:00:00Z"
    assert (trust.days_before, trust.days_after) == (98, 15)
    assert (trust.users_before, trust.users_after) == (8, 8)
    assert trust.returns_before == 8 + 97 * 16
    assert (trust.control_returns_before, trust.control_returns_after) == (98 * 8, 14 * 8)
    assert check(found, "marker_missing").figures == {"interruptions": 15 * 16, "missing": 0}


def test_the_summary_says_all_of_it(found: Compared, planted: LaunchLog, tmp_path: Path) -> None:
    out = tmp_path / "report"
    compare(planted, tmp_path, marker=f"shown={SHOWN}", out=out)
    content = json.loads((out / "summary.json").read_text())
    comparison = content["comparison"]
    assert content["command"] == found.command == "compare"
    assert {"design", "trust", "primary", "horizons", "verdict"} <= set(comparison)
    assert set(comparison["primary"]) >= {
        "horizon_days",
        "estimate",
        "ci_lower",
        "ci_upper",
        "p",
        "placebos",
        "least_p",
    }
    assert comparison["primary"]["estimate"] == found.comparison.primary.estimate
    assert all(one["message"] for one in comparison["trust"]["checks"])
    assert (out / "report.html").stat().st_size < 400_000
    assert not (out / "prediction.json").exists()


def test_a_control_that_jumps_by_as_much_withholds_the_result(tmp_path: Path) -> None:
    log = launch_log(control=lambda day, drawn: drawn - 4.0 * (day >= 0))
    found = compare(log, tmp_path)
    assert found.comparison.verdict.word == "withheld"
    assert found.comparison.verdict.figures == {"checks": ("control_jump",)}
    no_effect_anywhere(found)


def test_a_renamed_event_withholds_the_result(tmp_path: Path) -> None:
    log = launch_log()
    launched = pl.col("timestamp").dt.date() >= log.launch
    renamed = pl.when(launched & (pl.col("event") == DONE)).then(pl.lit("send_form"))
    rows = log.rows.with_columns(event=renamed.otherwise("event"))
    found = compare(LaunchLog(rows, log.days, log.launch), tmp_path, complete=f"{DONE},send_form")
    assert found.comparison.verdict.word == "withheld"
    changed = {one.event: one.change for one in check(found, "changed_events").figures["events"]}
    assert changed == {DONE: "vanishes", "send_form": "appears"}
    no_effect_anywhere(found)


def test_the_marker_s_own_event_is_new_until_it_is_named(tmp_path: Path) -> None:
    log = launch_log(shown=True)
    found = compare(log, tmp_path)
    assert check(found, "changed_events").status == "failed"
    assert compare(log, tmp_path, ignore=SHOWN).comparison.verdict.word == "better"


def test_a_marker_before_the_launch_withholds_the_result(tmp_path: Path) -> None:
    log = launch_log(shown=True, after=22)
    later = LaunchLog(log.rows, log.days, log.launch + timedelta(days=7))
    found = compare(later, tmp_path, marker=f"shown={SHOWN}")
    assert check(found, "early_markers").status == "failed"
    no_effect_anywhere(found)


def test_without_a_change_none_is_detected(tmp_path: Path) -> None:
    log = launch_log(due=lambda _, drawn: drawn, weekends=False, seed=1)
    found = compare(log, tmp_path).comparison
    assert found.verdict.word == "no_difference_seen"
    assert {day.seconds for day in found.days if not day.returns} == {None}


@pytest.mark.parametrize(
    ("before", "after", "reason"), [(20, 15, "short_history"), (98, 9, "no_days_after")]
)
def test_too_short_a_log_shows_no_number_that_looks_like_a_result(
    tmp_path: Path, before: int, after: int, reason: str
) -> None:
    found = compare(launch_log(before=before, after=after), tmp_path)
    verdict = found.comparison.verdict
    assert (verdict.word, verdict.reason) == ("not_enough_data", reason)
    figures = plain(found.comparison.primary)
    assert {name for name, value in figures.items() if isinstance(value, float)} == set()


def test_a_history_without_placebos_enough_has_a_figure_without_a_p(tmp_path: Path) -> None:
    found = compare(launch_log(before=60), tmp_path).comparison
    assert (found.verdict.word, found.verdict.reason) == ("not_enough_data", "few_placebos")
    assert found.primary.estimate == pytest.approx(-6.0, abs=1.5)
    assert (found.primary.p, found.primary.ci_lower) == (None, None)


def test_where_every_return_counts_there_is_no_control(tmp_path: Path) -> None:
    found = compare(launch_log(), tmp_path, all_returns=True).comparison
    assert (found.verdict.word, found.verdict.reason) == ("not_enough_data", "no_control")
    assert {day.control_seconds for day in found.days} == {None}
    assert found.primary.p is None


def test_a_launch_that_cannot_be_meant_is_refused(planted: LaunchLog, tmp_path: Path) -> None:
    path = planted.write(tmp_path)
    for launch, nothing in (("2024-01-01", "before"), ("2026-01-01", "after")):
        refused(
            DataError,
            f"nothing of it was logged {nothing} the launch",
            lambda launch=launch: resume_gap.compare(path, launch=launch, **SETTINGS),
        )
    refused(UsageError, "--launch DATE, or --rollout FILE", lambda: resume_gap.compare(path))
    refused(
        UsageError,
        "not both",
        lambda: resume_gap.compare(path, launch="2025-06-09", rollout="x.csv"),
    )
    refused(UsageError, "give --rollout, too", lambda: resume_gap.compare(path, rollout_by="team"))
    nothing_productive: dict[str, Any] = SETTINGS | {"productive": "none_of_these"}
    refused(
        DataError,
        "no event of this log counts as work",
        lambda: resume_gap.compare(path, launch="2025-06-09", **nothing_productive),
    )


def test_the_hour_of_a_launch_is_that_of_the_zone(planted: LaunchLog, tmp_path: Path) -> None:
    found = compare(planted, tmp_path, tz="Europe/Berlin", marker=f"shown={SHOWN}")
    assert found.comparison.trust.first_launched_at == "2025-06-08T22:00:00Z"
    assert {day.starts_on for day in found.comparison.days if day.day == 0} == {"2025-06-09"}


def test_neither_the_order_of_rows_nor_threads_change_the_result(
    planted: LaunchLog, found: Compared, tmp_path: Path
) -> None:
    shuffled = planted.rows.sample(fraction=1, shuffle=True, seed=2)
    again = compare(
        LaunchLog(shuffled, planted.days, planted.launch),
        tmp_path,
        marker=f"shown={SHOWN}",
        threads=1,
    )
    assert plain(again.comparison) == plain(found.comparison)


def test_a_prediction_is_beside_what_was_measured(planted: LaunchLog, tmp_path: Path) -> None:
    path = planted.write(tmp_path)
    out = tmp_path / "report"
    until = f"{planted.launch - timedelta(days=1)}T23:59"
    resume_gap.analyze(path, out=out, until=until, **SETTINGS)
    sealed = json.loads((out / "prediction.json").read_text())
    after = resume_gap.compare(
        path, launch=planted.launch, out=out, marker=f"shown={SHOWN}", **SETTINGS
    ).comparison
    assert after.prediction_file == sealed["sha256"]
    assert (after.cap_seconds, after.cap_source) == (sealed["primary_cap"]["seconds"], "prediction")
    assert json.loads((out / "prediction.json").read_text()) == sealed


def test_a_prediction_of_this_very_log_is_none(planted: LaunchLog, tmp_path: Path) -> None:
    path = planted.write(tmp_path)
    resume_gap.analyze(path, out=tmp_path / "report", **SETTINGS)
    found = resume_gap.compare(path, launch=planted.launch, out=tmp_path / "report", **SETTINGS)
    (warned,) = (one for one in found.data_quality if one.check == "prediction_of_this_log")
    assert "the launch included" in warned.message
    assert found.comparison.prediction_file is None


def test_work_is_what_the_options_say(planted: LaunchLog, tmp_path: Path) -> None:
    """The same launch, with another name for work: nothing of the planted days is left."""
    found = compare(planted, tmp_path, productive=f"{WORK},{DONE}", marker=f"shown={SHOWN}")
    assert found.roles.productive == (WORK, DONE)


def test_the_command_line_finds_what_python_finds(
    planted: LaunchLog, found: Compared, tmp_path: Path
) -> None:
    planted.write(tmp_path)
    typed = ["--launch", planted.launch.isoformat(), "--marker", f"shown={SHOWN}", "--gap", "30m"]
    typed += ["--productive", WORK, "--complete", DONE]
    done = call("compare", "log.parquet", *typed, "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    comparison = json.loads(done.stdout)["comparison"]
    ours = plain(found.comparison)
    for name in ("primary", "horizons", "verdict", "days", "weeks", "cap_seconds"):
        assert comparison[name] == json.loads(json.dumps(ours[name])), name


@pytest.mark.parametrize(
    ("typed", "words", "code"),
    [
        ([], "nobody says when the marker was launched", 2),
        (["--launch", "soon"], "--launch must be a date from 1970 to 2099", 2),
        (["--launch", "2025-06-09", "--rollout", "x.csv"], "not both", 2),
        (
            ["--launch", "2025-06-09", "--marker", "shown=marker_shwn"],
            (
                "--marker 'shown=marker_shwn': no event of the log is called so (did you mean"
                " marker_shown?)"
            ),
            2,
        ),
        (["--launch", "2020-01-01"], "nothing of it was logged before the launch", 1),
    ],
)
def test_what_cannot_be_meant_is_one_line_of_the_command(
    planted: LaunchLog, tmp_path: Path, typed: list[str], words: str, code: int
) -> None:
    planted.write(tmp_path)
    done = call("compare", "log.parquet", *typed, cwd=tmp_path)
    assert words in refusal(done, code)
    assert not (tmp_path / "reports").exists()
