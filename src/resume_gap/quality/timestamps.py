"""Checks on what the events themselves show: machines among people, clocks, shared ids.

Section 1 of the method.
"""

import polars as pl

from resume_gap import constants as j
from resume_gap.pipeline.reduction import Tally
from resume_gap.results.common import Check
from resume_gap.results.run import Resolution, Roles


def resolution_of(stats: pl.DataFrame) -> Resolution:
    """How fine most of the gaps are stamped.

    Args:
        stats: stream_stats with user_no.
    """
    many = stats.filter(pl.col("events") > 1)
    by = many.group_by("resolution").agg(pl.col("events").sum()).sort("resolution")
    total, seconds, reached = int(by["events"].sum()), 0, 0
    for value, events in by.iter_rows():
        reached += events
        if 2 * reached >= total:
            seconds = value
            break
    users = many.group_by("user_no").agg(pl.col("resolution").max(), pl.col("indexed").any())
    return Resolution(
        seconds=float(seconds),
        users_minute=users.filter((pl.col("resolution") == 60) & ~pl.col("indexed")).height,
        users_second=users.filter(pl.col("resolution") == 1).height,
        users_indexed=users.filter(pl.col("indexed")).height,
    )


def suspicious_users(sums: pl.DataFrame, stats: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Users with far more events than others, and users who never rest.

    Args:
        sums: One row per user (queries/40_user_sums.sql).
        stats: stream_stats with user_no.
    """
    events = sums["events"]
    median = events.median()
    shared = sums.clear()
    if sums.height >= j.SHARED_ID_USERS.value and isinstance(median, int | float):
        shared = sums.filter(
            (pl.col("events") > j.SHARED_ID_SHARE.value * int(events.sum()))
            & (pl.col("events") > j.SHARED_ID_MEDIANS.value * median)
        )
    restless = (
        stats.group_by("user_no")
        .agg(pl.col("restless_days").max())
        .filter(pl.col("restless_days") > j.BOT_DAYS.value)
    )
    return shared.sort("user_no"), restless.sort("user_no")


def people_checks(
    shared: pl.DataFrame, restless: pl.DataFrame, names: dict[int, str], *, users: int, events: int
) -> list[Check]:
    """Ids that may be many people, and people who may be machines.

    Args:
        shared: Users with far more events than others.
        restless: Users who never rest.
        names: What the page calls them.
        users: All users.
        events: All events.
    """

    def told(frame: pl.DataFrame) -> str:
        more = f" and {frame.height - 5:,} more" if frame.height > 5 else ""
        return ", ".join(names[user] for user in frame["user_no"].head(5)) + more

    checks = []
    if shared.height:
        count = int(shared["events"].sum())
        checks.append(
            Check(
                check="shared_user_id",
                severity="warn",
                count=shared.height,
                share=count / events,
                action="look at them; --exclude-users leaves them out",
                message=(
                    f"{told(shared)}: {count / events:.0%} of all events, each over ten times "
                    "the median user's: one id for many people?"
                ),
            )
        )
    if restless.height:
        checks.append(
            Check(
                check="restless_users",
                severity="warn",
                count=restless.height,
                share=restless.height / users,
                action="look at them; --exclude-users leaves them out",
                message=(
                    f"{told(restless)}: active in over {j.BOT_HOURS.value:.0f} hours a day on "
                    f"over {j.BOT_DAYS.value:.0f} days, as no person is"
                ),
            )
        )
    return checks


def stamp_checks(tally: Tally, resolution: Resolution, *, has_sequence: bool) -> list[Check]:
    """What the stamps lack."""
    checks = []
    if resolution.seconds:
        unit = "minutes" if resolution.seconds == 60 else "seconds"
        checks.append(
            Check(
                check="coarse_stamps",
                severity="note",
                count=resolution.users_minute + resolution.users_second + resolution.users_indexed,
                share=None,
                action="nothing finer than twice that is printed",
                message=f"most times are stamped to whole {unit}",
            )
        )
    if resolution.users_indexed:
        checks.append(
            Check(
                check="indexed_stamps",
                severity="warn",
                count=resolution.users_indexed,
                share=None,
                action="their gaps were measured in whole minutes",
                message=(
                    f"the stamps of {resolution.users_indexed:,} users are minutes with a second "
                    "added per event"
                ),
            )
        )
    if tally.alike:
        checks.append(
            Check(
                check="equal_rows_kept",
                severity="note",
                count=tally.alike,
                share=tally.alike / tally.rows,
                action="kept: whole-second stamps cannot tell",
                message=f"{tally.alike:,} rows equal another row in every column",
            )
        )
    ties = tally.ties / tally.rows if tally.rows else 0
    if ties > j.TIES_SHARE.value and not has_sequence:
        checks.append(
            Check(
                check="order_unknown",
                severity="warn",
                count=tally.ties,
                share=ties,
                action="give the order with --map sequence=COL",
                message=f"{ties:.0%} of the rows share their instant with another of the same user",
            )
        )
    if tally.reversed_ends:
        checks.append(
            Check(
                check="reversed_ends",
                severity="warn",
                count=tally.reversed_ends,
                share=tally.reversed_ends / tally.rows,
                action="their end was set to their start",
                message=f"{tally.reversed_ends:,} spells end before they start",
            )
        )
    return checks


def role_checks(roles: Roles, *, has_productive: bool) -> list[Check]:
    """That nothing counts as work, or that the names alone decided what does."""
    checks = []
    if roles.source == "suggested" and roles.away_share > j.AWAY_SHARE.value:
        checks.append(
            Check(
                check="absence_by_name",
                severity="warn",
                count=len(roles.away) + roles.unnamed.get("away", 0),
                share=roles.away_share,
                action="--productive NAMES or --away NAMES decides",
                message=(
                    f"{roles.away_share:.0%} of the rows were taken for absence by their names "
                    f"alone{': ' if roles.away else ''}{', '.join(roles.away[:3])}"
                ),
            )
        )
    if not has_productive:
        return [
            *checks,
            Check(
                check="no_productive_events",
                severity="warn",
                count=0,
                share=None,
                action="name the events that are work with --productive",
                message="no event of this log counts as work, so the way back cannot be measured",
            ),
        ]
    if roles.source == "suggested":
        return [
            *checks,
            Check(
                check="roles_by_name",
                severity="note",
                count=len({*roles.productive, *roles.completing, *roles.away})
                + sum(roles.unnamed.get(role, 0) for role in ("productive", "completing", "away")),
                share=None,
                action="--productive, --complete and --away decide",
                message="what counts as work, its end and absence was taken from names alone",
            ),
        ]
    return checks


def spell_checks(stats: pl.DataFrame) -> list[Check]:
    """Spells longer than the pause limit may hide the absences they span."""
    spells = int(stats["spells"].sum())
    longer = int(stats["long_spells"].sum())
    if not spells or longer <= j.LONG_SPELLS_SHARE.value * spells:
        return []
    return [
        Check(
            check="long_spells",
            severity="warn",
            count=longer,
            share=longer / spells,
            action="name the events that mean absence with --away",
            message=(
                f"{longer / spells:.1%} of the events with an end last longer than "
                f"{j.FALLBACK_GAP.value / 60:.0f} minutes: absences may hide inside them"
            ),
        )
    ]
