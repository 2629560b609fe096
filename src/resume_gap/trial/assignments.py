"""Who is in the trial: assignment rows to one row per user, every user left out counted.

Knows users, variants and instants; knows no return.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from resume_gap.arrays import NEVER
from resume_gap.errors import DataError
from resume_gap.options.names import nearest
from resume_gap.options.values import shown
from resume_gap.pipeline.bursts import HistorySplit
from resume_gap.pipeline.queries import Runner
from resume_gap.settings import Settings
from resume_gap.sources.columns import masked_value
from resume_gap.trial.variants import arms_of, key, sham_of

NamedBy = Literal["given", "inferred"]
_NAMED: Final = 3
"""Experiments that a message names."""


@dataclass(frozen=True, slots=True)
class Arms:
    """What the arms of a trial are called.

    Attributes:
        source: Where assignments come from, for the report.
        control: Name of the control's variant.
        treatment: Name of the treatment's variant.
        sham: Name of the variant with a sham marker; None without one.
        named_by: `given`, or `inferred` from the names.
    """

    source: str
    control: str
    treatment: str
    sham: str | None
    named_by: NamedBy


@dataclass(frozen=True, slots=True)
class Assigned:
    """The trial as its assignments say it.

    Attributes:
        source: Where they come from: a file as given, or what in the log.
        control: Name of the control's variant.
        treatment: Name of the treatment's variant.
        sham: Name of the variant with a sham marker; None without one.
        named_by: `given`, or `inferred` from the names.
        both_arms: Users with more than one variant.
        both_first: Of these, such as were in control first, and such as were in treatment first.
        other_variants: Users of a variant that is neither.
        sham_users: Users of the sham arm.
        rows: Assignment rows.
        without_time: Rows without a readable time, a variant or a user.
        lost: Of these, such as name an arm: control, treatment.
        alike: Assigned ids that the log has in another case or with other blanks.
        outside: Users of the log without an assignment.
        first_us: Earliest assignment; None without one.
        last_us: Latest.
    """

    source: str
    control: str
    treatment: str
    sham: str | None
    named_by: NamedBy
    both_arms: int
    both_first: tuple[int, int]
    other_variants: int
    sham_users: int
    rows: int
    without_time: int
    lost: tuple[int, int]
    alike: int
    outside: int
    first_us: int | None
    last_us: int | None


def assignments_in_log(
    runner: Runner,
    settings: Settings,
    *,
    has_variant: bool,
    experiments: Callable[[], Sequence[str]],
) -> str:
    """Make `assignment_rows` from the log itself; say from what.

    An experiment's assignment events count; without any, what every event carries for it; without
    a key, the variant that a column of the log says.

    Args:
        runner: Holds `log`.
        settings: Names the experiment, if any.
        has_variant: Whether a column of the log says the variant.
        experiments: Finds those that the log names, which is asked for a message only.

    Raises:
        DataError: The log says nothing of it.
    """
    if settings.experiment is None and not has_variant:
        raise DataError(
            "nobody says who was assigned to which variant; give --assignments FILE (user_id, "
            "variant, assigned_at), or --experiment KEY where the log has assignment events"
        )
    if settings.experiment is None:
        sources = {"column": "the log's column of the variant"}
    else:
        sources = {
            "assignment_events": f"assignment events of {settings.experiment}",
            "carried": f"what events carry for {settings.experiment}",
        }
    for assigned_by, source in sources.items():
        runner.let(assigned_by=assigned_by)
        # A value inside of an object is taken out once; a column may be read again and again.
        runner.make("49_assignment_rows", kind="view" if assigned_by == "column" else "table")
        if len(runner.table("assignment_rows")):
            return source
    if settings.experiment is None:
        raise DataError("the log's column of the variant is empty")
    raise DataError(_no_assignment(settings.experiment, experiments()))


def _no_assignment(key: str, found: Sequence[str]) -> str:
    """That no event assigns anybody in an experiment, with those in which some do."""
    line = f"the log holds no assignment event of the experiment {shown(key)}"
    if not found:
        return (
            f"{line}, and no event names an experiment; give --assignments FILE (user_id, variant,"
            " assigned_at)"
        )
    more = f" and {len(found) - _NAMED:,} more" if len(found) > _NAMED else ""
    named = ", ".join(map(shown, found[:_NAMED]))
    return f"{line}{nearest(key, found)}; experiments found: {named}{more}"


def assign(runner: Runner, settings: Settings, source: str, *, path: str | None = None) -> Assigned:
    """Make `assigned` from `assignment_rows`: one row per user of the trial.

    Args:
        runner: Holds `assignment_rows` (user_id, at_us, event as the variant) and `streams`.
        settings: Names of the arms, if given.
        source: Where the assignments come from, for the report.
        path: The same for a message; None: as for the report.

    Raises:
        DataError: The arms cannot be distinguished, or no user of the trial is in the log.
    """
    reported = path or source
    runner.make("119_assignment_pairs")
    runner.make("50_variants")
    spelt = dict(runner.read("54_variant_names").fetchall())
    sham = sham_of(spelt, settings.sham, reported)
    others = {key: name for key, name in spelt.items() if name != sham}
    rows = len(runner.table("assignment_rows"))
    control, treatment = arms_of(others, settings, reported, rows=rows)
    runner.let(sham=None if sham is None else key(sham))
    named_by: NamedBy = "given" if settings.control and settings.treatment else "inferred"
    found = Arms(source, control, treatment, sham, named_by)
    return assign_pair(runner, found, path=reported)


def assign_pair(runner: Runner, arms: Arms, *, path: str | None = None) -> Assigned:
    """Make `assigned` of the users of two arms, the second being treatment.

    Args:
        runner: Holds `assignment_pairs`, `variants` and `streams`; knows the name of the sham arm.
        arms: The two arms, and the third.
        path: Where assignments come from, for a message; None: as for the report.

    Raises:
        DataError: No user of these arms is in the log.
    """
    runner.let(control=key(arms.control), treatment=key(arms.treatment))
    runner.make("51_assigned")
    counts = {
        name: value
        for query in ("55_assignment_counts", "56_variant_counts", "57_assigned_counts")
        for name, value in runner.read(query).pl().row(0, named=True).items()
    }
    if counts["assigned_users"] and not counts["known_users"]:
        _refuse_strangers(counts, path or arms.source)
    return Assigned(
        source=arms.source,
        control=arms.control,
        treatment=arms.treatment,
        sham=arms.sham,
        named_by=arms.named_by,
        both_arms=counts["both_arms"],
        both_first=(counts["both_control"], counts["both_treatment"]),
        other_variants=counts["other_variants"],
        sham_users=counts["sham_users"],
        rows=counts["n"],
        without_time=counts["unusable"],
        lost=(counts["lost_control"], counts["lost_treatment"]),
        alike=counts["alike"],
        outside=counts["log_users"] - counts["named"],
        first_us=counts["first_us"],
        last_us=counts["last_us"],
    )


def assign_everybody(runner: Runner, at_us: int) -> None:
    """Make `assigned` of all users of the log, in control, at one instant: a trial to plan."""
    runner.let(assigned_at_us=at_us)
    runner.make("52_everybody_assigned")
    runner.rename("everybody_assigned", "assigned")


def split_of(runner: Runner) -> HistorySplit:
    """Where history ends, stream by stream; the threshold is learned before anybody's end.

    Those who are left out of the trial, in both arms say, may have seen a marker, too.
    """
    first = runner.table("variants").min("assigned_us").fetchall()[0][0]
    rows = runner.read("58_assigned_streams").fetchnumpy()
    at = np.full(int(rows["stream_no"].max(initial=0)) + 1, NEVER, dtype=np.int64)
    at[rows["stream_no"]] = np.ma.filled(np.ma.asarray(rows["assigned_us"]), NEVER)
    return HistorySplit(at_us=at, learn_before_us=NEVER if first is None else int(first))


def _refuse_strangers(counts: Mapping[str, Any], source: str) -> None:
    alike = counts["alike"]
    assigned, logged = (masked_value(counts[one]) for one in ("least_assigned_id", "least_id"))
    hint = f"; {alike:,} differ by case or blanks only" if alike else ""
    raise DataError(
        f"{source}: none of the assigned users is in the log (assigned:"
        f" {assigned!r}, in the log: {logged!r}, x for letters, 9 for digits{hint}); the ids"
        " must be the same"
    )
