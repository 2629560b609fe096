"""What to do after a plan."""

from __future__ import annotations

import dataclasses
from typing import Any

from factories.plan_results import needs, plan

from resume_gap.report.page.plan.headline import headline
from resume_gap.report.screen import plan as screen
from resume_gap.report.text import plan as phrases
from resume_gap.report.text import ways_out
from resume_gap.results.common import Estimate
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
    ways = ways_out.ways_out(closed())
    assert [way.takes for way in ways] == [
        "nobody would be interrupted by then",
        "too few users for any",
        "nothing is known that helps",
    ]
    assert "keep a log of the users before they are assigned" in ways[2].because


def closed(**left: float) -> Planned:
    """With these ways out only."""
    ways = WaysOut(
        weeks=8.0,
        assigned=None,
        assigned_weeks=None,
        effect_seconds=None,
        cuped_effect_seconds=None,
    )
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


def test_the_shortest_trial_that_is_enough_is_advised() -> None:
    soon = closed(assigned=186, assigned_weeks=2.0)
    needed = needs(90, 95)
    assert ways_out.next_step(soon, needed) == (
        "run the trial for 2 weeks with 186 users, your 260 included; longer is not needed"
    )
    assert "so many find 5 s within 2 weeks" in ways_out.ways_out(soon)[0].because


def bounded(most: float, **more: Any) -> Planned:
    """A plan where a marker could save at most so much."""
    found = plan(**more)
    cap = dataclasses.replace(
        found.plan.primary_cap, search=Estimate(estimate=9.0, ci_lower=4.0, ci_upper=most)
    )
    return dataclasses.replace(found, plan=dataclasses.replace(found.plan, primary_cap=cap))


def test_an_effect_that_no_marker_could_have_is_not_advised() -> None:
    needed, over = (
        needs(96, 110),
        "more than the marker could save here (at most 21 s of search per",
    )
    found = bounded(21.4)
    assert ways_out.otherwise(found, needed) == (
        f"with your 260 alone a trial shows 36 s or more, which is {over} first return, counted"
        " up to 2 min): do not run it with them."
    )
    _, larger, less = ways_out.ways_out(found)
    for way in (larger, less):
        assert f"; {over} first return" in way.because
        assert way.because.endswith("up to 2 min): do not run this trial with these users")
    assert ways_out.instead(found) == "Assign 12,368 users, within 8 weeks."
    assert "more than" not in ways_out.otherwise(bounded(40.0), needed)
    between = ways_out.instead(bounded(33.0))
    assert between.endswith("or adjust for each user's past and look for 31 s, within 8 weeks.")
    assert "36 s" not in between


def test_an_effect_out_of_reach_is_not_planned_for() -> None:
    large = bounded(21.4, effect_seconds=30.0)
    told = phrases.too_large(large)
    assert told is not None
    assert told.startswith("An effect of 30 s is more than the marker could save here (at most 21")
    first = headline(large)
    assert told.startswith(f"{first.sentence}: ")
    assert first.sure == ""
    head = first.decision
    assert head is not None
    assert (head.word, head.tone) == ("Effect out of reach", "stop")
    assert head.reason.startswith("An effect of 30 s needs 12,120 interrupted users in all: ")
    assert head.reason.endswith(" would most likely find nothing.")
    assert head.next_step.startswith("plan for a smaller effect")
    assert phrases.too_large(bounded(30.0, effect_seconds=30.0)) is None
    assert phrases.too_large(plan()) is None
    lines = {line.name: line.text for line in screen.lines(large)}
    assert lines["command"] == ""


def test_an_effect_above_all_that_first_returns_take_is_out_of_reach() -> None:
    found = bounded(40.0, effect_seconds=30.0)
    pilot = dataclasses.replace(found.plan.pilot, mean_upper_seconds=2.61)
    short = dataclasses.replace(found, plan=dataclasses.replace(found.plan, pilot=pilot))
    assert phrases.too_large(found) is None
    assert phrases.out_of_reach(short) == (
        "An effect of 30 s is more than the marker could save here (first returns take at most"
        " 2.6 s on average, counted up to 2 min)"
    )
