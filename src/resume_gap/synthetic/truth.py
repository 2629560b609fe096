"""What was planted: one row per interruption, one per user, and their summary."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
import polars as pl

from resume_gap.synthetic import names
from resume_gap.synthetic.comeback import MID_TASK
from resume_gap.synthetic.people import (
    HOUR_US,
    MINUTE_US,
    NEVER_US,
    SECOND_US,
    Int64s,
    id_codes,
)
from resume_gap.synthetic.rows import Writer, team_names
from resume_gap.synthetic.world import World

GAP_CLASSES: Final = ("up_to_1h", "1h_4h", "4h_16h", "16h_72h", "over_72h")
_CLASS_ENDS_HOURS: Final = (1, 4, 16, 72)
_KINDS: Final = ("first", "mid_task", "completed", "idle")


@dataclass(frozen=True, slots=True)
class Truth:
    """What the log was made from."""

    interruptions: pl.DataFrame
    """One row per planted interruption that the user came back from; see `gather_truth`."""
    users: pl.DataFrame
    """One row per user."""
    returns: dict[str, int]
    """Returns after a break of any length, by what the break followed."""
    log_end_us: int


def gather_truth(
    world: World, writer: Writer, *, returns: dict[str, Int64s], quits: Int64s, end_us: int
) -> Truth:
    """Name everything.

    The lags are those of the tool: from the first event back to the first productive one. They
    are exact; `stamps` only coarsens the log. `*_without` and `*_with` are the potential outcomes
    of the same return; without a suffix stands what happened. Lags are null where the user gave
    up; `reorientation_*` is min(lag, tau), and cap for those.

    Args:
        world: the parameters.
        writer: knows the names.
        returns: the columns of `draw.Block.returns`, over all blocks.
        quits: users who left for good.
        end_us: the last event of the log.
    """
    people = writer.people
    logged = returns["at"] < writer.cut_us
    kinds = np.bincount(returns["kind"][logged], minlength=len(_KINDS)).tolist()
    rows = np.flatnonzero(logged & (returns["kind"] == MID_TASK))
    rows = rows[np.lexsort((returns["at"][rows], returns["user"][rows]))]
    r = {name: values[rows] for name, values in returns.items()}
    cap_us = round(world.cap_minutes * MINUTE_US)
    live = r["live"] == 1
    gave_up = np.where(live, r["gave_up_with"], r["gave_up_without"])
    lag = np.where(live, r["lag_with"], r["lag_without"])
    gap = r["at"] - r["stop"]
    classes = np.searchsorted(np.asarray(_CLASS_ENDS_HOURS) * HOUR_US, gap, side="left")
    flags = {
        "already_there": (r["lag_without"] == 0) & (r["arrow_right"] == 1),
        "arrow_right": r["arrow_right"] == 1,
        "resumed_at_same_element": (r["arrow_right"] == 1) & (gave_up == 0),
        "would_show": r["would_show"] == 1,
        "shown": (r["would_show"] == 1) & live,
        "noticed": (r["would_notice"] == 1) & live,
        "eligible": r["at"] + cap_us <= end_us,
    }
    frame = pl.DataFrame(
        {
            "world": people.world[r["user"]],
            "user_id": _words(writer.ids, r["user"]),
            "stop_at": _instants(r["stop"]),
            "return_at": _instants(r["at"]),
            "gap_seconds": gap / SECOND_US,
            "gap_class": _words(list(GAP_CLASSES), classes),
            "cause": _words(list(names.CAUSES), r["cause"]),
            "stop_target": _words(writer.targets, r["stop_target"]),
            "resume_target": _words(writer.targets, np.where(gave_up == 1, -1, r["target"])),
            "chance": np.where(gave_up == 1, 0.0, r["chance"] / 2520),
            "exposures": r["exposures"],
            **flags,
            **_outcome("", lag, gave_up, cap_us),
            **_outcome("_without", r["lag_without"], r["gave_up_without"], cap_us),
            **_outcome("_with", r["lag_with"], r["gave_up_with"], cap_us),
            "live": live,
        }
    )
    users = _users(world, writer, frame, quits)
    # The arm counts from the assignment on; in roll-outs the units not yet reached are the control.
    assigned = users.select("user_id", "assigned_at", "arm")
    frame = frame.join(assigned, on="user_id", how="left", maintain_order="left")
    followed = pl.col("return_at") >= pl.col("assigned_at")
    now = pl.when("live").then(pl.lit("treatment")).otherwise(pl.lit("control"))
    frame = frame.with_columns(
        _arm(world, now, followed).alias("arm"), followed.fill_null(value=False).alias("followed")
    ).drop("live", "assigned_at")
    if world.new_id_share:
        codes = id_codes(people, r["user"], r["at"])
        frame = frame.with_columns(_words(writer.ids, codes).alias("user_id"))
    named = dict(zip(_KINDS[1:], kinds[1:], strict=True))
    return Truth(interruptions=frame, users=users, returns=named, log_end_us=end_us)


def summary(frame: pl.DataFrame, *, pause_seconds: float, cap_seconds: float) -> dict[str, Any]:
    """The true figures over the planted interruptions longer than the inactivity threshold.

    Args:
        frame: the interruptions, whole or a part (one world, one arm).
        pause_seconds: only longer gaps count.
        cap_seconds: the cap; also the charge for giving up.

    Returns:
        Plain JSON values; `None` where there is nothing to average. `effects` holds with minus
        without, on the same rows: `p1` over each user's first interruption from the assignment on,
        `p3` over all of them, `live` over those at which the marker was switched on.
    """
    y = {
        name: pl.when(f"gave_up{name}")
        .then(cap_seconds)
        .otherwise(pl.min_horizontal(f"lag{name}_seconds", cap_seconds))
        for name in ("", "_without", "_with")
    }
    long = frame.filter(pl.col("gap_seconds") > pause_seconds)
    rows = long.filter("eligible").with_columns(y=y[""], y0=y["_without"], y1=y["_with"])
    reached = ~pl.col("gave_up") & (pl.col("lag_seconds") <= cap_seconds)
    followed = rows.filter("followed").sort("user_id", "return_at")
    first = followed.group_by("user_id", maintain_order=True).first()
    classes = {name: rows.filter(pl.col("gap_class") == name) for name in GAP_CLASSES}
    return {
        "pause_seconds": pause_seconds,
        "cap_seconds": cap_seconds,
        "interruptions": long.height,
        "users_interrupted": long["user_id"].n_unique(),
        "eligible": rows.height,
        "reorientation": {
            "mean_seconds": _mean(rows, "y"),
            "mean_without_seconds": _mean(rows, "y0"),
            "mean_with_seconds": _mean(rows, "y1"),
            "gave_up_share": _mean(rows, "gave_up"),
            "productive_share": _mean(rows, reached),
            "zero_share": _mean(rows, ~pl.col("gave_up") & (pl.col("lag_seconds") == 0)),
            "by_gap_class": {
                name: {"eligible": part.height, "mean_seconds": _mean(part, "y")}
                for name, part in classes.items()
            },
        },
        "marker": {
            "arrow_right_share": _mean(rows, "arrow_right"),
            "hit_share": _mean(rows, reached & pl.col("resumed_at_same_element")),
            "chance_share": _mean(rows, pl.when(reached).then("chance").otherwise(0.0)),
            "already_there_share": _mean(rows, "already_there"),
            "shown": int(rows["shown"].sum()),
            "noticed": int(rows["noticed"].sum()),
        },
        "effects": {
            "p1": _effect(first),
            "p3": _effect(followed),
            "live": _effect(followed.filter(pl.col("arm") == "treatment")),
            "p1_arms": _arms(first),
            "p3_arms": _arms(followed),
        },
    }


def _outcome(suffix: str, lag: Int64s, gave_up: Int64s, cap_us: int) -> dict[str, pl.Series]:
    gone = gave_up == 1
    seconds = pl.Series(lag / SECOND_US)
    capped = np.where(gone, cap_us, np.minimum(lag, cap_us)) / SECOND_US
    return {
        f"gave_up{suffix}": pl.Series(gone),
        f"lag{suffix}_seconds": seconds.set(pl.Series(gone), None),
        f"reorientation{suffix}_seconds": pl.Series(capped),
    }


def _effect(rows: pl.DataFrame) -> dict[str, Any]:
    return {
        "n": rows.height,
        "users": rows["user_id"].n_unique(),
        "without_seconds": _mean(rows, "y0"),
        "with_seconds": _mean(rows, "y1"),
        "effect_seconds": _mean(rows, pl.col("y1") - pl.col("y0")),
    }


def _arms(rows: pl.DataFrame) -> dict[str, Any]:
    """What was seen in each arm; its difference is an estimate, not the truth."""
    arms = {name: rows.filter(pl.col("arm") == name) for name in ("control", "treatment")}
    return {
        name: {"n": part.height, "mean_seconds": _mean(part, "y")} for name, part in arms.items()
    }


def _mean(rows: pl.DataFrame, column: str | pl.Expr) -> float | None:
    if rows.is_empty():
        return None
    expression = pl.col(column) if isinstance(column, str) else column
    value = rows.select(expression.cast(pl.Float64).mean()).item()
    # Nine places are finer than a microsecond and the same on every machine.
    return None if value is None else round(float(value), 9)


def _arm(world: World, now: pl.Expr, followed: pl.Expr) -> pl.Expr:
    if world.launch == "none":
        return pl.lit(None, dtype=pl.String)
    if world.launch == "trial":
        return pl.when(followed).then(pl.col("arm"))
    return now


def _users(world: World, writer: Writer, frame: pl.DataFrame, quits: Int64s) -> pl.DataFrame:
    people = writer.people
    n = len(people)
    assigned = np.where(people.assigned_at_us < NEVER_US, people.assigned_at_us, -1)
    arms = np.where(assigned < 0, -1, people.treated.astype(np.int64))
    quit_for_good = np.zeros(n, dtype=np.bool_)
    quit_for_good[quits] = True
    users = pl.DataFrame(
        {
            "world": people.world,
            "user_id": _words(writer.ids, np.arange(n)),
            "role": _words(writer.roles, people.role),
            "plan": _words(list(names.PLANS), people.plan),
            "platform": _words(list(names.PLATFORMS), people.platform),
            "team": _words(team_names(world), people.team),
            "time_zone_hours": people.zone_us / HOUR_US,
            "activity": people.activity,
            "pace": people.pace,
            "search_factor": people.search_factor,
            "same_element_share": people.same_element_share,
            "struggler": people.struggler,
            "quit": quit_for_good,
            "arm": _words(["control", "treatment"], arms),
            "assigned_at": _instants(assigned).set(pl.Series(assigned < 0), None),
        }
    )
    counts = frame.group_by("user_id").agg(
        pl.len().alias("interruptions"),
        pl.col("return_at").filter(pl.col("gap_seconds") > world.pause_minutes * 60).alias("at"),
    )
    users = users.join(counts, on="user_id", how="left", maintain_order="left").with_columns(
        pl.col("interruptions").fill_null(0)
    )
    if world.launch == "trial" and world.assigned_at_first_return:
        later = pl.element().filter(pl.element() >= _at(int(people.assigned_at_us[0])))
        first = pl.col("at").list.eval(later).list.min()
        users = users.with_columns(first.alias("assigned_at"))
        users = users.with_columns(pl.when(pl.col("assigned_at").is_not_null()).then("arm"))
    if world.new_id_share:
        changed = np.where(people.new_id, np.arange(n) + n, -1)
        users = users.with_columns(_words(writer.ids, changed).alias("new_user_id"))
    return users.drop("at")


def _words(words: list[str], codes: Int64s) -> pl.Series:
    table = pl.Series([*words, None], dtype=pl.String)
    return table.gather(np.where(codes < 0, len(words), codes))


def _instants(us: Int64s) -> pl.Series:
    return pl.Series(us, dtype=pl.Int64).cast(pl.Datetime("us", "UTC"))


def _at(us: int) -> datetime:
    return datetime.fromtimestamp(us / SECOND_US, tz=UTC)
