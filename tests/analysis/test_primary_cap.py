"""Each user's first return in the replay, and the half of the users that chooses."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from types import SimpleNamespace
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pytest
from factories.replays import replays_with
from oracles import primary_cap as oracle

from resume_gap.analysis import primary_cap
from resume_gap.analysis.primary_cap import chosen, for_plan, standard
from resume_gap.analysis.target_rules import SizingInputs
from resume_gap.pipeline.queries import Runner
from resume_gap.replay.totals import ThresholdSums
from resume_gap.settings import Settings
from resume_gap.units import US

NEVER = np.iinfo(np.int64).max
USERS = 300
SIZING = SizingInputs(settings=Settings(seed=7), cap_us=900 * US, weeks=1.0)


def opened() -> Runner:
    runner = Runner(duckdb.connect(config={"threads": 1}))
    # Two streams a user, one of them left out of the numbering.
    runner.con.execute(
        "create table streams as select i::integer as user_no, 'u' || i as user_id"
        " from range(300) t(i), range(2) union all select null, 'nobody'"
    )
    return runner


def halves(runner: Runner) -> dict[int, int]:
    runner.let(seed=7)
    return dict(runner.read("47_user_halves").fetchall())


def frame() -> pl.DataFrame:
    """Three returns a user, the first of them not counted, in no order."""
    random = Random(3)  # noqa: S311 - a test draws no secret
    rows = []
    for user in range(USERS):
        for number in range(3):
            seen = random.random() < 0.9
            lag = random.randrange(5, 200) if seen else None
            hit = seen and random.random() < 0.6
            rows.append(
                {
                    "user_no": user,
                    "return_us": (10 if number else 0) - number,
                    "is_counted": number > 0,
                    "lag_us": NEVER if lag is None else lag * US,
                    "last_touched_hit": hit,
                    "reached": seen,
                    "abandoned": False,
                    "later_work": False,
                    "last_touched_gave_up_right": False,
                    "last_touched_search_us": (lag or 0) // 2 * US if hit else 0,
                }
            )
    random.shuffle(rows)
    return pl.DataFrame(rows)


def test_the_first_counted_return_of_each_user_chooses_or_sizes() -> None:
    runner, rows = opened(), frame()
    half = halves(runner)
    firsts = []
    for user in range(USERS):
        mine = rows.filter((pl.col("user_no") == user) & (pl.col("return_us") == 8))
        (row,) = mine.iter_rows(named=True)
        firsts.append(
            oracle.First(
                None if row["lag_us"] == NEVER else Fraction(row["lag_us"], US),
                row["last_touched_hit"],
                Fraction(row["last_touched_search_us"], US),
                half[user] == 0,
            )
        )
    replays = replays_with(rows)
    found = chosen(runner, replays, "last_touched", SIZING, give_ups=False)
    cap, users = oracle.choose(firsts, Fraction(900))
    assert (found.seconds, found.users_per_arm) == (float(cap), users)
    assert (found.reason, len(found.caps)) == ("fewest_users", 5)


def test_a_hash_parts_the_users_evenly_whoever_else_there_is() -> None:
    runner = opened()
    half = halves(runner)
    assert len(half) == USERS
    assert 120 < sum(half.values()) < 180
    runner.con.execute("delete from streams where user_no % 3 = 0")
    assert halves(runner) == {user: half[user] for user in range(USERS) if user % 3}
    runner.let(seed=8)
    assert dict(runner.read("47_user_halves").fetchall()) != halves(runner)


def test_without_anything_to_point_at_it_is_the_standard_cap() -> None:
    replays = replays_with(frame(), thresholds={1: ThresholdSums()})
    for has_elements in (False, True):
        found = for_plan(opened(), replays, 1, SIZING, has_elements=has_elements)
        assert found == standard(900 * US, "no_target_rule")
    assert found.seconds == 120.0


@pytest.mark.parametrize(
    ("has_elements", "eligible", "best", "reason", "expected"),
    [
        (True, [0, 1], "last_touched", "give_ups", ("last_touched", True)),
        (True, [0, 1], "recent_three", "threshold", ("recent_three", False)),
        (True, [0, 1], None, "threshold", None),
        (True, [0, 0], "last_touched", "threshold", None),
        (False, [0, 1], "last_touched", "threshold", None),
    ],
)
def test_the_cap_of_a_plan_is_that_of_the_rule_to_build(
    monkeypatch: pytest.MonkeyPatch,
    *,
    has_elements: bool,
    eligible: list[int],
    best: str | None,
    reason: str,
    expected: tuple[str, bool] | None,
) -> None:
    headline = ThresholdSums({"eligible": np.array(eligible)})
    replays: Any = SimpleNamespace(thresholds={1: ThresholdSums(), 7: headline})
    runner: Any = "runner"

    def recommend(sums: ThresholdSums, sizing: SizingInputs) -> Any:
        assert (sums, sizing) == (headline, SIZING)
        return SimpleNamespace(best=best, reason=reason)

    def chosen(*given: Any, give_ups: bool) -> Any:
        assert given[:2] == (runner, replays)
        assert given[3] is SIZING
        return given[2], give_ups

    monkeypatch.setattr(primary_cap, "recommend", recommend)
    monkeypatch.setattr(primary_cap, "chosen", chosen)
    found: Any = for_plan(runner, replays, 7, SIZING, has_elements=has_elements)
    assert found == (expected or standard(900 * US, "no_target_rule"))
