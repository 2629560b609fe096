"""The JSON files: their shape, and values that are no plain text."""

from __future__ import annotations

import dataclasses
import json

from factories.trial_results import better, plan, trial, trust

from resume_gap.report.render import jsonfile


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
    assert list(value) == [*run, "evaluation", "data_quality"]
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
    assert list(value) == [*run, "plan", "data_quality"]
    assert [row["weeks"] for row in value["plan"]["rows"]] == [1, 2, 4, 8]
