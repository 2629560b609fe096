"""Who is in the trial: assignment rows to one row per user, every user left out counted.

Knows users, variants and instants; knows no return.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from resume_gap.arrays import NEVER
from resume_gap.errors import DataError
from resume_gap.pipeline.bursts import HistorySplit
from resume_gap.pipeline.queries import Runner
from resume_gap.settings import Settings, nearest

_CONTROLS: Final = frozenset(
    (
        "control",
        "ctrl",
        "ctl",
        "baseline",
        "off",
        "original",
        "default",
        "false",
        "holdout",
        "a",
        "0",
        "v0",
        "without",
        "no",
        "disabled",
    )
)
_TREATMENTS: Final = frozenset(
    (
        "treatment",
        "treated",
        "test",
        "on",
        "variant",
        "experiment",
        "true",
        "b",
        "1",
        "v1",
        "with",
        "yes",
        "enabled",
    )
)
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
    named_by: Literal["given", "inferred"]
    both_arms: int
    other_variants: int
    rows: int
    without_time: int
    lost: tuple[int, int]
    alike: int
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
        runner.make("49_assignment_rows", kind="view")
        if len(runner.table("assignment_rows")):
            return source
    raise DataError(
        f"the log holds no assignment event of the experiment {settings.experiment!r}"
        if settings.experiment is not None
        else "the log's column of the variant is empty"
    )


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
    runner.make("50_variants")
    spelt = dict(runner.read("54_variant_names").fetchall())
    control, treatment = _arms(spelt, settings, reported, rows=len(runner.table("assignment_rows")))
    runner.let(control=control.strip().lower(), treatment=treatment.strip().lower())
    runner.make("51_assigned")
    counts = {
        name: value
        for query in ("55_assignment_counts", "56_variant_counts", "57_assigned_counts")
        for name, value in runner.read(query).pl().row(0, named=True).items()
    }
    if counts["assigned_users"] and not counts["known_users"]:
        _refuse_strangers(counts, reported)
    return Assigned(
        source=source,
        control=control,
        treatment=treatment,
        named_by="given" if settings.control and settings.treatment else "inferred",
        both_arms=counts["both_arms"],
        other_variants=counts["other_variants"],
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


def _arms(
    spelt: Mapping[str, str], settings: Settings, source: str, *, rows: int
) -> tuple[str, str]:
    """Names of control and treatment as they are spelt most.

    Args:
        spelt: Variant without case and blanks to its name.
        settings: The names given, if any.
        source: For messages.
        rows: Assignment rows.

    Raises:
        DataError: A given name is not there, or the names say nothing.
    """
    found = list(spelt)
    listed = ", ".join(repr(name) for name in list(spelt.values())[:_SHOWN])
    listed += " ..." if len(found) > _SHOWN else ""
    if not found:
        raise DataError(
            f"{source}: none of {rows:,} assignments has a user, a variant and a time that can be"
            " read; write times like 2025-03-10T09:00:00Z"
        )
    given = {
        role: name.strip().lower()
        for role, name in (("control", settings.control), ("treatment", settings.treatment))
        if name is not None
    }
    absent = {role: name for role, name in given.items() if name not in spelt}
    for name in absent.values():
        close = nearest(name, tuple(other for other in found if other not in given.values()))
        if close or len(absent) == len(given):
            raise DataError(
                f"{source}: nobody is assigned to {name!r}{close}; variants found: {listed}"
            )
    if len(given) == 2:
        named = [given["control"], given["treatment"]]
        return spelt.get(named[0], named[0]), spelt.get(named[1], named[1])
    rest = [name for name in found if name not in given.values()]
    guessed = dict(zip(("control", "treatment"), _inferred(rest, given), strict=True))
    control, treatment = guessed["control"], guessed["treatment"]
    if control is None or treatment is None:
        asked = " ".join(f"--{role} NAME" for role, name in guessed.items() if name is None)
        raise DataError(f"{source}: the variants {listed} do not say which is which; write {asked}")
    return spelt.get(control, control), spelt.get(treatment, treatment)


def _inferred(rest: list[str], given: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The two arms where the names tell them; an arm that nobody is in bears its usual name."""
    control, treatment = given.get("control"), given.get("treatment")
    usual = {"control": _CONTROLS, "treatment": _TREATMENTS}
    if control is None and treatment is None and len(rest) <= 2:
        certain = {role: [name for name in rest if name in names] for role, names in usual.items()}
        if len(certain["control"]) == 1 and len(certain["treatment"]) <= 1:
            control = certain["control"][0]
        elif len(certain["treatment"]) == 1 and not certain["control"]:
            treatment = certain["treatment"][0]
        else:
            return None, None
        rest = [name for name in rest if name not in (control, treatment)]
    elif control is None and treatment is None:
        # Of three or more only the control can be certain.
        certain_one = [name for name in rest if name in _CONTROLS]
        return certain_one[0] if len(certain_one) == 1 else None, None
    if len(rest) > 1:
        return control, treatment
    if control is None:
        return rest[0] if rest else "control", treatment
    return control, rest[0] if rest else "treatment"


def _refuse_strangers(counts: Mapping[str, Any], source: str) -> None:
    alike = counts["alike"]
    hint = f"; {alike:,} differ by case or blanks only" if alike else ""
    raise DataError(
        f"{source}: none of the assigned users is in the log (assigned:"
        f" {counts['least_assigned_id']!r}, in the log: {counts['least_id']!r}{hint}); the ids must"
        " be the same"
    )
