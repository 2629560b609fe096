"""Stamps far from a user's usual delay: wrong clocks, and rows that waited to be sent."""

import datetime as dt
import itertools
import statistics
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

import resume_gap
from resume_gap.constants import CLOCK_OFF
from resume_gap.pipeline.delays import check_delays
from resume_gap.pipeline.queries import Runner

START = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
TEN_MINUTES = 600.0
Row = tuple[float, float]
"""Seconds of the stamp and of the arrival."""


def analyze(path: Path, users: dict[str, list[Row]], **options: Any) -> Any:
    def at(seconds: float) -> str:
        return (START + dt.timedelta(seconds=seconds)).isoformat()

    lines = [
        f"{user},{at(stamp)},edit,{at(arrival)}\n"
        for user, rows in users.items()
        for stamp, arrival in rows
    ]
    path.write_text("user_id,timestamp,event,received_at\n" + "".join(lines))
    return resume_gap.analyze(path, **options)


def reference(rows: list[Row]) -> tuple[int, int]:
    """Rows of a user with a wrong clock, and those that waited in a buffer."""
    usual = statistics.median_low([arrival - stamp for stamp, arrival in rows])
    off = [row for row in rows if abs(row[1] - row[0] - usual) > TEN_MINUTES]
    late = sorted((arrival, stamp) for stamp, arrival in off if arrival - stamp > usual)
    waited = set()
    for one, other in itertools.pairwise(late):
        apart = other[0] - one[0]
        if apart <= 5 and abs(other[1] - one[1]) > apart + 0.5:
            waited |= {one, other}
    return len(off) - len(waited), len(waited)


def counted(found: Any) -> tuple[int, int]:
    counts = {check.check: check.count for check in found.data_quality}
    return counts.get("clock_off", 0), counts.get("offline_buffer", 0)


STEADY: list[Row] = [(60.0 * n, 60.0 * n + 2) for n in range(50)]


OFF: list[tuple[list[Row], int, int]] = [
    ([(1_000.5, 1_002.5)], 0, 0),
    ([(1_000.5, 1_602.5)], 0, 0),
    ([(1_000.5, 1_603.5)], 1, 0),
    ([(30_000.5, 1_000.5)], 1, 0),
    # Two rows, a second apart, from a clock that is 8 hours late.
    ([(1_000.5, 29_802.5), (1_001.5, 29_803.5)], 2, 0),
    # Three rows of an hour that arrive together.
    ([(1_000.5, 29_802.5), (2_000.5, 29_802.7), (3_000.5, 29_802.9)], 0, 3),
    ([(1_000.5, 29_802.5), (2_000.5, 29_810.5)], 2, 0),
    # A late row beside one whose stamp is in the future: no buffer holds both.
    ([(1_000.5, 29_802.5), (60_000.5, 29_803.5)], 2, 0),
]
"""Rows beside the steady ones, those off, and those that waited."""


def test_what_is_off_of_all_users_together(tmp_path: Path) -> None:
    users = {f"u{number}": STEADY + more for number, (more, _, _) in enumerate(OFF)}
    found = counted(analyze(tmp_path / "log.csv", users))
    assert found == (sum(off for _, off, _ in OFF), sum(waited for _, _, waited in OFF))


@pytest.mark.parametrize(
    ("more", "off", "waited"),
    [pytest.param(*case, marks=() if case[2] else pytest.mark.full) for case in OFF],
)
def test_what_is_off(tmp_path: Path, more: list[Row], off: int, waited: int) -> None:
    assert reference(STEADY + more) == (off, waited)
    assert counted(analyze(tmp_path / "log.csv", {"u": STEADY + more})) == (off, waited)


def test_random_logs_agree_with_the_reference(tmp_path: Path) -> None:
    random = np.random.default_rng(11)
    users: dict[str, list[Row]] = {}
    for n in range(60):
        stamps = np.unique(np.round(random.uniform(0, 90_000, 60), 1))
        late = random.choice([0, 0, 0, 0, 599, 601, 30_000, -30_000], len(stamps))
        arrivals = np.round(stamps + 2 + late + random.choice([0, 0.2, 0.7], len(stamps)), 1)
        together = random.random(len(stamps)) < 0.1
        arrivals[together] = 95_000 + np.round(random.uniform(0, 30, int(together.sum())), 1)
        users[f"u{n}"] = list(zip(stamps.tolist(), arrivals.tolist(), strict=True))
    expected = [reference(rows) for rows in users.values()]
    found = counted(analyze(tmp_path / "log.csv", users))
    assert found == (sum(off for off, _ in expected), sum(waited for _, waited in expected))


def test_corrected_stamps_have_the_usual_delay(tmp_path: Path) -> None:
    late: Row = (100.5 - 28_800, 102.5)
    logged = analyze(tmp_path / "log.csv", {"u": [*STEADY, late]}, gap="30m")
    assert logged.counts.returns == 1
    (check,) = [one for one in logged.data_quality if one.check == "clock_off"]
    assert check.severity == "warn"
    assert "8.0 hours" in check.message
    assert "--clock corrected" in check.action
    moved = analyze(tmp_path / "log.csv", {"u": [*STEADY, late]}, gap="30m", clock="corrected")
    assert moved.counts.returns == 0
    assert moved.generated_from.inputs[0].first_at == "2026-03-02T00:00:00Z"
    assert moved.rows.used == 51


def test_few_wrong_clocks_are_only_noted(tmp_path: Path) -> None:
    steady: list[Row] = [(10.0 * n, 10.0 * n + 2) for n in range(1_000)]
    found = analyze(tmp_path / "log.csv", {"u": [*steady, (5.5, 700.5)]})
    (check,) = [one for one in found.data_quality if one.check == "clock_off"]
    assert check.severity == "note"


def test_stamps_out_of_the_range_of_clocks_say_nothing() -> None:
    first, end, usual, off = 10**10, 2 * 10**10, 2, CLOCK_OFF.us + 1
    rows: list[tuple[int, int | None]] = [(first + n, first + n + usual) for n in range(20)]
    rows += [(at, at + usual + off) for at in (first - 1, first, end - 1, end)]
    rows += [(at, at + 9 * off) for at in [first - 5] * 30 + [end + 5] * 30]
    rows += [(first + 7, None)] * 5
    with duckdb.connect(config={"threads": 1}) as con:
        con.execute("create table log (user_id text, at_us bigint, received_at_us bigint)")
        con.executemany("insert into log values ('u', ?, ?)", rows)
        runner = Runner(con)
        runner.let(clock_from_us=first, clock_before_us=end)
        (check,) = check_delays(runner, correct=False)
        assert (check.check, check.count, check.share) == ("clock_off", 2, 2 / 22)
        assert check.figures == {"off_by_seconds": off / 1e6}
        assert con.execute("select n, usual_us from usual_delays").fetchall() == [(22, usual)]


@pytest.mark.parametrize(
    ("off", "median"),
    [
        ([(1_000, 1), (1, 100), (1, 101)], 1),  # one stamp of 1,000 rows
        ([(2, 1), (1, 3), (1, 8)], 2),
        ([(2, 1), (2, 2), (1, 9)], 2),
        ([(1, 7)], 7),
        ([(1, 3), (3, 4)], 4),
    ],
)
def test_how_far_off_is_the_median_of_the_rows(off: list[tuple[int, int]], median: float) -> None:
    hours = [hour for n, hour in off for _ in range(n)]
    assert statistics.median(hours) == median
    hour_us = 3_600_000_000
    with duckdb.connect(config={"threads": 1}) as con:
        runner = Runner(con)
        con.execute(
            "create table off_stamps (at_us bigint, corrected_us bigint, n bigint,"
            " is_buffered boolean)"
        )
        rows = [
            (0, place % 2 * 2 * hour * hour_us - hour * hour_us, n, False)
            for place, (n, hour) in enumerate(off)
        ]
        con.executemany("insert into off_stamps values (?, ?, ?, ?)", [*rows, (0, 1, 9_999, True)])
        con.execute("create table usual_delays as select 7 as n")
        assert runner.row("11_off_rows") == (7, len(hours), median * hour_us, 9_999)
        con.execute("delete from off_stamps where not is_buffered")
        assert runner.row("11_off_rows") == (7, 0, 0, 9_999)
