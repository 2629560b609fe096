"""What the checks of a trial look at, and the tests of shares that they have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from resume_gap.constants import RATIO_ERROR
from resume_gap.quality.small_groups import EventNames
from resume_gap.results.effect import Effect
from resume_gap.stats.difference import compare
from resume_gap.stats.sample_ratio import independence, more_in_second
from resume_gap.trial.assignments import Assigned
from resume_gap.trial.data import ArmEvents, Trial
from resume_gap.trial.first_work import FirstWork
from resume_gap.trial.guarded import INTERRUPTIONS
from resume_gap.trial.unit import KnownValues, UnitCandidates, Units

_NOT_COMPARED = Effect(estimand=INTERRUPTIONS.name, unit=INTERRUPTIONS.unit, reason="not_measured")


class UsersByArm(NamedTuple):
    """How many users of each arm something is true of.

    Attributes:
        control: Users of the control arm of whom it is true, and of whom it is not.
        treatment: The same of the treatment arm.
        clustered: Difference of the shares and its p by units that were assigned as wholes; None:
            users were.
    """

    control: tuple[int, int]
    treatment: tuple[int, int]
    clustered: tuple[float, float | None] | None = None

    @property
    def users(self) -> int:
        """Of how many it is true."""
        return self.control[0] + self.treatment[0]

    @property
    def share(self) -> float:
        """Share of all these users; 0 without any."""
        everybody = sum(self.control) + sum(self.treatment)
        return self.users / everybody if everybody else 0.0

    @property
    def control_share(self) -> float:
        """Share of the control arm; 0 without users."""
        return self.control[0] / max(sum(self.control), 1)

    @property
    def treatment_share(self) -> float:
        """Share of the treatment arm; 0 without users."""
        return self.treatment[0] / max(sum(self.treatment), 1)

    @property
    def p(self) -> float | None:
        """Of shares so different between the arms if they were the same."""
        if self.clustered is not None:
            return self.clustered[1]
        return independence(self.control, self.treatment)

    @property
    def p_more(self) -> float | None:
        """Of so much more in treatment if the shares were the same: Fisher's exact, one-sided."""
        if self.clustered is None:
            return more_in_second(self.control, self.treatment)
        apart, p = self.clustered
        return None if p is None else p / 2 if apart > 0 else 1 - p / 2

    @property
    def more_in_treatment(self) -> bool:
        """Whether chance alone does not make the share of treatment so much greater."""
        p = self.p_more
        return p is not None and p < RATIO_ERROR.value

    @property
    def uneven(self) -> bool:
        """Whether chance alone does not split the users so."""
        p = self.p
        return p is not None and p < RATIO_ERROR.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the checks look at.

    Attributes:
        trial: The users and their returns.
        assigned: Who is in it, and who was left out.
        events: Events by arm, markers among them.
        first_work: Asks the log with which events work began so many microseconds after a return of
            treatment, or sooner.
        later_work: Asks the log when users worked so many microseconds after their first return,
            or later, and how soon after their first work (queries/76_later_work.sql).
        known: Events that never take part in the outcome (ignored, marker, assignment).
        working: Events with a role in the outcome (productive, task end, exit, idle).
        shown: Event names that may be shown.
        allocation: Intended shares of control and treatment.
        sham_share: Intended share of a sham arm in the same unit; None without one, and where it is
            one of the two arms.
        log_first_us: Beginning of the log; None where streams have clocks of their own.
        threshold_us: The inactivity threshold.
        never_triggered: Effect on those to whom the marker was never due.
        interruptions: Difference of the interruptions per assigned user.
        moved: Assignments that were moved onto the return that made them.
        by_day: Whether users are to be compared within days of assignment only.
        new_users: Whether nothing came before anybody's assignment.
        units: What was assigned at random, where --unit names it.
        candidates: Asks the log for columns whose values were assigned together.
        control_is_sham: Whether the control arm of this comparison shows markers, too.
        known_values: Asks the log and the assignments for the values that users have.
    """

    trial: Trial
    assigned: Assigned
    events: ArmEvents
    first_work: Callable[[int], tuple[FirstWork, ...]]
    later_work: Callable[[int], pl.DataFrame]
    known: frozenset[str]
    working: frozenset[str]
    shown: EventNames
    allocation: tuple[float, float]
    log_first_us: int | None
    threshold_us: int
    never_triggered: Effect
    moved: int
    by_day: bool = False
    new_users: bool = False
    units: Units | None = None
    interruptions: Effect = _NOT_COMPARED
    candidates: Callable[[], UnitCandidates] = lambda: UnitCandidates(0, ())
    control_is_sham: bool = False
    sham_share: float | None = None
    known_values: Callable[[], tuple[KnownValues, ...]] = tuple

    def split(self, users: pl.DataFrame, condition: pl.Expr) -> UsersByArm:
        """How many users of each arm meet a condition; tested by units where units were named."""
        plain = split_by(users, condition)
        if not self.trial.by_unit or not users.height:
            return plain
        met = users.with_columns(met_condition=condition.cast(pl.Int64))
        found = compare(*self.trial.arms(met, "met_condition"), seed=0).effect
        return plain._replace(clustered=(found.estimate or 0.0, found.p))

    @property
    def no_history(self) -> bool:
        """Whether over half of the users have no event before their assignment."""
        known = self.in_log
        return 2 * int((~known["has_history"]).sum()) > known.height

    @property
    def in_log(self) -> pl.DataFrame:
        """Users of the trial with an event in the log."""
        return self.trial.users.filter(pl.col("user_no").is_not_null())


def split_by(users: pl.DataFrame, condition: pl.Expr) -> UsersByArm:
    """How many users of each arm meet a condition.

    Args:
        users: One row per user, with `is_treated`.
        condition: True or false of every row.
    """
    met = users.select("is_treated", met=condition)
    sides = []
    for treated in (False, True):
        mine = met.filter(pl.col("is_treated") == treated)["met"]
        n = int(mine.sum())
        sides.append((n, len(mine) - n))
    return UsersByArm(*sides)
