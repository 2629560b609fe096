"""Gates of the localization of a sample ratio mismatch (section 8): is the planted cause named?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

import numpy as np
import polars as pl

from benchmarks.calibration.assumptions import BRIEF
from benchmarks.calibration.gates import (
    Band,
    Experiment,
    Family,
    Figure,
    Gate,
    Record,
    Records,
    percent,
    share,
)
from benchmarks.calibration.logs import Bools
from benchmarks.calibration.verdicts import ASSIGNED, Launch, launch, some
from resume_gap.constants import FALLBACK_GAP
from resume_gap.quality.small_groups import EventNames
from resume_gap.results.effect import Effect
from resume_gap.trial.assignment_checks import assigned_ratio, triggered_ratio
from resume_gap.trial.data import ArmEvents, Trial
from resume_gap.trial.evidence import Evidence
from resume_gap.trial.mismatch import own_values
from resume_gap.trial.unit import KnownValues

_BATCH: Final = 200
_CI: Final = 5
_USERS: Final = 3_000
_PLATFORMS: Final = ("web", "desktop", "tablet", "phone")
_PLATFORM_SHARES: Final = (0.4, 0.2, 0.2, 0.2)
_PLANS: Final = ("free", "team", "enterprise")


class _Cause(NamedTuple):
    """What is planted.

    Attributes:
        key: Of the trials in the records.
        label: The row of the table.
        stage: At which users of treatment are lost; None: at none.
        place: Whose they are: a platform, the last day, the least active third; None: anybody's.
        lost: Share of the treated users of that place who are lost.
    """

    key: str
    label: str
    stage: str | None
    place: str | None = None
    lost: float = 0.0


_NOTHING: Final = _Cause("nothing", "nothing is lost", None)
_ANYWHERE: Final = (
    _Cause("assignment", "20 % are not assigned", "assignment", None, 0.2),
    _Cause("logging", "20 % log nothing", "logging", None, 0.2),
    _Cause("trigger", "25 % are never seen interrupted", "trigger", None, 0.25),
    _Cause("analysis", "25 % of the first returns are lost", "analysis", None, 0.25),
)
_SOMEWHERE: Final = (
    _Cause("phone", "80 % of those on phones log nothing", "logging", "phone", 0.8),
    _Cause("tablet", "80 % on tablets are never seen interrupted", "trigger", "tablet", 0.8),
    _Cause("day", "80 % of the last day of four are not assigned", "assignment", "day", 0.8),
    _Cause("activity", "60 % of the least active third log nothing", "logging", "activity", 0.6),
)
_AT_RANDOM: Final = (*_ANYWHERE, *_SOMEWHERE[:3])
"""Causes that do not choose users by what they do: no later stage can be uneven for them."""
_CAUSES: Final = (_NOTHING, *_ANYWHERE, *_SOMEWHERE)


# --- what is drawn ---


def draw_mismatches(seed: int, replications: int, *, users: int, **planted: Any) -> list[Record]:  # noqa: ANN401
    """Trials that lose users of treatment in each of the planted ways; what the product names.

    Args:
        seed: of the batch.
        replications: trials, whose arms are tossed anew; each loses users in every way by itself.
        users: of each.
        **planted: parameters of `verdicts.launch`.
    """
    people = launch(seed, **planted)
    records = []
    for number in range(replications):
        rng = np.random.default_rng([seed, 7, number])
        picked = rng.choice(people.users, users, replace=False)
        trial = some(people, picked, rng.random(users) < 0.5)
        values = _values(trial.users, rng)
        records.append(
            {one.key: _named(people, _losing(trial, one, values, rng), values) for one in _CAUSES}
        )
    return records


def _values(users: pl.DataFrame, rng: np.random.Generator) -> tuple[KnownValues, ...]:
    """Two columns of the users: their platform, and a plan that has nothing to do with anything."""
    columns = (("platform", _PLATFORMS, _PLATFORM_SHARES), ("plan", _PLANS, None))
    return tuple(
        KnownValues(
            "column",
            name,
            users.select(
                "assigned_no",
                value=pl.Series(rng.choice(values, users.height, p=shares), dtype=pl.String),
            ),
        )
        for name, values, shares in columns
    )


def _losing(
    trial: Trial, cause: _Cause, values: Sequence[KnownValues], rng: np.random.Generator
) -> Trial:
    """The trial as it looks when a share of the treated users of a place is lost at a stage."""
    luck = rng.random(trial.users.height)
    if cause.stage is None:
        return trial
    gone = trial.treated & (luck < cause.lost) & _at(cause.place, trial.users, values)
    mine = pl.col("assigned_no").is_in((np.flatnonzero(gone) + 1).tolist())
    if cause.stage == "assignment":
        return replace(trial, users=trial.users.filter(~mine), returns=trial.returns.filter(~mine))
    users = trial.users
    if cause.stage == "logging":
        unknown = pl.when(~mine).then(pl.col("user_no"))
        users = users.with_columns(user_no=unknown, has_history=pl.col("has_history") & ~mine)
    if cause.stage in ("logging", "trigger"):
        users = users.with_columns(interruptions=pl.col("interruptions") * (~mine).cast(pl.Int64))
    uncounted = pl.when(~mine).then(pl.col("exposure"))
    return replace(trial, users=users, returns=trial.returns.with_columns(exposure=uncounted))


def _at(place: str | None, users: pl.DataFrame, values: Sequence[KnownValues]) -> Bools:
    """(users) who belongs to the place."""
    if place is None:
        return np.ones(users.height, dtype=np.bool_)
    of_kind = {one.kind: one for one in own_values(users)}
    column = values[0] if place in _PLATFORMS else of_kind["day" if place == "day" else "activity"]
    known = users.select("assigned_no").join(
        column.values, on="assigned_no", how="left", maintain_order="left"
    )["value"]
    wanted = {"day": str(known.max()), "activity": "low"}.get(place, place)
    return (known == wanted).fill_null(value=False).to_numpy()


def _named(people: Launch, trial: Trial, values: tuple[KnownValues, ...]) -> dict[str, Any] | None:
    """Stages and places that the first check names which finds a mismatch; None: it finds none."""
    evidence = Evidence(
        trial=trial,
        assigned=ASSIGNED,
        events=ArmEvents({}, {}),
        first_work=lambda _: (),
        later_work=lambda _: pl.DataFrame(),
        known=frozenset(),
        working=frozenset(),
        shown=EventNames(),
        allocation=(0.5, 0.5),
        log_first_us=people.first_us,
        threshold_us=FALLBACK_GAP.us,
        never_triggered=Effect(estimand="never_triggered", unit="seconds", reason="no_rows"),
        moved=0,
        known_values=lambda: values,
    )
    for ratio in (assigned_ratio, triggered_ratio):
        check = ratio(evidence)
        if check.status == "failed":
            places: Sequence[Any] = check.figures["places"]  # type: ignore[assignment]
            stages: Sequence[str] = check.figures["uneven_stages"]  # type: ignore[assignment]
            return {"stages": list(stages), "places": [_place(one) for one in places]}
    return None


def _place(one: Any) -> str:  # noqa: ANN401 - a place of a mismatch
    """A platform by its name, the day as `day`, the least active as `activity`."""
    if one.kind == "column":
        return str(one.value)
    return str(one.kind) if one.kind == "day" or one.value == "low" else f"{one.kind} {one.value}"


# --- the situations ---

_LOSES: Final = Experiment(
    "mismatch.loses",
    _BATCH,
    draw_mismatches,
    {
        "users": _USERS,
        **BRIEF,
        "noticed_share": 0.0,
        "marker_events": "both",
        "weeks": 2,
        "cut_days": 11.5,
        "launch_day": 4,
        "assignment_days": 4,
    },
    _CI,
)


# --- what is asked ---


def _over(
    causes: Sequence[_Cause], true_of: Callable[[_Cause, Any], bool], *, found: bool = True
) -> Callable[[Records], list[Figure]]:
    """Shares of the trials; with `found` of those in which a mismatch is found."""
    return lambda records: [
        share(
            _LOSES.key,
            one.label,
            [
                true_of(one, record[one.key])
                for record in records[_LOSES.key]
                if record[one.key] is not None or not found
            ],
        )
        for one in causes
    ]


def _is_found(_: _Cause, named: Any) -> bool:  # noqa: ANN401
    return named is not None


def _right_stage(one: _Cause, named: Any) -> bool:  # noqa: ANN401
    return one.stage in named["stages"]


def _right_place(one: _Cause, named: Any) -> bool:  # noqa: ANN401
    return bool(named["places"][:1] == [one.place])


def _other_stage(one: _Cause, named: Any) -> bool:  # noqa: ANN401
    return any(stage != one.stage for stage in named["stages"])


def _other_place(one: _Cause, named: Any) -> bool:  # noqa: ANN401
    return any(place != one.place for place in named["places"])


def _weak(figures: Mapping[str, Sequence[Figure]]) -> str:
    found = figures["A mismatch is found where users are lost"]
    least = min(found, key=lambda one: one.value or 0.0)
    return f"""\
- A cause is only looked for where a mismatch is found, at p < .001: of these losses the least
  conspicuous ({least.label}) is found in {percent(least)} of the trials.
- A platform that no column holds cannot be named: then only the stage is."""


FAMILY: Final = Family(
    name="mismatch",
    planted=f"""\
Launches of two weeks as under Assumptions, users assigned over four days; the marker does nothing.
A trial is {_USERS:,} of 4,000 users whose arms are tossed anew, and then users of treatment are
lost: at one stage, from anywhere or from one place. Each has one of four platforms (a fifth is on
phones, a fifth on tablets) and one of three plans; the day of the assignment and the activity
before it are looked at, too, as the product does. Asked is what the first check names that finds a
mismatch.""",
    experiments=(_LOSES,),
    gates=(
        Gate(
            name="The stage that loses users is named",
            what="Share of the trials in which a mismatch is found.",
            band=Band(low=0.95),
            unit="share",
            figures=_over((*_ANYWHERE, *_SOMEWHERE), _right_stage),
            of_method=False,
        ),
        Gate(
            name="The place that loses users is named first",
            what="The same of the platform, the day or the activity.",
            band=Band(low=0.95),
            unit="share",
            figures=_over(_SOMEWHERE, _right_place),
            of_method=False,
        ),
        Gate(
            name="A stage that loses nobody is named",
            what="The same; falsely.",
            band=Band(high=0.015),
            unit="share",
            figures=_over(_AT_RANDOM, _other_stage),
            of_method=False,
        ),
        Gate(
            name="A place that loses nobody is named",
            what="The same; of users lost from anywhere no place is to be named.",
            band=Band(high=0.015),
            unit="share",
            figures=_over(_ANYWHERE, _other_place),
            of_method=False,
        ),
        Gate(
            name="A mismatch is found where nothing is lost",
            what="Share of the trials; what has no mismatch has no cause named.",
            band=Band(high=0.005),
            unit="share",
            figures=_over((_NOTHING,), _is_found, found=False),
            of_method=False,
        ),
        Gate(
            name="A mismatch is found where users are lost",
            what="Share of the trials.",
            band=None,
            unit="share",
            figures=_over((*_ANYWHERE, *_SOMEWHERE), _is_found, found=False),
        ),
        Gate(
            name="A later stage is named, too",
            what="The same where the lost users are the least active: who is left of treatment is"
            " interrupted more often, which is true.",
            band=None,
            unit="share",
            figures=_over(_SOMEWHERE[3:], _other_stage),
        ),
        Gate(
            name="Another place is named beside the right one",
            what="Share of the trials in which a mismatch is found.",
            band=None,
            unit="share",
            figures=_over(_SOMEWHERE, _other_place),
        ),
    ),
    weak=_weak,
)
