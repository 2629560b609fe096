"""The events of one stretch: search, work, leaving."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import polars as pl
from factories.worlds import PRODUCTIVE, SMALL

from resume_gap.synthetic import simulate
from resume_gap.synthetic.names import EVENTS
from resume_gap.synthetic.stretch import Events


def test_no_search_event_is_where_work_was_or_goes_on() -> None:
    log = simulate(replace(SMALL, null_target_share=0), seed=6)
    users = log.log.sort("user_id", "timestamp").partition_by("user_id", as_dict=True)
    seen = 0
    for row in log.interruptions.filter(~pl.col("gave_up"), pl.col("lag_seconds") > 0).iter_rows(
        named=True
    ):
        mine = users[(row["user_id"],)]
        until = row["return_at"] + timedelta(seconds=row["lag_seconds"])
        way = mine.filter(pl.col("timestamp") >= row["return_at"], pl.col("timestamp") < until)
        assert not set(way["target"]) & {row["stop_target"], row["resume_target"]}
        assert not set(way["event"]) & PRODUCTIVE
        seen += way.height
    assert seen > 300


def test_ends_fit_the_breaks() -> None:
    submit = EVENTS.index("submit")
    events = Events(
        columns={"event": np.array([submit, 0, submit, 1, 2, submit])},
        rank=np.array([0, 0, 0, 1, 1, 1]),
        starts=np.array([0, 3, 6]),
    )
    assert events.last("event", default=np.array([9, 9])).tolist() == [submit, submit]
    events.finish(np.array([True, False]))
    assert events.columns["event"].tolist() == [0, 0, 0, 1, 2, submit]


def test_who_has_no_events_has_the_default() -> None:
    events = Events(columns={"at": np.array([7])}, rank=np.array([1]), starts=np.array([0, 0, 1]))
    assert events.last("at", default=np.array([3, 4])).tolist() == [3, 7]
