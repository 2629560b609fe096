"""Which unit got the marker when, compared with the log."""

from dataclasses import dataclass

import polars as pl

from resume_gap.analysis.summaries import instant
from resume_gap.comparison.launch import LoggedSpan
from resume_gap.constants import ROLLOUT_PERIODS
from resume_gap.errors import DataError
from resume_gap.options.values import shown
from resume_gap.pipeline.queries import Runner
from resume_gap.sources.columns import masked_value
from resume_gap.units import DAY_US, local_time


@dataclass(frozen=True, slots=True)
class Rollout:
    """A roll-out as its file says it.

    Attributes:
        unit: Column of the units; `user` for users.
        users: One row per user of the log: user_no, unit, is_named, launched_us
            (queries/89_user_units.sql).
        first_us: The first launch of a unit within the log.
        last_us: The last one.
        unknown: Units of the file without a user in the log.
        unnamed: Units of the log that the file does not name.
        without: Users without a unit.
    """

    unit: str
    users: pl.DataFrame
    first_us: int
    last_us: int
    unknown: int
    unnamed: int
    without: int


def everybody_launched(runner: Runner, launch_us: int) -> None:
    """Make `user_units` of all users of the log, who got the marker at one instant."""
    runner.let(launch_us=launch_us)
    runner.make("93_everybody_launched")
    runner.rename("everybody_launched", "user_units")


def read_rollout(
    runner: Runner, span: LoggedSpan, *, path: str, by: str | None, tz: str
) -> Rollout:
    """Make `user_units` of `rollout_rows`.

    Args:
        runner: Holds `rollout_rows`, `log` and `streams`, and knows the bounds of clocks.
        span: Of the log.
        path: Of the file, for messages.
        by: Column of the log whose values are the units; None: users are.
        tz: Time zone in which `--launch` is read.

    Raises:
        DataError: A time cannot be read, no unit is in the log, none got the marker within it, or
            all got it on one day, so that nobody is left to compare with.
    """
    runner.let(units_named=by is not None)
    runner.make("88_launched_units")
    units = runner.table("launched_units").pl().sort("unit")
    if (unread := units.filter("is_unread")).height:
        raise DataError(
            f"{path}: the time of unit {_unit(unread['unit'][0], by)} cannot be read; write"
            " launched_at as 2026-03-01 or 2026-03-01T09:30:00Z, and leave it empty where a unit"
            " never got the marker"
        )
    runner.make("89_user_units")
    users = runner.table("user_units").pl().sort("user_no")
    named = users.filter("is_named")
    if named.is_empty():
        raise DataError(_strangers(path, units, users, by))
    first_us, last_us = _within(named, span, path)
    found = Rollout(
        unit=by or "user",
        users=users,
        first_us=first_us,
        last_us=last_us,
        unknown=units.height - named["unit"].n_unique(),
        unnamed=users.filter(~pl.col("is_named") & pl.col("unit").is_not_null())["unit"].n_unique(),
        without=users["unit"].null_count(),
    )
    _on_one_day(named, found, path, tz)
    return found


def _strangers(path: str, units: pl.DataFrame, users: pl.DataFrame, by: str | None) -> str:
    """That no unit of the file is in the log, with one of each."""
    if units.is_empty():
        return f"{path}: names no unit; it needs a row per unit: unit, launched_at"
    ours = users["unit"].drop_nulls().sort()
    known = f", in the log: {_unit(ours[0], by)}" if len(ours) else ""
    hint = "" if by else "; --rollout-by COL names the log's column of the units"
    return (
        f"{path}: none of its units is in the log (in the file:"
        f" {_unit(units['unit'][0], by)}{known}){hint}"
    )


def _unit(name: str, by: str | None) -> str:
    """A unit in a message; a person is never named."""
    return shown(name) if by else f"{masked_value(name)!r} (x for letters, 9 for digits)"


def _within(named: pl.DataFrame, span: LoggedSpan, path: str) -> tuple[int, int]:
    """The first and the last launch that the log shows from both sides."""
    inside = named["launched_us"].drop_nulls()
    inside = inside.filter((inside > span.first_us) & (inside <= span.last_us))
    if inside.is_empty():
        raise DataError(
            f"{path}: no unit got the marker within the log, which spans {instant(span.first_us)}"
            f" to {instant(span.last_us)}; give a log that begins"
            f" {int(ROLLOUT_PERIODS.value)} weeks before the first launch"
        )
    return int(inside.min()), int(inside.max())  # type: ignore[arg-type]


def _on_one_day(named: pl.DataFrame, found: Rollout, path: str, tz: str) -> None:
    """Refuse a roll-out that is one launch: it is judged by its date."""
    launched = named["launched_us"]
    if launched.null_count() == 0 and found.last_us - found.first_us < DAY_US:
        everybody = named.filter(pl.col("launched_us").is_between(found.first_us, found.last_us))
        if everybody.height == named.height:
            day = local_time(found.first_us, tz).date().isoformat()
            raise DataError(
                f"{path}: every unit got the marker on the same day, so nobody is left to compare"
                f" with; use --launch {day} instead of --rollout"
            )
