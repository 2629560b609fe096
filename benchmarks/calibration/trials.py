"""A planted trial of many users through the whole pipeline, and small trials drawn from it.

Simulating users is what costs time, so one population with both arms is taken through the
product's own code, and every world of a batch is a trial of some of its users. Users of these
populations are independent, and nothing of the pipeline makes one depend on another at a given
threshold: some users of a trial are the trial of those users.
"""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from statistics import NormalDist
from typing import Any, Final
from unittest import mock

import numpy as np
import polars as pl
import scipy.stats

from benchmarks.calibration.gates import Figure, Record, mean
from benchmarks.calibration.logs import (
    COMPLETING_NAMES,
    PRODUCTIVE_NAMES,
    Bools,
    Floats,
    Ints,
    epoch_us,
    opened,
)
from resume_gap.constants import FALLBACK_GAP, MIN_INTERVAL_USERS
from resume_gap.pipeline.intake import take_in
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.reduction import burst_cut_us, reduce_events
from resume_gap.replay.replays import replay
from resume_gap.replay.returns import ReturnRules, cap_us, measure
from resume_gap.replay.totals import Asked
from resume_gap.results.common import US
from resume_gap.settings import Settings
from resume_gap.stats.difference import Difference, compare
from resume_gap.stats.sequential import sequential
from resume_gap.synthetic import Simulated, World, simulate
from resume_gap.trial import measured
from resume_gap.trial.assignments import assign, split_of
from resume_gap.trial.data import Trial, read_trial
from resume_gap.trial.measured import Measured

_THRESHOLD_US: Final = FALLBACK_GAP.us
_COLUMNS: Final = ("user_id", "timestamp", "event")
_KEPT: Final = (
    "assigned_no",
    "is_treated",
    "assigned_us",
    "return_us",
    "eligible",
    "reorientation_us",
    "exposure",
)
"""What P1 and P3 ask of a return."""
_KNOWN: Final = (
    "assigned_no",
    "is_treated",
    "assigned_us",
    "has_history",
    "interruptions_before",
    "eligible_before",
    "reorientation_before_us",
    "productive_before_us",
    "eligible",
    "reorientation_us",
    "productive",
    "productive_us",
    "interruptions",
    "followed_1d",
    "returned_1d",
    "followed_7d",
    "returned_7d",
)
"""What they, P2 and the return rate ask of a user."""
UNKNOWN: Final = measured.without("return_rate_7d", "share", "no_rows")
"""Return rates where only the figure of P3 is asked and not whether it explores."""


_WORK: Final = {
    "mid_task_share": 0.8,
    "step_median_seconds": 15.0,
    "stretch_steps_median": 5.0,
    "task_steps_mean": 6.0,
    "look_share": 0.1,
    "short_share": 0.0,
    "break_floor_minutes": 35.0,
    "call_median_minutes": 45.0,
    "struggler_share": 0.2,
    "struggler_search_factor": 3.0,
}
CLUSTERED: Final = {
    **_WORK,
    "population": 8_000,
    "weeks": 1,
    "cut_days": 4.5,
    "launch_day": 1,
    "attendance_share": 0.5,
    "activity_sigma": 0.6,
    "stretches_per_day_mean": 2.5,
}
"""A week of users who differ; the log ends on Friday noon, in the middle of work."""
NO_MARKER: Final = {"noticed_share": 0.0}
MARKER: Final = {
    "search_median_seconds": 45.0,
    "same_element_share": 0.6,
    "noticed_share": 0.8,
    "search_removed_share": 0.7,
    "marker_events": "treatment",
}


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """A trial of many users, with what was planted in each of its returns.

    Attributes:
        trial: All users by id; of the returns only the followed-up interruptions from the
            assignment on, by user and instant.
        without: (rows) seconds to work without the marker, capped; one for one with the returns.
        with_marker: (rows) the same with it.
        edges: (users + 1) where each user's rows begin.
        kind: (users) role and whether a struggler: all that moves a user's search.
        first_us: The assignment.
        seed: It was simulated with.
        until_us: End of the log.
    """

    trial: Trial
    without: Floats
    with_marker: Floats
    edges: Ints
    kind: Ints
    first_us: int
    until_us: int
    seed: int

    @property
    def users(self) -> int:
        """Everybody assigned."""
        return len(self.kind)

    @property
    def effects(self) -> Floats:
        """(rows) what the marker adds to each of them, seconds."""
        return self.with_marker - self.without

    @property
    def firsts(self) -> Ints:
        """The row of each triggered user's first return."""
        return self.edges[:-1][np.diff(self.edges) > 0]

    @property
    def treated_rows(self) -> Bools:
        """(rows) whether they are of the treatment arm."""
        return np.repeat(self.trial.treated, np.diff(self.edges))

    def some(self, picked: Ints, treated: Bools | None = None) -> Trial:
        """The trial of some users, numbered anew.

        Args:
            picked: Positions of users; one that stands twice is two users.
            treated: Their arms; None: those of the population.
        """
        number = np.arange(1, len(picked) + 1, dtype=np.int32)
        counts = np.diff(self.edges)[picked]
        heads = np.cumsum(counts) - counts
        rows = np.arange(int(counts.sum())) + np.repeat(self.edges[picked] - heads, counts)
        arm = self.trial.treated[picked] if treated is None else treated
        return Trial(
            users=self.trial.users[picked].with_columns(
                assigned_no=pl.Series(number), is_treated=pl.Series(arm)
            ),
            returns=self.trial.returns[rows].with_columns(
                assigned_no=pl.Series(np.repeat(number, counts)),
                is_treated=pl.Series(np.repeat(arm, counts)),
            ),
            cap_us=self.trial.cap_us,
        )


def populate(seed: int, *, population: int, cut_days: float, **planted: Any) -> Population:  # noqa: ANN401
    """Simulate a trial and take its log through intake, reduction, measures and assignment.

    The replay is left out: no figure of P1 to P3 asks it.

    Args:
        seed: of everything.
        population: users.
        cut_days: days from the first midnight to the end of the log.
        **planted: parameters of the world.

    Raises:
        AssertionError: The returns found, or their times, are not those planted.
    """
    world = World(users=population, launch="trial", cut_days=cut_days, **planted)
    simulated = simulate(world, seed=seed)
    until_us = epoch_us(world, cut_days)
    runner, trial, ids = through_the_pipeline(simulated, until_us)
    runner.con.close()
    counted = trial.counted.select(_KEPT).sort("assigned_no", "return_us")
    planted_rows = _planted(simulated, ids, until_us, trial.cap_us)
    _same(counted, planted_rows)
    number = counted["assigned_no"].to_numpy() - 1
    who = ids.join(simulated.users, on="user_id", how="left", maintain_order="left")
    kind = who.select(pl.struct("role", "struggler").rank("dense")).to_series().to_numpy()
    return Population(
        trial=Trial(users=trial.users.select(_KNOWN), returns=counted, cap_us=trial.cap_us),
        without=planted_rows["reorientation_without_seconds"].to_numpy(),
        with_marker=planted_rows["reorientation_with_seconds"].to_numpy(),
        edges=np.searchsorted(number, np.arange(len(ids) + 1)),
        kind=kind.astype(np.int64) - 1,
        first_us=epoch_us(world, world.launch_day),
        until_us=until_us,
        seed=seed,
    )


def through_the_pipeline(
    simulated: Simulated, until_us: int, *, with_elements: bool = False
) -> tuple[Runner, Trial, pl.DataFrame]:
    """The trial as the product sees it, its tables, and the ids of its users.

    Args:
        simulated: The log and its assignments.
        until_us: End of the log.
        with_elements: Map elements, too, and replay where the marker points.

    Raises:
        ValueError: There is no trial in it.
    """
    if simulated.assignments is None:
        raise ValueError("a population is a trial")
    elements = ("target", "context") if with_elements else ()
    runner = opened(simulated.log, elements)
    rows = simulated.assignments.select(
        "user_id", at_us=pl.col("assigned_at").dt.epoch("us"), event="variant"
    ).to_arrow()
    runner.con.register("assignment_rows", rows)
    settings = Settings(
        gap_us=_THRESHOLD_US,
        until_us=until_us,
        productive=PRODUCTIVE_NAMES,
        complete=COMPLETING_NAMES,
        marker={"shown": ("marker_shown",)},
    )
    columns = {name: name for name in (*_COLUMNS, *elements)}
    intake = take_in(runner, settings, columns=columns, excluded_users=())
    assign(runner, settings, "assignments")
    split = split_of(runner)
    cut_us = burst_cut_us(_THRESHOLD_US)
    tally = reduce_events(runner, intake, cut_us=cut_us, seed=0, split=split)
    measure(
        runner,
        tally.shelf,
        ReturnRules(
            threshold_us=_THRESHOLD_US,
            grid_us={_THRESHOLD_US},
            log_end_us=until_us,
            has_productive=True,
            all_returns=False,
        ),
    )
    if with_elements:
        asked = Asked(
            threshold_us=_THRESHOLD_US,
            grid_us=(_THRESHOLD_US,),
            near=None,
            tz="UTC",
            all_returns=False,
        )
        replay(runner, tally.shelf, intake.contents, asked)
    else:
        runner.con.execute("create table replays as select *, false as no_arrow_hit from lags")
    trial = read_trial(runner, cap_us(_THRESHOLD_US))
    ids = runner.con.sql("select user_id from assigned order by assigned_no").pl()
    return runner, trial, ids


def _planted(simulated: Simulated, ids: pl.DataFrame, until_us: int, cap_us: int) -> pl.DataFrame:
    """The planted interruptions that a trial counts, by user and instant."""
    at = pl.col("return_at").dt.epoch("us")
    numbers = ids.with_columns(number=pl.int_range(pl.len()))
    return (
        simulated.interruptions.filter(
            pl.col("followed"), pl.col("gap_seconds") > _THRESHOLD_US / US, at + cap_us <= until_us
        )
        .join(numbers, on="user_id", how="left")
        .with_columns(at_us=at)
        .sort("number", "at_us")
    )


def _same(counted: pl.DataFrame, planted: pl.DataFrame) -> None:
    seconds = planted["reorientation_seconds"].to_numpy()
    alike = counted.height == planted.height and all(
        np.array_equal(counted[found].to_numpy(), values)
        for found, values in (
            ("assigned_no", planted["number"].to_numpy() + 1),
            ("return_us", planted["at_us"].to_numpy()),
            ("reorientation_us", np.rint(seconds * US).astype(np.int64)),
        )
    )
    if not alike:
        raise AssertionError("the returns found are not those planted")


def mean_by_population(
    experiment: str, label: str, records: Sequence[Record], name: str, *, truth: float = 0.0
) -> Figure:
    """A mean over trials less the truth; its error is that of as many draws as populations.

    Trials of one population share its luck, which a mean over trials does not take away.

    Args:
        experiment: Key.
        label: The row of the table.
        records: With `population` and what is asked.
        name: Of the value in the records; trials without one are left out.
        truth: Taken off.
    """
    parts: dict[int, list[float]] = {}
    for record in records:
        if record[name] is not None:
            parts.setdefault(record["population"], []).append(record[name])
    found = mean(experiment, label, [sum(part) / len(part) for part in parts.values()])
    values = [value for part in parts.values() for value in part]
    center = sum(values) / len(values) - truth if values else None
    return Figure(experiment, label, center, found.error, len(values))


@contextmanager
def quickly(draws: int) -> Iterator[None]:
    """The product's effects with so many permutations instead of thousands.

    The test stays exact: of d draws and the one found, floor(0.05 (d + 1)) may lie further out.
    And t distributions are made once where an effect asks for the same one four times; that is
    half of what an effect costs, and changes nothing.
    """
    once = lru_cache(maxsize=8)(scipy.stats.t)
    with (
        mock.patch.object(measured, "compare", partial(compare, draws=draws)),
        mock.patch.object(scipy.stats, "t", once),
    ):
        yield


def productive_minutes(trial: Trial, seed: int) -> Measured:
    """P2, as the guardrails have it."""
    arms = trial.arms(trial.users, "productive_us", unit=60 * US)
    return measured.measured("productive_minutes", "minutes", arms, seed=seed)


@dataclass(frozen=True, slots=True)
class Look:
    """P1 at one of several looks.

    Attributes:
        users: Triggered so far, both arms together.
        ci_lower: Of the sequence; None under 25 users in an arm.
        ci_upper: Of the same.
        fixed_alarm: 0 lies more than 1.96 standard errors away.
    """

    users: int
    ci_lower: float | None
    ci_upper: float | None
    fixed_alarm: bool

    @property
    def alarm(self) -> bool:
        """0 lies outside of the sequence."""
        low, high = self.ci_lower, self.ci_upper
        return low is not None and high is not None and not low <= 0 <= high


def looked_at(
    y: Floats, treated: Bools, seen: Sequence[int], planned_users: int, *, alpha: float
) -> list[Look]:
    """P1's sequence at growing numbers of users.

    `compare` would find the same estimate and error at a hundred times the cost, for a p that no
    look asks.

    Args:
        y: (users) seconds of their first returns, in the order in which they are seen.
        treated: (users) who is in the treatment arm.
        seen: How many of them each look has.
        planned_users: As `sequential` takes them.
        alpha: The same.
    """
    return [
        _look(y[:n][~treated[:n]], y[:n][treated[:n]], planned_users, alpha=alpha) for n in seen
    ]


def _look(control: Floats, treatment: Floats, planned_users: int, *, alpha: float) -> Look:
    users = len(control) + len(treatment)
    if min(len(control), len(treatment)) < MIN_INTERVAL_USERS.value:
        return Look(users, None, None, fixed_alarm=False)
    means = float(control.mean()), float(treatment.mean())
    variance = sum(float(arm.var(ddof=1)) / len(arm) for arm in (control, treatment))
    estimate = means[1] - means[0]
    bare = Difference(
        control=means[0],
        treatment=means[1],
        estimate=estimate,
    )
    found = sequential(bare, variance, users, planned_users, alpha)
    fixed = NormalDist().inv_cdf(1 - alpha / 2) * math.sqrt(variance)
    return Look(users, found.ci_lower, found.ci_upper, fixed_alarm=abs(estimate) > fixed)
