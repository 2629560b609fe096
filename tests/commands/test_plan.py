"""A plan's pilot: the second half of the log as a trial, or all of it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import polars as pl

import resume_gap
from resume_gap.commands import plan
from resume_gap.constants import MIN_INTERVAL_USERS
from resume_gap.pipeline.bursts import NEVER
from resume_gap.settings import Settings
from resume_gap.trial.launches import LogSpan
from resume_gap.units import WEEK_US

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from resume_gap.trial.plan import PilotLog

FIRST, LAST, MIDDLE = WEEK_US, 5 * WEEK_US, 3 * WEEK_US
LEAST = int(MIN_INTERVAL_USERS.value)


def pilot(monkeypatch: pytest.MonkeyPatch, back: int) -> tuple[PilotLog, list[int]]:
    """The pilot of a log in whose second half so many users come back, and where it was tried."""
    begins: list[int] = []

    def read(_: object, cap_us: int) -> Any:
        assert cap_us == 60
        users = back if len(begins) == 1 else 500
        return SimpleNamespace(firsts=pl.DataFrame({"user_no": range(users)}))

    monkeypatch.setattr(plan, "assign_everybody", lambda _, at: begins.append(at))
    monkeypatch.setattr(plan, "read_trial", read)
    runner: Any = None
    launches: Any = None
    return plan._pilot(runner, launches, LogSpan(FIRST, LAST, 60), Settings(seed=3)), begins


def test_the_second_half_is_taken_where_enough_users_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found, begins = pilot(monkeypatch, LEAST)
    assert begins == [MIDDLE]
    assert found.seed == 3
    assert found.trial.firsts.height == LEAST


def test_the_whole_log_is_taken_where_too_few_do(monkeypatch: pytest.MonkeyPatch) -> None:
    found, begins = pilot(monkeypatch, LEAST - 1)
    assert begins == [MIDDLE, FIRST]
    assert found.trial.firsts.height == 500


def test_a_log_without_work_is_planned_by_what_was_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its halves part in the middle of its first and its last event."""
    lines = [f"u{n % 3},{1_772_445_600 + 90 * n},view" for n in range(101)]
    path = tmp_path / "log.csv"
    path.write_text("\n".join(["user_id,timestamp,event", *lines]))
    order = plan.order_events
    seen: list[Any] = []

    def ordered(*given: Any, **more: Any) -> Any:
        seen.append(more["split"])
        return order(*given, **more)

    monkeypatch.setattr(plan, "order_events", ordered)
    found = resume_gap.plan(path, productive=["edit"], gap="30m", effect=7)
    assert (found.plan.reason, found.plan.users, found.plan.effect_seconds) == (
        "no_productive_events",
        3,
        7,
    )
    (split,) = seen
    assert set(split.at_us.tolist()) == {1_772_450_100_000_000}
    assert split.learn_before_us == NEVER
