"""Columns that say who acted: names and values, and what is said of a log that has one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import resume_gap
from resume_gap.sources.agent_columns import is_agent_column, means_agent
from resume_gap.sources.staging import WIDE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("column", "value", "agent"),
    [
        ("actor", "assistant", True),
        ("source", "automation", True),
        ("Source", "scheduled_task", True),
        ("triggered_by", "cron", True),
        ("is_bot", "true", True),
        ("isBot", "1", True),
        ("is_bot", "false", False),
        ("userType", "service", True),
        ("user_type", "service_account", True),
        ("actor_type", "ServiceAccount", True),
        ("actor", "agent", True),
        ("user_type", "agent", False),
        ("actor", "user", False),
        ("source", "web", False),
        ("source", "Robot Ltd", False),
        ("trigger", "button", False),
    ],
)
def test_values_of_programs(column: str, value: str, *, agent: bool) -> None:
    assert is_agent_column(column)
    assert means_agent(column, value) == agent


@pytest.mark.parametrize("column", ["target", "context", "user_agent", "state", "type"])
def test_other_columns_say_nothing(column: str) -> None:
    assert not is_agent_column(column)


def log(path: Path, *, column: str, person: str, program: str) -> Path:
    """Six people work 8 hourly visits; a program edits every ten minutes in between."""
    lines = [f"user_id,timestamp,event,{column}"]
    for user in range(6):
        for hour in range(8, 16):
            for minute in range(10):
                stamp = f"2026-03-02T{hour:02}:{minute:02}:{user:02}.5Z"
                lines.append(f"u{user},{stamp},edit,{person}")
            lines += [
                f"u{user},2026-03-02T{hour:02}:{minute}:00.25Z,edit,{program}"
                for minute in range(15, 60, 10)
            ]
    path.write_text("\n".join([*lines, ""]))
    return path


@pytest.mark.parametrize(
    ("column", "person", "program"),
    [
        ("actor", "user", "assistant"),
        pytest.param("source", "web", "automation", marks=pytest.mark.full),
        pytest.param("is_bot", "false", "true", marks=pytest.mark.full),
        pytest.param("userType", "", "service", marks=pytest.mark.full),
    ],
)
def test_a_column_of_programs_is_proposed_with_figures(
    column: str, person: str, program: str, tmp_path: Path
) -> None:
    path = log(tmp_path / "a.csv", column=column, person=person, program=program)
    found = resume_gap.analyze(path, gap="20m")
    assert found.counts.returns == 0
    (check,) = (one for one in found.data_quality if one.check == "likely_agents")
    assert check.severity == "warn"
    assert check.count == 240
    assert f"{column}={program}" in check.message
    assert "0 returns" in check.message
    assert "42 returns" in check.message
    assert check.action == f"--agent {column}={program} leaves them out of every gap"
    found = resume_gap.analyze(path, gap="20m", agent=[f"{column}={program}"])
    assert found.counts.returns == 42
    assert not [one for one in found.data_quality if one.check == "likely_agents"]


@pytest.mark.parametrize(("person", "program"), [("web", "mobile"), ("api", "api")])
def test_people_alone_and_programs_alone_are_nothing_to_leave_out(
    person: str, program: str, tmp_path: Path
) -> None:
    path = log(tmp_path / "a.csv", column="source", person=person, program=program)
    found = resume_gap.analyze(path, gap="20m")
    assert not [one for one in found.data_quality if one.check == "likely_agents"]


def test_the_column_of_a_wide_file_is_kept(tmp_path: Path) -> None:
    path = log(tmp_path / "a.csv", column="actor", person="user", program="bot")
    first, *rest = path.read_text().splitlines()
    wide = "".join(f",c{n}" for n in range(WIDE))
    lines = [f"{first}{wide}", *(line + ",x" * WIDE for line in rest), ""]
    path.write_text("\n".join(lines))
    found = resume_gap.analyze(path, gap="20m")
    assert "actor=bot" in next(c for c in found.data_quality if c.check == "likely_agents").message


@pytest.mark.parametrize("as_text", [False, pytest.param(True, marks=pytest.mark.full)])
def test_a_field_inside_an_object_is_proposed(tmp_path: Path, *, as_text: bool) -> None:
    path = log(tmp_path / "a.csv", column="actor", person="user", program="bot")
    first, *rows = (line.split(",") for line in path.read_text().splitlines())
    lines = []
    for row in rows:
        document = dict(zip(first, row, strict=True))
        inside: object = {"page": "p", "actor": document.pop("actor")}
        lines.append(
            json.dumps(document | {"properties": json.dumps(inside) if as_text else inside})
        )
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join([*lines, ""]))
    found = resume_gap.analyze(path, gap="20m")
    (check,) = (one for one in found.data_quality if one.check == "likely_agents")
    assert check.action == "--agent properties.actor=bot leaves them out of every gap"
    assert resume_gap.analyze(path, gap="20m", agent=["properties.actor=bot"]).counts.returns == 42
