"""The summary of what was planted."""

from __future__ import annotations

import polars as pl
from factories.worlds import SMALL

from resume_gap.synthetic import Simulated, simulate


def test_truth_at_another_threshold(small: Simulated) -> None:
    wide = small.summary(pause_seconds=3600, cap_seconds=60)
    assert wide["interruptions"] < small.truth["summary"]["interruptions"]
    assert wide["reorientation"]["mean_seconds"] <= 60


def test_the_summary_counts_each_users_first_interruption_once(trial: Simulated) -> None:
    found = trial.summary(pause_seconds=1800, cap_seconds=900)
    followed = trial.interruptions.filter("followed", "eligible", pl.col("gap_seconds") > 1800)
    effects = found["effects"]
    assert effects["p1"]["n"] == effects["p1"]["users"] == followed["user_id"].n_unique()
    assert effects["p3"]["n"] == followed.height
    arms = effects["p3_arms"]
    assert arms["control"]["n"] + arms["treatment"]["n"] == followed.height


def test_nothing_to_average_is_none() -> None:
    found = simulate(SMALL, seed=5).summary(pause_seconds=1e9, cap_seconds=900)
    assert found["interruptions"] == found["eligible"] == 0
    assert found["reorientation"]["mean_seconds"] is None
