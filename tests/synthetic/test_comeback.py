"""Every return is played with and without the marker."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import polars as pl
import pytest
from factories.worlds import PRODUCTIVE

from resume_gap.synthetic import PRESETS, Simulated, simulate
from resume_gap.synthetic.comeback import steps_us


def test_potential_outcomes_differ_by_the_marker_alone(trial: Simulated) -> None:
    rows, world = trial.interruptions, trial.world
    both = rows.filter(~pl.col("gave_up_without") & ~pl.col("gave_up_with"))
    change = pl.col("lag_with_seconds") - pl.col("lag_without_seconds")
    wrong = both.filter(~pl.col("arrow_right")).select(change.alias("d"))["d"]
    right = both.filter("arrow_right").select(change.alias("d"))["d"]
    assert set(wrong.round(5)) == {0.0, world.wrong_arrow_seconds}
    assert right.max() == 0
    assert right.min() < -10
    treated = rows.filter(pl.col("arm") == "treatment")
    assert treated["reorientation_seconds"].equals(treated["reorientation_with_seconds"])
    others = rows.filter(pl.col("arm").is_null() | (pl.col("arm") == "control"))
    assert others["reorientation_seconds"].equals(others["reorientation_without_seconds"])
    first = (
        rows.filter(pl.col("followed") & pl.col("eligible") & (pl.col("gap_seconds") > 1800))
        .sort("return_at")
        .unique("user_id", keep="first")
    )
    effect = first["reorientation_with_seconds"] - first["reorientation_without_seconds"]
    assert trial.truth["summary"]["effects"]["p1"]["effect_seconds"] == pytest.approx(effect.mean())


def test_novelty_fades_by_exposure() -> None:
    world = replace(
        PRESETS["trial"], novelty_half_exposures=1, noticed_share=1, already_there_share=0
    )
    rows = simulate(world, seed=3).interruptions.filter(
        ~pl.col("arrow_right") & ~pl.col("gave_up_with") & ~pl.col("gave_up_without")
    )
    cost = pl.col("lag_with_seconds") - pl.col("lag_without_seconds")
    for exposures in (0, 1, 3):
        part = rows.filter(pl.col("exposures") == exposures).select(cost.alias("d"))["d"]
        assert part.mean() == pytest.approx(2 * 0.5**exposures, abs=1e-5)


@pytest.mark.parametrize("excess", [0.0, 40.0])
def test_steady_world_plants_the_excess(excess: float) -> None:
    world = replace(PRESETS["steady"], excess_seconds=excess, users=150)
    simulated = simulate(world, seed=2)
    log = simulated.log.sort("user_id", "timestamp")
    work = log.with_columns(
        next=pl.when(pl.col("event").is_in(PRODUCTIVE)).then("timestamp"),
        done=pl.when(pl.col("event").is_in(PRODUCTIVE)).then(pl.col("event") == "submit"),
        gap=pl.col("timestamp").diff().over("user_id"),
    ).with_columns(
        pl.col("next").backward_fill().over("user_id"),
        pl.col("done").forward_fill().shift(1).over("user_id"),
    )
    # Mid-task at the event before, and past the first rows after a return, which are the return.
    calm = work.filter(
        ~pl.col("done"),
        *(pl.col("gap").shift(k).over("user_id") < timedelta(minutes=5) for k in range(6)),
    )
    usual = calm.select((pl.col("next") - pl.col("timestamp")).dt.total_microseconds().mean() / 1e6)
    back = simulated.interruptions.filter("eligible")["reorientation_seconds"]
    assert back.mean() - usual.item() == pytest.approx(excess, abs=0.8)
    assert simulated.interruptions["gave_up"].sum() == 0


def test_no_pause_is_further_from_its_median_than_two_and_a_half_deviations() -> None:
    world = replace(PRESETS["steady"], thinking_share=0.0)
    pace = np.full(20_000, 0.1)
    drawn = steps_us(world, pace, np.random.default_rng(5)) / 1e6
    far = np.log(drawn / (0.1 * world.step_median_seconds)) / world.step_sigma
    assert -2.51 < far.min() < -2.3
    assert 2.3 < far.max() < 2.51
    assert far.mean() == pytest.approx(0, abs=0.03)
    assert far.std() == pytest.approx(0.96, abs=0.03)
