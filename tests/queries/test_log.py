"""Queries over the log: borders of ranges, blanks and nulls, ties, and whom a row is of."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from resume_gap.sources.role_bits import AGENT, ASSIGNING, IGNORED, MARKER, PRODUCTIVE

if TYPE_CHECKING:
    from .conftest import HandMade

STREAMS = "user_id text, stream text, n bigint, refused text, user_no integer, stream_no integer"
RANGE = {"earliest_us": 10, "latest_us": 20}


def streams(runner: HandMade) -> None:
    """Users a (two streams), b and d; c was refused, as was a row of nobody."""
    runner.given(
        "streams",
        STREAMS,
        ("a", "x", 5, None, 1, 1),
        ("a", "y", 7, None, 1, 2),
        ("b", "", 6, None, 2, 3),
        ("c", "", 99, "excluded_user", None, None),
        ("", "", 50, "no_user", None, None),
        ("d", "", 2, None, 3, 4),
    )


def test_the_first_reason_of_a_row_counts(runner: HandMade) -> None:
    streams(runner)
    runner.given(
        "kinds",
        "event text, marks integer, roles integer",
        ("e", 0, PRODUCTIVE),
        ("i", 0, IGNORED | MARKER),
        ("m", 0, MARKER | ASSIGNING),
        ("g", 0, ASSIGNING | AGENT),
        ("e", 64, PRODUCTIVE | AGENT),
    )
    rows: list[tuple[object, ...]] = [
        *[("c", "", None, False, "", 0)] * 2,  # excluded, whatever else
        *[("b", "", None, False, "", 0)] * 3,  # no time
        *[("b", "", None, True, "", 0)] * 4,  # not readable
        *[("b", "", 15, True, "", 0)] * 5,  # no event
        *[("b", "", at, True, "e", 0) for at in (4, 25)],  # clock
        *[("b", "", at, True, "e", 0) for at in (5, 7)],  # before since
        *[("b", "", at, True, "e", 0) for at in (23, 24, 24)],  # after until
        *[("b", "", at, True, "e", 0) for at in (8, 9, 21, 22)],  # outliers
        *[("b", "", at, True, "e", 0) for at in (10, 20)],  # used
        ("b", "", 10, True, "i", 0),
        *[("b", "", 10, True, "m", 0)] * 2,
        *[("b", "", 10, True, "g", 0)] * 3,
        *[("b", "", 10, True, "e", 64)] * 4,
    ]
    columns = "user_id text, stream text, at_us bigint, at_given boolean, event text, marks integer"
    runner.given("log", columns, *rows)
    bounds = {"clock_from_us": 5, "clock_before_us": 25, "since_us": 8, "until_us": 22}
    assert dict(runner.rows("15_dropped", **bounds, **RANGE)) == {
        "excluded_user": 2,
        "no_time": 3,
        "unreadable_time": 4,
        "no_event": 5,
        "clock_out_of_range": 2,
        "before_since": 2,
        "after_until": 3,
        "clock_outlier": 4,
        "ignored": 1,
        "marker_event": 2,
        "assignment_event": 3,
        "agent_event": 4,
    }
    # Without --since and --until nothing is before or after.
    found = dict(runner.rows("15_dropped", **{**bounds, "since_us": None, "until_us": None}))
    assert found["clock_outlier"] == 9


def test_the_span_is_that_of_the_range(runner: HandMade) -> None:
    streams(runner)
    runner.given("log", "at_us bigint", (9,), (10,), (14,), (20,), (21,))
    assert runner.rows("17_log_span", **RANGE) == [(10, 20, 4)]
    runner.given("log", "at_us bigint", (9,), (12,), (13,))
    assert runner.rows("17_log_span", **RANGE) == [(12, 13, 4)]


def test_some_users_are_sampled_as_a_whole(runner: HandMade) -> None:
    streams(runner)

    def sampled(users: int, events: int, seed: int = 0) -> list[int]:
        found = runner.rows("18_sampled_streams", seed=seed, check_users=users, check_events=events)
        assert len(found) == 4
        return sorted(stream for stream, is_sampled in found if is_sampled)

    everybody = sampled(9, 20)  # all rows of users that are not refused
    assert everybody == [1, 2, 3, 4]
    assert len(sampled(9, 19)) < 4
    first = sampled(1, 999)
    assert sampled(9, 0) == first  # the first one always is
    assert first in ([1, 2], [3], [4])
    assert set(first) < set(sampled(2, 999)) < {1, 2, 3, 4}
    assert sampled(0, 999) == []
    assert {tuple(sampled(1, 0, seed)) for seed in range(9)} == {(1, 2), (3,), (4,)}


def test_digests_are_of_user_and_stream(runner: HandMade) -> None:
    streams(runner)
    found = dict(runner.rows("19_stream_digests", seed=1))
    assert found.keys() == {1, 2, 3, 4}
    assert len(set(found.values())) == 4
    assert not set(found.values()) & set(dict(runner.rows("19_stream_digests", seed=2)).values())


def test_users_of_names_are_those_in_range_the_lowest_numbers_first(runner: HandMade) -> None:
    streams(runner)
    runner.given("asked_names", "event text", ("e",), ("f",), ("never",))
    runner.given(
        "log",
        "event text, user_id text, at_us bigint",
        *[("e", user, at) for user, at in (("d", 10), ("b", 20), ("a", 15), ("a", 16), ("c", 15))],
        *[("f", user, at) for user, at in (("a", 9), ("b", 21), ("d", 11))],
        ("not asked", "a", 15),
    )
    assert runner.rows("23_event_users", **RANGE, named_users=2) == [("e", [1, 2]), ("f", [3])]


def test_ids_that_come_again_agree_or_name_something_else(runner: HandMade) -> None:
    columns = (
        "event_id text, stream_no integer, sequence bigint, content bigint, device text,"
        " variant text, position double, at_us bigint, end_us bigint, received_at_us bigint,"
        " row_hash ubigint, segments text[], id_hash ubigint"
    )
    same = (1, 5, 7, "d", "v", 0.5)
    events = [
        *[("twice", *same, at) for at in (30, 20)],
        *[("thrice", *same, at) for at in (5, 4, 6)],
        ("once", *same, 1),
        *[("differs", 1, 5, 7, "d", "v", 0.5, 8), ("differs", 9, 5, 7, "d", "v", 0.5, 8)],
        *[("differs", 1, 9, 7, "d", "v", 0.5, 8), ("differs", 1, 5, 9, "d", "v", 0.5, 8)],
        ("device", 1, 5, 7, "d", "v", 0.5, 8),
        ("device", 1, 5, 7, "e", "v", 0.5, 8),
        *[(None, *same, at) for at in (40, 40)],
    ]
    # Times of end and arrival, and what is not mapped, differ between deliveries of one event.
    more = [(n, n, n, [str(n)], None) for n in range(len(events))]
    rows = [event + beside for event, beside in zip(events, more, strict=True)]
    runner.given("log", columns, *rows)
    hashes = runner.rows("34_id_hashes")
    assert len(hashes) == len([row for row in rows if row[0]])
    again = {found for found in hashes if hashes.count(found) > 1}
    runner.given("repeated_hashes", "id_hash ubigint", *again)
    runner.given("events", columns, *rows)
    pairs = runner.rows("96_delivery_hashes", ids_are_listed=True)
    every = runner.rows("96_delivery_hashes", ids_are_listed=False)
    assert len(every) == len([row for row in rows if row[0]])
    assert set(pairs) < set(every)
    contents = {id_: {content for of, content in pairs if of == id_} for id_, _ in pairs}
    rows_of = sorted(Counter(id_ for id_, _ in pairs).values())
    assert (rows_of, sorted(map(len, contents.values()))) == ([2, 2, 3, 4], [1, 1, 2, 4])
    suspects = runner.rows("35_deliveries")
    assert sorted(row[0] for row in suspects) == sorted(
        r[0] for r in rows if r[0] not in (None, "once")
    )
    runner.given("deliveries", columns, *suspects)
    assert runner.row_of("24_repeated_ids") == {
        "repeated": 1 + 2 + 3 + 1,
        "other": 3 + 1,
        "ids": 4,
        "agreeing_ids": 2,
    }
    unrepeated = runner.rows("16_unrepeated")
    runner.given("unrepeated", columns, *unrepeated)
    runner.given("all_events", columns, *rows)
    kept = sorted((row[0] or "", row[7]) for row in runner.rows("78_events"))
    assert kept == [
        *[("", 40), ("", 40), ("device", 8), ("differs", 8), ("once", 1), ("thrice", 4)],
        ("twice", 20),
    ]
    nothing = {"repeated": 0, "other": 0, "ids": 0, "agreeing_ids": 0}
    runner.con.execute("delete from deliveries")
    assert runner.row_of("24_repeated_ids") == nothing


def test_the_longest_stream_is_none_that_was_refused(runner: HandMade) -> None:
    streams(runner)
    assert runner.rows("25_longest_stream") == [(7,)]
    runner.given("streams", STREAMS, ("c", "", 99, "excluded_user", None, None))
    assert runner.rows("25_longest_stream") == [(0,)]


def test_agents_of_the_sample_are_in_range_and_in_order(runner: HandMade) -> None:
    streams(runner)
    runner.given(
        "kinds",
        "event text, marks integer, roles integer",
        *[("bot", 0, AGENT), ("edit", 0, PRODUCTIVE), ("edit", 64, PRODUCTIVE | AGENT)],
    )
    runner.given(
        "log",
        "user_id text, stream text, at_us bigint, event text, marks integer",
        *[("a", "y", at, "bot", 0) for at in (20, 10, 9, 21)],
        *[("a", "x", 12, "edit", 64), ("a", "x", 13, "edit", 0), ("b", "", 14, "bot", 0)],
    )
    found = runner.rows("27_agent_instants", **RANGE, sampled_streams=[1, 2])
    assert found == [(1, 12), (2, 10), (2, 20)]


def test_session_ids_are_held_against_the_gaps(runner: HandMade) -> None:
    streams(runner)
    rows: list[tuple[object, ...]] = [
        *[("a", 10, "s1", "e"), ("a", 13, "s1", "e")],  # 3: no gap, unchanged
        ("a", 17, "s1", "e"),  # 4: long, unchanged
        ("a", 20, "s2", None),  # 3: changed inside
        *[("b", 10, "t1", "e"), ("b", 14, "t2", "e"), ("b", 18, "t2", "e")],  # long: both
        *[("b", 9, "t0", "e"), ("b", 21, "t9", "e"), ("b", 12, "", "e"), ("b", 13, "t5", "skip")],
        *[("c", 11, "r1", "e"), ("c", 12, "r2", "e")],  # refused
        # 2: changed inside; 3: the same; at once: changed inside.
        *[("d", 10, "w5", "e"), ("d", 12, "w2", "e"), ("d", 15, "w9", "e"), ("d", 15, "w2", "e")],
    ]
    runner.given("rows", "user_id text, at_us bigint, session_id text, event text", *rows)
    variables = {**RANGE, "skipped_events": ["skip"], "one_user_in": 1, "session_gap_us": 3}
    assert runner.row_of("33_session_ids", **variables) == {
        "gaps": 3,
        "unchanged": 2,
        "changes": 4,
        "inside": 3,
    }


def test_rows_that_lack_a_value_are_somebodys(runner: HandMade) -> None:
    runner.given(
        "streams",
        STREAMS,
        *[("a", "", 5, None, 1, 1), ("b", "", 6, None, 2, 2), ("", "", 9, "no_user", None, None)],
        *[
            ("null", "", 9, "placeholder_user", None, None),
            ("x", "", 1, "excluded_user", None, None),
        ],
    )
    columns = (
        "user_id text, stream text, at_us bigint, at_given boolean, received_at_us bigint,"
        " event text, device text"
    )
    runner.given(
        "log",
        columns,
        *[("a", "", 3, True, None, "e", "own"), ("a", "", 4, True, None, "e", "both")],
        ("b", "", 5, True, None, "e", "both"),
        *[("b", "", 6, True, None, "e", "third"), ("a", "", 15, True, None, "e", "own")],
        ("", "", 10, True, None, "e", "third"),  # b's device
        ("", "", 10, True, None, "e", "own"),  # a's device
        ("", "", 11, True, None, "e", "both"),  # of one of two
        ("null", "", 12, True, 99, "e", None),
        ("x", "", 12, True, None, "e", "own"),
        ("a", "", None, False, 13, "e", "own"),
        ("a", "", None, True, 20, "", "own"),
        ("b", "", 14, True, None, " ", "both"),
        ("b", "", 21, True, None, " ", "both"),
        ("b", "", None, True, 9, "e", "both"),
    )
    assert runner.rows("37_lost_rows", **RANGE) == [
        ("no_event", 14, 2),
        ("no_time", 13, 1),
        ("no_user", 10, 1),
        ("no_user", 10, 2),
        ("no_user", 11, None),
        ("placeholder_user", 12, None),
        ("unreadable_time", 20, 1),
    ]


def hashed(text: str) -> bytes:
    return hashlib.md5(text.encode(), usedforsecurity=False).digest()


def test_pseudonyms_are_the_order_of_seeded_hashes(runner: HandMade) -> None:
    streams(runner)
    ids = {1: "a", 2: "b", 3: "d"}
    for seed in range(9):
        found = dict(runner.rows("44_pseudonyms", seed=seed))
        assert {user: number.to_bytes(8, "little") for user, number in found.items()} == {
            user: hashed(f"{seed}/{name}")[:8] for user, name in ids.items()
        }


def test_ids_are_alike_without_case_and_blanks_of_any_kind(runner: HandMade) -> None:
    ids = ["a", " A", "a\u3000", "\u00a0a", "b", "\tb", "é ", "É", "x-test", ""]
    rows = [(name, "", 2**at, None, at, at) for at, name in enumerate(ids, start=1)]
    runner.given("streams", STREAMS, *rows, ("refused", "", 1, "no_user", None, None))
    assert runner.rows("39_user_ids") == [(10, 6, 1, 2**9, 2**11 - 2)]


def test_who_does_not_rest_is_named_once(runner: HandMade) -> None:
    streams(runner)
    runner.given(
        "stream_stats",
        "stream_no integer, restless_days integer",
        *[(1, 4), (2, 9), (3, 3), (4, 4)],
    )
    assert runner.rows("92_restless_users", bot_days=3) == [("a",), ("d",)]
    assert sorted(runner.rows("91_user_ids")) == [(1, "a"), (2, "b"), (3, "d")]
    assert runner.rows("22_stream_users") == [(1, 1), (2, 1), (3, 2), (4, 3)]


def test_users_are_halved_at_random(runner: HandMade) -> None:
    many = [(f"u{n}", stream, 1, None, n, n) for n in range(1, 41) for stream in ("", "x")]
    runner.given("streams", STREAMS, *many, ("refused", "", 1, "no_user", None, None))
    halves = dict(runner.rows("47_user_halves", seed=0))
    assert sorted(halves) == list(range(1, 41))
    assert len(runner.rows("47_user_halves", seed=0)) == 40
    assert sorted(set(halves.values())) == [0, 1]
    assert 10 <= sum(halves.values()) <= 30
    assert dict(runner.rows("47_user_halves", seed=1)) != halves


def test_frequent_names_have_enough_users(runner: HandMade) -> None:
    streams(runner)
    runner.given("candidates", "event text", ("e",), ("f",), ("g",))
    runner.given(
        "log",
        "event text, user_id text",
        *[("e", user) for user in "abd"],
        *[("f", user) for user in "aabb"],
        *[("g", "a")] * 9,
        *[("other", user) for user in "abd"],
    )
    assert sorted(runner.rows("07_frequent_names", role_min_users=3)) == [("e",), ("f",), ("g",)]
    runner.given("streams", STREAMS, *[(f"u{n}", "", 1, None, n, n) for n in range(1, 7)])
    assert sorted(runner.rows("07_frequent_names", role_min_users=3)) == [("e",)]
    assert sorted(runner.rows("07_frequent_names", role_min_users=2)) == [("e",), ("f",)]


def test_names_that_come_late_are_counted_in_the_whole_log(runner: HandMade) -> None:
    runner.given("streams", STREAMS, *[(f"u{n}", "", 1, None, n, n) for n in range(1, 7)])
    runner.given("candidates", "event text", ("e",), ("f",))
    runner.given("log", "event text, user_id text")
    runner.con.execute("insert into log select 'other', 'u1' from range(100000)")
    runner.con.execute(
        "insert into log values ('e', 'u1'), ('e', 'u2'), ('e', 'u3'), ('f', 'u1'), ('f', 'u2')"
    )
    assert runner.rows("07_frequent_names", role_min_users=3) == [("e",)]


def test_places_and_paths_are_those_of_interruptions(runner: HandMade) -> None:
    runner.given(
        "labels",
        "label_no integer, element_no integer, target text, context_no integer, context text",
        *[(1, 7, "ok", 2, "page"), (2, 8, "no", None, ""), (3, None, "", 1, "menu")],
        (4, 7, "ok", 1, "menu"),
    )
    runner.given("kinds", "event text, kind_no integer", ("e", 1), ("f", 2), ("g", 3))
    cap, lags = 10, {1: 10, 2: 11, 3: None, 4: 0, 5: 0, 6: 3}
    runner.given(
        "replays",
        "is_interruption boolean, eligible boolean, lag_us bigint, user_no integer,"
        " stop_content bigint, return_content bigint, work_content bigint, pointed_no integer",
        *[
            (n != 5, n != 6, lags[n], 10 + n, 9 << 32 | label, kind << 32, work << 32, element)
            for n, label, kind, work, element in (
                *[(1, 1, 1, 2, 8), (2, 2, 1, 2, 7), (3, 3, 2, 3, 0)],
                *[(4, 4, 3, 3, 7), (5, 1, 1, 1, 8), (6, 3, 2, 2, 8)],
            )
        ],
    )
    assert sorted(runner.rows("43_places")) == [(11, 8), (12, 7), (13, 0), (14, 7), (16, 8)]
    assert sorted(runner.rows("100_pages")) == [(11, 2), (12, 0), (13, 1), (14, 1), (16, 1)]
    assert sorted(runner.rows("101_element_names", asked_elements=[7, 9])) == [(7, "ok")]
    assert sorted(runner.rows("48_first_paths", cap_us=cap)) == [
        *[(11, 1, 2, False), (12, 1, 0, False), (13, 2, 0, False), (14, 3, 3, True)],
    ]
    assert sorted(runner.rows("46_elements")) == [(7, "ok"), (8, "no")]


def test_names_that_differ_by_what_varies(runner: HandMade) -> None:
    names = {
        1: ["Inbox", "(3) Inbox", "(12+) Inbox"],
        2: ["notes.txt", "* notes.txt", "notes.txt ●"],
        3: ["/list?id=1", "/list?id=1&ts=17", "/list?id=1&_=18&utm_source=a"],
        4: ["/a;jsessionid=77?id=2", "/a?id=2"],
        5: ["/list?id=2"],
        6: ["report (1)", "report (2)", "report"],
        7: ["(2024) plan", "plan2"],
        8: ["/list?test=1", "/list?test=2"],
    }
    rows = [(no, base, name) for base, alike in names.items() for no, name in enumerate(alike)]
    numbers = {name: number for number, (_, _, name) in enumerate(rows, start=1)}
    runner.given(
        "labels",
        "element_no integer, target text",
        *[(number, name) for name, number in numbers.items()],
        (1, "Inbox"),
        (None, None),
    )
    assert runner.rows("41_varying_names") == [
        (numbers[name], numbers[names[base][0]]) for base in (1, 2, 3, 4) for name in names[base]
    ]


def test_events_are_ordered_by_every_column_null_last(runner: HandMade) -> None:
    rows = [
        *[(1, 5, 1, 9, "d"), (1, 5, 2, 3, "b"), (1, 5, 2, 3, "c"), (1, 5, 2, 3, None)],
        *[(1, 5, None, 1, "a"), (1, 6, None, 1, None), (2, 1, 1, 1, None)],
    ]
    columns = "stream_no integer, at_us bigint, sequence bigint, content bigint, device text"
    runner.given("events", columns, *rows[::-1])
    every = ["stream_no", "at_us", "sequence", "content", "device"]
    assert runner.rows("20_steps", step_columns=every) == rows
    without = runner.rows("20_steps", step_columns=["stream_no", "at_us", "content"])
    assert without == sorted((row[0], row[1], row[3]) for row in rows)
