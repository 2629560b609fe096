"""Columns that say who acted: names and values, and what is said of a log that has one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import duckdb
import pytest
from factories.groups import group_of

import resume_gap
from resume_gap.sources.agent_columns import is_agent_column, likely_agents, means_agent
from resume_gap.sources.role_bits import LIKELY_AGENT
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
        ("actor", "system", True),
        ("actor", "system=bot", False),
        ("actor", "bot,system", False),
        ("is_bot", " Yes ", True),
    ],
)
def test_values_of_programs(column: str, value: str, *, agent: bool) -> None:
    assert is_agent_column(column)
    assert means_agent(column, value) == agent


@pytest.mark.parametrize("column", ["target", "context", "user_agent", "state", "type"])
def test_other_columns_say_nothing(column: str) -> None:
    assert not is_agent_column(column)


def proposed(*, names: tuple[str, ...], taken: tuple[str, ...] = (), **tables: str) -> list[str]:
    with duckdb.connect() as con:
        for name, sql in tables.items():
            con.execute(f"create table {name} as {sql}")
        groups = [group_of(con, name) for name in tables]
        found = likely_agents(con, groups, names, taken)
    assert all(one.bit == LIKELY_AGENT for one in found)
    return [f"{one.column}={one.value}" for one in found]


OFTEN = "from range(600) as t (n)"


def test_values_of_every_input_are_counted_the_most_frequent_first() -> None:
    first = f"select if(n < 200, 'bot', 'cron') as actor, 1 as other {OFTEN}"
    second = f"select if(n < 500, 'bot', '') as source {OFTEN}"
    both = {"a": first, "b": second}
    assert proposed(names=("source", "nowhere", "actor"), **both) == ["source=bot"]
    assert proposed(names=("actor",), a=first.replace("'cron'", "'user'"), b=second) == [
        "actor=bot"
    ]
    third = f"select if(n < 300, 'cron', 'person') as actor {OFTEN}"
    assert proposed(names=("actor",), **both, c=third) == ["actor=cron", "actor=bot"]
    assert proposed(names=("actor", "source"), taken=("source",), **both, c=third) == [
        "actor=cron",
        "actor=bot",
    ]


def test_fields_inside_of_objects_and_texts_are_looked_at_in_every_input() -> None:
    plain = f"select n as other {OFTEN}"
    packed = "{'actor': if(n < 300, 'bot', 'user'), 'page': 'p', 'is,bot': 'true'}"
    whole = f"select {packed} as properties, 'x' as actor {OFTEN}"
    text = f"select cast(to_json({packed}) as varchar) as properties, 7 as num {OFTEN}"
    names = ("other", "num", "properties")
    for log in (whole, text):
        assert proposed(names=names, a=plain, b=log) == ["properties.actor=bot"]
        assert proposed(names=names, taken=("properties.actor",), a=plain, b=log) == []


def test_a_column_of_objects_has_no_values_of_its_own() -> None:
    nested = f"select [if(n < 300, 'bot', 'user')] as actor {OFTEN}"
    assert proposed(names=("actor",), a=nested) == []


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
