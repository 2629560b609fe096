"""The laws that the reference must keep on random logs."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from factories.effort import effort
from factories.strategies import THETAS, Log, logs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oracles.log import (
    DAY,
    Measured,
    cap_of,
    measure,
)

quick = settings(
    max_examples=effort(30, 80), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def measured(log: Log, threshold_us: int | None = None) -> Measured:
    """Measure a random log, with its own threshold unless another is given."""
    return measure(log.rows, log.roles, threshold_us or log.threshold_us, log.until_us)


@pytest.mark.effort
@quick
@given(logs())
def test_sessions_are_streams_plus_returns(log: Log) -> None:
    counts = measured(log).counts
    assert counts["sessions"] == counts["streams"] + counts["returns"]
    assert counts["users_interrupted"] <= counts["users"] <= counts["streams"]
    assert counts["midtask_stops_returned_7d"] <= counts["midtask_stops_followed_7d"]


@pytest.mark.effort
@quick
@given(logs())
@pytest.mark.full
def test_a_longer_theta_never_finds_more_returns(log: Log) -> None:
    found = [
        measured(log, threshold_us) for threshold_us in sorted({*THETAS, log.threshold_us, 1, DAY})
    ]
    for shorter, longer in itertools.pairwise(found):
        assert shorter.counts["returns"] >= longer.counts["returns"]
        more = {(r["user_id"], r["stream"], r["return_at_us"]) for r in shorter.returns}
        assert more >= {(r["user_id"], r["stream"], r["return_at_us"]) for r in longer.returns}


@pytest.mark.effort
@quick
@given(logs())
def test_observed_and_censored_make_up_the_interruptions(log: Log) -> None:
    found = measured(log)
    ends = [each["lag_end"] for each in found.returns if each["is_interruption"]]
    observed = ends.count("observed")
    censored = ends.count("abandoned") + ends.count("log_end")
    assert observed + censored == found.counts["interruptions"]


@pytest.mark.effort
@quick
@given(logs(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(log: Log, random: Any) -> None:
    rows = list(log.rows)
    random.shuffle(rows)
    assert measure(rows, log.roles, log.threshold_us, log.until_us) == measured(log)


@pytest.mark.effort
@quick
@given(logs())
def test_every_return_keeps_its_bounds(log: Log) -> None:
    found = measured(log)
    for each in found.returns:
        assert each["gap_us"] == each["return_at_us"] - each["stop_at_us"] > log.threshold_us
        assert each["first_productive_at_us"] == (
            None if each["lag_us"] is None else each["return_at_us"] + each["lag_us"]
        )
        assert (each["lag_us"] is None) == (each["lag_end"] != "observed")
        assert (each["detours"] is None) == (each["lag_us"] is None)
        assert not each["abandoned_by_leaving"] or each["lag_end"] == "abandoned"
        assert 0 <= (each["reorientation_us"] or 0) <= cap_of(log.threshold_us)
        if each["next_stop_at_us"] is not None:
            assert each["next_stop_at_us"] >= each["return_at_us"] + (each["lag_us"] or 0)
    for name in ("sessions", "returns", "interruptions"):
        assert found.counts[name] == sum(user[name] for user in found.users.values())
    for user in found.users.values():
        assert user["zero"] <= user["productive"] <= user["eligible"] <= user["interruptions"]
        assert user["returned_7d"] <= user["followed_7d"] <= user["stops"]


@pytest.mark.effort
@quick
@given(logs())
def test_random_logs_hold_what_they_promise(log: Log) -> None:
    names = {"user_id", "timestamp_us", "event", *log.columns}
    assert all(set(each) == names for each in log.rows)
    assert len({tuple(each.values()) for each in log.rows}) == len(log.rows) <= 60
    ids = [each["event_id"] for each in log.rows if each.get("event_id") is not None]
    assert len(set(ids)) == len(ids)
    newest_us = max(each["timestamp_us"] for each in log.rows)
    assert log.until_us is None or log.until_us >= newest_us
