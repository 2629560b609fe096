"""Every file that is written fits its schema, and holds no key that the schema does not know."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from factories import plan_results, results, trial_results
from factories.summaries import SEAL, launch
from factories.summaries import summary as small

from benchmarks import json_schemas
from resume_gap.commands.history import json_of
from resume_gap.output.prediction import prediction
from resume_gap.report.render import jsonfile
from resume_gap.schemas import NAMES, SchemaName, file_name, schema
from resume_gap.trends.line_up import line_up
from resume_gap.trends.reports import read_report

ROOT = Path(__file__).parents[2]
MADE = {
    **results.ALL,
    **trial_results.LAUNCHES,
    "plan": plan_results.plan,
    "no plan": lambda: plan_results.no_plan("few_users"),
}


def closed(content: Any) -> Any:
    """The schema with no key allowed that it does not name."""
    if isinstance(content, list):
        return [closed(one) for one in content]
    if not isinstance(content, dict):
        return content
    found = {key: closed(one) for key, one in content.items()}
    if "properties" in found and isinstance(found["properties"], dict) and "type" in found:
        found["additionalProperties"] = False
    return found


@cache
def validator(name: SchemaName) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(closed(schema(name)))


def faults(name: SchemaName, content: Any) -> list[str]:
    """Where a file does not fit; of the commands' schemas that of its own."""
    found = []
    for error in validator(name).iter_errors(content):
        inner = [one for one in error.context or () if "was expected" not in one.message]
        found += [f"{one.json_path}: {one.message[:200]}" for one in inner or [error]]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_it_is_a_schema_of_its_version(name: SchemaName) -> None:
    found = schema(name)
    jsonschema.Draft202012Validator.check_schema(found)
    assert found["$id"] == f"urn:resume-gap:{name}:2"
    assert file_name(name) == f"{name}-2.json"


@pytest.mark.parametrize("name", MADE)
def test_every_made_result_fits(name: str) -> None:
    result = MADE[name]()
    assert faults("summary", json.loads(jsonfile.summary(result))) == []
    assert faults("data_quality", json.loads(jsonfile.data_quality(result))) == []


@pytest.mark.parametrize("path", sorted((ROOT / "reports" / "examples").glob("*/summary.json")))
def test_the_examples_fit(path: Path) -> None:
    assert faults("summary", json.loads(path.read_bytes())) == []


@pytest.mark.parametrize("name", results.ALL)
def test_every_prediction_fits(name: str) -> None:
    content = json.loads(prediction(results.ALL[name]()))
    content["generated_from"]["settings"] = {}  # open, as the next version may know more
    assert faults("prediction", content) == []


def test_a_history_fits() -> None:
    reports = [read_report("a", small(1), SEAL), read_report("b", launch(20), None)]
    assert faults("history", json.loads(json_of(line_up(reports, tool_version="0")))) == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("command",), "share"),
        (("schema_version",), 3),
        (("threshold", "seconds"), "300"),
        (("counts", "users"), 1.5),
        (("reorientation", "mean", "estimate"), "60 s"),
        (("marker", "recommendation", "word"), "maybe"),
        (("gap_histogram", 0), [1.0]),
        (("headline",), None),
        (("roles", "productive"), "edit"),
    ],
)
def test_what_does_not_fit_is_found(place: tuple[Any, ...], value: object) -> None:
    content = json.loads(jsonfile.summary(results.full()))
    assert jsonschema.Draft202012Validator(schema()).is_valid(content)
    inner = content
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    assert not jsonschema.Draft202012Validator(schema()).is_valid(content)


def test_a_key_that_is_missing_is_found_and_one_that_came_later_is_not() -> None:
    content = json.loads(jsonfile.summary(results.full()))
    later = copy.deepcopy(content)
    later["threshold"]["of_the_future"] = 1
    assert jsonschema.Draft202012Validator(schema()).is_valid(later)
    assert faults("summary", later) != []
    del content["threshold"]["seconds"]
    assert not jsonschema.Draft202012Validator(schema()).is_valid(content)


def test_fields_are_described_in_the_words_of_the_code() -> None:
    threshold = schema()["$defs"]["Threshold"]
    assert threshold["description"].startswith("The inactivity threshold")
    assert "Why this threshold" in threshold["properties"]["reason"]["description"]


def test_they_are_those_that_the_code_makes() -> None:
    for name, text in json_schemas.files().items():
        path = ROOT / "src" / "resume_gap" / "schemas" / name
        assert path.read_text(encoding="utf-8") == text, "python -m benchmarks.option_pages"
