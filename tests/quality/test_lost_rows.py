"""Dropped rows at returns: distinguished from those that are dropped anywhere."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from factories.streams import HOUR, MINUTE, SECOND
from oracles import cleaning
from oracles.log import Roles
from scipy.stats import ttest_1samp

import resume_gap
from resume_gap.constants import LOST_LEAST, LOST_RETURNS
from resume_gap.quality import lost_rows as module
from resume_gap.quality.lost_rows import AtReturns, Spans, nearby, owned

if TYPE_CHECKING:
    from pathlib import Path

HALF_HOUR = 30 * MINUTE
Stamps = dict[int, list[int]]


def spans_of(streams: Stamps) -> Spans:
    """Every event is a burst of its own; streams in order."""
    rows = [(number, at) for number, own in streams.items() for at in sorted(own)]
    stream, start = (np.array(values, dtype=np.int64) for values in zip(*rows, strict=True))
    events = np.zeros(max(streams) + 1, dtype=np.int64)
    for number, own in streams.items():
        events[number] = len(own)
    opens = np.diff(stream, prepend=0) != 0
    return Spans(stream, start, start, opens, events)


def days(users: int, *, sessions: int = 8, events: int = 10) -> Stamps:
    """Each user works at every full hour, each a minute after the one before."""
    return {
        user: [
            session * HOUR + user * 7 * SECOND + n * MINUTE
            for session in range(sessions)
            for n in range(events)
        ]
        for user in range(1, users + 1)
    }


def own_rows(lost: Stamps, streams: Stamps) -> AtReturns | None:
    rows = sorted((at, number) for number, own in lost.items() for at in own)
    at, stream = (np.array(values, dtype=np.int64) for values in zip(*rows, strict=True))
    return owned(spans_of(streams), stream, at, threshold_us=HALF_HOUR)


def before_returns(streams: Stamps, each: int) -> Stamps:
    """A dropped row 20 s before every return but the first so many of `each`."""
    return {
        number: [own[n] - 20 * SECOND for n in range(10, len(own), 10)][:each]
        for number, own in streams.items()
    }


def test_rows_that_begin_returns_are_found() -> None:
    streams = days(6)
    found = own_rows(before_returns(streams, 4), streams)
    assert found is not None
    assert (found.returns, found.hit, found.owned) == (6 * 7, 24, True)
    assert found.elsewhere == 0
    assert found.late_seconds == 20


@pytest.mark.parametrize(("users", "each"), [(4, 7), (6, 3)])
def test_few_users_and_few_rows_are_no_evidence(users: int, each: int) -> None:
    streams = days(users)
    assert own_rows(before_returns(streams, each), streams) is None


def test_rows_dropped_anywhere_are_not_found() -> None:
    random = Random(5)  # noqa: S311 - a test log is no secret
    streams = days(30)
    lost: Stamps = {n: [] for n in streams}
    used: Stamps = {n: [] for n in streams}
    for number, own in streams.items():
        for at in own:
            (lost if random.random() < 0.1 else used)[number].append(at)
    assert sum(map(len, lost.values())) > 200
    assert own_rows(lost, used) is None


def test_rows_amid_work_are_not_found() -> None:
    streams = days(6)
    lost = {number: [own[n] + SECOND for n in range(10, 70)] for number, own in streams.items()}
    assert own_rows(lost, streams) is None


def test_a_burst_goes_on_beneath_a_dropped_row() -> None:
    streams = days(6)
    lost = before_returns(streams, 7)
    spans = spans_of(streams)
    reach = spans.start + 40 * MINUTE
    long = Spans(spans.stream, spans.start, reach, spans.opens, spans.events)
    rows = [(at, number) for number, own in lost.items() for at in own]
    at, stream = (np.array(values, dtype=np.int64) for values in zip(*rows, strict=True))
    assert owned(long, stream, at, threshold_us=HALF_HOUR) is None


@pytest.mark.parametrize("seed", range(12))
def test_counts_equal_the_reference(seed: int) -> None:
    random = Random(f"lost {seed}")  # noqa: S311 - a test log is no secret
    streams: Stamps = {}
    lost: Stamps = {}
    for number in range(1, 25):
        at = random.randrange(HOUR)
        used: list[int] = []
        gone: list[int] = []
        for _ in range(50):
            again = random.random() < 0.2
            at += random.choice([HALF_HOUR, HALF_HOUR + 1, 2 * HOUR] if again else [0, SECOND])
            (gone if random.random() < (0.7 if again else 0.05) else used).append(at)
        streams[number], lost[number] = used or [at], gone
    found = own_rows(lost, streams)
    tables = cleaning.lost_at_returns(
        [
            {"user_id": str(n), "timestamp_us": t, "event": "edit"}
            for n, own in streams.items()
            for t in own
        ],
        [{"user_id": str(n), "timestamp_us": t} for n, own in lost.items() for t in own],
        Roles(),
        HALF_HOUR,
    ).values()
    assert found is not None
    assert found.returns == sum(table.first for table in tables)
    assert found.hit == sum(table.lost_first for table in tables)
    others = sum(table.lost - table.lost_first for table in tables)
    assert found.elsewhere == pytest.approx(
        others / sum(table.rows - table.first for table in tables)
    )
    by_user = [float(one) for one in cleaning.deviations(list(tables))]
    assert ttest_1samp(by_user, 0, alternative="greater").pvalue < 0.001


def test_rows_of_nobody_just_before_returns_are_found() -> None:
    streams = days(8)
    spans = spans_of(streams)
    back = [own[n] for own in streams.values() for n in range(10, len(own), 10)]
    at = np.sort(np.array([one - 2 * SECOND for one in back[:30]]))
    found = nearby(spans, at, threshold_us=HALF_HOUR)
    assert found is not None
    assert (found.returns, found.owned, found.late_seconds) == (56, False, None)
    assert found.hit > 25
    after = np.sort(np.array([one + 2 * SECOND for one in back[:30]]))
    assert nearby(spans, after, threshold_us=HALF_HOUR) is None
    assert nearby(spans, at - 2 * MINUTE, threshold_us=HALF_HOUR) is None
    assert nearby(spans, at[:0], threshold_us=HALF_HOUR) is None


def written(path: Path, header: str, row: Any) -> Path:
    """8 users, 10 visits of 60 events each, `row` makes a line of user, visit, place, stamp."""
    lines = []
    for user in range(8):
        for visit in range(10):
            at = 9 * 3600 + visit * 3_600 + user * 131
            for place in range(60):
                stamp = f"2026-03-0{2 + at // 86_400}T{at // 3600 % 24:02}:{at // 60 % 60:02}"
                lines.append(row(f"u{user}", visit, place, f"{stamp}:{at % 60:02}.250Z"))
                at += 7 + place % 5
    path.write_text("\n".join([header, *lines, ""]))
    return path


def said(path: Path, check: str, **options: Any) -> Any:
    found = resume_gap.analyze(path, gap="20m", **options)
    return [one for one in found.data_quality if one.check == check]


def test_rare_rows_without_a_name_at_returns_are_a_warning(tmp_path: Path) -> None:
    log = written(
        tmp_path / "a.csv",
        "user_id,timestamp,event,kind",
        lambda user, visit, place, at: (
            f"{user},{at},{'' if place == 0 and visit > 4 else 'edit'},view"
        ),
    )
    (check,) = said(log, "rows_dropped", event="event")
    assert check.severity == "warn"
    assert check.share is not None
    assert check.share < 0.02
    assert "40 of 72 returns (56%) begin in one, 7.0 s too late" in check.message
    assert "0.0% of the other rows" in check.message
    assert check.action == "name a column that has one in them: --event COL"


def test_as_many_rows_anywhere_are_none(tmp_path: Path) -> None:
    log = written(
        tmp_path / "a.csv",
        "user_id,timestamp,event",
        lambda user, visit, place, at: f"{user},{at},{'' if place == 3 * visit + 9 else 'edit'}",
    )
    assert said(log, "rows_dropped") == []


def nobody(user: str, visit: int, place: int, at: str, *, sibling: bool) -> str:
    who = "null" if place < 2 and visit > 5 else user
    return f"{who},{'a' + user if sibling else ''},{at},edit"


@pytest.mark.parametrize(
    ("sibling", "action"),
    [
        (True, "'anonymous_id' has a value in 64 of them: --user anonymous_id"),
        (False, "log an id that a person has before signing in"),
    ],
)
def test_ids_of_nobody_name_the_id_beside_them(
    *, sibling: bool, action: str, tmp_path: Path
) -> None:
    log = written(
        tmp_path / "a.csv",
        "user_id,anonymous_id,timestamp,event",
        lambda *row: nobody(*row, sibling=sibling),
    )
    (check,) = said(log, "placeholder_user_ids")
    assert check.message.startswith("rows of users called null (1.3%) are nobody's")
    assert "come within 60 s after one" in check.message
    assert check.action.startswith(action)
    if sibling:
        assert said(log, "placeholder_user_ids", user="anonymous_id") == []


def test_an_id_that_others_lack_is_to_be_joined(tmp_path: Path) -> None:
    log = written(
        tmp_path / "a.csv",
        "user_id,client_id,timestamp,event",
        lambda user, _, place, at: (
            f"Guest,c{user},{at},edit" if place < 2 else f"{user},,{at},edit"
        ),
    )
    (check,) = said(log, "placeholder_user_ids")
    assert "'client_id' has a value in 160 of them, but not in the others" in check.action
    assert "join the ids" in check.action


def test_the_rows_of_a_device_are_its_users(tmp_path: Path) -> None:
    log = written(
        tmp_path / "a.csv",
        "user_id,device_id,timestamp,event",
        lambda user, visit, place, at: (
            f"{'' if place == 0 and visit > 4 else user},d-{user},{at},edit"
        ),
    )
    (check,) = said(log, "rows_dropped")
    assert "40 of 72 returns (56%) begin in one" in check.message
    assert check.action == "'device_id' has a value in 40 of them: --user device_id"


def test_rows_of_nobody_who_is_known_tell_nothing() -> None:
    spans = spans_of(days(3))
    nobody = np.zeros(0, dtype=np.int64)
    assert owned(spans, nobody, nobody, threshold_us=HALF_HOUR) is None
    assert owned(spans, np.array([0, 9]), np.array([5, 6]), threshold_us=HALF_HOUR) is None


def test_the_wait_until_the_next_used_event_is_that_of_dropped_rows_at_returns() -> None:
    def late(*rows: tuple[int, int, bool, bool], threshold: int = 100) -> float | None:
        at, stream, is_lost, first = (np.array(values) for values in zip(*rows, strict=True))
        return module._late(at * SECOND, stream, is_lost, first, threshold * SECOND)

    lost, used = (0, 1, True, True), (7, 1, False, False)
    assert late(lost, used) == 7
    assert late(lost, used, (20, 1, True, False), (21, 1, False, False)) == 7
    assert late(lost, used, (20, 1, False, True), (30, 1, False, False)) == 7
    assert late(lost, used, (50, 1, True, True), (53, 1, False, False)) == 5
    assert late(lost, (7, 2, False, False)) is None
    assert late((7, 1, False, False), lost) is None
    assert late(lost, (100, 1, False, False)) == 100
    assert late(lost, (101, 1, False, False)) is None


def test_enough_returns_beyond_chance_matter() -> None:
    least, share = int(LOST_LEAST.value), LOST_RETURNS.value
    assert module._matters(least, round(least / share), beyond_chance=True)
    assert not module._matters(least, round(least / share), beyond_chance=False)
    assert not module._matters(least - 1, 1, beyond_chance=True)
    assert not module._matters(2 * least, round(2 * least / share) + 1, beyond_chance=True)


def test_rows_after_returns_are_the_share_to_be_expected() -> None:
    streams = days(30)
    returns = [own[n] for own in streams.values() for n in range(10, len(own), 10)]
    near = 2 * SECOND
    before = [at - near for at in returns[:150]]
    after = [at + SECOND for at in returns[150:165]]
    found = nearby(spans_of(streams), np.sort(np.array(before + after)), threshold_us=HALF_HOUR)
    assert found is not None
    assert (found.returns, found.hit) == (210, 195)
    assert found.elsewhere == pytest.approx(15 / 210)
