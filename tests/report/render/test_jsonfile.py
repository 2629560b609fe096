"""The JSON files: their shape, and values that are no plain text."""

from __future__ import annotations

import dataclasses
import json

import pytest
from factories.hostile_results import HOSTILE
from factories.plan_results import plan
from factories.results import changed, full
from factories.trial_parts import trust
from factories.trial_results import better, trial

from resume_gap.report.page import build
from resume_gap.report.render import jsonfile
from resume_gap.results.common import INTERNAL, Estimate, figure
from resume_gap.results.run import Run


def test_a_name_that_is_no_text_survives() -> None:
    odd = dataclasses.replace(
        trust().checks[0],
        figures={"users": 1, "share": 0.1, "\ud800": 1, "a@b.example": 2},
        name="both_arms",
        code="some",
    )
    data = jsonfile.summary(trial(trust=trust(checks=(odd,))))
    value = json.loads(data)
    figures = value["evaluation"]["trust"]["checks"][0]["figures"]
    assert figures == {"users": 1, "share": 0.1, "\\ud800": 1, "[e-mail]": 2}


def test_the_shape_of_the_summaries() -> None:
    run = [
        "schema_version",
        "tool_version",
        "command",
        "headline",
        "generated_from",
        "rows",
        "columns",
        "roles",
        "resolution",
        "threshold",
        "counts",
        "reorientation",
        "measurability",
    ]
    value = json.loads(jsonfile.summary(better()))
    assert list(value) == [*run, "evaluation", "first_screen", "data_quality"]
    assert value["command"] == "evaluate"
    shape = {"trust", "primary", "guardrails", "secondary", "exploratory", "verdict"}
    assert shape <= set(value["evaluation"])
    keys = {
        "estimand",
        "control",
        "treatment",
        "estimate",
        "ci_lower",
        "ci_upper",
        "relative",
        "n_control",
        "n_treatment",
    }
    assert keys <= set(value["evaluation"]["primary"])
    assert set(value["evaluation"]["verdict"]) == {"word", "reason", "figures"}
    value = json.loads(jsonfile.summary(plan()))
    assert list(value) == [*run, "plan", "first_screen", "data_quality"]
    assert [row["weeks"] for row in value["plan"]["rows"]] == [1, 2, 4, 8]


def test_summary_has_its_shape_and_no_page_only_keys() -> None:
    data = jsonfile.summary(full())
    assert data.endswith(b"}\n")
    summary = json.loads(data, parse_constant=pytest.fail)
    assert list(summary) == [
        "schema_version",
        "tool_version",
        "command",
        "headline",
        "generated_from",
        "rows",
        "columns",
        "roles",
        "resolution",
        "threshold",
        "counts",
        "reorientation",
        "measurability",
        "excess",
        "marker",
        "opportunity",
        "primary_cap",
        "recovery",
        "segments",
        "gap_histogram",
        "first_screen",
        "data_quality",
    ]
    assert list(summary["generated_from"]) == ["subject", "inputs", "settings"]
    assert list(summary["generated_from"]["inputs"][0]) == [
        "path",
        "sha256",
        "rows",
        "first_at",
        "last_at",
        "simulated",
    ]
    assert summary["reorientation"]["mean"]["ci_lower"] == 65.2
    assert summary["rows"]["dropped"] == full().rows.dropped
    assert list(summary["rows"]["dropped"]) == sorted(full().rows.dropped)


def test_a_field_or_figure_of_a_result_is_in_its_summary_unless_internal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = build.page(plan())
    monkeypatch.setattr(build, "page", lambda _: page)

    @dataclasses.dataclass(frozen=True, kw_only=True)
    class Counted(Run):
        stops: int = 5
        places: int = dataclasses.field(default=6, metadata=INTERNAL)

        @property
        @figure
        def doubled(self) -> int:
            return 2 * self.stops

    run = {field.name: getattr(full(), field.name) for field in dataclasses.fields(Run)}
    found = json.loads(jsonfile.summary(Counted(**run | {"command": "plan"})))
    assert list(found)[-4:] == ["stops", "doubled", "first_screen", "data_quality"]
    assert found["doubled"] == 10


def test_paths_and_threads_change_generated_from_only() -> None:
    other = changed(
        full(),
        inputs=tuple(
            dataclasses.replace(i, path="/else/" + i.path) for i in full().generated_from.inputs
        ),
        settings={**full().generated_from.settings, "threads": 7},
    )
    one, two = json.loads(jsonfile.summary(full())), json.loads(jsonfile.summary(other))
    assert one.pop("generated_from") != two.pop("generated_from")
    assert one == two
    assert jsonfile.data_quality(full()) == jsonfile.data_quality(other)


def test_a_result_that_is_not_a_number_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    page = build.page(full())
    monkeypatch.setattr(build, "page", lambda _: page)
    broken = changed(full(), reorientation={"mean": Estimate(estimate=float("nan"))})
    with pytest.raises(ValueError, match="nan"):
        jsonfile.summary(broken)


def test_json_keeps_names_exact_where_they_hold_no_secret() -> None:
    names = tuple(name for name in HOSTILE if "example" not in name and len(name) < 100)
    odd = changed(full(), roles={"productive": names})
    assert tuple(json.loads(jsonfile.summary(odd))["roles"]["productive"]) == names


def test_data_quality_has_the_ledger_and_the_checks() -> None:
    value = json.loads(jsonfile.data_quality(full()))
    assert list(value) == ["schema_version", "tool_version", "command", "rows", "checks"]
    assert value["rows"]["read"] == value["rows"]["used"] + sum(value["rows"]["dropped"].values())
    assert list(value["checks"][0]) == ["check", "severity", "count", "share", "action", "message"]
