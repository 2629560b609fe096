"""The one day that is drawn: it must fit, and it must name nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
import pytest
from factories.streams import HOUR, MINUTE, SECOND, steps_of

from resume_gap.analysis.example_day import choose_day
from resume_gap.pipeline.contents import Contents
from resume_gap.sources.role_bits import PRODUCTIVE

if TYPE_CHECKING:
    from resume_gap.results.workday import Day

VIEW, EDIT = 1 << 32, 2 << 32
CONTENTS = Contents(
    kind_roles=np.array([0, 0, PRODUCTIVE]),
    kind_event=np.array([0, 1, 2]),
    label_element=np.arange(40),
    label_context=np.zeros(40, int),
    label_task=np.zeros(40, int),
)


@dataclass(frozen=True)
class Morning:
    """Work from 9:00 on element 7, a break, and back to 7 after a look at 3."""

    day: str = "2026-03-02"
    tz: str = "UTC"
    begin: int = 9 * HOUR
    events: int = 8
    """Before the break, ten seconds apart."""
    away: int = HOUR
    lag: int = 20 * SECOND
    hit: bool = True

    @property
    def midnight(self) -> int:
        local = datetime.fromisoformat(self.day).replace(tzinfo=ZoneInfo(self.tz))
        return round(local.timestamp()) * SECOND

    @property
    def stop(self) -> int:
        return self.midnight + self.begin + (self.events - 1) * 10 * SECOND

    @property
    def rows(self) -> list[tuple[int, int]]:
        """(instant, content)."""
        work = [(self.stop - k * 10 * SECOND, EDIT | 7) for k in reversed(range(self.events))]
        back = self.stop + self.away
        return [*work, (back, VIEW | 3), (back + self.lag, EDIT | 7)]

    def candidate(self, number: int) -> dict[str, object]:
        return {
            "stream_no": number,
            "user_no": 100 + number,
            "stop_us": self.stop,
            "return_us": self.stop + self.away,
            "lag_us": self.lag,
            "pointed_no": 7,
            "place_no": 7,
            "is_hit": self.hit,
            "is_miss": not self.hit,
        }


def chosen(
    *mornings: Morning,
    tz: str = "UTC",
    names: dict[int, str] | None = None,
    sampled: int = 99,
    hit: bool = True,
) -> Day | None:
    """The day among those of users 1, 2, ... of whom the first `sampled` are in the sample."""
    candidates = pl.DataFrame([m.candidate(n) for n, m in enumerate(mornings, 1)])
    return choose_day(
        candidates,
        [steps_of({n: m.rows}) for n, m in enumerate(mornings[:sampled], 1)],
        CONTENTS,
        tz=tz,
        event_names=("look", "edit"),
        element_names=names,
        called=lambda user_no: f"user {user_no}",
        hit=hit,
    )


def person(day: Day | None) -> str | None:
    return None if day is None else day.person


def test_the_day_tells_stop_return_work_and_letters() -> None:
    day = chosen(Morning())
    assert day is not None
    nine = 9 * 3600.0
    assert (day.person, day.date) == ("user 101", "2026-03-02")
    assert (day.stop_seconds, day.return_seconds, day.work_seconds) == (
        nine + 70,
        nine + 70 + 3600,
        nine + 70 + 3600 + 20,
    )
    assert day.events[0] == (nine, "edit", "element A", True)
    assert day.events[-2:] == (
        (nine + 3670, "look", "element B", False),
        (nine + 3690, "edit", "element A", True),
    )
    assert (day.pointed, day.place, day.hit) == ("element A", "element A", True)


def test_a_miss_is_chosen_where_one_is_asked_for() -> None:
    assert person(chosen(Morning(), Morning(hit=False), hit=False)) == "user 102"
    assert person(chosen(Morning(), Morning(hit=False))) == "user 101"
    assert chosen(Morning(), hit=False) is None


def test_elements_keep_their_names_only_where_ids_are_shown() -> None:
    day = chosen(Morning(), names={3: "inbox", 7: "cell B2"})
    assert day is not None
    assert {element for _, _, element, _ in day.events} == {"inbox", "cell B2"}
    assert (day.pointed, day.place) == ("cell B2", "cell B2")


def test_after_z_come_two_letters() -> None:
    morning = Morning(events=30)
    rows = [(at, EDIT | (1 + k)) for k, (at, _) in enumerate(morning.rows)]
    day = choose_day(
        pl.DataFrame([morning.candidate(1)]),
        [steps_of({1: rows})],
        CONTENTS,
        tz="UTC",
        event_names=("look", "edit"),
        element_names=None,
        called=None,
    )
    assert day is not None
    assert (day.person, day.date) == (None, None)
    assert [element for _, _, element, _ in day.events][24:29] == [
        "element Y",
        "element Z",
        "element AA",
        "element AB",
        "element AC",
    ]


def test_the_most_usual_wait_is_drawn() -> None:
    waits = [5, 300, 30, 40, 2]
    assert person(chosen(*(Morning(lag=w * SECOND) for w in waits))) == "user 103"


def test_an_unusual_wait_is_better_than_a_day_that_cannot_be_drawn() -> None:
    assert person(chosen(Morning(events=5), Morning(events=5), Morning(lag=MINUTE))) == "user 103"


@pytest.mark.parametrize(
    "morning",
    [
        Morning(hit=False),
        Morning(lag=0),
        Morning(away=6 * HOUR + 1),
        Morning(events=5),
        Morning(events=119),
        Morning(begin=23 * HOUR, away=2 * HOUR),
        Morning(begin=22 * HOUR + 58 * MINUTE, lag=MINUTE),
    ],
    ids=[
        "a miss",
        "no wait",
        "too long away",
        "too few events",
        "too many",
        "over midnight",
        "work after midnight",
    ],
)
def test_a_day_that_cannot_be_drawn_is_none(morning: Morning) -> None:
    assert chosen(morning) is None


@pytest.mark.parametrize(
    "morning", [Morning(away=6 * HOUR), Morning(events=6), Morning(events=118)]
)
def test_a_day_that_just_fits_is_drawn(morning: Morning) -> None:
    assert chosen(morning) is not None


def test_users_outside_of_the_sample_are_not_drawn() -> None:
    assert person(chosen(Morning(events=5), Morning(), sampled=1)) is None


def test_midnight_is_that_of_the_zone() -> None:
    late = Morning(begin=23 * HOUR + 30 * MINUTE)  # back at 0:31 UTC
    assert chosen(late) is None
    day = chosen(late, tz="Asia/Tokyo")
    assert day is not None
    assert (day.date, day.stop_seconds) == ("2026-03-03", 8.5 * 3600 + 70)
    assert chosen(Morning(begin=14 * HOUR + 30 * MINUTE), tz="Asia/Tokyo") is None


@pytest.mark.parametrize(
    ("day", "tz"),
    [
        ("2026-03-29", "Europe/Berlin"),
        ("2026-10-25", "Europe/Berlin"),
        ("2018-11-04", "America/Sao_Paulo"),
    ],
)
def test_a_day_on_which_the_clocks_change_is_not_drawn(day: str, tz: str) -> None:
    """Times since midnight would not be those on the clock."""
    assert chosen(Morning(day=day, tz=tz), tz=tz) is None
    earlier = f"{day[:-2]}{int(day[-2:]) - 3:02}"
    assert chosen(Morning(day=earlier, tz=tz), tz=tz) is not None


@pytest.mark.parametrize(("before", "expected"), [(199, "user 300"), (200, None)])
def test_the_200_most_usual_returns_are_looked_at(before: int, expected: str | None) -> None:
    """Returns after midnight cannot be drawn; of equal waits the earlier return comes first."""
    late = [Morning(begin=23 * HOUR + 50 * MINUTE)] * before
    found = person(chosen(*late, Morning(day="2026-03-04"), sampled=999))
    assert found == expected
