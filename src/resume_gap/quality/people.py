"""Checks of the user ids: one id for many people, people who never rest.

Section 1 of the method.
"""

from collections.abc import Mapping

import polars as pl

from resume_gap import constants
from resume_gap.pipeline.queries import Runner
from resume_gap.results.common import Check
from resume_gap.sources.excluded import as_line


def suspicious_users(sums: pl.DataFrame, stats: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Users with far more events than others, and users who never rest.

    Args:
        sums: One row per user (`ReturnSums.user_sums`).
        stats: stream_stats with user_no.
    """
    events = sums["events"]
    median = events.median()
    shared = sums.clear()
    if sums.height >= constants.SHARED_ID_USERS.value and isinstance(median, int | float):
        shared = sums.filter(
            (pl.col("events") > constants.SHARED_ID_SHARE.value * int(events.sum()))
            & (pl.col("events") > constants.SHARED_ID_MEDIANS.value * median)
        )
    restless = (
        stats.filter(pl.col("restless_days") > constants.BOT_DAYS.value)
        .group_by("user_no")
        .agg(pl.col("restless_days").max())
    )
    return shared.sort("user_no"), restless.sort("user_no")


def id_checks(runner: Runner) -> list[Check]:
    """Users whose ids differ by case or blanks only, and ids that say test, qa or demo.

    Args:
        runner: Holds `streams`.
    """
    users, alike, testers, rows, total = runner.row("39_user_ids")
    checks = []
    if alike > constants.ALIKE_IDS.value * users:
        checks.append(
            Check(check="user_ids_alike", severity="warn", count=alike, share=alike / users)
        )
    if rows > constants.TEST_ACCOUNTS.value * total:
        checks.append(
            Check(
                check="test_accounts",
                severity="warn" if testers < users else "note",
                count=testers,
                share=rows / total,
            )
        )
    return checks


def unlisted(runner: Runner, restless: pl.DataFrame) -> int:
    """How many users who never rest have ids that no list of users can hold.

    Args:
        runner: Holds `streams` and `stream_stats`.
        restless: These users.
    """
    if restless.is_empty():
        return 0
    runner.let(bot_days=int(constants.BOT_DAYS.value))
    ids = runner.read("92_restless_users").fetchall()
    return sum(as_line(user) is None for (user,) in ids)


def people_checks(
    shared: pl.DataFrame,
    restless: pl.DataFrame,
    names: Mapping[int, str],
    *,
    users: int,
    events: int,
    unlisted: int,
) -> list[Check]:
    """Ids that may be many people, and people who may be machines.

    Args:
        shared: Users with far more events than others.
        restless: Users who never rest.
        names: What the page calls them.
        users: All users.
        events: All events.
        unlisted: Users who never rest whose ids no list can hold.
    """

    def called(frame: pl.DataFrame) -> tuple[str, ...]:
        return tuple(names[user] for user in frame["user_no"])

    checks = []
    if shared.height:
        checks.append(
            Check(
                check="shared_user_id",
                severity="warn",
                count=shared.height,
                share=int(shared["events"].sum()) / events,
                names=called(shared),
            )
        )
    if restless.height:
        checks.append(
            Check(
                check="restless_users",
                severity="warn",
                count=restless.height,
                share=restless.height / users,
                names=called(restless),
                figures={"listed": restless.height - unlisted, "unlisted": unlisted},
            )
        )
    return checks
