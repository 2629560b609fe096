"""The verdict over some users of a planted launch: every check, then the primary effect.

One population goes through the pipeline once; every trial of a batch is some of its users, in the
arms they were simulated in or, where the marker does nothing, in arms tossed anew. The checks and
the words are the product's (`trial.checks`, `trial.verdict`); what they look at is put together
here from sums of a user, as the product's queries put it together for all.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any, Final
from unittest import mock

import numpy as np
import polars as pl
import scipy.special

from benchmarks.calibration.logs import COMPLETING_NAMES, PRODUCTIVE_NAMES, Bools, Ints, epoch_us
from benchmarks.calibration.trials import quickly, through_the_pipeline
from resume_gap.constants import (
    FALLBACK_GAP,
    FIRST_SECONDS,
    RATIO_ERROR,
    SHOWING_QUANTILE,
    UNIT_TABLES,
)
from resume_gap.pipeline.queries import Runner
from resume_gap.quality.small_groups import EventNames
from resume_gap.results.evaluate import Verdict
from resume_gap.stats import inference, tossed
from resume_gap.stats.tossed import together
from resume_gap.synthetic import World, simulate
from resume_gap.trial import effects
from resume_gap.trial.assignments import Assigned
from resume_gap.trial.cap import as_primary, at_caps, overruled, primary_cap
from resume_gap.trial.checks import failed, trust_of
from resume_gap.trial.data import ArmEvents, MarkersShown, Trial, read_arm_events
from resume_gap.trial.evidence import Evidence
from resume_gap.trial.first_seconds import later_work, only_at_once
from resume_gap.trial.unit import SharedColumn, UnitCandidates, Units
from resume_gap.trial.use import use
from resume_gap.trial.verdict import verdict_of, withheld

SHOWN: Final = "marker_shown"
_DRAWS: Final = 100
_TABLES: Final = 2_000
_CHUNK: Final = 50
_RETURNS: Final = (
    "assigned_no",
    "is_treated",
    "assigned_us",
    "return_us",
    "is_interruption",
    "reason",
    "eligible",
    "is_after",
    "lag_us",
    "reorientation_us",
    "exposure",
)
_ELEMENTS: Final = ("last_touched_hit", "target_return_us")
"""The same where elements are known."""
_COUNTS: Final = ("shown", "at_rule", "returns", "elsewhere", "soon_us", "first_visit", "early")
"""Of a user's markers: shown, at a return where the rule fires, such returns, whether the first was
at none, its time from the return (-1: none), those before the first return of all, and whether one
came before the assignment."""


@dataclass(frozen=True, slots=True, eq=False)
class Launch:
    """A launch of many users.

    Attributes:
        trial: All users and their returns.
        edges: (users + 1) where each user's returns begin.
        company: (users) number of the company.
        day: (users) day of assignment, from 0 on.
        events: Names of what people do.
        has: (users, events) whether a user does it from the assignment on.
        markers: By name of `_COUNTS`, (users).
        first_us: Beginning of the log.
        later_us: (users) the first return's next work after the first seconds; -1: none.
        next_us: (users) the next work that comes later after the first one than that; -1: none.
        own_us: (users) the first return's own work, whatever a feature writes before it; -1: none.
            None where nothing is written.
        truth: What the simulator knows of the first returns: mean without, with, and the effect.
    """

    trial: Trial
    edges: Ints
    company: Ints
    day: Ints
    events: tuple[str, ...]
    has: Bools
    markers: dict[str, Ints]
    first_us: int
    later_us: Ints
    next_us: Ints
    truth: dict[str, float]
    own_us: Ints | None = None

    @property
    def users(self) -> int:
        """Everybody assigned."""
        return len(self.company)


@dataclass(frozen=True, slots=True)
class Judged:
    """One trial.

    Attributes:
        verdict: The word with its reason.
        failed: Checks that failed.
        warned: Checks that warned.
        estimate: The primary effect, seconds; None where a check failed.
    """

    verdict: Verdict
    failed: tuple[str, ...]
    warned: tuple[str, ...]
    estimate: float | None


def launch(
    seed: int,
    *,
    population: int,
    cut_days: float,
    with_elements: bool = False,
    **planted: Any,  # noqa: ANN401
) -> Launch:
    """Simulate a launch and take its log through the pipeline.

    Args:
        seed: of everything.
        population: users.
        cut_days: days from the first midnight to the end of the log.
        with_elements: whether returns also say where people went on.
        **planted: parameters of the world.
    """
    world = World(users=population, launch="trial", cut_days=cut_days, **planted)
    simulated = simulate(world, seed=seed)
    runner, trial, ids = through_the_pipeline(
        simulated, epoch_us(world, cut_days), with_elements=with_elements
    )
    elements = _ELEMENTS if with_elements else ()
    trial = replace(trial, returns=trial.returns.select(*_RETURNS, *elements))
    events, has = _events(runner, trial)
    markers = _markers(runner, trial)
    found = Launch(
        trial=trial,
        edges=np.searchsorted(
            trial.returns["assigned_no"].to_numpy(), np.arange(1, trial.users.height + 2)
        ),
        company=_companies(simulated.users, ids),
        day=(trial.users["assigned_us"].to_numpy() - epoch_us(world, world.launch_day))
        // (86_400 * 1_000_000),
        events=events,
        has=has,
        markers=markers,
        **_later(runner, trial),
        first_us=int(simulated.log["timestamp"].dt.epoch("us").min()),  # type: ignore[arg-type]
        truth={
            name: float(simulated.truth["summary"]["effects"]["p1"][f"{name}_seconds"])
            for name in ("without", "with", "effect")
        },
    )
    everybody = np.arange(found.users)
    if _arm_events(found, everybody, trial.treated) != _known(runner):
        raise AssertionError("the events by arm are not those of the product")
    runner.con.close()
    return found


def _companies(users: pl.DataFrame, ids: pl.DataFrame) -> Ints:
    ids_now = [name for name in ("new_user_id", "user_id") if name in users.columns]
    named = users.select("team", user_id=pl.coalesce(ids_now))
    joined = ids.join(named, on="user_id", how="left", maintain_order="left")
    return joined["team"].rank("dense").to_numpy().astype(np.int64) - 1


def _events(runner: Runner, trial: Trial) -> tuple[tuple[str, ...], Bools]:
    rows = runner.con.sql(
        "select distinct assigned.assigned_no, log.event from log"
        " inner join assigned on log.user_id = assigned.user_id"
        f" where log.at_us >= assigned.assigned_us and log.event <> '{SHOWN}'"
    ).pl()
    names = tuple(sorted(rows["event"].unique()))
    has = np.zeros((trial.users.height, len(names)), dtype=np.bool_)
    place = rows["event"].replace_strict({name: i for i, name in enumerate(names)})
    has[rows["assigned_no"].to_numpy() - 1, place.to_numpy()] = True
    return names, has


def _later(runner: Runner, trial: Trial) -> dict[str, Ints]:
    rows = later_work(runner, FIRST_SECONDS.us)
    place = rows["assigned_no"].to_numpy() - 1
    found = {}
    for name in ("later_us", "next_us"):
        found[name] = np.full(trial.users.height, -1, dtype=np.int64)
        found[name][place] = rows[name].fill_null(-1).to_numpy()
    return found


def _markers(runner: Runner, trial: Trial) -> dict[str, Ints]:
    """A marker is shown 0.2 s after a return at which the rule fires, or nowhere."""
    rows = runner.con.sql(
        "select assigned.assigned_no, log.at_us, assigned.assigned_us from log"
        " inner join assigned on log.user_id = assigned.user_id"
        f" where log.event = '{SHOWN}'"
    ).pl()
    due = trial.returns.filter("is_interruption", "is_after").select(
        "assigned_no", "return_us", at_us=pl.col("return_us") + 200_000
    )
    begun = trial.returns.group_by("assigned_no").agg(first_us=pl.col("return_us").min())
    shown = (
        rows.join(due, on=("assigned_no", "at_us"), how="left")
        .join(begun, on="assigned_no", how="left")
        .sort("assigned_no", "at_us")
        .with_columns(after=pl.col("at_us") >= pl.col("assigned_us"))
    )
    after = shown.filter("after").group_by("assigned_no", maintain_order=True)
    soon = pl.col("at_us").first() - pl.col("return_us").first()
    counts = after.agg(
        shown=pl.len(),
        at_rule=pl.col("return_us").count(),
        returns=pl.col("return_us").n_unique() - pl.col("return_us").has_nulls().cast(pl.Int64),
        elsewhere=pl.col("return_us").first().is_null().cast(pl.Int64),
        soon_us=soon.fill_null(-1),
        first_visit=(pl.col("at_us") < pl.col("first_us"))
        .fill_null(value=True)
        .sum()
        .cast(pl.Int64),
    )
    early = shown.filter(~pl.col("after")).select("assigned_no", early=1).unique()
    whole = (
        trial.users.select("assigned_no")
        .join(counts, on="assigned_no", how="left", maintain_order="left")
        .join(early, on="assigned_no", how="left", maintain_order="left")
        .with_columns(pl.col("soon_us").fill_null(-1), pl.exclude("soon_us").fill_null(0))
    )
    return {name: whole[name].to_numpy().astype(np.int64) for name in _COUNTS}


def _known(runner: Runner) -> ArmEvents:
    found = read_arm_events(runner, [SHOWN])
    users = {event: counts for event, counts in found.users.items() if event != SHOWN}
    # What control would have been shown is no marker here.
    shown: dict[bool, MarkersShown] = {arm: found.shown[arm] for arm in found.shown if arm}
    return replace(found, users=users, shown=shown)


def _arm_events(
    people: Launch, picked: Ints, treated: Bools, *, control_is_sham: bool = False
) -> ArmEvents:
    """Events by arm. Markers that nobody was shown, those of a tossed control, are none."""
    sides = [people.has[picked[treated == arm]].sum(axis=0) for arm in (False, True)]
    users = {
        event: (int(control), int(treatment))
        for event, control, treatment in zip(people.events, *sides, strict=True)
        if control or treatment
    }
    shown = {True: _markers_shown(people, picked[treated])}
    if control_is_sham:
        shown[False] = _markers_shown(people, picked[~treated])
    early = int(people.markers["early"][picked[treated]].sum())
    return ArmEvents(users, {arm: one for arm, one in shown.items() if one.shown}, early)


def _markers_shown(people: Launch, picked: Ints) -> MarkersShown:
    """Markers of some users."""
    mine = {name: values[picked] for name, values in people.markers.items()}
    any_shown = mine["shown"] > 0
    soon = np.sort(mine["soon_us"][mine["soon_us"] >= 0])
    return MarkersShown(
        shown=int(mine["shown"].sum()),
        at_rule=int(mine["at_rule"].sum()),
        returns=int(mine["returns"].sum()),
        users=int(any_shown.sum()),
        first_elsewhere=int(mine["elsewhere"].sum()),
        soon_us=int(soon[max(int(np.ceil(SHOWING_QUANTILE.value * len(soon))), 1) - 1])
        if len(soon)
        else None,
        first_visit=int(mine["first_visit"].sum()),
    )


def judge_trial(
    people: Launch,
    picked: Ints,
    treated: Bools,
    *,
    seed: int,
    unit: str | None = None,
    by_day: bool = False,
    company_known: bool = True,
    control_is_sham: bool = False,
) -> Judged:
    """The verdict on some users.

    Args:
        people: The launch they are part of.
        picked: Positions of the users.
        treated: Their arms.
        seed: Of the permutations.
        unit: What `--unit` names: `company`, or None.
        by_day: `--stratify-by-day`.
        company_known: A column of companies stands in the assignments.
        control_is_sham: Users of control were shown markers, too.
    """
    trial = replace(some(people, picked, treated), by_unit=unit is not None)
    looked_at = _candidates(people.company[picked], treated)
    with quickly(_DRAWS), _cheaply():
        evidence = Evidence(
            trial=trial,
            assigned=ASSIGNED,
            events=_arm_events(people, picked, treated, control_is_sham=control_is_sham),
            first_work=lambda _: (),
            later_work=partial(_later_work, people, picked),
            known=frozenset([SHOWN]),
            working=frozenset((*PRODUCTIVE_NAMES, *COMPLETING_NAMES)),
            shown=EventNames(),
            allocation=(0.5, 0.5),
            log_first_us=people.first_us,
            threshold_us=FALLBACK_GAP.us,
            never_triggered=effects.never_triggered(trial, seed),
            interruptions=effects.interruptions(trial, seed).effect,
            moved=0,
            by_day=by_day,
            units=None if unit is None else Units(unit),
            candidates=looked_at if company_known else _no_column,
            control_is_sham=control_is_sham,
        )
        return _judged(trial, evidence, seed)


@contextmanager
def _cheaply() -> Iterator[None]:
    """The product's quantiles of t from scipy, and 2,000 tables of companies in small chunks.

    With 2,000 tables a column is found at p < .001 exactly as with 20,000.
    """
    with (
        mock.patch.object(inference, "t_quantile", _t_quantile),
        mock.patch.object(tossed, "UNIT_TABLES", UNIT_TABLES._replace(value=_TABLES)),
        mock.patch.object(tossed, "_CHUNK", _CHUNK),
    ):
        yield


@lru_cache(maxsize=64)
def _t_quantile(freedom: float, level: float) -> float:
    return float(scipy.special.stdtrit(freedom, (1 + level) / 2))


def _judged(trial: Trial, evidence: Evidence, seed: int) -> Judged:
    trust = trust_of(evidence)
    warned = tuple(check.name for check in trust.checks if check.status == "warned")
    broken = failed(trust.checks)
    if broken:
        return Judged(withheld(broken), tuple(check.name for check in broken), warned, None)
    cap = primary_cap(trial, None)
    stratified = any(check.code == "by_day" for check in trust.checks)
    trial = replace(trial, by_day=stratified, primary_us=cap.us)
    first = effects.first_return(trial, seed)
    primary = as_primary(first.effect, cap)
    low, high = primary.ci_lower, primary.ci_upper
    if low is None or high is None or low <= 0 <= high:
        # Neither the effect at later returns nor that at longer caps is asked.
        return Judged(verdict_of(primary, trust), (), warned, primary.estimate)
    longer = overruled(primary, at_caps(trial, first, None, seed))
    word = verdict_of(primary, trust, use(trial, seed), longer)
    if word.word == "better" and (written := only_at_once(evidence, trial, None, seed)):
        if written.status == "failed":
            return Judged(withheld([written]), (written.name,), warned, None)
        warned = (*warned, written.name)
    return Judged(word, (), warned, primary.estimate)


ASSIGNED: Final = Assigned(
    source="planted",
    control="control",
    treatment="treatment",
    sham=None,
    named_by="given",
    both_arms=0,
    both_first=(0, 0),
    other_variants=0,
    sham_users=0,
    rows=0,
    without_time=0,
    lost=(0, 0),
    alike=0,
    outside=0,
    first_us=None,
    last_us=None,
)


def _no_column() -> UnitCandidates:
    return UnitCandidates(0, ())


def _later_work(people: Launch, picked: Ints, first_us: int) -> pl.DataFrame:
    """As the log says it of some users; half of them are not quicker than the first seconds.

    Later than these, people who were at work on their own by then go on at once.
    """
    if first_us < FIRST_SECONDS.us:
        raise AssertionError("half of control is at work sooner than the first seconds end")
    firsts = people.trial.firsts
    lags = np.full(people.users, -1, dtype=np.int64)
    lags[firsts["assigned_no"].to_numpy() - 1] = firsts["lag_us"].fill_null(-1).to_numpy()
    later = people.later_us[picked]
    if first_us > FIRST_SECONDS.us:
        own = (lags if people.own_us is None else people.own_us)[picked]
        later = np.where(own < 0, own, np.maximum(own, first_us + 1))
    mine = lags[picked]
    seen = np.flatnonzero((mine >= 0) & (mine <= people.trial.cap_us))
    times = {"later_us": later[seen], "next_us": people.next_us[picked][seen]}
    return (
        pl.DataFrame({"assigned_no": seen + 1, **times})
        .with_columns(pl.when(pl.col(name) >= 0).then(pl.col(name)).alias(name) for name in times)
        .with_columns(pl.col("assigned_no").cast(pl.Int32), is_clicked=False)
    )


def _candidates(company: Ints, treated: Bools) -> Callable[[], UnitCandidates]:
    """As `trial.unit.candidates` looks at one column."""

    def looked_at() -> UnitCandidates:
        found = together(company, treated, 0)
        if found is None or found.p >= RATIO_ERROR.value:
            return UnitCandidates(1, ())
        return UnitCandidates(1, (SharedColumn("company", found.values, found.users, found.p),))

    return looked_at


def some(people: Launch, picked: Ints, treated: Bools) -> Trial:
    """The trial of some users of a launch, numbered anew, with companies as units."""
    number = np.arange(1, len(picked) + 1, dtype=np.int32)
    counts = np.diff(people.edges)[picked]
    heads = np.cumsum(counts) - counts
    rows = np.arange(int(counts.sum())) + np.repeat(people.edges[picked] - heads, counts)
    trial = people.trial
    return Trial(
        users=trial.users[picked].with_columns(
            assigned_no=pl.Series(number),
            is_treated=pl.Series(treated),
            unit_no=pl.Series(people.company[picked]),
        ),
        returns=trial.returns[rows].with_columns(
            assigned_no=pl.Series(np.repeat(number, counts)),
            is_treated=pl.Series(np.repeat(treated, counts)),
        ),
        cap_us=trial.cap_us,
    )
