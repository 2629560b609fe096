"""A trial of known truth whose assignments are events or columns of the log."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from factories.evaluated import refused

import resume_gap
from benchmarks.broken_trials import (
    LOG,
    SHOWN,
    assigned_a_minute_late,
)
from resume_gap.errors import DataError
from resume_gap.results.effect import Effect

Rows = pl.DataFrame
pytestmark = pytest.mark.usefixtures("few_draws", "undrawn")


@pytest.fixture(scope="module")
def some(assignments: Rows) -> Rows:
    """The assignments of every other user."""
    return assignments.gather_every(2)


def in_the_log(assignments: Rows, folder: Path, event: str, **columns: pl.Expr) -> Path:
    """Their log with an assignment event at each user's first return after the launch."""
    log = pl.read_parquet(LOG).join(assignments.select("user_id"), on="user_id", how="semi")
    rows = assigned_a_minute_late(assignments).select(
        "user_id",
        (pl.col("assigned_at") - timedelta(seconds=60)).alias("timestamp"),
        pl.lit(event).alias("event"),
        *(
            (value if isinstance(value, pl.Expr) else pl.lit(value)).alias(name)
            for name, value in columns.items()
        ),
    )
    path = folder / "log.parquet"
    pl.concat(
        [log, rows.cast({"timestamp": log.schema["timestamp"]})], how="diagonal"
    ).write_parquet(path)
    return path


VARIANT = pl.col("variant")


SHAPES: dict[str, tuple[str, dict[str, Any]]] = {
    "segment": ("Experiment Viewed", {"experiment_id": "arrow", "variation_name": VARIANT}),
    "growthbook": ("experiment_viewed", {"experiment_id": "arrow", "variation_id": VARIANT}),
    "posthog": (
        "$feature_flag_called",
        {
            "properties": pl.format(
                '{"$feature_flag": "arrow", "$feature_flag_response": "{}"}'.replace(
                    '{"$', "<$"
                ).replace('"}', ">"),
                VARIANT,
            )
            .str.replace("<$", '{"$', literal=True)
            .str.replace(">", '"}', literal=True)
        },
    ),
    "amplitude": (
        "$exposure",
        {"event_properties": pl.struct(pl.lit("arrow").alias("flag_key"), VARIANT)},
    ),
    "mixpanel": (
        "$experiment_started",
        {
            "properties": pl.struct(
                pl.lit("arrow").alias("Experiment name"), VARIANT.alias("Variant name")
            )
        },
    ),
    "snowplow": ("Experiment Viewed", {"se_label": "arrow", "se_property": VARIANT}),
    "opentelemetry": (
        "feature_flag.evaluation",
        {"feature_flag.key": "arrow", "feature_flag.result.variant": VARIANT},
    ),
}


@pytest.mark.parametrize(
    "shape",
    [name if name == "segment" else pytest.param(name, marks=pytest.mark.full) for name in SHAPES],
)
def test_assignment_events_of_the_trackers(some: Rows, tmp_path: Path, shape: str) -> None:
    event, columns = SHAPES[shape]
    log = in_the_log(some, tmp_path, event, **columns)
    found = resume_gap.evaluate(
        log,
        experiment="arrow",
        gap="30m",
        marker=SHOWN,
        map={"user_id": "user_id", "event": "event"},
    )
    trust = found.evaluation.trust
    assert trust.source == "assignment events of arrow"
    assert (trust.triggered_control, trust.triggered_treatment) == (36, 42)
    # Users were assigned at their first return, over several days, and are compared within blocks
    # of days.
    assert found.evaluation.primary.control == pytest.approx(96.4, abs=0.1)
    assert found.rows.dropped["assignment_event"] == 80
    assert "marker_event" in found.rows.dropped


def test_another_experiment_is_not_this_one(some: Rows, tmp_path: Path) -> None:
    event, columns = SHAPES["segment"]
    log = in_the_log(some, tmp_path, event, **columns)
    refused(
        DataError,
        "no assignment event of the experiment 'other'; experiments found: 'arrow'$",
        lambda: resume_gap.evaluate(log, experiment="other", gap="30m"),
    )


@pytest.mark.full
def test_the_variant_may_be_a_column_of_the_log(assignments: Rows, tmp_path: Path) -> None:
    log = pl.read_parquet(LOG).join(assignments, on="user_id", how="left")
    after = pl.when(pl.col("timestamp") >= pl.col("assigned_at")).then(pl.col("variant"))
    path = tmp_path / "log.parquet"
    log.with_columns(variant=after).drop("assigned_at").write_parquet(path)
    found = resume_gap.evaluate(path, gap="30m", marker=SHOWN).evaluation
    assert found.trust.source == "the log's column of the variant"
    # Within blocks of days, as where the assignments are events of the log.
    assert found.primary.control == pytest.approx(90.4, abs=2.0)
    assert isinstance(found.primary, Effect)
