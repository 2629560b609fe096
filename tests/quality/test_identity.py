"""One person under two ids: users who begin where another ends, more often than by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

import resume_gap
from resume_gap.quality.identity import _others, identity_checks, ids_at_returns
from resume_gap.results.common import US, Check

if TYPE_CHECKING:
    from pathlib import Path

HOUR = 3600.0


def found(spans: list[tuple[float, float]], resolution: float = 0) -> list[Check]:
    """What is found in users' first and last times in seconds."""
    frame = pl.DataFrame(
        [(round(first * US), round(last * US)) for first, last in spans],
        schema={"first_us": pl.Int64, "last_us": pl.Int64},
        orient="row",
    )
    return identity_checks(frame, resolution_seconds=resolution)


def pairs(n: int, pause: float, length: float = 600) -> list[tuple[float, float]]:
    """Every hour somebody signs in `pause` seconds after the visit without an account ends."""
    visits = [(i * HOUR, i * HOUR + length) for i in range(n)]
    return visits + [(last + pause, last + pause + 900) for _, last in visits]


@pytest.mark.parametrize("pause", [0, 1, 5])
@pytest.mark.parametrize("length", [0, 2, 600])
def test_a_switch_is_found(pause: float, length: float) -> None:
    (check,) = found(pairs(12, pause, length), resolution=1)
    assert (check.check, check.severity, check.count, check.share) == (
        "identity_switch",
        "warn",
        12,
        0.5,
    )
    assert check.figures["expected"] < 1


@pytest.mark.parametrize("pause", [5.1, 60, -1, -5])
def test_other_pauses_are_no_switch(pause: float) -> None:
    assert found(pairs(12, pause)) == []


def test_few_are_no_evidence() -> None:
    assert found(pairs(5, 1)) == []
    assert found(pairs(6, 1))
    assert found([]) == found([(0, 1)]) == []


def test_users_at_random_are_by_chance() -> None:
    for users, seconds in ((200, 86_400), (5_000, 86_400), (50_000, 86_400), (5_000, 600)):
        ends = np.sort(np.random.default_rng(users).uniform(0, seconds, (users, 2)), axis=1)
        assert found([(float(a), float(b)) for a, b in ends]) == []


def test_users_of_one_event_are_by_chance() -> None:
    at = np.random.default_rng(1).uniform(0, 86_400, 5_000)
    assert found([(float(a), float(a)) for a in at]) == []


def test_a_batch_is_no_switch() -> None:
    assert found([(hour * HOUR, hour * HOUR) for hour in range(8) for _ in range(20)]) == []


def test_stamps_of_minutes_cannot_tell() -> None:
    assert found(pairs(12, 0), resolution=60) == []


def test_an_analysis_reports_it_without_ids(tmp_path: Path) -> None:
    rows = ["user_id,timestamp,event"]
    for i in range(12):
        rows += [f"anon{i},{1_772_445_600 + i * 3600 + s},view" for s in range(0, 600, 59)]
        rows += [f"own{i},{1_772_445_600 + i * 3600 + s},edit" for s in range(593, 900, 41)]
    path = tmp_path / "log.csv"
    path.write_text("\n".join(rows))
    found = resume_gap.analyze(path, productive=["edit"], gap="30m").data_quality
    (check,) = (check for check in found if check.check == "identity_switch")
    assert "12 users (50%) begin within 5 s" in check.message
    assert "anon" not in check.message + check.action


# Other ids at returns -----------------------------------------------------------------------------


def at_returns(ends: list[float], returns: list[float], resolution: float = 0) -> list[Check]:
    frame = pl.DataFrame({"last_us": [round(one * US) for one in ends]})
    back = np.array([round(one * US) for one in returns], dtype=np.int64)
    return ids_at_returns(frame, back, resolution_seconds=resolution)


def test_ids_that_end_where_people_come_back_are_found() -> None:
    returns = [n * HOUR for n in range(1, 41)]
    (check,) = at_returns([one - 4 for one in returns[:20]] + [0.5], returns)
    assert (check.count, check.share) == (20, 0.5)
    assert check.figures == {"returns": 40, "expected": 0}
    assert at_returns([one - 4 for one in returns[:19]], returns) == []
    assert at_returns([one - 6 for one in returns], returns) == []
    assert at_returns([one + 4 for one in returns], returns) == []
    assert at_returns(returns, returns) == []
    assert at_returns([one - 4 for one in returns], returns, resolution=10) == []
    assert at_returns([1.0], []) == []


def test_as_many_ends_behind_returns_are_chance() -> None:
    returns = [n * HOUR for n in range(1, 101)]
    before = [one - 2 for one in returns[:50]]
    assert at_returns(before + [one + 2 for one in returns[:24]], returns) == []
    assert at_returns(before + [one + 2 for one in returns[:21]], returns) != []
    many = [n * HOUR for n in range(1, 1_101)]
    assert at_returns([one - 2 for one in many[:21]], many) == []  # under 2 % of the returns


def test_events_of_others_are_counted_from_one_border_to_the_other() -> None:
    events = np.array([10, 20, 30, 40])

    def others(at: int, own: int, before: int, after: int) -> int:
        return int(_others(np.array([at]), events, np.array([own]), before, after)[0])

    assert others(20, 40, 10, 10) == 3
    assert others(20, 40, 9, 9) == 1
    assert others(20, 10, 10, 10) == 2
    assert others(20, 30, 10, 10) == 2
    assert others(20, 10, 9, 10) == 2
    assert others(20, 30, 10, 9) == 2
    assert others(20, 20, -5, 30) == 2
    assert others(20, 40, -5, 30) == 1
