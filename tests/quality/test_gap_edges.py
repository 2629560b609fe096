"""Idle events found by where they stand: the limits of the rule, by hand."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pytest
from factories.streams import HOUR, MINUTE, SECOND, contents_of, steps_of

from resume_gap.pipeline.queries import Runner
from resume_gap.quality import gap_edges
from resume_gap.quality.comparison import RowsLeftOut, SampleMeasurement, WithAndWithout
from resume_gap.quality.gap_edges import idle_by_position, idle_checks
from resume_gap.quality.resampling import Resampling
from resume_gap.quality.small_groups import EventNames
from resume_gap.report.text.findings.table import worded

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    from resume_gap.pipeline.steps import Steps
    from resume_gap.results.common import Check

WORK, GONE = 1, 2


def content(event: int) -> int:
    return event << 32


def office(*, users: int = 5, sessions: int = 12, work: int = 6, inside: int = 0) -> Steps:
    """People work, a word of its own ends each session; `inside` of those stand amid the work."""
    streams: dict[int, list[tuple[int, int]]] = {}
    for user in range(1, users + 1):
        rows = []
        for session in range(sessions):
            at = session * HOUR
            rows += [(at + n * SECOND, content(WORK)) for n in range(work)]
            if session < inside:
                rows.insert(-2, (rows[-2][0], content(GONE)))
            rows.append((at + MINUTE, content(GONE)))
        streams[user] = rows
    return steps_of(streams)


def found(steps: Steps, name: str = "zorp", role: int = 0) -> Mapping[str, tuple[int, int]]:
    return idle_by_position(
        [steps], contents_of([1, role]), ("edit", name), threshold_us=30 * MINUTE
    )


def test_what_ends_sessions_is_likely_an_idle_event() -> None:
    # The last session of each user ends with the log, not before a gap.
    assert found(office()) == {"zorp": (60, 55)}


@pytest.mark.parametrize(("inside", "is_idle"), [(1, True), (2, False)])
def test_over_four_fifths_stand_at_a_gap(inside: int, *, is_idle: bool) -> None:
    assert ("zorp" in found(office(inside=inside))) == is_idle


def test_few_occurrences_and_few_users_are_no_evidence() -> None:
    assert not found(office(sessions=9))
    assert not found(office(users=4, sessions=20))


def test_where_sessions_are_short_everything_stands_at_a_gap() -> None:
    assert found(office(work=6))
    assert not found(office(work=4))  # 3 times the share of all events there is out of reach
    assert not found(office(work=2))  # sessions of three events are not looked at


def test_task_ends_logins_and_session_starts_are_none() -> None:
    assert not found(office(), role=2)
    for name in (
        "user_login",
        "Signed In",
        "session_start",
        "app_launched",
        "home viewed",
        "notification_sent",
    ):
        assert not found(office(), name)


def checks(names: EventNames, *, away: str, name: str = "went dark") -> list[Check]:
    """What is said of the office; `figures_without` is measured in a database of its own."""
    contents = contents_of([1, 0])
    resampling = Resampling(
        contents=contents,
        cut_us=30 * SECOND,
        threshold_us=30 * MINUTE,
        log_end_us=None,
        all_returns=False,
    )
    sampled = SampleMeasurement([office()], ("edit", name), names, 0, resampling)
    with closing(duckdb.connect()) as con:
        runner = Runner(con)
        streams = pa.table({"stream_no": range(1, 6), "user_no": range(1, 6)})
        runner.store("streams", streams)
        return idle_checks(runner, sampled, (away,))


def test_the_line_says_what_to_paste_and_what_it_does() -> None:
    known = EventNames(users={"went dark": frozenset(range(5))})
    (check,) = checks(known, away="blur")
    said = worded(check)
    assert "92% of the 60 events called went dark" in said.message
    assert "With them: 55 returns, 55 interruptions. Without them: 55" in said.message
    assert said.action == "--away 'went dark,blur' takes them for idle events"
    assert (check.figures["names"], check.figures["unnamed"]) == (1, 0)
    (check,) = checks(EventNames(), away="blur")
    assert (check.figures["names"], check.figures["unnamed"]) == (0, 1)
    assert "went dark" not in worded(check).message + worded(check).action
    assert checks(known, away="blur", name="user_login") == []


def test_the_figures_without_them_leave_out_their_rows_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steps = office()
    left_out: list[np.ndarray] = []

    def seen(_runner: object, _sampled: object, rows: RowsLeftOut) -> WithAndWithout:
        left_out.append(rows(steps))
        return WithAndWithout({})

    monkeypatch.setattr(gap_edges, "compared", seen)
    checks(EventNames(), away="blur")
    (rows,) = left_out
    assert rows.tolist() == (steps.content == content(GONE)).tolist()


def test_all_likely_idle_events_are_one_check(monkeypatch: pytest.MonkeyPatch) -> None:
    def seen(*_: object) -> WithAndWithout:
        return WithAndWithout({})

    monkeypatch.setattr(gap_edges, "compared", seen)
    monkeypatch.setattr(
        gap_edges, "idle_by_position", lambda *_, **__: {"went dark": (60, 55), "edit": (40, 35)}
    )
    known = EventNames(users={"went dark": frozenset(range(5))})
    (check,) = checks(known, away="blur")
    assert (check.count, check.share) == (100, 0.9)
    assert (check.names, check.figures) == (("went dark", "blur"), {"names": 1, "unnamed": 1})


def test_exactly_four_fifths_at_a_gap_are_not_enough() -> None:
    rows = {
        user: [
            *((n * HOUR + k * SECOND, content(WORK)) for n in range(12) for k in range(6)),
            *((n * HOUR + MINUTE, content(GONE)) for n in range(12)),
            *((n * HOUR + 2 * SECOND, content(GONE)) for n in range(inside)),
        ]
        for user, inside in ((1, 2), (2, 2), (3, 2), (4, 2), (5, 1))
    }
    for own in rows.values():
        own.sort()
    rows[5] += [(12 * HOUR + n * SECOND, content(WORK)) for n in range(6)]
    assert found(steps_of(rows)) == {"zorp": (69, 56)}
    rows[5].append((12 * HOUR + 7 * SECOND, content(GONE)))
    assert found(steps_of(rows)) == {}


def test_exactly_fifty_occurrences_are_enough() -> None:
    assert found(office(sessions=10)) == {"zorp": (50, 45)}
