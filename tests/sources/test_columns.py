"""Which column of a file is which column of an event."""

import pytest
from factories.source_files import checks, message, read, values, write

from resume_gap.errors import InputError
from resume_gap.sources.columns import (
    Taken,
    alike,
    alternatives,
    close_to,
    found_columns,
    listed,
    plain_name,
    recognize,
    session_column,
    shown,
)


def named(tmp_path, *names):
    rows = [dict.fromkeys(names, "1767268800")]
    return write(tmp_path, rows, "csv")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("user_id", "timestamp", "event"), ("user_id", "timestamp", "event")),
        (("UserID", "Timestamp", "Event"), ("UserID", "Timestamp", "Event")),
        (("user-id", "time stamp", "EVENT"), ("user-id", "time stamp", "EVENT")),
        (("uid", "ts", "event_name"), ("uid", "ts", "event_name")),
        (("distinct_id", "eventTime", "action"), ("distinct_id", "eventTime", "action")),
        (("user_id", "uid", "ts", "event"), ("user_id", "ts", "event")),
        (
            ("user_id", "timestamp", "created_at", "time", "event"),
            ("user_id", "timestamp", "event"),
        ),
    ],
)
def test_columns_by_name(tmp_path, names, expected):
    source, _, _ = read(named(tmp_path, *names))
    assert tuple(source.columns[c] for c in ("user_id", "timestamp", "event")) == expected


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("user_id", "User_ID", "ts", "event"), "--user user_id"),
        (("user_id", "ts", "time", "event"), "--time ts"),
        (("user_id", "ts", "action", "name"), "--event action"),
        (("user_id", "ts", "event", "element", "object"), "--target element"),
    ],
)
def test_two_candidates_are_refused(tmp_path, names, words):
    assert words in message(named(tmp_path, *names))


@pytest.mark.parametrize("form", ["csv", "parquet", "jsonl"])
def test_twins_up_to_case_can_be_mapped(tmp_path, form):
    rows = [{"user_id": "a", "User_ID": "b", "ts": "2026-01-01", "event": "e"}]
    events = write(tmp_path, rows, form)
    assert values(events, "user_id", mapping={"user_id": "User_ID"}) == ["b"]
    source, _, got = read(events, mapping={"user_id": "user_id"})
    assert got[0]["user_id"] == "a"
    assert checks(source)["column_names_alike"].severity == "warn"


def test_missing_columns_end_in_a_command_to_paste(tmp_path):
    line = message(named(tmp_path, "whose", "ts", "deed"))
    assert "whose, ts, deed" in line
    assert "say which: --user COL --event COL" in line
    assert "--time COL" not in line


def test_a_mapped_column_must_exist(tmp_path):
    line = message(named(tmp_path, "who", "ts", "event"), mapping={"user_id": "whoo"})
    assert "did you mean who?" in line


def test_a_mapped_column_is_not_taken_twice(tmp_path):
    source, _, _ = read(named(tmp_path, "user_id", "ts", "target"), mapping={"event": "target"})
    assert source.columns["target"] is None


@pytest.mark.full
def test_hostile_column_names(tmp_path):
    names = [
        'a"b',
        "x; drop table rows; --",
        "select",
        "rowid",
        "filename",
        "file_index",
        "ü ñ",
        "'",
        "{0}",
        "a.b",
        "?",
        "$1",
        "c0",
        "[x]",
    ]
    rows = [{"user_id": "u", "ts": "2026-01-01", "event": "e", **dict.fromkeys(names, "v")}]
    for form in ("csv", "parquet", "jsonl", "duckdb"):
        if form == "duckdb":
            rows = [{k: v for k, v in row.items() if k != "rowid"} for row in rows]
        for name in names[:3] + names[6:]:
            assert values(write(tmp_path, rows, form), "target", mapping={"target": name}) == ["v"]
            (tmp_path / "events.duckdb").unlink(missing_ok=True)


def test_repeated_header_names(tmp_path):
    path = tmp_path / "e.csv"
    path.write_text("user_id,ts,event,x,x ,\nu,2026-01-01,e,1,2,3\n")
    source, _, _ = read(str(path))
    assert source.columns_found == ("user_id", "ts", "event", "x", "x (2)", "column 6")
    path.write_text("user_id,ts,event,x,y,x\nu,2026-01-01,e,1,2,3\n")
    assert "two columns called 'x' (columns 4 and 6" in message(str(path))


def test_of_many_columns_the_likeliest_are_shown() -> None:
    many = [f"c{n}" for n in range(130)]
    names = [*many, "acting_person_id", "when_it_happened", "what_action"]
    with pytest.raises(InputError) as caught:
        recognize(names, {})
    line = str(caught.value)
    assert "more;" not in line
    assert "(the likeliest of 133)" in line
    listed = line.partition("columns found: ")[2].partition(" (the likeliest")[0].split(", ")
    assert len(listed) == 12
    assert {"acting_person_id", "what_action"} <= {*listed[:3]}
    with pytest.raises(InputError, match="columns found: when_it_happened, "):
        recognize(names, {"timestamp": "when_happened"})


def test_a_column_without_a_name_is_seen() -> None:
    assert found_columns(["user", "", " "], ["event"]) == "user, '', ''"


def test_missing_columns_are_a_list() -> None:
    with pytest.raises(InputError, match="no column for user_id, timestamp and event; columns"):
        recognize(["error"], {})


@pytest.mark.parametrize(
    ("mapping", "layout", "advised"),
    [
        (
            {"event": "uid"},
            {},
            "'uid' is taken for event; name another column for event, or one with --user COL",
        ),
        ({}, {"event": "uid"}, "'uid' is taken for event; name another column for event"),
        ({"event": "x"}, {}, "look inside"),
    ],
)
def test_a_missing_column_that_is_another_part_already(
    mapping: dict[str, str], layout: dict[str, str], advised: str
) -> None:
    names = ["uid" if "uid" in {*mapping.values(), *layout.values()} else "v", "ts", "x"]
    with pytest.raises(InputError, match="no column for user_id; columns found") as refused:
        recognize(names, mapping, layout=layout, advice=lambda _: "look inside")
    assert str(refused.value).partition("; ")[2].partition("; ")[2].startswith(advised)


def test_of_few_columns_all_are_shown_in_their_order() -> None:
    assert found_columns(["b", "user", "a"], ["user_id"]) == "b, user, a"
    assert found_columns([*"bca"] * 14, ["x"]).endswith("(the likeliest of 42)")


def test_our_own_names_are_listed_as_in_a_sentence() -> None:
    assert [listed([*"abc"][:n]) for n in (1, 2, 3)] == ["a", "a and b", "a, b and c"]


def test_untrusted_names_are_shown_without_control_characters_and_in_part() -> None:
    assert shown(["a\x1b[31m\n", "", "b"]) == "a?[31m?, '', b"
    assert shown(["x" * 201]) == "x" * 200
    assert shown([str(n) for n in range(40)]).endswith("38, 39")
    assert shown([str(n) for n in range(42)]).endswith("38, 39 and 2 more")


def test_the_likeliest_columns_are_those_that_share_most_of_their_words() -> None:
    many = [f"c{n}" for n in range(60)]

    def first(*names: str, wanted: str = "timestamp") -> list[str]:
        return found_columns([*many, *names], [wanted]).split(", ")[: len(names)]

    assert first("eventOfTime", "time_of_the_event", "Time-Event") == [
        "Time-Event",
        "eventOfTime",
        "time_of_the_event",
    ]
    assert first("event_time", "time", "event_time_x") == ["event_time", "time", "event_time_x"]
    assert first("x_of_y", "other", wanted="y") == ["x_of_y", "c0"]
    assert first("user_x", "whoever", wanted="user_id") == ["user_x", "c0"]


def test_one_column_is_taken_for_one_thing() -> None:
    """`session` is known for two; what the first takes is no candidate of the second."""
    given = ["user_id", "timestamp", "event", "end", "duration", "other"]
    found = recognize(given, {})
    assert "duration" not in found
    assert found["end"] == Taken("end", "name")
    assert recognize(given, {"duration": "other"})["duration"] == Taken("other", "mapping")
    assert "end" not in recognize(given, {"duration": "other"})
    laid = recognize(given, {"end": "other"}, layout={"duration": "duration", "target": "end"})
    assert laid == {
        "user_id": Taken("user_id", "name"),
        "timestamp": Taken("timestamp", "name"),
        "event": Taken("event", "name"),
        "target": Taken("end", "layout"),
        "end": Taken("other", "mapping"),
    }
    assert [*recognize(["event", "timestamp", "user_id"], {})] == ["user_id", "timestamp", "event"]


def test_what_a_tracker_writes_elsewhere_is_not_sought() -> None:
    names = ["user_id", "timestamp", "event", "element", "sequence"]
    assert "target" in recognize(names, {})
    found = recognize(names, {}, without=["target"])
    assert "target" not in found
    assert "sequence" in found


def test_a_missing_column_is_advised_on() -> None:
    said: list[list[str]] = []

    def advice(missing):
        said.append([*missing])
        return "they lie elsewhere"

    with pytest.raises(InputError, match="columns found: event; they lie elsewhere"):
        recognize(["event"], {}, advice=advice)
    assert said == [["user_id", "timestamp"]]


def test_small_helpers() -> None:
    assert plain_name("User-Id_ x") == "useridx"
    assert alike(["a_b", "c", "A b", "d", "D"]) == [("a_b", "A b"), ("d", "D")]
    assert close_to("timestmp", ["event", "timestamp"]) == "timestamp"
    assert close_to("nothing", ["event", "timestamp"]) is None
    assert session_column(["x", "Session_ID"]) == "Session_ID"
    assert session_column(["session", "ga_session_id"]) is None
    assert session_column(["x"]) is None
    assert alternatives("event", ["action", "x", "Event", "user_id"]) == ("Event", "action")
