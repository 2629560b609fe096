"""Machines among people, shared ids, restless users, made-up stamps; on logs made for it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pytest

import resume_gap
from resume_gap.constants import BATCH_USER_SHARE, TIES_SHARE
from resume_gap.pipeline.tally import Tally
from resume_gap.quality.timestamps import (
    batch_checks,
    interval_checks,
    resolution_of,
    stamp_checks,
)
from resume_gap.results.run import Resolution
from resume_gap.synthetic import PRESETS, gap_log, simulate

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.results.analyze import Analysis
    from resume_gap.results.common import Check

US = 1_000_000
T0 = 1_772_445_600


def analyze(log: pl.DataFrame, folder: Path, **options: Any) -> Analysis:
    log.write_parquet(folder / "log.parquet")
    return resume_gap.analyze(folder / "log.parquet", **options)


def named(found: Analysis, name: str) -> list[Check]:
    return [check for check in found.data_quality if check.check == name]


def log_of(users: dict[str, list[float]], event: str = "edit") -> pl.DataFrame:
    return pl.DataFrame(
        {
            "user_id": [user for user, own in users.items() for _ in own],
            "timestamp": pl.Series([round(s * US) for own in users.values() for s in own]).cast(
                pl.Datetime("us", "UTC")
            ),
            "event": event,
        }
    )


@pytest.fixture(scope="module")
def human() -> pl.DataFrame:
    world = replace(PRESETS["workday"], users=12, weeks=1)
    return simulate(world, seed=2).log.select("user_id", "timestamp", "event", "target")


@pytest.fixture(scope="module")
def with_beats(human: pl.DataFrame) -> pl.DataFrame:
    """A ping every 30 s (a little unsteady) from each user's first to last event of a day."""
    rng = np.random.default_rng(3)
    spans = (
        human.group_by("user_id", pl.col("timestamp").dt.date().alias("day"))
        .agg(
            pl.col("timestamp").min().dt.epoch("us").alias("from"),
            pl.col("timestamp").max().dt.epoch("us").alias("to"),
        )
        .sort("user_id", "day")
    )
    frames = []
    for row in spans.iter_rows(named=True):
        at = np.arange(row["from"], row["to"], 30 * US, dtype=np.int64)
        at += rng.integers(-100_000, 100_000, len(at))
        frames.append(pl.DataFrame({"user_id": row["user_id"], "at": at}))
    beats = pl.concat(frames).select(
        "user_id",
        pl.col("at").cast(pl.Datetime("us", "UTC")).alias("timestamp"),
        pl.lit("ping").alias("event"),
        pl.lit(None, pl.String).alias("target"),
    )
    return pl.concat([human, beats])


def test_human_work_has_no_heartbeat(human: pl.DataFrame, tmp_path: Path) -> None:
    assert named(analyze(human, tmp_path), "machine_events") == []


def test_heartbeats_are_proposed_with_the_figures_without(
    human: pl.DataFrame, with_beats: pl.DataFrame, tmp_path: Path
) -> None:
    found = analyze(with_beats, tmp_path, gap="30m")
    (check,) = named(found, "machine_events")
    assert check.severity == "warn"
    assert check.action.startswith("--ignore ping")
    assert check.count == with_beats.height - human.height
    # What is said without them is what --ignore gives.
    without = analyze(with_beats, tmp_path, gap="30m", ignore="ping")
    assert named(without, "machine_events") == []
    said = check.message.rpartition("with it, ")[2]
    assert f"{without.counts.returns:,} returns" in said
    assert f"{without.counts.interruptions:,} interruptions" in said
    assert f"{found.counts.returns:,} returns" in check.message
    assert without.counts.returns > found.counts.returns
    assert without.rows.dropped == {"ignored": check.count}


@pytest.mark.parametrize(
    ("shape", "stamps"),
    [
        pytest.param(
            shape,
            stamps,
            marks=()
            if (shape, stamps) in (("valley", "exact"), ("pareto", "minute"))
            else pytest.mark.full,
        )
        for shape in ("valley", "lognormal", "pareto", "loggamma")
        for stamps in ("exact", "second", "minute")
    ],
)
def test_no_heartbeat_in_any_shape_of_gaps(shape: Any, stamps: Any, tmp_path: Path) -> None:
    log = gap_log(shape, n_users=30, gaps_per_user=80, stamps=stamps, seed=4)
    assert named(analyze(log, tmp_path), "machine_events") == []


def test_typing_at_an_even_pace_is_no_heartbeat(tmp_path: Path) -> None:
    log = log_of({f"u{n}": [T0 + 2.0 * i for i in range(100)] for n in range(5)})
    assert named(analyze(log, tmp_path), "machine_events") == []


def people(n: int, events: int, **more: int) -> dict[str, list[float]]:
    rng = np.random.default_rng(5)
    sizes = {f"u{i:02}": events for i in range(n)} | more
    return {user: np.sort(T0 + 86_400 * rng.random(size)).tolist() for user, size in sizes.items()}


@pytest.mark.parametrize(
    ("others", "events", "flagged"), [(50, 300, True), (30, 300, False), (50, 40, False)]
)
def test_one_id_for_many_people(others: int, events: int, flagged: bool, tmp_path: Path) -> None:
    found = analyze(log_of(people(others, 10, kiosk=events)), tmp_path, show_ids=True)
    checks = named(found, "shared_user_id")
    assert [c.count for c in checks] == [1] * flagged
    if flagged:
        assert "kiosk" in checks[0].message
        assert checks[0].share == pytest.approx(events / (events + 10 * others))


def test_ids_are_pseudonyms_unless_asked(tmp_path: Path) -> None:
    found = analyze(log_of(people(50, 10, kiosk=300)), tmp_path)
    (check,) = named(found, "shared_user_id")
    assert "kiosk" not in check.message
    assert re.search(r"\buser \d+\b", check.message)


def test_nobody_works_that_long(tmp_path: Path) -> None:
    """21 hours of four days are too much; neither 21 hours of three days nor 20 of six."""
    midnight = T0 // 86_400 * 86_400
    bots = {
        f"{hours} hours, {days} days": [
            midnight + d * 86_400 + h * 3600 + 0.25 for d in range(days) for h in range(hours)
        ]
        for hours, days in [(21, 4), (21, 3), (20, 6)]
    }
    log = log_of({**bots, "u": [T0 + 60.0 * n for n in range(30)]})
    (check,) = named(analyze(log, tmp_path, show_ids=True), "restless_users")
    assert check.count == 1
    assert "21 hours, 4 days" in check.message


def test_ids_that_never_rest_are_listed_for_exclude_users(tmp_path: Path) -> None:
    """Also those called like the list's head or in quotes; not one that a line cannot hold."""
    midnight = T0 // 86_400 * 86_400
    bot = [midnight + d * 86_400 + h * 3600 + 0.25 for d in range(4) for h in range(21)]
    names = ("user_id", "b, c", "two\nlines", '"quoted"', " bot")
    person = [T0 + 60.0 * n for n in range(30)]
    log = log_of({**dict.fromkeys(names, bot), "u": person})
    found = analyze(log, tmp_path, out=tmp_path / "report")
    (check,) = named(found, "restless_users")
    assert check.count == 5
    assert check.action.startswith("4 ids in suspected_bots.txt, but not that of 1 with a line br")
    listed = tmp_path / "report" / "suspected_bots.txt"
    assert listed.read_text() == 'user_id\n" bot"\n"""quoted"""\nb, c\nuser_id\n'
    again = analyze(log, tmp_path, exclude_users=listed)
    assert again.rows.dropped == {"excluded_user": 4 * len(bot)}
    rested = analyze(log_of({"u": person}), tmp_path, out=tmp_path / "report")
    assert named(rested, "restless_users") == []
    assert not listed.exists()


def indexed_stamps() -> dict[str, list[float]]:
    """Minute stamps to which a second per event of the session was added."""
    minutes = [*range(0, 60, 3), 90, 93, 125, 200]
    return {
        f"u{n}": [T0 // 60 * 60 + m * 60.0 + i for i, m in enumerate(minutes)] for n in range(3)
    }


def test_numbered_minute_stamps_are_floored_for_gaps_only(tmp_path: Path) -> None:
    log = log_of(indexed_stamps())
    found = analyze(log, tmp_path, gap="30m", out=tmp_path / "out", productive="edit")
    (check,) = named(found, "indexed_stamps")
    assert check.count == found.resolution.users_indexed == 3
    assert found.resolution.seconds == 60
    rows = pl.read_parquet(tmp_path / "out" / "interruptions.parquet")
    # 57 to 90, 93 to 125 and 125 to 200 minutes; the second that was added is not part of a gap.
    assert rows["gap_seconds"].round(6).to_list() == [33 * 60, 32 * 60, 75 * 60] * 3
    # Stamps themselves stay as they are.
    stamps = log.filter(pl.col("user_id") == "u0")["timestamp"]
    assert rows["return_at"][0] == stamps[20]


def stats(*streams: tuple[int, int, int, bool]) -> pl.DataFrame:
    columns = ("user_no", "events", "resolution", "indexed")
    return pl.DataFrame([dict(zip(columns, own, strict=True)) for own in streams])


def test_the_resolution_is_that_of_most_events() -> None:
    """Half of the events decide, neither the coarsest user nor the finest."""
    mixed = resolution_of(stats((1, 5, 0, False), (2, 3, 1, False), (3, 3, 60, True)))
    assert mixed.seconds == 1
    assert (mixed.users_second, mixed.users_minute, mixed.users_indexed) == (1, 0, 1)
    assert resolution_of(stats((1, 8, 0, False), (2, 3, 60, False))).seconds == 0
    assert resolution_of(stats((1, 4, 0, False), (2, 5, 60, False))).seconds == 60
    # One event alone has no gap and says nothing.
    assert (
        resolution_of(stats((1, 2, 0, False), *[(n, 1, 60, False) for n in range(9)])).seconds == 0
    )


def test_interval_events_are_long_from_a_hundredth_on() -> None:
    def found(long: int) -> list[Check]:
        return interval_checks(pl.DataFrame({"intervals": [100, 100], "long_intervals": [long, 0]}))

    assert found(0) == found(2) == []
    (check,) = found(3)
    assert (check.count, check.share) == (3, 0.015)


FINE = Resolution(seconds=0.0, users_minute=0, users_second=0, users_indexed=0)


def test_what_the_stamps_lack_by_hand() -> None:
    """Each finding alone, with its count and share."""

    def found(
        *, resolution: Resolution = FINE, has_sequence: bool = False, **counts: int
    ) -> list[tuple[str, str, int, float | None]]:
        checks = stamp_checks(Tally(rows=100, **counts), resolution, has_sequence=has_sequence)
        return [(check.check, check.severity, check.count, check.share) for check in checks]

    assert found() == []
    assert found(alike=2) == [("equal_rows_kept", "note", 2, 0.02)]
    assert found(reversed_ends=3) == [("reversed_ends", "warn", 3, 0.03)]
    coarse = Resolution(seconds=60, users_minute=2, users_second=3, users_indexed=0)
    assert found(resolution=coarse) == [("coarse_stamps", "note", 5, None)]
    indexed = replace(coarse, users_indexed=4)
    assert found(resolution=indexed) == [
        ("coarse_stamps", "note", 9, None),
        ("indexed_stamps", "warn", 4, None),
    ]
    ties = round(100 * TIES_SHARE.value)
    assert found(ties=ties) == []
    assert found(ties=ties + 1) == [("order_unknown", "warn", ties + 1, (ties + 1) / 100)]
    assert found(ties=ties + 1, has_sequence=True) == []
    assert stamp_checks(Tally(), FINE, has_sequence=False) == []


def test_batches_are_said_of_users_with_more_than_a_share_of_them() -> None:
    limit = round(100 * BATCH_USER_SHARE.value)

    def found(*streams: tuple[int, int, int]) -> list[tuple[int, float | None, object]]:
        columns = ("user_no", "events", "batch_events")
        frame = pl.DataFrame([dict(zip(columns, own, strict=True)) for own in streams])
        return [(c.count, c.share, c.figures["users"]) for c in batch_checks(frame)]

    assert found((1, 100, limit), (2, 10, 0)) == []
    assert found((1, 100, limit + 1), (2, 100, 0)) == [(limit + 1, (limit + 1) / 200, 1)]
    # The streams of a user count together.
    assert found((1, 50, limit), (1, 50, 1), (2, 100, 1), (3, 200, 20)) == [
        (limit + 21, (limit + 21) / 400, 2)
    ]


def test_honest_seconds_are_not_floored(tmp_path: Path) -> None:
    rng = np.random.default_rng(6)
    log = log_of({f"u{n}": (T0 + np.cumsum(rng.integers(20, 900, 60))).tolist() for n in range(3)})
    found = analyze(log, tmp_path)
    assert named(found, "indexed_stamps") == []
    assert (found.resolution.seconds, found.resolution.users_second) == (1, 3)


def test_ties_without_a_sequence_are_worth_a_word(tmp_path: Path) -> None:
    log = log_of({"u": [T0 + float(n // 2 * 7) for n in range(80)]}).with_row_index("number")
    found = analyze(log, tmp_path, map={"target": "number"})
    (check,) = named(found, "order_unknown")
    assert check.share == pytest.approx(0.5)
    assert named(analyze(log, tmp_path, map={"sequence": "number"}), "order_unknown") == []


def test_long_intervals_may_hide_idles(tmp_path: Path) -> None:
    log = (
        log_of({"u": [T0 + 3600.0 * n for n in range(100)]})
        .with_row_index("n")
        .with_columns(duration=pl.when(pl.col("n") % 10 == 0).then(3000.0).otherwise(60.0))
    )
    (check,) = named(analyze(log, tmp_path, map={"duration": "duration"}), "long_intervals")
    assert (check.count, check.share) == (10, 0.1)
    assert "--away" in check.action
