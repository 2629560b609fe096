"""A randomized trial as arrays: one row per user, and the followed-up interruptions behind it.

Everything statistical goes by user; the rows of interruptions only ever become sums of a user, or
carry the index of theirs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from resume_gap.constants import (
    ASSIGNED_AT_RETURN,
    FOLLOW_UP_SOON,
    SHOWING_QUANTILE,
)
from resume_gap.pipeline.queries import Runner
from resume_gap.stats.arms import Arm
from resume_gap.stats.blocks import merged_days
from resume_gap.stats.selection import SeenUsers
from resume_gap.units import DAY_US, MINUTE_US, US

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Trial:
    """The users of a trial and what came of them.

    Attributes:
        users: One row per assigned user, by id (queries/65_trial_users.sql).
        returns: One row per return of theirs (queries/61_trial_returns.sql).
        cap_us: The cap.
        by_day: Whether only what is compared within days of assignment may be compared.
        primary_us: The cap of the primary effect (`trial.cap`); None: the same.
        by_unit: Whether units other than users were assigned at random (`unit_no`).
    """

    users: pl.DataFrame
    returns: pl.DataFrame
    cap_us: int
    by_day: bool = False
    primary_us: int | None = None
    by_unit: bool = False

    @property
    def who(self) -> pl.DataFrame:
        """(users) whom sums are joined to: number, unit, arm and assignment."""
        unit = ["unit_no"] if self.by_unit else []
        return self.users.select("assigned_no", *unit, "is_treated", "assigned_us")

    @property
    def primary_cap_us(self) -> int:
        """The cap of the primary effect."""
        return self.cap_us if self.primary_us is None else self.primary_us

    @cached_property
    def treated(self) -> Bools:
        """(users) who is in the treatment arm."""
        return self.users["is_treated"].to_numpy()

    @cached_property
    def counted(self) -> pl.DataFrame:
        """Followed-up interruptions from the assignment on, by user and exposure."""
        return self.returns.filter(pl.col("exposure").is_not_null())

    @cached_property
    def firsts(self) -> pl.DataFrame:
        """The first of them of each triggered user, with the user's own sums."""
        first = self.counted.filter(pl.col("exposure") == 1).drop(
            "assigned_us", "is_treated", "eligible"
        )
        sums = self.users.select(pl.exclude("reorientation_us", "productive"))
        return first.join(sums, on="assigned_no", how="left", maintain_order="left")

    def firsts_at(self, cap_us: int) -> pl.DataFrame:
        """The first returns, counted up to a shorter cap."""
        return self.firsts.with_columns(pl.col("reorientation_us").clip(upper_bound=cap_us))

    @property
    def triggered(self) -> tuple[int, int]:
        """Users with a followed-up interruption from their assignment on: control, treatment."""
        treated = int(self.firsts["is_treated"].sum())
        return self.firsts.height - treated, treated

    @property
    def assigned(self) -> tuple[int, int]:
        """Assigned users: control, treatment."""
        treated = int(self.treated.sum())
        return len(self.treated) - treated, treated

    @property
    def days(self) -> tuple[NDArray[np.int64], Bools]:
        """(units) day on which each was assigned, and whether to treatment."""
        column = "unit_no" if self.by_unit else "assigned_no"
        first = self.users.group_by(column, maintain_order=True).agg(
            pl.col("assigned_us").min(), pl.col("is_treated").first()
        )
        return first["assigned_us"].to_numpy() // DAY_US, first["is_treated"].to_numpy()

    @property
    def assigned_units(self) -> tuple[int, int]:
        """What was assigned at random: control, treatment; users, unless units were named."""
        return self.units_of(self.users)

    @property
    def triggered_units(self) -> tuple[int, int]:
        """The same of those with a triggered user."""
        return self.units_of(self.firsts)

    def units_of(self, users: pl.DataFrame) -> tuple[int, int]:
        """The same of some users."""
        column = "unit_no" if self.by_unit else "assigned_no"
        treated = users.filter("is_treated")[column].n_unique()
        return users[column].n_unique() - treated, treated

    def arms(
        self,
        frame: pl.DataFrame,
        values: str,
        *,
        per: str | None = None,
        unit: int = 1,
        covariate: Floats | None = None,
    ) -> tuple[Arm, Arm]:
        """Control and treatment of one measure, one entry per user of the frame.

        Means of users who were assigned over several days carry their blocks of days.

        Args:
            frame: One row per user, with `is_treated` and `assigned_us`.
            values: Column of the users' values or sums.
            per: Column of the denominators; None: a mean of users.
            unit: The values are divided by this.
            covariate: (users) for CUPED.
        """
        sums = frame[values].to_numpy().astype(np.float64) / unit
        counts = None if per is None else frame[per].to_numpy().astype(np.float64)
        treated = frame["is_treated"].to_numpy()
        units = frame["unit_no"].to_numpy() if self.by_unit else None
        blocks = None if counts is not None else _blocks(frame, treated, by_unit=self.by_unit)

        def side(mine: Bools) -> Arm:
            return Arm(
                numerators=sums[mine],
                denominators=None if counts is None else counts[mine],
                covariate=None if covariate is None else covariate[mine],
                blocks=None if blocks is None else blocks[mine],
                units=None if units is None else units[mine],
            )

        return side(~treated), side(treated)

    def seen(self) -> tuple[SeenUsers, SeenUsers]:
        """Followed-up interruptions with their users, of control and treatment; y in seconds."""
        number = self.counted["assigned_no"].to_numpy() - 1
        y = self.counted["reorientation_us"].to_numpy() / US

        def side(mine: Bools) -> SeenUsers:
            index = np.cumsum(mine) - 1
            rows = mine[number]
            return SeenUsers(users=int(mine.sum()), user=index[number[rows]], y=y[rows])

        return side(~self.treated), side(self.treated)

    def history(self, frame: pl.DataFrame) -> Floats:
        """(users, 3) mean Y, interruptions and productive minutes before the assignment.

        NaN where a user has none.
        """
        known = pl.col("has_history")
        eligible = pl.col("eligible_before")
        columns = frame.select(
            pl.when(eligible > 0).then(pl.col("reorientation_before_us") / eligible / US),
            pl.when(known).then(pl.col("interruptions_before").cast(pl.Float64)).alias("b"),
            pl.when(known).then(pl.col("productive_before_us") / MINUTE_US).alias("c"),
        )
        return columns.fill_null(float("nan")).to_numpy()


def _blocks(frame: pl.DataFrame, treated: Bools, *, by_unit: bool) -> NDArray[np.int64] | None:
    """(users) number of the block of days in which each was assigned; None where it is one.

    A unit is of the day on which the first of its users was assigned, and blocks count units.
    """
    days = frame["assigned_us"].to_numpy() // DAY_US
    if by_unit:
        number, head, of = np.unique(
            frame["unit_no"].to_numpy(), return_index=True, return_inverse=True
        )
        first = np.full(len(number), np.iinfo(np.int64).max)
        np.minimum.at(first, of, days)
        blocks = merged_days(first, treated[head])[of]
    else:
        blocks = merged_days(days, treated)
    return blocks if blocks.any() else None


def read_trial(runner: Runner, cap_us: int) -> Trial:
    """The trial's users and their returns.

    Args:
        runner: Holds `assigned`, and `lags`, `stops`, `sessions`, `replays` of the headline
                threshold.
        cap_us: The cap.
    """
    runner.let(soon_us=FOLLOW_UP_SOON.us)
    for name in ("62_trial_waits", "63_trial_stops", "64_trial_work"):
        runner.make(name)
    return Trial(
        users=runner.read("65_trial_users").pl(),
        returns=runner.read("61_trial_returns").pl(),
        cap_us=cap_us,
    )


def at_the_return(runner: Runner) -> int:
    """Move assignments that a return made onto that return; how many.

    Trackers write them a moment after the first event back. Moved only backwards, and alike in
    both arms.
    """
    runner.let(assigned_at_return_us=ASSIGNED_AT_RETURN.us)
    runner.make("59_assigning_returns")
    runner.make("60_assigned_at_return")
    runner.rename("assigned_at_return", "assigned")
    return len(runner.table("assigning_returns"))


class MarkersShown(NamedTuple):
    """Markers of one arm, from the assignment on.

    Attributes:
        shown: Marker events.
        at_rule: Of these, at a return where the rule fires.
        returns: Such returns with a marker.
        users: Users to whom a marker was shown.
        first_elsewhere: Of these, those whose first one was at no such return.
        soon_us: A tenth of the users had seen theirs so soon after the return; None without any.
        first_visit: Markers before their user's first return in the log.
    """

    shown: int = 0
    at_rule: int = 0
    returns: int = 0
    users: int = 0
    first_elsewhere: int = 0
    soon_us: int | None = None
    first_visit: int = 0


@dataclass(frozen=True, slots=True)
class ArmEvents:
    """What only the events themselves show of a trial.

    Attributes:
        users: By event name, units (users, unless others were assigned at random) that have it from
            their assignment on: control, treatment.
        shown: By arm (False: control) the markers; empty where no such event is known.
        early: Users of treatment who saw a marker before their assignment.
    """

    users: Mapping[str, tuple[int, int]]
    shown: Mapping[bool, MarkersShown]
    early: int = 0


def read_arm_events(runner: Runner, shown_names: list[str]) -> ArmEvents:
    """Events by arm, and at which returns the marker was shown.

    Args:
        runner: Holds `log`, `assigned` and `lags`.
        shown_names: Events that say that the marker was shown.
    """
    users: dict[str, list[int]] = {}
    for event, treated, n, _ in runner.read("66_arm_events").fetchall():
        users.setdefault(event, [0, 0])[int(treated)] = n
    shown: dict[bool, MarkersShown] = {}
    early = 0
    if shown_names:
        runner.let(shown_names=shown_names, showing_percent=round(100 * SHOWING_QUANTILE.value))
        for treated, *counts in runner.read("67_marker_shown").fetchall():
            shown[bool(treated)] = MarkersShown(*counts)
        (early,) = runner.row("68_early_markers")
    by_event = {event: (control, treatment) for event, (control, treatment) in users.items()}
    return ArmEvents(by_event, shown, early)
