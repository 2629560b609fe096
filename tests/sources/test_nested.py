"""Where events lie inside of objects and lists: options and commands that work."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import resume_gap
from resume_gap.errors import InputError
from resume_gap.sources.nested import advice

ALL = ("user_id", "timestamp", "event")
AT = "2026-03-02T08:08:03Z"


def refused(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        resume_gap.analyze(path, source="plain")
    return str(caught.value)


def written(path: Path, documents: list[Any]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in documents))
    return path


def test_paths_into_an_object_are_ready_to_paste(tmp_path: Path) -> None:
    rows = [
        {"event": "edit", "properties": {"distinct_id": f"u{n}", "time": 1_772_438_883 + n}}
        for n in range(3)
    ]
    line = refused(written(tmp_path / "events.jsonl", rows))
    assert line.endswith("--user properties.distinct_id --time properties.time")
    options = {"user": "properties.distinct_id", "time": "properties.time", "source": "plain"}
    assert resume_gap.analyze(tmp_path / "events.jsonl", **options).counts.users == 3  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (
            {"actor": {"account": {"name": "u"}}, "verb": {"id": "x"}, "timestamp": AT},
            "--user actor.account.name --event verb.id",
        ),
        ({"user": {"name": "u"}, "meta": '{"uid": "u", "action": "edit"}'}, "--event meta.action"),
        ({"a": {"time": "soon"}, "user_id": "u"}, ""),
    ],
)
def test_what_is_known_of_a_path(document: dict[str, Any], expected: str) -> None:
    missing = [name for name in ALL if name not in document]
    assert expected in advice([document], missing, "events.jsonl")


def test_text_that_is_no_time_is_not_proposed() -> None:
    assert not advice([{"properties": {"time": "8 minutes"}}], ["timestamp"], "events.jsonl")


EVENTS = [{"timestamp": AT, "data": {"app": "edit"}}, {"timestamp": AT, "data": {"app": "view"}}]


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
@pytest.mark.parametrize(
    ("document", "where"),
    [
        ({"buckets": {"w-1": {"hostname": "pc", "events": EVENTS}}}, "buckets.*.events"),
        ({"hostname": "pc", "my events": EVENTS}, "my events"),
        (
            {"resourceLogs": [{"scopeLogs": [{"hostname": "pc", "logRecords": EVENTS}]}]},
            "resourceLogs.*.scopeLogs.*.logRecords",
        ),
    ],
)
def test_the_command_that_unpacks_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, document: dict[str, Any], where: str
) -> None:
    monkeypatch.chdir(tmp_path)
    line = refused(written(Path("export.json"), [document]))
    assert f"the events lie under {where}; unpack them: " in line
    command = line.split("unpack them: ")[1].split(", then")[0]
    subprocess.run(command, shell=True, check=True)  # noqa: S602 - the command under test
    found = resume_gap.analyze("events.jsonl", user="hostname", event="data.app")
    assert "--user hostname --event data.app" in line
    assert (found.counts.users, found.rows.read) == (1, 2)
