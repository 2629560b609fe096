"""Which of several columns is taken: by name, unless its values speak against it."""

import json
from pathlib import Path
from typing import Any

import pytest

from resume_gap.settings import Settings
from resume_gap.sources import open_source

AT = "2026-03-02T08:08:03Z"


def opened(folder: Path, rows: list[dict[str, Any]], **options: Any) -> Any:
    path = folder / "events.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return open_source([str(path)], Settings(**options))


def rows(**values: list[Any]) -> list[dict[str, Any]]:
    whole = {"user_id": ["u", "v", "w"], "timestamp": [AT] * 3, "event": ["a", "b", "c"]} | values
    return [dict(zip(whole, row, strict=True)) for row in zip(*whole.values(), strict=True)]


def test_an_id_without_any_value_gives_way_to_one_that_has(tmp_path: Path) -> None:
    log = rows(user_id=[None, "", " "], domain_userid=["x", "y", "z"])
    source = opened(tmp_path, log)
    assert source.columns["user_id"] == "domain_userid"
    (check,) = [one for one in source.checks if one.check == "column_by_content"]
    assert check.message == (
        "user_id is read from 'domain_userid': 'user_id' has no value in any row"
    )
    assert opened(tmp_path, log, mapping={"user_id": "user_id"}).columns["user_id"] == "user_id"


def test_an_id_with_any_value_stays(tmp_path: Path) -> None:
    log = rows(user_id=[None, "", "u"], anonymous_id=["x", "y", "z"])
    assert opened(tmp_path, log).columns["user_id"] == "user_id"


@pytest.mark.parametrize("payload", ['{"old": 1}', {"old": 1}])
def test_payloads_are_no_names(tmp_path: Path, payload: object) -> None:
    log = rows(event=[payload, payload, "x=1"], event_type=["seq_next", "edit", "save"])
    assert opened(tmp_path, log).columns["event"] == "event_type"


@pytest.mark.parametrize(
    ("event", "event_name", "taken"),
    [
        (["page_view", "unstruct", "unstruct"], ["page_view", "edit", "save"], "event_name"),
        (["page_view", "unstruct", "unstruct"], ["page_view", "edit", "edit"], "event_name"),
        (["a", "b", "c"], ["Anna", "Bert", "Carl"], "event"),
        (["a", "a", "c"], ["x", "y", "x"], "event"),
        (["a", "a", "c"], ["x", "y", None], "event"),
    ],
)
def test_the_name_that_says_more(
    tmp_path: Path, event: list[str], event_name: list[str | None], taken: str
) -> None:
    assert opened(tmp_path, rows(event=event, event_name=event_name)).columns["event"] == taken


def test_events_without_a_name_are_named_by_their_type(tmp_path: Path) -> None:
    log = rows(event=[None, "edit", " "], type=["page", "track", "screen"], name=["A", "", "B"])
    source = opened(tmp_path, log)
    (check,) = [one for one in source.checks if one.check == "event_filled"]
    assert check.message == "'event' is empty in 2 rows; there the event is read from 'type'"
    with source.con as con:
        source.create_rows(con)
        events = con.execute("select event from rows order by event").fetchall()
    assert events == [("edit",), ("page",), ("screen",)]
    mapped = opened(tmp_path, log, mapping={"event": "event"})
    assert "event_filled" not in {one.check for one in mapped.checks}


@pytest.mark.parametrize(
    "types", [["page", "track", None], [None, None, None]], ids=["some", "none"]
)
def test_a_type_that_is_lacking_names_nothing(tmp_path: Path, types: list[str | None]) -> None:
    log = rows(event=[None, "edit", ""], type=types)
    assert "event_filled" not in {one.check for one in opened(tmp_path, log).checks}


def test_order_and_split_of_the_rows_do_not_matter(tmp_path: Path) -> None:
    log = rows(user_id=[None, None, "u"], anonymous_id=["x", "y", "z"])
    for part, own in {"a": log[:2], "b": log[2:]}.items():
        (tmp_path / f"{part}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in own))
    paths = [str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")]
    for inputs in (paths, paths[::-1]):
        assert open_source(inputs, Settings()).columns["user_id"] == "user_id"
