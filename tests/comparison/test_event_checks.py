"""Event names that change at a launch: which forbid a verdict, and which may be named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import numpy as np
import polars as pl

from resume_gap.comparison.event_checks import EventDays, changed_events, read_event_days
from resume_gap.pipeline.queries import Runner
from resume_gap.sources.role_bits import IGNORED, MARKER, PRODUCTIVE

from .test_one_date import launched

if TYPE_CHECKING:
    from resume_gap.results.trust import TrustCheck

RETURNS = launched()
KINDS = pl.DataFrame(
    {
        "event": ["edit", "view", "beat", "shown", "scroll"],
        "roles": [PRODUCTIVE, 0, IGNORED, MARKER, 0],
    }
)
ON = (np.arange(RETURNS.days) >= RETURNS.launch).astype(np.int64)


class Names:
    """Names that may be shown: all but one."""

    def may_show(self, name: str) -> bool:
        return name != "scroll"


def check(**counts: np.ndarray) -> TrustCheck:
    days = EventDays(
        names=tuple(counts),
        counts=np.array(list(counts.values()), dtype=np.int64),
        active=np.full(RETURNS.days, 10),
    )
    return changed_events(days, RETURNS, KINDS, Names(), "UTC")  # type: ignore[arg-type]


def steady(n: int) -> np.ndarray:
    return np.full(RETURNS.days, n)


def test_the_same_events_pass() -> None:
    found = check(edit=steady(50), view=steady(200))
    assert (found.code, found.status) == ("none", "passed")
    assert found.figures == {"events": (), "unnamed": 0, "names": 2}


def test_work_under_another_name_forbids_a_verdict_however_rare() -> None:
    found = check(edit=3 * (1 - ON), view=steady(20_000))
    assert (found.code, found.status) == ("some", "failed")
    (event,) = found.figures["events"]
    assert (event.event, event.change, event.before, event.after) == ("edit", "vanishes", 0.3, 0.0)


def test_a_rare_name_without_a_role_is_a_note() -> None:
    found = check(edit=steady(20_000), view=3 * ON)
    assert (found.code, found.status) == ("rare", "passed")
    assert [one.event for one in found.figures["events"]] == ["view"]


def test_a_frequent_name_without_a_role_forbids_a_verdict() -> None:
    assert check(edit=steady(100), view=30 * ON).status == "failed"


def test_a_name_of_few_users_is_counted_and_not_named() -> None:
    found = check(edit=steady(100), scroll=30 * ON)
    assert found.figures["events"] == ()
    assert found.figures["unnamed"] == 1


def test_events_of_the_marker_and_those_left_out_take_no_part() -> None:
    with duckdb.connect(config={"threads": 1}) as con:
        runner = Runner(con)
        con.execute("create table streams as select 'a' as user_id, 1 as user_no, 1 as stream_no")
        con.execute("create table sessions (stream_no integer, start_us bigint, end_us bigint)")
        con.execute("create table log (user_id text, event text, at_us bigint)")
        at = RETURNS.launch_us
        names = [*KINDS["event"], "late"]
        con.executemany("insert into log values ('a', ?, ?)", [(name, at) for name in names])
        con.execute("insert into log values ('a', 'edit', 20)")  # long before the first day
        con.execute("insert into sessions values (1, ?, ?)", [at, at + 5])
        runner.let(launch_us=at, day_us=86_400_000_000, earliest_us=0, latest_us=2 * at)
        found = read_event_days(runner, RETURNS, KINDS)
    assert found.names == ("edit", "late", "scroll", "view")
    assert found.counts.sum(axis=1).tolist() == [1, 1, 1, 1]
    assert found.counts[:, RETURNS.launch].tolist() == [1, 1, 1, 1]
    assert np.flatnonzero(found.active).tolist() == [RETURNS.launch]
