"""Where events lie inside of objects and lists: options and commands that work."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import resume_gap
from resume_gap.errors import InputError
from resume_gap.sources.nested import advice, path_to

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


@pytest.mark.parametrize(
    ("documents", "missing", "said"),
    [
        # The known path, the column nearer to the top, the one with more values, then the name.
        ([{"a": {"uid": 1}, "actor": {"mbox": "x"}}], ["user_id"], "--user actor.mbox"),
        ([{"actor": {"mbox": "x", "id": "y"}}], ["user_id"], "--user actor.mbox"),
        ([{"verb": "x", "data": {"app": "y"}}], ["event"], "--event verb"),
        ([{"a": {"b": {"uid": 1}, "uid": 2}}], ["user_id"], "--user a.uid"),
        ([{"b": {"uid": 1}, "a": {"uid": 2}}], ["user_id"], "--user a.uid"),
        ([{"b": {"uid": 1}}, {"b": {"uid": 1}, "a": {"uid": 2}}], ["user_id"], "--user b.uid"),
        ([{"a": {"$user_id": 1, "uid": 2}}], ["user_id"], "--user 'a.$user_id'"),
        ([{"hostname": "pc"}], ["user_id"], "--user hostname"),
        ([{"User Email": "u@x.com"}], ["user_id"], "--user 'User Email'"),
        ([{"type": "PushEvent", "payload": {"action": "x"}}], ["event"], "--event type"),
        ([{"type": "track", "properties": {"event": "x"}}], ["event"], "--event properties.event"),
        ([{"a": {"type": "x"}}], ["event"], "--event a.type"),
        ([{"a": {"type": "x"}, "b": {"action": "x"}}], ["event"], "--event b.action"),
        ([{"when": AT}], ["timestamp"], "--time when"),
        ([{"when": "45719,38"}], ["timestamp"], None),
        ([{"hostname": "pc", "a": {"uid": 1}}], ["user_id"], "--user a.uid"),
        ([{"a": {"ts": "2026-03"}}, {"a": {"ts": "?"}}], ["timestamp"], None),
        ([{"a": {"ts": True}}], ["timestamp"], None),
        ([{"a": {"ts": 1772438883.5}}], ["timestamp"], "--time a.ts"),
        ([{"a": {"ts": "177243888"}}], ["timestamp"], "--time a.ts"),
        ([{"a": {"ts": 12345}}], ["timestamp"], None),
        ([{"a": {"uid": ""}, "b": {"uid": [1]}}], ["user_id"], None),
        ([{"a": "{not json"}], ["user_id"], None),
        ([{"a": '{"uid": 1}'}], ["user_id"], "--user a.uid"),
    ],
)
def test_the_likeliest_path_is_proposed(
    documents: list[Any], missing: list[str], said: str | None
) -> None:
    expected = "" if said is None else f"say which, such as: {said}"
    assert advice(documents, missing, "events.jsonl") == expected


def test_what_is_found_in_part_is_said_so() -> None:
    found = advice([{"a": {"uid": 1}}], ["user_id", "timestamp"], "events.jsonl")
    assert found == "say which, such as: --user a.uid --time COL"
    deep: dict[str, Any] = {"uid": 1}
    for _ in range(6):
        deep = {"n": deep}
    assert advice([deep], ["user_id"], "e") == "say which, such as: --user n.n.n.n.n.n.uid"
    assert advice([{"n": deep}], ["user_id"], "e") == ""


def test_columns_of_unpacked_events_are_named_where_they_need_a_name() -> None:
    records = [{"created": AT, "summary": "Issue edited", "authorAccountId": "u"}]
    line = advice([{"total": 1, "records": records}], ALL, "audit.json")
    assert "the events lie under records; unpack them" in line
    assert line.endswith("--user authorAccountId --time created --event summary")


def test_a_list_of_events_is_found_where_it_lies() -> None:
    event = {"timestamp": AT, "name": "edit"}
    line = advice([{"x": 1}, {"of": "u", "rows": [event]}], ALL, "events.jsonl")
    assert line.startswith("the events lie under rows; unpack them: ")
    assert line.endswith("> new-events.jsonl, then give new-events.jsonl")
    line = advice([{"a": [{"b c": {"rows": ["x", event]}}]}], ALL, "log.json")
    assert line.startswith("the events lie under a.*.*.rows; unpack them: ")
    named = {"timestamp": AT, "data": {"app": "edit"}}
    line = advice([{"hostname": "pc", "rows": [named]}], ALL, "log.json")
    assert line.endswith(
        "> events.jsonl, then give events.jsonl and name the columns: --user hostname --event"
        " data.app"
    )
    late = [1] * 19
    assert "lie under rows" in advice([{"rows": [*late, event]}], ALL, "e")
    assert advice([{"rows": [*late, 1, event]}], ALL, "e") == ""
    for many, said in ((19, "the events lie under *.rows"), (20, "")):
        document = dict.fromkeys(map(str, range(many))) | {"k 1": {"rows": [event]}}
        assert advice([document], ALL, "e").partition(";")[0] == said


@pytest.mark.parametrize(
    ("document", "name", "path"),
    [
        ({"properties": {"document_id": "d"}}, "document_id", "properties.document_id"),
        ({"properties": '{"document_id": "d"}'}, "props.document_id", "properties.document_id"),
        ({"a": {"b": {"x": 1}}, "c": {"x": 1}}, "x", "c.x"),
        ({"event_params": [{"key": "x", "value": {"int_value": 1}}]}, "x", "event_params.x"),
        ({"event_params": ["x", {"key": 1}]}, "x", None),
        ({"x": 1, "properties": {}}, "y", None),
    ],
)
def test_a_key_inside_of_a_column_is_found(
    document: dict[str, Any], name: str, path: str | None
) -> None:
    assert path_to([document], name) == path


def test_a_name_that_lies_inside_of_a_column_is_meant(tmp_path: Path) -> None:
    rows = [{"user": "u", "ts": AT, "event": "edit", "properties": {"document_id": "d"}}]
    path = written(tmp_path / "events.jsonl", rows)
    with pytest.raises(InputError, match=r"\(did you mean properties\.document_id\?\)"):
        resume_gap.analyze(path, target="document_id")
