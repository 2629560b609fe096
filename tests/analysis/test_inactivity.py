"""The learned threshold: the reference's valleys, the reasons for the fallback, the guard."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest
from oracles import log as oracle
from oracles.log import SECOND

from resume_gap.analysis import inactivity
from resume_gap.analysis.gap_histogram import GapBlock, GapCounts, Valley, histogram, valleys
from resume_gap.analysis.inactivity import (
    Learned,
    _guarded,
    _night,
    between_kinds_of_work,
    learn,
)
from resume_gap.analysis.sensitivity import grid_us
from resume_gap.constants import (
    BOOTSTRAP_DRAWS,
    GUARD_GAPS,
    GUARD_LONG_GAPS_FROM,
    MIN_GAPS,
    MIN_USERS,
    STABLE_DRAWS,
    STABLE_RATIO,
    VALLEY_FROM,
    VALLEY_MIN_RESOLUTIONS,
    VALLEY_TO,
)
from resume_gap.pipeline.gap_counts import GAP_PARTS
from resume_gap.synthetic import gap_log, valley_seconds

NO_VALLEY = ("lognormal", "pareto", "loggamma", "merged")


def gaps_of(log: pl.DataFrame) -> dict[str, list[int]]:
    gaps = (
        log.sort("user_id", "timestamp")
        .with_columns(gap=pl.col("timestamp").diff().over("user_id").dt.total_microseconds())
        .filter(pl.col("gap") > 0)
    )
    return {user[0]: own["gap"].to_list() for user, own in gaps.group_by("user_id")}


def counts_of(gaps: dict[str, list[int]], more_users: int = 0) -> GapCounts:
    users, bins = [], []
    for number, user in enumerate(sorted(gaps)):
        own = [oracle.bin_of(gap / SECOND) for gap in gaps[user]]
        users += [number] * len(own)
        bins += own
    block = GapBlock(
        user=np.array(users, dtype=np.int64),
        bin=np.array(bins, dtype=np.int64),
        parts=np.full(len(users), GAP_PARTS, dtype=np.int64),
    )
    return GapCounts([block], len(gaps) + more_users)


def theirs_of(gaps: dict[str, list[int]]) -> oracle.Learned:
    curve = oracle.smooth(oracle.gap_histogram(gaps))
    everything = [gap for own in gaps.values() for gap in own]
    found = [v for v in oracle.find_valleys(curve) if oracle.qualifies(v, everything)]
    guarded = bool(found) and oracle.is_guarded(gaps, found[0].threshold_us)
    return oracle.Learned(None, found, guarded=guarded)


@pytest.mark.parametrize("shape", ["valley", "shallow_valley", "two_kinds", *NO_VALLEY])
@pytest.mark.parametrize("seed", [1, 2])
def test_valleys_are_those_of_the_reference(shape: str, seed: int) -> None:
    gaps = gaps_of(gap_log(shape, n_users=60, gaps_per_user=150, seed=seed))  # type: ignore[arg-type]
    theirs = theirs_of(gaps)
    hist = histogram(counts_of(gaps))
    mine = [v for v in valleys(hist, hist.weight, 60) if v.cut_seconds <= 7200]
    assert [v.cut_seconds for v in mine] == pytest.approx(
        [v.threshold_us / SECOND for v in theirs.valleys]
    )
    assert [v.depth for v in mine] == pytest.approx([v.depth for v in theirs.valleys])
    learned = learn(counts_of(gaps), resolution_seconds=0, seed=0)
    if learned.source == "learned":
        assert learned.threshold_us == round(mine[0].cut_seconds) * SECOND
        assert not theirs.guarded
    if theirs.guarded:
        assert learned.reason == "kinds_of_users"


@pytest.mark.parametrize("shape", ["valley", "shallow_valley"])
def test_a_planted_valley_is_learned(shape: str) -> None:
    gaps = gaps_of(gap_log(shape, n_users=100, gaps_per_user=200, seed=3))  # type: ignore[arg-type]
    learned = learn(counts_of(gaps), resolution_seconds=0, seed=0)
    assert learned.source == "learned"
    planted = valley_seconds(shape)  # type: ignore[arg-type]
    assert planted / 1.5 <= learned.threshold_us / SECOND <= planted * 1.5
    assert learned.ci_lower is not None
    assert learned.ci_upper is not None
    assert learned.ci_lower <= learned.threshold_us / SECOND + 0.5
    assert learned.ci_upper >= learned.threshold_us / SECOND - 0.5
    assert learn(counts_of(gaps), resolution_seconds=0, seed=0) == learned


@pytest.mark.parametrize("shape", NO_VALLEY)
def test_smooth_gaps_have_no_boundary(shape: str) -> None:
    gaps = gaps_of(gap_log(shape, n_users=100, gaps_per_user=200, seed=4))  # type: ignore[arg-type]
    learned = learn(counts_of(gaps), resolution_seconds=0, seed=0)
    assert (learned.source, learned.threshold_us) == ("fallback", 1800 * SECOND)
    assert learned.ci_lower is learned.ci_upper is None
    assert learned.reason not in ("valley", "too_little")


def test_two_kinds_of_users_are_no_pause() -> None:
    gaps = gaps_of(gap_log("two_kinds", n_users=100, gaps_per_user=200, seed=5))
    learned = learn(counts_of(gaps), resolution_seconds=0, seed=0)
    assert learned.source == "fallback"
    assert learned.reason == "kinds_of_users"


@pytest.mark.parametrize(("users", "gaps"), [(49, 200), (60, 30), (1, 1)])
def test_too_little_teaches_nothing(users: int, gaps: int) -> None:
    found = gaps_of(gap_log("valley", n_users=users, gaps_per_user=gaps, seed=6))
    learned = learn(counts_of(found), resolution_seconds=0, seed=0)
    assert learned.source == "fallback"
    assert learned.reason == "too_little"
    assert learned.figures["users"] == users
    assert learned.figures["gaps"] == pytest.approx(users * gaps, rel=0.1)


def test_no_gap_at_all_teaches_nothing() -> None:
    learned = learn(counts_of({}, more_users=3), resolution_seconds=0, seed=0)
    assert learned.source == "fallback"
    assert (learned.reason, learned.figures) == ("too_little", {"gaps": 0, "users": 3})


def test_a_threshold_is_three_times_the_resolution() -> None:
    """The valley of this shape lies at a few minutes: minute stamps can still show it."""
    gaps = gaps_of(gap_log("valley", n_users=100, gaps_per_user=200, seed=7))
    fine = learn(counts_of(gaps), resolution_seconds=0, seed=0)
    coarse = learn(counts_of(gaps), resolution_seconds=fine.threshold_us / SECOND, seed=0)
    assert fine.source == "learned"
    assert coarse.source == "fallback" or coarse.threshold_us >= 2.9 * fine.threshold_us


def test_a_valley_of_a_few_users_does_not_last() -> None:
    """Two users in sixty carry all the long gaps: resamples without them have no valley."""
    rng = np.random.default_rng(8)
    gaps = {
        f"u{n:02}": (rng.lognormal(2, 0.6, 60) * SECOND).astype(int).tolist() for n in range(60)
    }
    gaps["u00"] += (rng.lognormal(8, 0.3, 30) * SECOND).astype(int).tolist()
    learned = learn(counts_of(gaps), resolution_seconds=0, seed=0)
    assert theirs_of(gaps).valleys
    assert learned.source == "fallback"
    assert learned.reason == "rare_in_resamples"
    assert 0 < learned.figures["resamples_share"] < 0.9


def test_the_night_is_reported_and_never_used() -> None:
    rng = np.random.default_rng(9)
    gaps = {
        f"u{n:02}": (
            np.concatenate([rng.lognormal(2.5, 0.8, 60), rng.lognormal(11, 0.2, 10)]) * SECOND
        )
        .astype(int)
        .tolist()
        for n in range(60)
    }
    learned = learn(counts_of(gaps), resolution_seconds=0, seed=0)
    assert learned.threshold_us <= 7200 * SECOND
    if learned.source == "fallback":
        assert learned.night_seconds is None or learned.night_seconds > 7200


def learned(**parts: Any) -> Learned:
    found = Learned(
        threshold_us=100 * SECOND,
        source="learned",
        ci_lower=90.0,
        ci_upper=120.0,
        reason="valley",
        night_seconds=7.0,
        figures={"valley_depth": 0.5},
    )
    return replace(found, **parts)


@pytest.mark.parametrize(
    ("after", "is_work"),
    [
        ({"play": 11, "edit": 9}, True),
        ({"play": 10, "edit": 10}, False),
        ({"play": 19}, False),
        ({"play": 20}, True),
        ({}, False),
    ],
)
def test_gaps_that_follow_one_event_part_kinds_of_work(
    after: dict[str, int], *, is_work: bool
) -> None:
    found = between_kinds_of_work(learned(), after)
    if not is_work:
        assert found == learned()
        return
    assert (found.source, found.reason, found.event) == ("fallback", "kinds_of_work", "play")
    assert (found.threshold_us, found.turned_down_us) == (1800 * SECOND, 100 * SECOND)
    assert 100 * SECOND in grid_us(found.threshold_us, found.turned_down_us)
    assert found.figures == {"valley_seconds": 100, "event_share": after["play"] / 20}


def guarded(*users: tuple[int, int]) -> bool:
    """(short gaps, long gaps) of each user, on both sides of a valley at 2^10 seconds."""
    places = [(n, place) for n, _ in enumerate(users) for place in (0, 1)]
    block = GapBlock(
        user=np.array([n for n, _ in places]),
        bin=np.array([60 + 60 * place for _, place in places]),
        parts=np.array([users[n][place] for n, place in places]) * GAP_PARTS,
    )
    return _guarded(GapCounts([block], len(users)), 2**10)


def test_a_valley_between_kinds_of_users_is_turned_down() -> None:
    asked, some = int(GUARD_GAPS.value), int(GUARD_LONG_GAPS_FROM.value)
    usual = [(asked, 9)] * 9
    assert not guarded(*usual, (asked, 0))
    # One of ten users with mostly long gaps is not too many, two are; half long is not mostly.
    assert not guarded(*usual, (9, 11))
    assert guarded(*usual[1:], (9, 11), (9, 11))
    assert not guarded(*usual[1:], (10, 10), (10, 10))
    # Users with too few gaps to tell count where most of the long gaps are theirs.
    few = (1, some - 1)
    assert not guarded(*usual[:1], few, few)
    assert guarded(*usual[:1], few, few, few)
    assert not guarded(*usual[:1], *[(1, some - 2)] * 9)
    # Nobody has enough gaps to be asked.
    assert guarded(few)
    assert not guarded((some, 1))


DRAWS = round(STABLE_DRAWS.value * BOOTSTRAP_DRAWS.value)
NIGHT = Valley(2 * VALLEY_TO.value, 0.9)


class Taught:
    """The steps of `learn` with what they find, and the gaps of as many users as it takes."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.valleys = [Valley(1_000.4, 0.5), NIGHT]
        self.guarded = False
        self.cuts = [1_000.0] * DRAWS
        self.lowest = 0.0
        monkeypatch.setattr(inactivity, "valleys", self._valleys)
        monkeypatch.setattr(inactivity, "_guarded", lambda _, cut: self.guarded and cut == 1_000.4)
        monkeypatch.setattr(inactivity, "_bootstrap", lambda *_: np.array(self.cuts))

    def _valleys(self, _hist: Any, _weight: Any, lowest: float) -> list[Valley]:
        self.lowest = lowest
        return self.valleys

    def learn(
        self, gaps: int = int(MIN_GAPS.value), users: int = int(MIN_USERS.value), stamps: float = 0
    ) -> Learned:
        """The gaps lie at 2^10 s, half of them a bin later."""
        half = np.array([gaps // 2, gaps - gaps // 2]) * GAP_PARTS
        counts = GapCounts([GapBlock(np.array([0, 1]), np.array([100, 101]), half)], users)
        return learn(counts, resolution_seconds=stamps, seed=0)


def test_every_reason_has_its_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    taught = Taught(monkeypatch)
    found = taught.learn()
    assert (found.source, found.reason, found.threshold_us) == ("learned", "valley", 1_000 * SECOND)
    assert (found.ci_lower, found.ci_upper, found.night_seconds) == (1_000.0, 1_000.0, 14_400)
    assert found.figures == {"valley_depth": 0.5}
    assert taught.lowest == VALLEY_FROM.value
    taught.learn(stamps=VALLEY_FROM.value)
    assert taught.lowest == VALLEY_MIN_RESOLUTIONS.value * VALLEY_FROM.value
    few = taught.learn(gaps=int(MIN_GAPS.value) - 1)
    assert (few.reason, few.figures["gaps"]) == ("too_little", MIN_GAPS.value - 1)
    assert taught.learn(users=int(MIN_USERS.value) - 1).reason == "too_little"
    taught.cuts = [1_000.0] * (DRAWS - 1)
    rare = taught.learn()
    assert (rare.reason, rare.night_seconds) == ("rare_in_resamples", 14_400)
    assert rare.figures == {"resamples_share": (DRAWS - 1) / BOOTSTRAP_DRAWS.value}
    taught.guarded = True
    kinds = taught.learn()
    assert (kinds.reason, kinds.night_seconds, kinds.figures) == ("kinds_of_users", 14_400, {})
    taught.valleys = [NIGHT]
    none = taught.learn()
    assert (none.reason, none.night_seconds, none.source) == ("no_valley", 14_400, "fallback")


def test_a_valley_that_moves_over_many_gaps_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    taught = Taught(monkeypatch)
    wide = 1_020 * 1.01 * STABLE_RATIO.value
    taught.cuts = [1_020.0] * (DRAWS // 2) + [wide] * (DRAWS - DRAWS // 2)
    moved = taught.learn()
    assert (moved.reason, moved.night_seconds) == ("moves_in_resamples", 14_400)
    # Where no gap lies between the two, it does not matter; nor do two that are close.
    taught.cuts = [cut * 10 for cut in taught.cuts]
    found = taught.learn()
    assert (found.reason, found.ci_lower, found.ci_upper) == ("valley", 1_000, wide * 10)
    taught.cuts = [1_020.0] * (DRAWS // 2) + [0.99 * 1_020 * STABLE_RATIO.value] * DRAWS
    assert taught.learn().reason == "valley"


def test_the_night_is_the_deepest_valley_beyond_two_hours() -> None:
    day, late = Valley(1_000, 0.5), Valley(3 * VALLEY_TO.value, 0.4)
    assert _night([day], [day]) is None
    assert _night([day, NIGHT, late], [day]) == NIGHT.cut_seconds
    assert _night([day, late], [day]) is None  # that of the day is deeper
    assert _night([late], []) == late.cut_seconds
    assert _night([Valley(1_000, 0.4), late], [Valley(1_000, 0.4)]) is None
    at_two_hours = Valley(VALLEY_TO.value, 0.9)
    assert _night([at_two_hours], [at_two_hours]) is None
