"""What four real logs say, checked against figures counted by hand with DuckDB."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from factories.command_line import call

import resume_gap
from resume_gap.report.render import jsonfile

if TYPE_CHECKING:
    from resume_gap import AnalysisReport

SHARED = Path(__file__).parents[2] / "shared" / "data"

pytestmark = [
    pytest.mark.real_logs,
    pytest.mark.skipif(
        not SHARED.is_dir(), reason="the real event logs do not stand beside the checkout"
    ),
]


KEPT: dict[str, AnalysisReport] = {}


def analyze(name: str, **options: Any) -> AnalysisReport:
    """The log's result; measured once with the same options."""
    asked = f"{name} {options}"
    if asked not in KEPT:
        KEPT[asked] = resume_gap.analyze(SHARED / f"{name}.parquet", **options)
    return KEPT[asked]


def returns_at(found: AnalysisReport) -> dict[float, int]:
    return {row.seconds: row.returns for row in found.threshold.sensitivity}


def checks(found: AnalysisReport) -> set[str]:
    return {check.check for check in found.data_quality}


def test_wikipedia_has_gaps_and_nothing_productive() -> None:
    found = analyze("wikipedia_readers", gap="30m")
    assert found.counts.users == 10_000
    assert found.counts.returns == 12_224
    assert returns_at(found)[3600] == 10_819
    assert found.counts.reasons["unknown"] == 12_224
    assert found.counts.interruptions == 0
    assert found.roles.source == "none"
    back = json.loads(jsonfile.summary(found))["reorientation"]
    assert back["reason"] == "no_productive_events"
    figures = (
        "observed",
        "censored",
        "abandoned",
        "abandoned_by_leaving",
        "log_end",
        "observed_median_seconds",
        "reached_mean_seconds",
        "not_reached_seconds",
        "set_by_cap",
        "productive_share",
        "zero_share",
        "detours_none_share",
    )
    assert [back[name] for name in figures] == [None] * len(figures)
    nothing = {"estimate": None, "ci_lower": None, "ci_upper": None}
    assert back["mean"] == back["productive"] == nothing
    assert all(row.reorientation_mean_seconds is None for row in found.threshold.sensitivity)


def test_wikipedia_has_no_boundary_below_two_hours() -> None:
    found = analyze("wikipedia_readers")
    assert found.threshold.source == "fallback"
    assert found.threshold.seconds == 1800
    assert found.threshold.night_seconds is None or found.threshold.night_seconds > 7200


def test_editing_cannot_show_the_search() -> None:
    columns = "stream=document,sequence=txn,position=line"
    found = analyze("editing_traces", map=dict(p.split("=") for p in columns.split(",")), gap="30m")
    assert found.counts.users == 5
    assert found.counts.sessions == found.counts.streams + found.counts.returns
    back = found.reorientation
    assert back.reason == found.excess.reason == found.marker.reason == "first_event_is_work"
    # Of 104 interruptions one begins in a batch of rows at one instant, which says nothing.
    assert found.measurability.figures["zero_share"] == pytest.approx(103 / 104)
    assert (back.zero_share, back.productive_share, back.mean.estimate) == (None, None, None)
    assert back.ends.observed
    assert found.marker.recommendation is not None
    assert found.marker.recommendation.word == "cannot_be_measured"
    assert found.rows.read == found.rows.used == 261_265


def test_editing_per_author() -> None:
    found = analyze("editing_traces", gap="30m", map={"sequence": "txn"})
    assert found.counts.streams == found.counts.users == 5
    assert found.counts.returns == 110
    assert returns_at(found)[3600] == 93
    assert found.counts.users_interrupted == 2


def test_editing_rows_that_look_alike_are_events() -> None:
    found = analyze("editing_traces")
    assert found.rows.dropped == {}
    assert found.resolution.seconds == 1


def test_tasks_end_where_people_leave() -> None:
    found = analyze("zooniverse_tasks", gap="30m")
    assert set(found.roles.completing) == {"classification_finish"}
    assert found.counts.reasons["completed"] > 0.9 * found.counts.returns
    assert found.counts.interruptions < 0.05 * found.counts.returns
    assert "shared_user_id" in checks(found)


def test_tasks_have_all_their_gaps() -> None:
    """The log has long stretches without a row, so its outermost rows are not set aside."""
    found = analyze("zooniverse_tasks", gap="30m")
    assert found.rows.dropped == {}
    assert found.rows.read == 12_040
    assert returns_at(found)[1800] == 120
    assert returns_at(found)[3600] == 94


def test_dart_course_teaches_no_threshold() -> None:
    found = analyze("progsnap2_dart_course")
    assert found.threshold.source == "fallback"
    assert (found.threshold.reason, found.threshold.figures["users"]) == ("too_little", 20)
    assert found.counts.users == 20
    assert found.counts.returns == 7
    assert found.reorientation.mean.estimate is not None
    assert found.reorientation.mean.ci_lower is None


def test_dart_course_names_a_save_with_its_event_id() -> None:
    """`EventID` numbers something else than events: dropping by it would lose real ones."""
    found = analyze("progsnap2_dart_course")
    assert found.rows.read == found.rows.used == 3_603
    assert found.rows.dropped == {}
    assert "event_id_conflicts" in checks(found)


@pytest.mark.full
@pytest.mark.parametrize(
    "name",
    ["wikipedia_readers", "editing_traces", "zooniverse_tasks", "progsnap2_dart_course"],
)
def test_python_and_the_command_line_agree(name: str, tmp_path: Path) -> None:
    """A path bit for bit; a frame in everything but what it was made from."""
    path = SHARED / f"{name}.parquet"
    out = tmp_path / "report"
    call("analyze", path, "-q", "--isolated", "-o", out, cwd=tmp_path)
    written = json.loads((out / "summary.json").read_bytes())
    assert analyze(name).summary() == written
    framed = resume_gap.analyze(pl.read_parquet(path)).summary()
    for content in (framed, written):
        content.pop("generated_from")
    assert framed == written
