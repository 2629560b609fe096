"""Who is in the trial: assignment rows to one row per user, every user left out counted.

Knows users, variants and instants; knows no return.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from resume_gap.errors import DataError
from resume_gap.pipeline.bursts import Split
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.steps import NEVER
from resume_gap.settings import Settings

_CONTROLS: Final = frozenset(
    ("control", "ctrl", "ctl", "baseline", "off", "original", "default", "false", "holdout", "a",
     "0", "v0", "without", "no", "disabled")
)  # fmt: skip
_TREATMENTS: Final = frozenset(
    ("treatment", "treated", "test", "on", "variant", "experiment", "true", "b", "1", "v1", "with",
     "yes", "enabled")
)  # fmt: skip
_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Assigned:
    """The trial as its assignments say it.

    Attributes:
        source: Where they come from: a file as given, or what in the log.
        control: Name of the control's variant.
        treatment: Name of the treatment's variant.
        named_by: `given`, or `inferred` from the names.
        both_arms: Users with more than one variant.
        other_variants: Users of a variant that is neither.
        without_time: Rows without a readable time, a variant or a user.
        outside: Users of the log without an assignment.
        first_us: Earliest assignment; None without one.
        last_us: Latest.
    """

    source: str
    control: str
    treatment: str
    named_by: Literal["given", "inferred"]
    both_arms: int
    other_variants: int
    without_time: int
    outside: int
    first_us: int | None
    last_us: int | None


def assignments_in_log(runner: Runner, settings: Settings, *, has_variant: bool) -> str:
    """Make `assignment_rows` from the log itself; say from what.

    An experiment's assignment events count; without any, what every event carries for it; without
    a key, the variant that a column of the log says.

    Raises:
        DataError: The log says nothing of it.
    """
    columns = ["assigned_variant", "carried_variant"] if settings.experiment is not None else []
    if not columns and not has_variant:
        raise DataError(
            "nobody says who was assigned to which variant; give --assignments FILE (user_id, "
            "variant, assigned_at), or --experiment KEY where the log has assignment events"
        )
    for column in columns or ["variant"]:
        runner.con.execute(
            "create or replace view assignment_rows as"
            f" select user_id, at_us, at_given, {column} as event from rows"
            f" where {column} is not null"
        )
        (found,) = runner.one("select count(*) from assignment_rows")
        if found:
            told = {
                "assigned_variant": f"assignment events of {settings.experiment}",
                "carried_variant": f"what events carry for {settings.experiment}",
                "variant": "the log's column of the variant",
            }
            return told[column]
    raise DataError(
        f"the log holds no assignment event of the experiment {settings.experiment!r}"
        if settings.experiment is not None
        else "the log's column of the variant is empty"
    )


def assign(runner: Runner, settings: Settings, source: str) -> Assigned:
    """Make `assigned` from `assignment_rows`: one row per user of the trial.

    Args:
        runner: Holds `assignment_rows` (user_id, at_us, event as the variant) and `streams`.
        settings: Names of the arms, if given.
        source: Where the assignments come from, for the report.

    Raises:
        DataError: The arms cannot be told apart, or no user of the trial is in the log.
    """
    runner.make("50_variants")
    (unusable,) = runner.one(
        "select count(*) from assignment_rows"
        " where at_us is null or coalesce(event, '') = '' or coalesce(user_id, '') = ''"
    )
    named = runner.con.execute(
        "select variant, count(*) from (select unnest(variants) as variant from variants)"
        " group by variant order by variant"
    ).fetchall()
    control, treatment = _arms([str(name) for name, _ in named], settings, source)
    runner.let(control=control, treatment=treatment)
    runner.make("51_assigned")
    both, other, first, last, known, everybody = runner.one(
        "select (select count(*) from variants where len(variants) > 1),"
        " (select count(*) from variants where len(variants) = 1"
        "  and variants[1] not in (getvariable('control'), getvariable('treatment'))),"
        " min(assigned_us), max(assigned_us), count(user_no), count(*) from assigned"
    )
    if everybody and not known:
        _refuse_strangers(runner, source)
    (users,) = runner.one("select count(distinct user_no) from streams where user_no is not null")
    (told,) = runner.one("select count(user_no) from variants")
    return Assigned(
        source=source,
        control=control,
        treatment=treatment,
        named_by="given" if settings.control and settings.treatment else "inferred",
        both_arms=_whole(both),
        other_variants=_whole(other),
        without_time=_whole(unusable),
        outside=_whole(users) - _whole(told),
        first_us=None if first is None else _whole(first),
        last_us=None if last is None else _whole(last),
    )


def assign_everybody(runner: Runner, at_us: int) -> None:
    """Make `assigned` of all users of the log, in control, at one instant: a trial to plan."""
    runner.con.execute(
        "create or replace table assigned as select row_number() over (order by user_no)::integer"
        " as assigned_no, any_value(user_id) as user_id, user_no, false as is_treated,"
        f" {at_us:d}::bigint as assigned_us, {at_us:d}::bigint as logged_us"
        " from streams where user_no is not null group by user_no order by user_no"
    )


def split_of(runner: Runner) -> Split:
    """Where history ends, stream by stream; the pause limit is learned before anybody's end.

    Those who are left out of the trial, in both arms say, may have seen a marker, too.
    """
    (first,) = runner.one("select min(assigned_us) from variants")
    rows = runner.con.sql(
        "select streams.stream_no, assigned.assigned_us from streams"
        " left join assigned on streams.user_no = assigned.user_no"
        " where streams.stream_no is not null order by streams.stream_no"
    ).fetchnumpy()
    at = np.full(int(rows["stream_no"].max(initial=0)) + 1, NEVER, dtype=np.int64)
    at[rows["stream_no"]] = np.ma.filled(np.ma.asarray(rows["assigned_us"]), NEVER)
    return Split(at_us=at, learn_before_us=NEVER if first is None else _whole(first))


def _arms(found: Sequence[str], settings: Settings, source: str) -> tuple[str, str]:
    """Names of control and treatment.

    Raises:
        DataError: A given name is not there, or the names say nothing.
    """
    listed = ", ".join(found[:_SHOWN]) + (" ..." if len(found) > _SHOWN else "")
    if not found:
        raise DataError(
            f"{source}: no assignment has a user, a variant and a readable time; look at the file"
        )
    control, treatment = settings.control, settings.treatment
    given = [name for name in (control, treatment) if name is not None]
    absent = [name for name in given if name not in found]
    if absent and len(absent) == len(given):
        raise DataError(f"{source}: nobody is assigned to {absent[0]!r}; variants found: {listed}")
    if control is not None and treatment is not None:
        return control, treatment
    rest = [name for name in found if name not in given]
    if given and len(rest) == 1:
        return (control, rest[0]) if control is not None else (rest[0], str(treatment))
    if given and not rest:
        return control or "control", treatment or "treatment"
    controls = [name for name in rest if name.casefold() in _CONTROLS]
    treatments = [name for name in rest if name.casefold() in _TREATMENTS]
    if not given and len(found) <= 2:
        if len(controls) == 1 and len(treatments) <= 1:
            others = [name for name in found if name != controls[0]]
            return controls[0], others[0] if others else "treatment"
        if len(treatments) == 1 and not controls:
            others = [name for name in found if name != treatments[0]]
            return others[0] if others else "control", treatments[0]
    raise DataError(
        f"{source}: which variant is the control? found {listed}; say --control NAME --treatment"
        " NAME"
    )


def _refuse_strangers(runner: Runner, source: str) -> None:
    (theirs,) = runner.one("select min(user_id) from assigned")
    (ours,) = runner.one("select min(user_id) from streams where user_no is not null")
    raise DataError(
        f"{source}: none of the assigned users is in the log (assigned: {theirs!r}, in the log:"
        f" {ours!r}); the ids must be the same"
    )


def _whole(value: object) -> int:
    return int(str(value))
