"""Keys that hold numbers in one JSON file and text in another are reported, with the files."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from factories.source_files import message

from resume_gap.report.text.findings.table import worded
from resume_gap.settings import Settings
from resume_gap.sources import open_source

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.results.common import Check

ROW = {"user_id": "u1", "timestamp": 1_772_442_000, "event": "edit", "target": None, "plan": "x"}


def clashes(folder: Path, *files: list[dict[str, Any]], **options: Any) -> list[Check]:
    """What is found in files of rows that differ from `ROW` in what is given."""
    paths = []
    for number, rows in enumerate(files):
        path = folder / f"{number}.jsonl"
        path.write_text("".join(json.dumps(ROW | row) + "\n" for row in rows))
        paths.append(str(path))
    with open_source(paths, Settings(**options)) as source:
        return [worded(check) for check in source.checks if check.check == "type_clash"]


def test_numbers_in_one_file_and_text_in_another(tmp_path: Path) -> None:
    (check,) = clashes(tmp_path, [{"user_id": 7}], [{"user_id": "u7"}], [{"user_id": "u8"}])
    assert (check.severity, check.count) == ("warn", 3)
    assert check.message.startswith("'user_id' holds numbers in ")
    assert "0.jsonl and text in " in check.message
    assert check.message.endswith("1.jsonl")


@pytest.mark.parametrize(
    ("value", "kind"),
    [(7, "numbers"), (True, "true or false"), ({"a": 1}, "objects"), ([1], "lists")],
)
def test_within_a_file(tmp_path: Path, value: object, kind: str) -> None:
    (check,) = clashes(tmp_path, [{"target": "a"}, {"target": value}, {"target": None}])
    assert check.count == 1
    assert kind in check.message
    assert "text in" in check.message


def test_a_dotted_name(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [{"target": {"id": 7}}, {"target": {"id": "a"}}]
    (check,) = clashes(tmp_path, rows, mapping={"target": "target.id"})
    assert check.message.startswith("'target.id' holds numbers in ")


def test_one_kind_is_no_clash(tmp_path: Path) -> None:
    own = [{"user_id": 7, "timestamp": 1_772_442_000.5}, {"user_id": 2**70}, {"user_id": -1.5}]
    assert clashes(tmp_path, own, [{"user_id": 9}]) == []
    assert clashes(tmp_path, [{"target": "a"}], [{"target": None}], [{}]) == []
    assert clashes(tmp_path, [{"task": "a"}, {}], [{}]) == []


def test_a_column_without_a_meaning_may_hold_anything(tmp_path: Path) -> None:
    assert clashes(tmp_path, [{"plan": 7}], [{"plan": "x"}, {"plan": [1]}]) == []


def test_a_handful_is_listed(tmp_path: Path) -> None:
    names = ("user_id", "event", "target", "context", "task", "device", "stream")
    mixed = [dict.fromkeys(names, "7"), dict.fromkeys(names, 7)]
    found = clashes(tmp_path, mixed, mapping={"device": "device", "stream": "stream"})
    assert len(found) == 5


def test_a_list_for_each_column_is_no_log(tmp_path: Path) -> None:
    path = tmp_path / "log.json"
    columns = {"user_id": ["u1", "u2"], "timestamp": [1767268800, 1767268801], "event": ["a", "b"]}
    path.write_text(json.dumps(columns))
    line = message(str(path))
    assert "log.json: 'user_id' holds a list" in line
    assert "\n" not in line
    if shutil.which("jq"):
        _, _, command = line.partition("write one event a line: ")
        command = command.partition(" > events.jsonl")[0].replace(str(path), "log.json")
        done = subprocess.run(
            shlex.split(command), cwd=tmp_path, check=True, capture_output=True, text=True
        )
        assert [json.loads(row) for row in done.stdout.splitlines()] == [
            {"user_id": "u1", "timestamp": 1767268800, "event": "a"},
            {"user_id": "u2", "timestamp": 1767268801, "event": "b"},
        ]
