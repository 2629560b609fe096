"""What was assigned at random: users, or units of users such as companies.

Where a company was assigned as a whole, its users are no independent observations. The unit is
named (`--unit`), or columns that users share are looked at for arms that were assigned together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from resume_gap.constants import RATIO_ERROR, UNIT_CONSTANT, UNIT_VALUES
from resume_gap.errors import UsageError
from resume_gap.pipeline.queries import Runner
from resume_gap.settings import nearest
from resume_gap.stats.tossed import together

USER = "user"
_SEED = 0


@dataclass(frozen=True, slots=True)
class Units:
    """The unit of randomization as it was named.

    Attributes:
        column: Its column; `user` for users.
        without: Users without one, each a unit of its own.
        several: Users with more than one, who count in the earliest.
        mixed: Users of units that have users in both arms.
    """

    column: str
    without: int = 0
    several: int = 0
    mixed: int = 0

    @property
    def is_user(self) -> bool:
        """Whether users were assigned one by one."""
        return self.column == USER


@dataclass(frozen=True, slots=True)
class UnitColumns:
    """Where a unit can be named.

    Attributes:
        log: Columns of the log.
        mapped: Of context, task and device, the log's column.
        by: Columns of `--by`.
        beside: Columns of the assignments file that are neither user, time nor variant.
    """

    log: Sequence[str]
    mapped: dict[str, str]
    by: Sequence[str]
    beside: Sequence[str]

    @property
    def shared(self) -> dict[int, str]:
        """Place in queries/73_user_values.sql to the name of the column there."""
        names = [self.mapped.get(name) for name in ("context", "task", "device")]
        found = dict(enumerate([*names, *self.by], start=1))
        return {place: name for place, name in found.items() if name is not None}


def name_units(runner: Runner, unit: str | None, columns: UnitColumns) -> Units | None:
    """Number the units of the users in `assigned`; None where none was named.

    Args:
        runner: Holds `log`, `assigned` and `assignment_rows`.
        unit: As given: a column, or `user`.
        columns: Where it may be.

    Raises:
        UsageError: No such column.
    """
    if unit is None or unit == USER:
        return None if unit is None else Units(USER)
    if unit in columns.beside:
        runner.let(unit_in="assignments", unit_place=list(columns.beside).index(unit) + 1)
    elif unit in columns.log or unit in columns.mapped:
        runner.let(unit_in="log", unit_place=1)
    else:
        known = (*columns.beside, *columns.log)
        raise UsageError(
            f"--unit {unit!r}: neither the assignments nor the log have such a column"
            f"{nearest(unit, known)}; --unit user says that users were assigned one by one"
        )
    runner.make("70_unit_values")
    without, several, mixed = runner.row("72_unit_counts")
    runner.make("71_assigned_units")
    runner.rename("assigned_units", "assigned")
    return Units(unit, without, several, mixed)


@dataclass(frozen=True, slots=True)
class KnownValues:
    """What is known of the users of a trial: one column.

    Attributes:
        kind: A column of the files, the day of the assignment, or the activity before it.
        column: As the files call it.
        values: assigned_no and value; null of a user with several, without a row of one with none.
        is_unnamed: No column of the files: `column` says what else (`trial.unnamed_units`).
    """

    kind: Literal["column", "day", "activity"]
    column: str
    values: pl.DataFrame
    is_unnamed: bool = False


@dataclass(frozen=True, slots=True)
class SharedColumn:
    """A column whose values were assigned together.

    Attributes:
        column: As the files call it.
        values: Values that at least two users share.
        users: Their users.
        p: Of such arms if users had been assigned one by one.
        is_unnamed: As of `KnownValues`.
    """

    column: str
    values: int
    users: int
    p: float
    is_unnamed: bool = False


@dataclass(frozen=True, slots=True)
class UnitCandidates:
    """What columns that users share say of the assignment.

    Attributes:
        tried: Columns that may be a unit.
        found: Those whose values were assigned together, the least likely by chance first.
    """

    tried: int
    found: tuple[SharedColumn, ...]


def candidates(users: pl.DataFrame, known: Sequence[KnownValues]) -> UnitCandidates:
    """Look for columns whose values were assigned as wholes.

    Args:
        users: One row per user of the trial: assigned_no, is_treated.
        known: Columns of log and assignments.
    """
    arms = users.select("assigned_no", "is_treated")
    looked_at = [found for one in known if (found := _looked_at(one, arms)) is not None]
    error = RATIO_ERROR.value / max(len(looked_at), 1)
    likely = sorted(
        (one for one in looked_at if one.p < error),
        key=lambda one: (one.p, one.is_unnamed, one.column),
    )
    return UnitCandidates(len(looked_at), tuple(likely))


def known_values(runner: Runner, columns: UnitColumns) -> tuple[KnownValues, ...]:
    """What log and assignments say of each user: a value, null where there are several.

    Args:
        runner: Holds `log`, `assigned` and `assignment_rows`.
        columns: Names of the columns.
    """
    beside = dict(enumerate(columns.beside, start=1))
    if not columns.shared and not beside:
        return ()
    runner.let(shared_places=list(columns.shared), beside_places=list(beside))
    values = runner.read("73_user_values").pl()
    names = {"log": columns.shared, "assignments": beside}
    return tuple(
        KnownValues("column", names[str(source)][int(str(place))], rows.drop("known_in"))
        for (source, place), rows in values.group_by("known_in", "place", maintain_order=True)
    )


def platform_values(runner: Runner, columns: Sequence[str]) -> tuple[KnownValues, ...]:
    """What each user's events came from: of every column the value of most of the user's rows.

    Args:
        runner: Holds `assigned` and `platform_rows`.
        columns: Names of the columns, in the order of the lists in `platform_rows`.
    """
    values = runner.read("74_platform_values").pl()
    return tuple(
        KnownValues("column", columns[int(str(place)) - 1], rows.drop("place"))
        for (place,), rows in values.group_by("place", maintain_order=True)
    )


def named_values(runner: Runner, columns: Sequence[str]) -> tuple[KnownValues, ...]:
    """What users may have in common, by the names of columns that nobody mapped.

    Args:
        runner: Holds `assigned` and `unit_rows`.
        columns: Names of the columns, in the order of the lists in `unit_rows`.

    Returns:
        Of every column the values, null where a user has several.
    """
    values = runner.read("77_named_units").pl()
    return tuple(
        KnownValues("column", columns[int(str(place)) - 1], rows.drop("place"))
        for (place,), rows in values.group_by("place", maintain_order=True)
    )


def _looked_at(one: KnownValues, arms: pl.DataFrame) -> SharedColumn | None:
    """One column, if it may be a unit at all."""
    rows = one.values
    known = rows.filter(pl.col("value").is_not_null())
    shared = known.filter(pl.len().over("value") >= 2)
    constant = known.height >= UNIT_CONSTANT.value * rows.height
    if not constant or shared["value"].n_unique() < UNIT_VALUES.value:
        return None
    mine = known.join(arms, on="assigned_no", how="inner").sort("assigned_no")
    number = mine["value"].rank("dense").to_numpy().astype(np.int64)
    found = together(number, mine["is_treated"].to_numpy(), _SEED)
    if found is None:
        return None
    return SharedColumn(one.column, found.values, found.users, found.p, one.is_unnamed)
