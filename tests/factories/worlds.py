"""Simulated worlds for tests, and a plain walk over their rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from resume_gap.synthetic import World

if TYPE_CHECKING:
    import polars as pl

PRODUCTIVE = {"edit_cell", "update_field", "write_note", "rename_item", "submit"}
COMPLETING = {"submit", "close_document", "sign_out"}
MACHINE = {"heartbeat", "tooltip_shown", "network_poll", "idle", "focus", "marker_shown"}
PAUSE = timedelta(minutes=30)
SMALL = World(users=25, weeks=2, null_target_share=0.1, search_median_seconds=40)
LOUD = replace(
    SMALL,
    heartbeats="work",
    noise_share=0.2,
    away_share=0.7,
    duplicate_share=0.05,
    late_share=0.05,
    time_zone_hours=(-8.0, 5.5),
    launch="trial",
    marker_events="treatment",
    variant_column=True,
    hostile_names=True,
)


def plain_returns(log: pl.DataFrame) -> dict[tuple[str, Any], dict[str, Any]]:
    """Every return after more than 30 min, by a walk over the rows of each user.

    Written from the method's words (sections 3, 4 and 6), knowing nothing of the generator.
    """
    users = defaultdict(list)
    for row in log.sort("user_id", "timestamp").iter_rows(named=True):
        if row["event"] not in MACHINE:
            users[row["user_id"]].append(row)
    found = {}
    for user, rows in users.items():
        long = [
            i
            for i in range(1, len(rows))
            if rows[i]["timestamp"] - rows[i - 1]["timestamp"] > PAUSE
        ]
        for begin, start, end in zip([0, *long], long, [*long[1:], len(rows)], strict=False):
            before, after = rows[begin:start], rows[start:end]
            first = next((r for r in after if r["event"] in PRODUCTIVE), None)
            touched = [r["target"] for r in before if r["target"] is not None]
            seen: dict[str, None] = {}
            for r in reversed(rows[:start]):
                if r["target"] is not None and len(seen) < 10:
                    seen.setdefault(r["target"])
            found[user, after[0]["timestamp"]] = {
                "stop_at": before[-1]["timestamp"],
                "mid_task": is_mid_task(before),
                "first": first,
                "lag": first and (first["timestamp"] - after[0]["timestamp"]).total_seconds(),
                "next_gap": start != long[-1],
                "last_touched": touched[-1] if touched else None,
                "recent": list(seen),
            }
    return found


def is_mid_task(session: list[dict[str, Any]]) -> bool:
    stop = session[-1]["timestamp"]
    work = [i for i, r in enumerate(session) if r["event"] in PRODUCTIVE]
    if not work or stop - session[work[-1]]["timestamp"] > timedelta(minutes=10):
        return False
    last = session[work[-1]]
    for row in session[work[-1] :]:
        if row["event"] in COMPLETING:
            if row["task"] is not None and last["task"] is not None:
                ends = row["task"] == last["task"]
            elif row["context"] is not None and last["context"] is not None:
                ends = row["context"] == last["context"]
            else:
                ends = row["task"] is None and row["context"] is None
            if ends:
                return False
    return True
