"""A command line for the same log with the same options."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import Any

import pytest
from factories.results import full

from resume_gap.arguments import parse
from resume_gap.report.text import again
from resume_gap.report.text.spaces import TIED
from resume_gap.results.run import GeneratedFrom
from resume_gap.settings import Settings, command_line_values, resolve, settle


def made(*paths: str, **options: Any) -> GeneratedFrom:
    one = full().generated_from.inputs[0]
    return GeneratedFrom(
        inputs=tuple(replace(one, path=path) for path in paths),
        settings=resolve(options, {}).shown("analyze"),
    )


def typed(*paths: str, **options: Any) -> list[str]:
    line = again.command(made(*paths, **options), "plan", out="reports/plan")
    return shlex.split(line.replace(TIED, " "))


def test_the_log_alone_where_nothing_was_set() -> None:
    assert typed("a.parquet") == ["resume-gap", "plan", "a.parquet", "-o", "reports/plan"]


def test_the_options_that_matter_are_read_as_they_were_given() -> None:
    options: dict[str, Any] = {
        "gap": "350s",
        "user": "user id",
        "map": {"timestamp": "ts"},
        "productive": ["edit*", "what's new"],
        "marker": {"shown": ["a", "b"], "clicked": "c"},
        "since": "2025-03-01T08:30+01:00",
        "near": 5,
        "all_returns": True,
        "tz": "Europe/Berlin",
        "worth": 7,
        "noticed": "0.1/0.2/0.3",
        "title": "Name",
        "threads": 1,
    }
    line = typed("my log.csv", "b.csv", **options)
    asked = parse(line[1:])
    assert asked.arguments == ["my log.csv", "b.csv"]
    kept = {key: value for key, value in options.items() if key not in ("title", "threads")}
    plan = settle(
        command_line_values("plan", {k: v for k, v in asked.given.items() if k != "out"}), {}
    )
    assert plan.shown("plan") == resolve(kept, {}).shown("plan")
    assert "--title" not in line
    assert "--noticed" not in line, "a plan takes no such option"
    assert line[line.index("--gap") + 1] == "350s"


def test_half_an_hour_is_written_in_minutes() -> None:
    assert "30m" in typed("a.parquet", gap="1800s")
    assert "0.5s" not in typed("a.parquet", gap="1.5s")
    assert "1.5s" in typed("a.parquet", gap="1.5s")


def test_whole_numbers_are_written_as_such() -> None:
    line = typed("a.csv", near=1, worth=7.25)
    assert line[line.index("--near") + 1] == "1"
    assert line[line.index("--worth") + 1] == "7.25"


def test_no_space_within_an_argument_ends_a_row() -> None:
    line = again.command(made("my log.csv", gap="30m"), "plan", out="p")
    assert line.split(" ") == [
        "resume-gap",
        "plan",
        f"'my{TIED}log.csv'",
        f"--gap{TIED}30m",
        f"-o{TIED}p",
    ]


@pytest.mark.parametrize(
    "found",
    [
        made("-"),
        made("-dash.csv"),
        made("\u202e.csv"),
        made(*(f"{number:>20}.csv" for number in range(20))),
        made("a.csv", map={"user_id": "with, comma"}),
    ],
)
def test_a_log_that_cannot_be_named_again_has_no_line(found: GeneratedFrom) -> None:
    assert again.command(found, "plan", out="reports/plan") == ""


def test_usual_settings_are_left_out_whichever_command_made_them() -> None:
    found = GeneratedFrom(inputs=made("a").inputs, settings=Settings().shown("evaluate"))
    assert again.command(found, "plan", out="p") == f"resume-gap plan a -o{TIED}p"
