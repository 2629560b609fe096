"""Counts of a log, by hand."""

from __future__ import annotations

from hashlib import md5
from types import SimpleNamespace
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pytest

from resume_gap.analysis import summaries
from resume_gap.analysis.summaries import counts
from resume_gap.pipeline.batches import Shelf
from resume_gap.pipeline.gap_counts import GAP_PARTS
from resume_gap.pipeline.queries import Runner
from resume_gap.quality.small_groups import EventNames, Groups
from resume_gap.results.common import GAP_CLASS_ENDS_US, GAP_CLASSES, REASONS
from resume_gap.results.workday import StoppingPlace
from resume_gap.settings import Settings
from resume_gap.sources.role_bits import AGENT, AWAY, COMPLETING, IGNORED, MARKER, PRODUCTIVE

HOUR, *_, LONGEST = GAP_CLASS_ENDS_US


def returns(*rows: tuple[str, bool, int, bool | None]) -> pl.DataFrame:
    columns = {
        "reason": pl.String,
        "is_interruption": pl.Boolean,
        "gap_us": pl.Int64,
        "device_changed": pl.Boolean,
    }
    return pl.DataFrame(rows, schema=columns, orient="row")


def users(*rows: tuple[int, int, int, int, int, int]) -> pl.DataFrame:
    names = ("streams", "events", "interruptions", "not_returned", "followed_7d", "returned_7d")
    span = {"first_us": HOUR, "last_us": 3 * HOUR}
    return pl.DataFrame([dict(zip(names, row, strict=True)) | span for row in rows])


def test_what_is_counted() -> None:
    frame = returns(
        ("mid_task", True, HOUR, True),
        ("away_event", True, HOUR + 1, None),
        ("mid_task", True, LONGEST + 1, True),
        ("completed", False, HOUR, False),
        ("unknown", False, LONGEST, None),
    )
    found = counts(frame, users((1, 10, 3, 1, 4, 3), (2, 5, 0, 2, 0, 0)))
    assert (found.events, found.users, found.users_interrupted) == (15, 2, 1)
    assert (found.streams, found.sessions, found.returns, found.interruptions) == (3, 8, 5, 3)
    assert (found.not_returned, found.followed_7d, found.return_rate_7d) == (3, 4, 0.75)
    assert found.device_changed == 2
    assert (found.first_at, found.last_at) == ("1970-01-01T01:00:00Z", "1970-01-01T03:00:00Z")
    assert found.reasons == {
        **dict.fromkeys(REASONS, 0),
        "mid_task": 2,
        "away_event": 1,
        "completed": 1,
        "unknown": 1,
    }
    # A gap at the end of a class is in it; a task that was completed is not counted.
    assert found.gap_classes == dict(zip(GAP_CLASSES, (1, 1, 0, 1, 1), strict=True))


def test_nobody_who_was_followed_has_no_rate() -> None:
    found = counts(returns(), users((1, 1, 0, 0, 0, 0)))
    assert found.return_rate_7d is None
    assert (found.device_changed, found.sessions) == (0, 1)


def place(name: str, n: int) -> StoppingPlace:
    return StoppingPlace(target=name, interruptions=n)


def test_work_stops_most_at_the_places_of_large_groups() -> None:
    with duckdb.connect(config={"threads": 1}) as con:
        runner = Runner(con)
        con.execute("""
        create table labels as
            from (values (1, 1, 'a', 2, 'y'), (2, 2, 'b', 1, 'x'), (3, 3, 'c', 1, 'x'))
            as t(label_no, element_no, target, context_no, context)
        """)
        con.execute("""
        create table replays as select
            user_no, place as pointed_no, label as stop_content, user_no < 4 as is_interruption
        from (values
            (1, 2, 2), (2, 2, 3), (1, 1, 2), (2, 1, 0), (2, 1, 1), (1, 3, 1), (1, 3, 1), (1, 3, 1),
            (2, 0, 0), (3, 0, 0), (4, 2, 9)
        ) as t(user_no, place, label)
        """)
        runner.let(log_columns=["target"])
        assert summaries.places(runner, Groups(2)) == (
            (place("a", 3), place("b", 2)),
            (),
        )
        runner.let(log_columns=["target", "context"])
        elements, pages = summaries.places(runner, Groups(2))
        assert (elements[0], pages) == (place("a", 3), (place("y", 4), place("x", 3)))
        assert len(summaries.places(runner, Groups(1))[0]) == 3


def hashed(text: str) -> bytes:
    return md5(text.encode(), usedforsecurity=False).digest()


def test_a_pseudonym_is_the_rank_among_everybody() -> None:
    users = {user: f"u{user}" for user in range(1, 60)}
    with duckdb.connect(config={"threads": 1}) as con:
        runner = Runner(con)
        con.execute("create table streams(user_no integer, user_id text)")
        rows = [*users.items(), (7, "u7"), (None, "refused")]
        con.executemany("insert into streams values ($1, $2)", rows)

        def called(*asked: int, **given: Any) -> dict[int, str]:
            return summaries.pseudonyms(runner, Settings(seed=3, **given), asked)

        in_order = sorted(users, key=lambda user: hashed(f"3/u{user}"))
        assert called(*users) == {user: f"user {1 + at}" for at, user in enumerate(in_order)}
        assert called(in_order[8]) == {in_order[8]: "user 9"}
        assert called(5, 7, show_ids=True) == {5: "u5", 7: "u7"}
        assert called() == {}


def test_gaps_are_counted_by_user_not_by_stream() -> None:
    shelf = Shelf(None)
    for streams, bins, gaps in (([4, 1], [60, 70], [1, 2]), ([3], [80], [4])):
        parts = np.array(gaps) * GAP_PARTS
        shelf.put({"gap_counts": pa.table({"stream_no": streams, "bin": bins, "parts": parts})})
    stats = pl.DataFrame({"stream_no": [1, 3, 4], "user_no": [8, 9, 8]})
    found = summaries.gap_counts(shelf, stats)
    for _ in range(2):
        blocks = [(block.user.tolist(), block.bin.tolist()) for block in found.blocks]
        assert blocks == [([0, 0], [60, 70]), ([1], [80])]
    assert found.users == 2
    assert (found.parts_of_user / GAP_PARTS).tolist() == [3, 4]
    assert summaries.gap_histogram(found) == ((64.0, 1.0), (128.0, 2.0), (256.0, 4.0))


def intake() -> Any:
    rows = [
        ("open", 1, 0, 9),
        ("edit", 2, PRODUCTIVE, 5),
        ("send", 3, PRODUCTIVE | COMPLETING, 4),
        ("lock", 4, AWAY, 7),
        ("ping", 5, IGNORED, 99),
        ("hint", 6, MARKER, 2),
        ("bot", 7, AGENT, 1),
        ("open", 1, PRODUCTIVE, 2),
    ]
    kinds = pl.DataFrame(rows, schema=["event", "event_no", "roles", "n"], orient="row")
    contents = SimpleNamespace(
        kind_roles=np.array([0, *kinds["roles"]]), kind_event=np.array([0, *kinds["event_no"]])
    )
    bits = {"open": PRODUCTIVE, "send": PRODUCTIVE | COMPLETING}
    return SimpleNamespace(
        kinds=kinds, contents=contents, roles=SimpleNamespace(source="configured", bits=bits)
    )


USED = np.array([0, 9, 5, 4, 0, 0, 0, 0, 2])


def test_every_role_has_its_events_and_its_share() -> None:
    names = EventNames(users={name: frozenset(range(90)) for name in intake().kinds["event"]})
    found = summaries.roles(intake(), USED, 25, names)
    assert found.source == "configured"
    assert (found.productive, found.completing) == (("edit", "open", "send"), ("send",))
    assert (found.away, found.ignored, found.marker, found.agent) == (
        ("lock",),
        ("ping",),
        ("hint",),
        ("bot",),
    )
    assert (found.productive_events, found.productive_share) == (11, 11 / 20)
    assert found.away_share == 5 / 25
    assert found.leading[:3] == (("ping", 99), ("open", 11), ("lock", 7))
    assert found.unnamed == {}
    nothing = summaries.roles(intake(), USED * 0, 0, EventNames())
    assert (nothing.productive_share, nothing.away_share) == (0.0, 0.0)
    assert nothing.unnamed == {
        "productive": 3,
        "completing": 1,
        "away": 1,
        "ignored": 1,
        "marker": 1,
        "agent": 1,
        "leading": 7,
    }


def test_events_that_took_part_are_counted_by_name() -> None:
    assert summaries.has_productive(intake(), USED)
    assert not summaries.has_productive(intake(), USED * np.array([1, 1, 0, 0, 1, 1, 1, 1, 0]))
    assert summaries.used_by_name(intake(), USED) == {"open": 11, "edit": 5, "send": 4}
    assert summaries.used_by_name(intake(), USED[:3]) == {"open": 9, "edit": 5}
    assert summaries.event_names(intake())[:3] == ("open", "edit", "send")
    bits = summaries.roles_by_name(intake())
    assert list(bits.items())[:3] == [("ping", 0), ("open", PRODUCTIVE), ("lock", 0)]


@pytest.mark.parametrize(("tz", "day", "hour"), [("UTC", 6, 23), ("Europe/Berlin", 0, 0)])
def test_the_week_begins_on_monday_in_the_zone_of_the_log(tz: str, day: int, hour: int) -> None:
    sunday = 1_772_407_800_000_000  # 2026-03-01 23:30 UTC
    frame = pl.DataFrame({"is_interruption": [True, False], "stop_us": [sunday, sunday]})
    found = summaries.week(frame, Settings(tz=tz))
    assert (len(found), {len(row) for row in found}) == (7, {24})
    assert found[day][hour] == 1
    assert sum(map(sum, found)) == 1


def test_instants_are_utc_and_end_in_z() -> None:
    assert summaries.instant(1_500_000) == "1970-01-01T00:00:01.500000Z"
    assert summaries.instant(None) is None
