"""What the reference of the replay must keep on random logs."""

from __future__ import annotations

import pytest
from factories.effort import effort
from factories.strategies import Log, logs
from hypothesis import HealthCheck, given, settings

from oracles import log as oracle
from oracles.log import SECOND
from oracles.replay import POLICIES, replay, slots

quick = settings(
    max_examples=effort(25, 60), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.mark.effort
@quick
@given(logs())
def test_replayed_returns_are_the_measured_ones(log: Log) -> None:
    measured = oracle.measure(log.rows, log.roles, log.threshold_us, log.until_us).returns
    cap_us = oracle.cap_of(log.threshold_us)
    for near in (None, 0, 10):
        replayed = replay(log.rows, log.roles, log.threshold_us, log.until_us, near=near)
        for mine, theirs in zip(replayed, measured, strict=True):
            for name in ("user_id", "stream", "return_at_us"):
                assert mine[name] == theirs[name]
            reached = theirs["lag_us"] is not None and theirs["lag_us"] <= cap_us
            assert mine["place"] == (theirs["first_productive_target"] if reached else None)
            last = mine["last_touched"]
            if near is None and last["addressable"]:
                assert last["search_us"] == max(0, theirs["target_return_us"] - SECOND)
            for policy in (mine[name] for name in POLICIES):
                assert policy["pointed"] or not policy["hit"]
                assert not (policy["gave_up_right"] and policy["hit"])
                assert policy["hit"] or not policy["addressable"]
                assert policy["hit_in_3"] or not policy["hit"]
                assert 0 <= policy["search_us"] <= max(0, (theirs["lag_us"] or 0) - SECOND)
            assert 0 <= mine["chance"] <= mine["chance_three"] <= 2520
            assert mine["chance"] > 0 or not mine["recent_three"]["hit"]


@pytest.mark.effort
@quick
@given(logs())
def test_interruptions_that_look_for_slots_are_the_measured_ones(log: Log) -> None:
    measured = oracle.measure(log.rows, log.roles, log.threshold_us, log.until_us).returns
    found = slots(log.rows, log.roles, log.threshold_us, log.until_us)
    eligible = [each for each in measured if each["eligible"] and each["is_interruption"]]
    expected = [(each["return_at_us"], each["reorientation_us"]) for each in eligible]
    for name in ("stop", "first_back"):
        assert [(each["at_us"], each["y_us"]) for each in found[name]] == expected
        assert all(len(each["found"]) <= 5 for each in found[name])
    assert [each["cell"][0] for each in found["stop"]] == [each["stop_event"] for each in eligible]
    assert [each["cell"][0] for each in found["first_back"]] == [
        each["return_event"] for each in eligible
    ]
