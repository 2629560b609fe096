"""The figures after the interruptions that are made of others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from factories.results import full

from resume_gap.results.common import Estimate
from resume_gap.results.reorientation import LagEnds


def test_the_mean_has_two_parts() -> None:
    back = replace(full().reorientation, mean=Estimate(estimate=72.0), not_reached_seconds=51.5)
    assert back.reached_seconds == pytest.approx(20.5)
    assert replace(back, not_reached_seconds=72.0000001).reached_seconds == 0
    assert replace(back, not_reached_seconds=None).reached_seconds is None
    assert replace(back, mean=Estimate()).reached_seconds is None


def test_whoever_did_not_reach_work_is_the_rest() -> None:
    back = replace(full().reorientation, productive_share=0.75)
    assert back.not_reached_share == 0.25
    assert replace(back, productive_share=None).not_reached_share is None


def test_a_log_that_begins_with_work() -> None:
    back = full().reorientation
    assert replace(back, zero_share=0.95).begins_with_work
    assert not replace(back, zero_share=0.949).begins_with_work
    assert not replace(back, zero_share=None).begins_with_work


def test_waits_are_observed_or_not() -> None:
    ends = LagEnds(observed=40, abandoned=7, abandoned_by_leaving=5, log_end=2)
    assert (ends.censored, ends.waits) == (9, 49)
    assert (LagEnds().censored, LagEnds().waits) == (None, 0)
    assert LagEnds(observed=0, abandoned=1, log_end=0).waits == 1
