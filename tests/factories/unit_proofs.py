"""What is called with the figures of users, and again with all their interruptions repeated.

It belongs to `tests/test_user_is_the_unit.py`, which says why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from resume_gap.stats import (
    arms,
    blocks,
    bounds,
    clusters,
    cuped,
    difference,
    excess,
    excess_range,
    first_bounds,
    give_ups,
    inference,
    jackknife,
    moments,
    permutation,
    policies,
    power,
    primary_cap,
    quantiles,
    ratio,
    sample_ratio,
    scenarios,
    selection,
    shapes,
    stratified,
    tossed,
    trigger_rate,
    uneven,
    welch,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from resume_gap.stats.interval import Interval

AGAIN = 9


@dataclass(frozen=True)
class World:
    """Interruptions of the users of one arm: whose each is, and its microseconds."""

    users: int
    user: NDArray[np.int64]
    y_us: NDArray[np.int64]

    def repeated(self) -> World:
        """Every interruption of every user several times: as many users, nothing more known."""
        return World(self.users, np.tile(self.user, AGAIN), np.tile(self.y_us, AGAIN))

    @property
    def n(self) -> NDArray[np.int64]:
        return np.bincount(self.user, minlength=self.users).astype(np.int64)

    def sums(self, part: float = 1.0) -> NDArray[np.int64]:
        """(users) summed integers, of such a part of each row."""
        out = np.zeros(self.users, dtype=np.int64)
        np.add.at(out, self.user, (self.y_us * part).astype(np.int64))
        return out

    @property
    def hits(self) -> NDArray[np.int64]:
        out = np.zeros(self.users, dtype=np.int64)
        np.add.at(out, self.user, (self.y_us < 60_000_000).astype(np.int64))
        return out

    @property
    def means(self) -> NDArray[np.float64]:
        """(users) seconds; one value per user, 0 for those without a row."""
        return self.sums() / np.maximum(self.n, 1) / 1e6

    @property
    def shares(self) -> NDArray[np.float64]:
        """(users, 1) share of hits; one value per user."""
        return (self.hits / np.maximum(self.n, 1))[:, None]

    @property
    def arm(self) -> arms.Arm:
        return arms.Arm(numerators=self.sums() / 1e6, denominators=self.n.astype(float))

    @property
    def parts(self) -> moments.Users:
        return moments.Users(self.sums() / 1e6, self.n.astype(float), None)

    @property
    def one_each(self) -> moments.Users:
        """One value per user: the mean of the user's rows."""
        return moments.Users(self.means, np.ones(self.users), None)

    @property
    def days(self) -> NDArray[np.int64]:
        """(users) day of the assignment."""
        return np.arange(self.users) % 5

    @property
    def seen(self) -> selection.SeenUsers:
        return selection.SeenUsers(users=self.users, user=self.user, y=self.y_us / 1e6)

    @property
    def times(self) -> bounds.PolicyTimes:
        return bounds.PolicyTimes(
            eligible=self.n,
            hits=self.hits,
            addressable=self.hits,
            reorientation_us=self.sums(),
            addressable_us=self.sums(0.5),
            search_us=self.sums(0.25),
        )

    @property
    def policy(self) -> policies.PolicySums:
        return policies.PolicySums(
            name="last_touched",
            eligible=self.n,
            hits=self.hits,
            chance_2520=840 * self.hits,
            habit_hits=self.n * 0,
            search_us=self.sums(0.25),
        )

    @property
    def steps(self) -> excess_range.StepSums:
        return excess_range.StepSums(
            user=np.arange(self.users),
            cell=np.arange(self.users) % 3,
            # So many that everybody's own are enough, however often rows are repeated.
            many=20 * self.n,
            us=3 * self.sums(0.9),
            gap_us=4 * self.n * 1_000_000,
            weighted_high=(3 * self.sums(0.9) * 1_000_000) >> excess_range.LOW_BITS,
            weighted_low=0 * self.n,
        )

    @property
    def left(self) -> give_ups.GiveUpSums:
        return give_ups.GiveUpSums(
            cap_us=900_000_000,
            eligible=self.n,
            search_us=self.sums(0.25),
            abandoned=self.hits,
            later=self.n,
            right_later=self.hits,
            reached=self.n,
            hits=self.hits,
        )

    @property
    def cells(self) -> excess.CellSums:
        return excess.CellSums(
            user=np.arange(self.users),
            cell=np.arange(self.users) % 3,
            n=self.n,
            y_us=self.sums(),
            found=4 * self.n,
            found_us=3 * self.sums(0.9),
        )


def world(seed: int, users: int) -> World:
    """Slow users and fast ones, with many interruptions or none."""
    draw = np.random.default_rng(seed)
    counts = draw.poisson(2 * draw.lognormal(0, 0.8, users))
    slow = draw.lognormal(4, 0.7, users)
    user = np.repeat(np.arange(users), counts)
    y = np.minimum(slow[user] * draw.lognormal(0, 0.7, len(user)), 900)
    return World(users, user, (y * 1e6).astype(np.int64))


WORLDS = [(world(1, 60), world(2, 70)), (world(3, 200), world(4, 180))]


def wide(*ends: float | None) -> list[float]:
    """The width of an interval, which has to exist."""
    lower, upper = ends
    assert lower is not None
    assert upper is not None
    return [upper - lower]


def of(found: Interval) -> list[float]:
    return wide(found.ci_lower, found.ci_upper)


def compared(found: difference.Comparison) -> list[float]:
    effect = found.effect
    assert effect.p is not None
    assert found.variance is not None
    assert found.log_variance is not None
    return [
        *wide(effect.ci_lower, effect.ci_upper),
        *wide(effect.relative_ci_lower, effect.relative_ci_upper),
        *wide(found.relative_lower, found.relative_upper),
        effect.p,
        found.variance,
        found.log_variance,
    ]


def there(found: Any) -> Any:
    assert found is not None
    return found


def compare(a: World, b: World) -> difference.Comparison:
    return difference.compare(a.arm, b.arm, seed=1, draws=499)


def share(a: World) -> jackknife.Ratio:
    return there(jackknife.jackknife(a.hits, a.n))


def ranged(a: World) -> excess_range.ExcessRange:
    return excess_range.excess_range(a.cells, excess.excess(a.cells).estimate, a.steps)


def at_work(a: World) -> list[float]:
    """As if the three clocks said that returns took longer, and some did not reach work."""
    found = ranged(a)
    longer = found._replace(
        word="longer", from_event=replace(found.from_event, interruptions=10**9)
    )
    return of(there(excess_range.of_those_at_work(longer, a.cells, a.steps).reached))


def columns(a: World, b: World) -> tuple[Any, Any, moments.Center]:
    common = moments.center(moments.together(a.parts, b.parts))
    return moments.columns(a.parts, common), moments.columns(b.parts, common), common


def column_error(a: World, b: World) -> list[float]:
    first, _, common = columns(a, b)
    found = moments.moments(first.sum(axis=0), a.users, common)
    return [float(found.variance)]


def dealt(a: World, b: World) -> list[float]:
    t = permutation.permuted(*columns(a, b), draws=499, seed=1)
    return [permutation.critical(t, 0.95), permutation.share_beyond(1.5, t)]


TERMS = inference.Terms(permute=False, seed=1, level=0.95, draws=499)


def inferred(found: inference.Inferred) -> list[float]:
    reaches = [there(found.wide), there(found.one_sided)]
    return [found.error, *(part for reach in reaches for part in (reach.half, reach.p))]


def units(a: World, b: World) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Two users a unit."""
    return np.arange(a.users) // 2, np.arange(b.users) // 2


def by_units(a: World, b: World) -> list[float]:
    found = clusters.by_unit(a.parts, b.parts, units(a, b))
    return [float(square) for square in found.squares]


def sized(a: World) -> list[float]:
    found = scenarios.sized(share(a), share(a), noticed=1, removed=0.5, wrong_cost_seconds=2)
    return wide(*found.interval())


def first_returns(a: World, users: int) -> primary_cap.FirstReturns:
    first_us = (60e6 * (1 + a.means)).astype(np.int64)
    some = np.resize(np.arange(a.users), users)
    return primary_cap.FirstReturns(
        lag_us=first_us[some],
        observed=np.ones(len(some), dtype=bool),
        hit=np.ones(len(some), dtype=bool),
        search_us=first_us[some] // 2,
        reached=np.ones(len(some), dtype=bool),
        abandoned=np.zeros(len(some), dtype=bool),
        later=np.zeros(len(some), dtype=bool),
        right_later=np.zeros(len(some), dtype=bool),
        in_first_half=np.arange(len(some)) % 2 == 0,
    )


def launched(a: World) -> trigger_rate.PseudoLaunches:
    return trigger_rate.PseudoLaunches(
        launch=np.zeros(a.users, dtype=np.int64),
        user=np.arange(a.users),
        wait_us=(1e6 * (1 + a.means)).astype(np.int64),
        followed_us=np.array([2_000_000]),
        active=a.users,
    )


def chosen_cap(a: World) -> primary_cap.ChosenCap:
    firsts = first_returns(a, 2_000)  # enough to choose a cap by
    return primary_cap.choose_cap(
        firsts, [60_000_000], 120_000_000, noticed=1, removed=0.5, wrong_cost_seconds=1
    )


PROVEN: dict[str, Callable[[World, World], list[float]]] = {
    "difference.compare": lambda a, b: compared(compare(a, b)),
    "difference.difference": lambda a, b: wide(
        (e := difference.difference(a.arm, b.arm, seed=1, draws=499)).ci_lower, e.ci_upper
    ),
    "bounds.bounds_of": lambda a, _: [
        width
        for rung in bounds.bounds_of(a.times, cap_us=900_000_000).bounds
        for width in wide(rung.ci_lower, rung.ci_upper)
    ],
    # One value per user: those of a user's own rows, however often they are there.
    "cuped.covariate": lambda a, _: list(cuped.covariate(a.means, a.shares)),
    "cuped.explained": lambda a, _: [there(cuped.explained(a.means, a.shares))],
    "excess.excess": lambda a, _: of(excess.excess(a.cells).estimate),
    "excess_range.excess_range": lambda a, _: [
        width for clock in ranged(a)[1:3] for width in of(clock)
    ],
    "excess_range.of_those_at_work": lambda a, _: at_work(a),
    "excess_range.step_anew": lambda a, _: of(
        there(excess_range.step_anew(a.cells, a.steps)).interval
    ),
    "give_ups.give_ups": lambda a, _: [
        width for ratio in there(give_ups.give_ups(a.left))[:2] for width in wide(*ratio.interval())
    ],
    "stratified.more_common_p": lambda a, _: [
        stratified.more_common_p(a.hits, a.n, a.n + a.hits, 3 * a.n)
    ],
    "stratified.above_zero_p": lambda a, _: [
        stratified.above_zero_p(a.hits / np.maximum(a.n, 1) - 0.4)
    ],
    "jackknife.left_out": lambda a, _: wide(
        *jackknife.left_out(share(a).estimate, share(a).without, share(a).freedom).interval()
    ),
    "jackknife.jackknife": lambda a, _: wide(*there(jackknife.jackknife(a.sums(), a.n)).interval()),
    "jackknife.combined": lambda a, _: wide(
        *jackknife.combined([(1.0, share(a)), (0.5, share(a))]).interval()
    ),
    "jackknife.wilson": lambda a, _: of(jackknife.wilson(a.hits, a.n)),
    "moments.center": column_error,
    "moments.columns": column_error,
    "moments.moments": column_error,
    "moments.together": column_error,
    "inference.inferred": lambda a, b: inferred(inference.inferred(a.parts, b.parts, TERMS)),
    "inference.inferred_in_blocks": lambda a, b: inferred(
        inference.inferred_in_blocks(
            a.one_each, b.one_each, (np.arange(a.users) % 2, np.arange(b.users) % 2), TERMS
        )
    ),
    # One return per user.
    "first_bounds.first_bounds": lambda a, _: of(
        first_bounds.first_bounds(first_returns(a, a.users), 60_000_000, 120_000_000).search
    ),
    # Every user once at a launch, however many rows are behind the wait.
    "trigger_rate.trigger_rates": lambda a, _: [
        rate.upper - rate.lower
        for rate in trigger_rate.trigger_rates(launched(a), [1_000_000, 3_000_000], seed=1).rates
    ],
    "shapes.same_shape": lambda a, b: [there(shapes.same_shape(a.means, b.means + 0.1))],
    "uneven.split_by_value": lambda a, _: [
        there(uneven.split_by_value(np.arange(a.users) % 2, a.hits > 0)).p
    ],
    # Units are of users, never of rows.
    "clusters.by_unit": by_units,
    "clusters.unit_count": lambda a, _: [
        1 / clusters.unit_count(np.arange(a.users) // 2, a.n.astype(np.float64))
    ],
    "inference.inferred_by_unit": lambda a, b: inferred(
        inference.inferred_by_unit(a.parts, b.parts, units(a, b), None, 0.95)
    ),
    "tossed.together": lambda a, _: [
        there(tossed.together(np.arange(a.users) // 4, a.hits > 0, 1)).p
    ],
    # Days and arms are those of users.
    "blocks.merged_days": lambda a, _: [*map(float, blocks.merged_days(a.days, a.hits > 0))],
    "sample_ratio.over_time": lambda a, _: [there(sample_ratio.over_time(a.days, a.hits > 0)[0])],
    "permutation.deal": dealt,
    "permutation.permuted": dealt,
    "permutation.critical": dealt,
    "permutation.share_beyond": dealt,
    "policies.figures": lambda a, _: [
        width
        for name in ("lift", "over_habit", "search", "middle")
        for width in wide(
            *getattr(
                there(policies.figures(a.policy, noticed=1, removed=1, wrong_cost_seconds=0)), name
            ).interval()
        )
    ],
    # One return per user: how often the others are there changes nothing.
    "primary_cap.choose_cap": lambda a, _: [
        float(there(cap.users_per_arm)) for cap in chosen_cap(a).caps
    ],
    "power.spread": lambda a, _: of(power.spread(a.means, seed=1, draws=199)),
    "quantiles.quantile_difference": lambda a, b: wide(
        (e := quantiles.quantile_difference(0.5, a.means, b.means, seed=1, draws=999)).ci_lower,
        e.ci_upper,
    ),
    # The fewer users they are worth, the wider the interval.
    "ratio.effective_users": lambda a, _: [1 / ratio.effective_users(a.n)],
    "ratio.ratio_of_sums": lambda a, _: of(ratio.ratio_of_sums(a.sums(), a.n)),
    "scenarios.size": lambda a, _: of(there(scenarios.size(a.times)).middle),
    "scenarios.sized": lambda a, _: sized(a),
    "selection.lee_bounds": lambda a, b: wide(
        (e := selection.lee_bounds(a.seen, b.seen)).ci_lower, e.ci_upper
    ),
    "welch.welch": lambda a, b: [
        (e := welch.welch(a.parts, b.parts, level=0.95)).half,
        there(e.factor),
        e.p,
    ],
}
