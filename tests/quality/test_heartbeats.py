"""Which events repeat like a clock: the vote of the users, by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from factories.streams import HOUR, MINUTE, SECOND, contents_of, steps_of

from resume_gap.constants import (
    HEARTBEAT_NAMED_SHARE,
    HEARTBEAT_SHARE,
    ROLE_MIN_COUNT,
    ROLE_MIN_USERS,
)
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.steps import Steps
from resume_gap.quality import heartbeats as module
from resume_gap.quality.comparison import SampleMeasurement, WithAndWithout
from resume_gap.quality.heartbeats import (
    fillers,
    heartbeats,
    hidden_returns,
    lone,
    machine_checks,
)
from resume_gap.quality.resampling import Resampling
from resume_gap.quality.small_groups import EventNames

US = 1_000_000
ZERO = np.zeros(2, dtype=np.int64)
CONTENTS = Contents(
    kind_roles=ZERO,
    kind_event=np.array([0, 1]),
    label_element=ZERO,
    label_context=ZERO,
    label_task=ZERO,
)


def stream(number: int, seconds: list[float]) -> Steps:
    at = np.array([round(s * US) for s in seconds], dtype=np.int64)
    nothing: dict[str, Any] = dict.fromkeys(Steps.__dataclass_fields__)
    return replace(
        Steps(**nothing),
        starts=np.array([0, len(at)]),
        stream_no=np.array([number]),
        at=at,
        content=np.full(len(at), 1 << 32, dtype=np.int64),
    )


def steady(every: float, many: int = 40) -> list[float]:
    return [every * n for n in range(many)]


def unsteady(many: int = 40) -> list[float]:
    return np.cumsum(1.3 ** (np.arange(many) % 20) * 10).tolist()


def found(*streams: list[float], resolution_seconds: float = 0.0) -> tuple[int, ...]:
    resampling = Resampling(CONTENTS, 1, 1, None, all_returns=False)
    sample = [stream(number, own) for number, own in enumerate(streams, start=1)]
    return heartbeats(
        SampleMeasurement(sample, ("ping",), EventNames(), resolution_seconds, resampling)
    )


@pytest.mark.parametrize(
    ("steady_users", "others", "is_heartbeat"),
    [(1, 0, True), (2, 1, True), (1, 1, False), (1, 2, False), (2, 3, False), (3, 2, True)],
)
def test_more_than_half_of_the_users_decide(
    steady_users: int, others: int, *, is_heartbeat: bool
) -> None:
    streams = [steady(30)] * steady_users + [unsteady()] * others
    assert found(*streams) == ((1,) if is_heartbeat else ())


def test_what_is_faster_than_five_seconds_or_the_stamps_is_no_heartbeat() -> None:
    assert found(steady(4.9)) == ()
    assert found(steady(5.1)) == (1,)
    assert found(steady(30), resolution_seconds=1) == (1,)
    assert found(steady(30), resolution_seconds=60) == ()


def test_nothing_is_sought_in_nothing() -> None:
    assert found() == ()
    assert found([0.0]) == ()


def pinged(*, users: int, every: float, role: int = 0) -> SampleMeasurement:
    """People work for a minute, then a hidden tab ticks unevenly through an hour."""
    streams = {}
    for user in range(users):
        rows = []
        for session in range(5):
            at = session * 2 * HOUR
            rows += [(at + n * 5 * SECOND, 1 << 32) for n in range(12)]
            rows += [
                (at + MINUTE + round((n + n % 3 / 5) * every * MINUTE), 2 << 32)
                for n in range(1, int(59 / every))
            ]
            rows.append((at + HOUR, 1 << 32))
        streams[user + 1] = rows
    resampling = Resampling(contents_of([1, role]), 1, 30 * MINUTE, None, all_returns=False)
    return SampleMeasurement([steps_of(streams)], ("edit", "zorp"), EventNames(), 0.0, resampling)


def test_an_event_that_fills_gaps_alone_hides_returns() -> None:
    found = hidden_returns(
        pinged(users=4, every=7).sample, contents_of([1, 0]), threshold_us=30 * MINUTE
    )
    assert (found.returns, found.raised[2], found.in_runs[2]) == (16, 20, 20)
    assert fillers(pinged(users=4, every=7)) == (2,)
    assert fillers(pinged(users=3, every=7)) == ()  # 15 more returns are no evidence


def test_work_is_never_a_filler() -> None:
    assert fillers(pinged(users=40, every=7, role=1)) == ()


def test_single_events_amid_a_gap_are_no_filler() -> None:
    found = pinged(users=40, every=29)
    assert (
        hidden_returns(found.sample, found.resampling.contents, threshold_us=30 * MINUTE).in_runs[2]
        == 0
    )
    assert fillers(found) == ()


def written_in_breaks(*, users: int = 5, days: int = 12, role: int = 0) -> SampleMeasurement:
    """An hour of work on each of twelve days; in the breaks after some of them a server writes."""
    streams: dict[int, list[tuple[int, int]]] = {}
    for user in range(1, users + 1):
        rows = [(day * 24 * HOUR + n * MINUTE, 1 << 32) for day in range(12) for n in range(60)]
        rows += [(day * 24 * HOUR + 12 * HOUR, 2 << 32) for day in range(days)]
        streams[user] = sorted(rows)
    resampling = Resampling(contents_of([1, role]), 1, 30 * MINUTE, None, all_returns=False)
    return SampleMeasurement(
        [steps_of(streams)], ("edit", "invoice_made"), EventNames(), 0.0, resampling
    )


def test_what_makes_returns_of_its_own_may_be_a_servers() -> None:
    assert lone(written_in_breaks()) == (2,)
    assert lone(written_in_breaks(users=4)) == ()
    assert lone(written_in_breaks(days=9)) == ()
    assert lone(written_in_breaks(users=13, days=4)) == (2,)
    assert lone(written_in_breaks(users=17, days=3)) == ()  # 3 of 14 returns
    assert lone(written_in_breaks(role=1)) == ()
    viewed = replace(written_in_breaks(), event_names=("edit", "page_view"))
    assert lone(viewed) == ()


@pytest.mark.parametrize("on_timer", [False, True])
def test_each_event_of_no_person_is_said_once_with_why(
    monkeypatch: pytest.MonkeyPatch, *, on_timer: bool
) -> None:
    monkeypatch.setattr(module, "heartbeats", lambda _: (1, 3))
    monkeypatch.setattr(module, "fillers", lambda _: (2, 3))
    monkeypatch.setattr(module, "lone", lambda _: (4, 2, 3))
    out: list[list[bool]] = []

    def measured(_runner: Any, sampled: SampleMeasurement, left_out: Any) -> WithAndWithout:
        out.append(left_out(sampled.sample[0]).tolist())
        return WithAndWithout({"returns_with": len(out)}, ("build", "test"))

    monkeypatch.setattr(module, "compared", measured)
    kinds = (1, 2, 2, 3, 3, 3, 4, 4, 4, 4)
    sample = [steps_of({1: [(n, kind << 32) for n, kind in enumerate(kinds)]})]
    resampling = Resampling(contents_of([1, 0, 0, 0]), 1, 1, None, all_returns=False)
    shown = EventNames(users={name: frozenset(range(9)) for name in "abd"})
    sampled = SampleMeasurement(
        sample, tuple("abcd"), shown, 0.0, resampling, is_sent_on_timer=on_timer
    )
    runner: Any = None
    found = machine_checks(runner, sampled)
    said = [(one.names, one.count, one.share, dict(one.figures)) for one in found]
    expected = [
        *[(("a",), 1, 0.1, {"is_regular": 1, "is_lone": 0})],  # work, whose timer is known
        *[(("b",), 2, 0.2, {"is_regular": 0, "is_lone": 0})],
        *[((), 3, 0.3, {"is_regular": 1, "is_lone": 0})],
        *[(("d",), 4, 0.4, {"is_regular": 0, "is_lone": 1})],
    ][on_timer:]
    assert [(*row[:3], {**row[3], "returns_with": n}) for n, row in enumerate(expected, 1)] == said
    assert {(one.check, one.severity, one.words) for one in found} == {
        ("machine_events", "warn", ("build", "test"))
    }
    assert out == [[kind == no for kind in kinds] for no in (1, 2, 3, 4)[on_timer:]]


@pytest.mark.parametrize(
    ("event", "least"),
    [("ping", HEARTBEAT_NAMED_SHARE.value), ("edit", HEARTBEAT_SHARE.value)],
)
def test_a_name_that_says_so_needs_fewer_gaps_alike(event: str, least: float) -> None:
    more = least + 0.001
    assert not module._is_clock(event, [least, least, 0.0])
    assert module._is_clock(event, [more, more, 0.0])
    assert not module._is_clock(event, [more, 0.0])
    assert module._is_clock(event, [more])


def test_gaps_within_a_fiftieth_of_one_value_are_alike() -> None:
    gaps = np.array([1.0, 10.0, 50.0, 98.0, 100.0, 102.0, 200.0])
    assert module._alike_share(gaps, 5.0) == 3 / 7
    assert module._alike_share(gaps, 100.0) == 3 / 7
    assert module._alike_share(gaps, 102.5) == 1 / 7
    assert module._alike_share(gaps, 200.0) == 1 / 7
    assert module._alike_share(gaps, 201.0) == 0.0


def test_what_stands_in_the_first_gap_of_a_stream_hides_it() -> None:
    def raised(*rows: tuple[float, int]) -> list[int]:
        stream = [(round(at * MINUTE), event << 32) for at, event in rows]
        found = hidden_returns(
            [steps_of({1: stream})], contents_of([1, 0, 0]), threshold_us=30 * MINUTE
        )
        assert found.returns == 0
        return found.raised.tolist()

    assert raised((0, 1), (20, 2), (40, 1)) == [0, 0, 1, 0]
    assert raised((0, 1), (20, 3), (40, 1)) == [0, 0, 0, 1]
    assert raised((0, 2), (20, 1), (40, 2), (60, 1)) == [0, 1, 1, 0]
    assert raised((0, 1), (20, 2)) == [0, 0, 0, 0]
    assert raised((0, 2), (20, 1)) == [0, 0, 0, 0]


def of_events(*streams: list[tuple[float, int]], names: tuple[str, ...]) -> SampleMeasurement:
    """Users with (seconds, event number) each."""
    sample = [
        steps_of({number: sorted((round(at * US), event << 32) for at, event in own)})
        for number, own in enumerate(streams, start=1)
    ]
    resampling = Resampling(contents_of([0] * len(names)), 1, 30 * MINUTE, None, all_returns=False)
    return SampleMeasurement(sample, names, EventNames(), 0.0, resampling)


def test_gaps_are_those_between_events_of_one_name_and_user() -> None:
    names = ("ping", "other")
    ticks = [(10.0 * n, 1) for n in range(21)]
    unsteady_other = [(at + 3.0, 2) for at in unsteady(30)]
    assert heartbeats(of_events(ticks + unsteady_other, names=names)) == (1,)
    # One gap fewer is no evidence, wherever in the order of all gaps it stands.
    assert heartbeats(of_events(unsteady_other, ticks[:20], names=names)) == ()
    assert heartbeats(of_events(unsteady_other, ticks, names=names)) == (1,)
    # Two at one instant have no gap.
    assert heartbeats(of_events(ticks[:20] + ticks[:20], names=names)) == ()
    assert heartbeats(of_events(ticks + ticks, names=names)) == (1,)


def test_a_filler_hides_a_tenth_of_the_returns_and_twenty_at_least(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def found(raised: int, runs: int, returns: int) -> tuple[int, ...]:
        hidden = module.Hidden(returns, np.array([0, 0, raised]), np.array([0, 0, runs]))
        monkeypatch.setattr(module, "hidden_returns", lambda *_, **__: hidden)
        return fillers(of_events([(0.0, 1)], names=("edit", "zorp")))

    assert found(20, 20, 10) == (2,)
    assert found(19, 20, 10) == found(20, 19, 10) == ()
    assert found(30, 30, 300) == (2,)
    assert found(29, 30, 300) == found(30, 29, 300) == ()


def test_a_lone_event_is_frequent_with_enough_users(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(many: int, users: int, hides: int, returns: int, others: int) -> tuple[int, ...]:
        hidden = module.Hidden(returns, np.array([0, 0, -hides]), np.array([0, 0, 0]))
        monkeypatch.setattr(module, "hidden_returns", lambda *_, **__: hidden)
        rows = [[(float(n), 2) for n in range(user, many, users)] for user in range(users)]
        rows[0] += [(float(n), 1) for n in range(others)]
        return lone(of_events(*rows, names=("edit", "invoice_made")))

    least, people = int(ROLE_MIN_COUNT.value), int(ROLE_MIN_USERS.value)
    assert found(least, people, 25, 100, least + 1) == (2,)
    assert found(least - 1, people, 25, 100, least + 1) == ()
    assert found(least, people - 1, 25, 100, least + 1) == ()
    assert found(least, people, 24, 100, least + 1) == ()
    assert found(least, people, 25, 100, least) == ()
