"""The half of the day by the zone's clock, as Polars tells it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from resume_gap.replay import half_days
from resume_gap.replay.half_days import clock, half_of_day
from resume_gap.units import DAY_US, US

ZONES = ("UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Africa/Casablanca")
HOUR_US = 3_600 * US


def at(*when: int) -> int:
    return int(datetime(*when, tzinfo=UTC).timestamp()) * US  # type: ignore[misc, arg-type]


def halves(at_us: list[int], tz: str) -> list[int]:
    half: list[int] = half_of_day(np.array(at_us, dtype=np.int64), tz).tolist()
    return half


@pytest.fixture(params=[False, True], ids=["few", "many"])
def _both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(half_days, "pays", lambda *_: request.param)


@pytest.mark.usefixtures("_both_ways")
def test_noon_is_where_people_are() -> None:
    noon = at(2024, 7, 1, 12)
    assert halves([noon - 1, noon], "UTC") == [0, 1]
    # Two hours ahead in summer, one in winter.
    assert halves([noon - 2 * HOUR_US - 1, noon - 2 * HOUR_US], "Europe/Berlin") == [0, 1]
    noon = at(2024, 1, 1, 12)
    assert halves([noon - HOUR_US - 1, noon - HOUR_US], "Europe/Berlin") == [0, 1]
    assert halves([], "Europe/Berlin") == []


def test_a_clock_changes_on_the_second() -> None:
    since, ahead = clock("Europe/Berlin")
    change = since.tolist().index(at(2024, 3, 31, 1))
    assert ahead[change - 1 : change + 1].tolist() == [HOUR_US, 2 * HOUR_US]
    assert [of.tolist() for of in clock("UTC")[1:]] == [[0]]


@pytest.mark.usefixtures("loops")
@pytest.mark.parametrize("tz", ZONES)
def test_many_instants_are_read_like_few(tz: str, monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(1)
    changes = clock(tz)[0][:, None] + random.integers(-DAY_US, DAY_US, (1, 10))
    anywhere = random.integers(at(1990, 1, 1), at(2038, 1, 1), 500)
    at_us = np.concatenate([changes.ravel(), anywhere])
    found = []
    for large in (False, True):
        monkeypatch.setattr(half_days, "pays", lambda *_, large=large: large)
        found.append(half_of_day(at_us, tz).tolist())
    assert found[0] == found[1]
    shown = [datetime.fromtimestamp(us // US, ZoneInfo(tz)).hour for us in at_us.tolist()]
    assert found[0] == [int(hour >= 12) for hour in shown]
