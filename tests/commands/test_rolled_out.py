"""A roll-out on a log written row by row: the planted effect, and what refuses a verdict."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from factories.evaluated import refused
from factories.launch_logs import SETTINGS, SHOWN, _day

import resume_gap
from resume_gap.errors import DataError, InputError, UsageError
from resume_gap.results.common import plain

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.results.compare import Compared

pytestmark = pytest.mark.usefixtures("undrawn")
FIRST = date(2025, 3, 3)
TEAMS, USERS, WEEKS, EFFECT = 12, 2, 16, -20.0
LAUNCHES = {f"team {n:02}": (None if n >= 8 else 9 + n // 2) for n in range(TEAMS)}
"""Weeks until a team gets the marker; four teams never do."""


@cache
def log(*, shown: bool = False, control: float = 0.0, before: float = 0.0) -> pl.DataFrame:
    """Two working days a week; teams differ, and so do their users."""
    random = Random(7)  # noqa: S311 - a log of a test is no secret
    rows = []
    for team, launch in LAUNCHES.items():
        level = random.gauss(60, 8)
        for user in range(USERS):
            for number in range(WEEKS * 7):
                if number % 7 not in (1, 3):
                    continue
                begins = datetime.combine(FIRST, datetime.min.time(), UTC)
                has_marker = launch is not None and number >= 7 * launch
                is_last = launch is not None and 7 * launch - 14 <= number < 7 * launch
                due = level + random.gauss(0, 6) + EFFECT * has_marker + before * is_last
                lags = due, random.gauss(10, 1) + control * has_marker
                morning = begins + timedelta(days=number, hours=9, minutes=user)
                rows += [
                    (f"{team} {user}", at, event, team)
                    for at, event in _day(morning, lags, is_shown=shown and has_marker)
                ]
    return pl.DataFrame(rows, schema=["user_id", "timestamp", "event", "team"], orient="row")


def launches(**weeks: int | None) -> str:
    """The roll-out as a file has it."""
    planned = LAUNCHES | {name.replace("_", " "): week for name, week in weeks.items()}
    lines = [
        f"{team},{'' if week is None else FIRST + timedelta(weeks=week)}"
        for team, week in planned.items()
    ]
    return "\n".join(["unit,launched_at", *lines, ""])


def compare(folder: Path, *, text: str | None = None, **more: Any) -> Compared:
    made = {name: more.pop(name) for name in ("shown", "control", "before") if name in more}
    path = folder / "log.parquet"
    log(**made).write_parquet(path)
    units = folder / "rollout.csv"
    units.write_text(text or launches())
    given = {"rollout": str(units), "rollout_by": "team"} | SETTINGS | more
    return resume_gap.compare(str(path), **given)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    return compare(tmp_path_factory.mktemp("units"), shown=True, marker=f"shown={SHOWN}")


def test_the_planted_effect_is_found(found: Compared) -> None:
    comparison = found.comparison
    assert comparison.design == "staggered"
    assert comparison.verdict.word == "better"
    # Half of the returns at which the marker is due are those of the morning, which never change.
    assert comparison.primary.estimate == pytest.approx(EFFECT / 2, abs=1.5)
    assert comparison.primary.ci_lower < EFFECT / 2 < comparison.primary.ci_upper
    assert comparison.primary.horizon_days is None
    assert comparison.primary.placebos == 999


def test_units_and_sides_are_counted(found: Compared) -> None:
    trust = found.comparison.trust
    assert (trust.unit, trust.units, trust.launched_units) == ("team", 12, 8)
    assert trust.first_launched_at == "2025-05-05T00:00:00Z"
    assert trust.last_launched_at == "2025-05-26T00:00:00Z"
    assert trust.users_before == 24
    assert trust.users_after == 16
    # Each week has two days with two such returns; those of the first morning are none.
    weeks_after = sum(WEEKS - week for week in LAUNCHES.values() if week is not None)
    assert trust.returns_after == weeks_after * USERS * 2 * 2
    assert trust.returns_before + trust.returns_after == 24 * (WEEKS * 4 - 1)
    assert {one.status for one in trust.checks} <= {"passed", "not_checked"}


def test_periods_lie_on_both_sides_of_the_launch(found: Compared) -> None:
    weeks = {one.period: one.estimate for one in found.comparison.periods}
    assert set(weeks) == set(range(-4, 7))
    assert all(
        estimate == pytest.approx(EFFECT / 2, abs=5) for w, estimate in weeks.items() if w >= 0
    )
    assert all(abs(estimate) < 5 for week, estimate in weeks.items() if week < 0)


def test_another_method_stands_beside_it(found: Compared) -> None:
    second = found.comparison.second
    assert second is not None
    if second.reason != "not_installed":
        assert second.estimate == pytest.approx(EFFECT / 2, abs=3)


def test_a_control_that_changes_with_the_units_withholds_the_result(tmp_path: Path) -> None:
    found = compare(tmp_path, control=8.0).comparison
    assert found.verdict.word == "withheld"
    assert "control_rollout" in found.verdict.figures["checks"]
    assert (found.primary.estimate, found.periods, found.second) == (None, (), None)


def test_units_slow_right_before_their_launch_withhold_the_result(tmp_path: Path) -> None:
    found = compare(tmp_path, before=20.0).comparison
    assert found.verdict.figures["checks"] == ("weeks_before",)
    assert (found.primary.estimate, found.periods, found.second) == (None, (), None)


def test_a_marker_before_a_unit_s_launch_withholds_the_result(tmp_path: Path) -> None:
    text = launches(team_00=None, team_01=None, team_02=None, team_03=None)
    found = compare(tmp_path, text=text, shown=True, marker=f"shown={SHOWN}").comparison
    assert "early_markers" in found.verdict.figures["checks"]


@pytest.mark.parametrize(
    ("keep", "reason"), [(range(8), "all_launched"), ((0, 2, 4, 9, 10), "few_units")]
)
def test_too_few_units_or_all_launched_have_a_figure_without_a_p(
    tmp_path: Path, keep: Any, reason: str
) -> None:
    lines = launches().splitlines()
    text = "\n".join([lines[0], *(lines[n + 1] for n in keep), ""])
    found = compare(tmp_path, text=text).comparison
    assert (found.verdict.word, found.verdict.reason) == ("not_enough_data", reason)
    assert found.primary.estimate is not None
    assert (found.primary.p, found.primary.ci_lower) == (None, None)


def test_too_short_a_history_has_no_figure(tmp_path: Path) -> None:
    early = {f"team_{n:02}": 3 for n in range(4)} | {f"team_{n:02}": None for n in range(4, 8)}
    found = compare(tmp_path, text=launches(**early), since="2025-03-10").comparison
    values = plain(found.primary).values()
    assert found.trust.short_units is not None
    if found.verdict.reason == "short_history":
        assert not any(isinstance(value, float) for value in values)
    assert found.verdict.word == "not_enough_data"


def test_users_are_the_units_where_no_column_is_named(tmp_path: Path) -> None:
    lines = [
        f"{team} {user},{'' if week is None else FIRST + timedelta(weeks=week)}"
        for team, week in LAUNCHES.items()
        for user in range(USERS)
    ]
    text = "\n".join(["user_id,launched_at", *lines, ""])
    found = compare(tmp_path, text=text, rollout_by=None).comparison
    assert (found.trust.unit, found.trust.units) == ("user", 24)
    assert found.primary.estimate == pytest.approx(EFFECT / 2, abs=1.5)


def test_what_cannot_be_meant_is_refused(tmp_path: Path) -> None:
    refused(
        DataError,
        "none of its units is in the log",
        lambda: compare(tmp_path, text="unit,launched_at\nmars,2025-05-05\n"),
    )
    everybody = launches(**{team.replace(" ", "_"): 9 for team in LAUNCHES})
    refused(DataError, "use --launch 2025-05-05", lambda: compare(tmp_path, text=everybody))
    refused(UsageError, "did you mean team", lambda: compare(tmp_path, rollout_by="teem"))
    refused(
        InputError,
        "no column for launched_at",
        lambda: compare(tmp_path, text="unit,weekday\nteam 00,3\n"),
    )


def test_the_order_of_the_file_changes_nothing(found: Compared, tmp_path: Path) -> None:
    head, *rest = launches().splitlines()
    text = "\n".join([head, *reversed(rest), ""])
    again = compare(tmp_path, text=text, shown=True, marker=f"shown={SHOWN}")
    assert plain(again.comparison) == plain(found.comparison)
