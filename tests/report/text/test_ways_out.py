"""What to do after a plan."""

from __future__ import annotations

import dataclasses

from factories.plan_results import needs, plan

from resume_gap.report.text import ways_out
from resume_gap.results.plan import Planned, WaysOut

WHOSE = "the 260 users active in the last 14 days of this log"


def test_three_ways_out() -> None:
    more, larger, less = ways_out.ways_out(plan())
    assert more.takes == "assign 12,368 users"
    assert more.because == f"so many find 5 s within 8 weeks; {WHOSE} never do"
    assert larger.takes == "look for 36 s"
    assert less.takes == "adjust, and look for 31 s"
    assert ways_out.ways_out(plan(ways_out=None)) == ()
    slow = plan(needed_looks=needs(96, 110, 12.0, 10.0, 14.0))
    assert ways_out.ways_out(slow)[0].because.endswith(f"{WHOSE} take 10 to 14 weeks")


def test_ways_that_are_closed_say_so() -> None:
    closed = WaysOut(weeks=8.0, assigned=None, effect_seconds=None, cuped_effect_seconds=None)
    ways = ways_out.ways_out(plan(ways_out=closed))
    assert [way.takes for way in ways] == [
        "nobody would be interrupted by then",
        "too few users for any",
        "nothing is known that helps",
    ]
    assert "keep a log of the users before they are assigned" in ways[2].because


def closed(**left: float) -> Planned:
    """With these ways out only."""
    ways = WaysOut(weeks=8.0, assigned=None, effect_seconds=None, cuped_effect_seconds=None)
    return plan(ways_out=dataclasses.replace(ways, **left))


def test_one_thing_is_advised_and_the_others_stand_beside_it() -> None:
    needed = needs(96, 110, None, None, None)
    assert ways_out.next_step(plan(), needed) == (
        "run the trial for 8 weeks with 12,368 users, your 260 included"
    )
    alone = "with your 260 alone,"
    assert ways_out.otherwise(plan(), needed) == f"{alone} look for an effect of 36 s or more."
    slow = needs(96, 110, 12.0, 10.0, 14.0)
    assert ways_out.otherwise(plan(), slow) == (
        f"{alone} run it for 10 to 14 weeks, or look for an effect of 36 s or more."
    )
    assert ways_out.otherwise(closed(assigned=500), needed) == ""
    assert ways_out.otherwise(closed(assigned=500, cuped_effect_seconds=31.0), needed) == (
        f"{alone} look for an effect of 31 s or more, adjusted for each user's past."
    )


def test_without_more_users_a_larger_effect_is_advised() -> None:
    needed = needs(96, 110, None, None, None)
    larger = closed(effect_seconds=36.0)
    assert ways_out.next_step(larger, needed) == "look for an effect of 36 s, within 8 weeks"
    assert ways_out.otherwise(larger, needed) == ""
    assert ways_out.next_step(closed(), needed) == ""


def test_with_enough_users_the_trial_is_run() -> None:
    enough, needed = plan(ways_out=None), needs(96, 110, 5.0, 5.0, 5.0)
    assert ways_out.next_step(enough, needed) == (
        "assign 110 users to each group and run the trial for about 5 weeks, then evaluate it"
    )
    assert ways_out.otherwise(enough, needed) == ""
