"""The bound with give-ups, against the reference and by hand."""

from __future__ import annotations

from dataclasses import astuple
from random import Random

import numpy as np
import pytest
from oracles import give_ups as oracle
from scipy import stats

from resume_gap.stats.give_ups import GiveUpSums, give_ups
from resume_gap.stats.ratio import effective_users
from resume_gap.units import US

CAP = 900


def drawn(seed: int, users: int) -> list[oracle.User]:
    random = Random(f"give-ups {seed}")  # noqa: S311 - a test draws no secret
    found = []
    for _ in range(users):
        eligible = random.randrange(0, 9)
        abandoned = random.randrange(0, eligible + 1)
        later = random.randrange(0, abandoned + 1)
        reached = random.randrange(0, eligible - abandoned + 1)
        hits = random.randrange(0, reached + 1)
        found.append(
            oracle.User(
                eligible,
                random.randrange(0, 60 * hits + 1),
                abandoned,
                later,
                random.randrange(0, later + 1),
                reached,
                hits,
            )
        )
    return found


def sums(users: list[oracle.User]) -> GiveUpSums:
    columns = np.array([astuple(user) for user in users], dtype=np.int64).T
    names = ("eligible", "search_us", "abandoned", "later", "right_later", "reached", "hits")
    of = dict(zip(names, columns, strict=True))
    return GiveUpSums(cap_us=CAP * US, **of | {"search_us": of["search_us"] * US})


@pytest.mark.parametrize("seed", range(10))
def test_estimate_and_error_are_those_of_the_reference(seed: int) -> None:
    users = drawn(seed, users=30 + seed)
    found = give_ups(sums(users))
    assert found is not None
    for by_next, mine in ((True, found.by_next), (False, found.by_hits)):
        expected = float(oracle.saved(users, CAP, by_next=by_next))
        error = oracle.error(users, CAP, by_next=by_next)
        assert mine.estimate == pytest.approx(expected)
        assert mine.error == pytest.approx(error)
        freedom = effective_users(np.array([user.eligible for user in users])) - 1
        half = stats.t.ppf(0.95, freedom) * error
        assert mine.lower(0.05) == pytest.approx(expected - half)
    assert found.lower(0.05) == max(found.by_next.lower(0.05), found.by_hits.lower(0.05))
    greater, share = found.greater
    assert greater.ci_upper == max(r.to_estimate().ci_upper for r in found[:2])  # type: ignore[type-var]
    assert share in (found.next_share, found.hit_share)


def test_by_hand() -> None:
    # Ten interruptions, three left, of whom two worked later on, one of them where it points.
    found = give_ups(sums([oracle.User(10, 40, 3, 2, 1, 6, 2)]))
    assert found is not None
    assert found.by_next.estimate == pytest.approx((40 + 900 * 1 / 2 * 3) / 10)
    assert found.by_hits.estimate == pytest.approx((40 + 900 * 2 / 6 * 3) / 10)
    assert found.greater[1] == 0.5
    assert found.greater[0].ci_upper is None


def test_nothing_later_and_nothing_reached_are_no_hits() -> None:
    found = give_ups(sums([oracle.User(4, 0, 4, 0, 0, 0, 0)] * 30))
    assert found is not None
    assert found.greater == (found.by_next.to_estimate(), 0.0)
    assert found.by_next.estimate == 0


def test_without_interruptions_there_is_none() -> None:
    assert give_ups(sums([oracle.User(0, 0, 0, 0, 0, 0, 0)] * 3)) is None
