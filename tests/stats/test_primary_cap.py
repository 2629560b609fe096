"""The cap chosen before a trial, against the reference and by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from oracles import primary_cap as oracle

from resume_gap.constants import PRIMARY_CAPS
from resume_gap.stats import primary_cap
from resume_gap.stats.primary_cap import ChosenCap, FirstReturns, choose_cap, standard_cap
from resume_gap.units import US

NEVER = np.iinfo(np.int64).max
LONGEST = 1800


def drawn(number: int, longest: int = LONGEST, users: int = 260) -> list[oracle.First]:
    """Users of whom some are slow, some never get back to work, and some find the marker right."""
    random = Random(f"first returns {number}")  # noqa: S311 - a test draws no secret
    leaves, right = random.choice([0.0, 0.1, 0.3, 0.95]), random.choice([0.0, 0.3, 0.9])
    pace = random.choice([10, 60, 400])
    firsts = []
    for _ in range(users):
        lag = None if random.random() < leaves else Fraction(random.randrange(1, 2 * pace))
        hit = lag is not None and lag <= longest and random.random() < right
        search = Fraction(random.randrange(0, int(lag))) if lag is not None and hit else Fraction(0)
        firsts.append(oracle.First(lag, hit, search, random.random() < 0.5))
    return firsts


def chosen(
    firsts: list[oracle.First], longest: int = LONGEST, *, give_ups: bool = False
) -> ChosenCap:
    lags = [NEVER if one.lag is None else int(one.lag * US) for one in firsts]
    return choose_cap(
        FirstReturns(
            lag_us=np.array(lags, dtype=np.int64),
            observed=np.array([one.lag is not None for one in firsts]),
            hit=np.array([one.hit for one in firsts]),
            search_us=np.array([int(one.search * US) for one in firsts], dtype=np.int64),
            in_first_half=np.array([one.in_first_half for one in firsts]),
            reached=np.array([one.lag is not None for one in firsts]),
            abandoned=np.array([one.abandoned for one in firsts]),
            later=np.array([one.later for one in firsts]),
            right_later=np.array([one.right_later for one in firsts]),
        ),
        [cap.us for cap in PRIMARY_CAPS],
        longest * US,
        noticed=0.5,
        removed=0.6,
        wrong_cost_seconds=2.0,
        give_ups=give_ups,
    )


def test_the_cap_is_that_of_the_reference() -> None:
    found: set[float] = set()
    for number in range(60):
        longest = (LONGEST, 900, 350, 90)[number % 4]
        firsts = drawn(number, longest)
        mine = chosen(firsts, longest)
        cap, users = oracle.choose(firsts, Fraction(longest))
        assert (mine.seconds, mine.users_per_arm) == (float(cap), users), number
        found.add(mine.seconds)
    assert len(found) > 5


def test_with_give_ups_the_cap_is_that_of_the_reference() -> None:
    found: set[float] = set()
    for number in range(40):
        random = Random(f"give-ups {number}")  # noqa: S311 - a test draws no secret
        firsts = []
        for one in drawn(number):
            left = one.lag is None and random.random() < 0.9
            later = left and random.random() < 0.6
            right = later and random.random() < 0.5
            firsts.append(replace(one, abandoned=left, later=later, right_later=right))
        mine = chosen(firsts, give_ups=True)
        cap, users = oracle.choose(firsts, Fraction(LONGEST), give_ups=True)
        assert (mine.seconds, mine.users_per_arm) == (float(cap), users), number
        found.add(mine.seconds)
    assert len(found) > 2


def test_returns_that_never_end_make_a_short_cap_the_better_one() -> None:
    quick = [
        oracle.First(Fraction(20 + k % 20), hit=True, search=Fraction(15), in_first_half=k % 2 == 0)
        for k in range(400)
    ]
    gone = [
        oracle.First(None, hit=False, search=Fraction(0), in_first_half=k % 2 == 0)
        for k in range(40)
    ]
    assert chosen(quick).seconds == LONGEST  # all need 25 users: the longest of equals
    assert chosen(quick + gone).seconds == 60.0


def test_where_nothing_can_be_chosen_it_is_two_minutes() -> None:
    few = chosen(drawn(1, users=199))
    assert (few.seconds, few.reason, few.caps) == (120.0, "too_few_returns", ())
    missed = [
        oracle.First(Fraction(30), hit=False, search=Fraction(0), in_first_half=k % 2 == 0)
        for k in range(300)
    ]
    nothing = chosen(missed)
    assert (nothing.seconds, nothing.reason, nothing.users_per_arm) == (120.0, "no_saving", None)
    assert [row.users_per_arm for row in nothing.caps] == [None] * 6
    unseen = [
        oracle.First(
            None if k > 48 else Fraction(9), hit=False, search=Fraction(0), in_first_half=True
        )
        for k in range(300)
    ]
    assert chosen(unseen).reason == "too_few_returns"


@pytest.mark.parametrize(("longest", "cap"), [(900, 120.0), (90, 90.0)])
def test_the_standard_cap_is_at_most_the_longest(longest: int, cap: float) -> None:
    assert standard_cap(longest * US, "not_measured").seconds == cap


def test_keeping_those_who_left_saves_the_cap_less_what_a_hit_takes() -> None:
    def kept(hit: list[bool], right_later: list[bool], left: list[bool]) -> float:
        n = len(hit)
        firsts = FirstReturns(
            lag_us=np.zeros(n, dtype=np.int64),
            observed=np.ones(n, dtype=np.bool_),
            hit=np.array(hit),
            search_us=np.zeros(n, dtype=np.int64),
            in_first_half=np.ones(n, dtype=np.bool_),
            reached=np.array([True, True, False, False]),
            abandoned=np.array(left),
            later=np.array([True, True, True, True]),
            right_later=np.array(right_later),
        )
        which = np.array([True, True, True, False])
        capped = np.array([10.0, 30.0, 100.0])
        return primary_cap._kept(firsts, which, capped, 100)

    no, yes = [False] * 4, [True] * 4
    assert kept(no, [True, False, False, False], yes) == pytest.approx(100 / 3)
    assert kept([True, False, False, False], no, yes) == pytest.approx(0.5 * 90)
    assert kept([True, True, False, True], no, [True, False, False, True]) == pytest.approx(80 / 3)
    assert kept(no, no, yes) == 0.0
