"""Gates of what is said before a launch (sections 7 and 8): how many users, how much at most."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import polars as pl

from benchmarks.calibration.gates import (
    Band,
    Experiment,
    Family,
    Figure,
    Gate,
    Record,
    Records,
    mean,
    percent,
    share,
)
from benchmarks.calibration.logs import (
    COMPLETING_NAMES,
    PRODUCTIVE_NAMES,
    Bools,
    Floats,
    Ints,
    epoch_us,
    opened,
    run_log,
)
from benchmarks.calibration.ranges import LESS_WORK, world_of
from benchmarks.calibration.streams import START_US
from benchmarks.calibration.trials import quickly
from benchmarks.calibration.worlds import by_world
from resume_gap.analysis.opportunity import opportunity
from resume_gap.analysis.target_rules import SizingInputs
from resume_gap.arrays import NEVER
from resume_gap.constants import ACTIVE_BEFORE, FALLBACK_GAP
from resume_gap.pipeline.bursts import HistorySplit
from resume_gap.pipeline.intake import take_in
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.reduction import burst_cut_us, reduce_events
from resume_gap.replay.returns import ReturnRules, cap_us, measure
from resume_gap.results.analyze import Excess
from resume_gap.results.plan import Plan
from resume_gap.results.primary_cap import PrimaryCap
from resume_gap.settings import Settings
from resume_gap.stats.power import detectable
from resume_gap.stats.trigger_rate import PseudoLaunches
from resume_gap.synthetic import simulate
from resume_gap.trial.assignments import assign_everybody
from resume_gap.trial.data import read_trial
from resume_gap.trial.launches import LogSpan, launch_times
from resume_gap.trial.plan import PilotLog, plan_of
from resume_gap.units import US, WEEK_US

_BATCH: Final = 50
_CI: Final = 5
_WEEKS: Final = 6
_AFTER: Final = 8
_HORIZONS: Final = (1, 2, 4, 8)
_END_US: Final = START_US + _WEEKS * WEEK_US
_CAP_US: Final = cap_us(FALLBACK_GAP.us)
_APART_US: Final = 2 * 3600 * US
_FRIDAY_NOON: Final = 4.5
_NO_EXCESS: Final = Excess(reason="no_controls")
"""It bounds no search and no give-ups."""


# --- what is drawn ---


@dataclass(frozen=True, slots=True)
class _Visits:
    """Visits of the people of many worlds, by person and instant; each looks and then works.

    Attributes:
        user: (visits) number of the person.
        at_us: (visits) beginning.
        lag_us: (visits) from there to the work.
        interrupted: (visits) whether the one before ended in the middle of work.
        mid_task: (visits) whether this one does.
    """

    user: Ints
    at_us: Ints
    lag_us: Ints
    interrupted: Bools
    mid_task: Bools


def _visits(seed: int, people: int, churn: float, leave_weeks: int) -> _Visits:
    """Two visits a week in the median, of people who differ."""
    rng = np.random.default_rng([seed, 3])
    weeks = _WEEKS + _AFTER
    counts = rng.poisson(2 * weeks * np.exp(0.6 * rng.standard_normal(people)))
    user = np.repeat(np.arange(people), counts)
    at = START_US + np.rint(rng.random(len(user)) * weeks * WEEK_US).astype(np.int64)
    leaves = np.where(rng.random(people) < churn, rng.random(people) * leave_weeks, np.inf)
    order = np.lexsort((at, user))
    user, at = user[order], at[order]
    there = (at - START_US < leaves[user] * WEEK_US) & (
        np.diff(at, prepend=0) + (np.diff(user, prepend=-1) > 0) * NEVER // 4 >= _APART_US
    )
    user, at = user[there], at[there]
    slow = np.exp(0.5 * rng.standard_normal(people))
    lag = np.clip(30 * slow[user] * np.exp(rng.standard_normal(len(user))), 1, 600)
    mid_task = rng.random(len(user)) < 0.5
    interrupted = np.zeros(len(user), dtype=np.bool_)
    interrupted[1:] = mid_task[:-1] & (user[1:] == user[:-1])
    return _Visits(user, at, np.rint(lag * US).astype(np.int64), interrupted, mid_task)


def _log(visits: _Visits, users: int) -> pl.DataFrame:
    """The events up to the end of the log."""
    work = visits.at_us + visits.lag_us
    done = ~visits.mid_task
    parts = (
        (visits.user, visits.at_us, "view"),
        (visits.user, work, "edit_cell"),
        (visits.user[done], work[done] + 5 * US, "submit"),
    )
    whole = pl.concat(
        [
            pl.DataFrame({"user": user, "at": at}).with_columns(event=pl.lit(name))
            for user, at, name in parts
        ]
    ).filter(pl.col("at") < _END_US)
    number = pl.col("user")
    return whole.sort("user", "at").select(
        user_id=pl.format("w{}-u{}", number // users, number % users),
        timestamp=pl.col("at").cast(pl.Datetime("us", "UTC")),
        event="event",
    )


def draw_plans(
    seed: int, replications: int, *, users: int, churn: float, leave_weeks: int
) -> list[Record]:
    """Logs of six weeks, the plan of each, and what the eight weeks after it show.

    Args:
        seed: of the batch.
        replications: worlds, in one run of the pipeline.
        users: of each.
        churn: share of those who leave for good.
        leave_weeks: each at an instant drawn evenly from so many weeks.
    """
    visits = _visits(seed, replications * users, churn, leave_weeks)
    runner = _through_the_pipeline(_log(visits, users))
    first_us, last_us, _ = runner.row("17_log_span")
    span = LogSpan(first_us, last_us, _CAP_US)
    launches = _launches(runner, span)
    assign_everybody(runner, (span.first_us + span.last_us) // 2)
    trial = read_trial(runner, _CAP_US)
    ids = runner.con.sql("select user_id from assigned order by assigned_no").pl()["user_id"]
    number = ids.str.extract(r"^w(\d+)").cast(pl.Int64).to_numpy()
    runner.con.close()
    after = _after(visits, users)
    variance = float(np.concatenate([one.lags for one in after]).var(ddof=1))
    cap = PrimaryCap(seconds=_CAP_US / US, reason="not_measured")
    records = []
    for world, known in enumerate(after):
        mine = pl.col("assigned_no").is_in((np.flatnonzero(number == world) + 1).tolist())
        some = replace(trial, users=trial.users.filter(mine), returns=trial.returns.filter(mine))
        pilot = PilotLog(some, _of_world(launches, world, span), seed)
        with quickly(100):
            records.append(_record(plan_of(pilot, Settings(), cap), known, variance))
    return records


def _through_the_pipeline(log: pl.DataFrame) -> Runner:
    runner = opened(log, ())
    settings = Settings(
        gap_us=FALLBACK_GAP.us,
        until_us=_END_US,
        productive=PRODUCTIVE_NAMES,
        complete=COMPLETING_NAMES,
    )
    columns = {name: name for name in ("user_id", "timestamp", "event")}
    intake = take_in(runner, settings, columns=columns, excluded_users=())
    first, last, streams = runner.row("17_log_span")
    half = np.full(streams + 1, (first + last) // 2, dtype=np.int64)
    split = HistorySplit(at_us=half, learn_before_us=NEVER)
    cut_us = burst_cut_us(FALLBACK_GAP.us)
    tally = reduce_events(runner, intake, cut_us=cut_us, seed=0, split=split)
    measure(
        runner,
        tally.shelf,
        ReturnRules(
            threshold_us=FALLBACK_GAP.us,
            grid_us={FALLBACK_GAP.us},
            log_end_us=_END_US,
            has_productive=True,
            all_returns=False,
        ),
    )
    runner.con.execute("create table replays as select *, false as no_arrow_hit from lags")
    return runner


def _launches(runner: Runner, span: LogSpan) -> pl.DataFrame:
    """The product's pseudo-launches, with the world of each user."""
    times = launch_times(span)
    runner.let(
        launches_us=[*times, span.last_us + 1], active_before_us=ACTIVE_BEFORE.us, everybody=False
    )
    users = runner.con.sql("select distinct user_no, user_id from streams").pl()
    world = pl.col("user_id").str.extract(r"^w(\d+)").cast(pl.Int64)
    named = users.select("user_no", world=world)
    found: pl.DataFrame = runner.read("75_launch_waits").pl()
    return found.join(named, on="user_no", how="left")


def _of_world(launches: pl.DataFrame, world: int, span: LogSpan) -> PseudoLaunches:
    """As `trial.launches` puts them together for one log."""
    times = launch_times(span)
    mine = launches.filter(pl.col("world") == world)
    rows = mine.filter(pl.col("launch_no") < len(times))
    return PseudoLaunches(
        launch=rows["launch_no"].to_numpy().astype(np.int64),
        user=rows["user_no"].rank("dense").to_numpy().astype(np.int64) - 1,
        wait_us=rows["wait_us"].fill_null(NEVER).to_numpy().astype(np.int64),
        followed_us=np.maximum(span.last_us - span.cap_us - np.array(times, dtype=np.int64), 1),
        active=mine.height - rows.height,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What the weeks after the log show of one world.

    Attributes:
        active: Users of the last 14 days before its end.
        waits_us: (triggered) from the end to the first interruption of each of them.
        lags: (triggered) seconds to work at it.
    """

    active: int
    waits_us: Ints
    lags: Floats


def _after(visits: _Visits, users: int) -> list[_Known]:
    """The truth of every world."""
    people = int(visits.user.max()) // users * users + users
    ends = visits.at_us + visits.lag_us
    active = np.zeros(people, dtype=np.bool_)
    active[visits.user[(visits.at_us < _END_US) & (ends >= _END_US - ACTIVE_BEFORE.us)]] = True
    later = np.flatnonzero(visits.interrupted & (visits.at_us >= _END_US))
    user, head = np.unique(visits.user[later], return_index=True)
    row = later[head][active[user]]
    world = visits.user[row] // users
    seconds = np.minimum(visits.lag_us[row], _CAP_US) / US
    return [
        _Known(
            int(active[one * users : (one + 1) * users].sum()),
            visits.at_us[row[world == one]] - _END_US,
            seconds[world == one],
        )
        for one in range(people // users)
    ]


def _record(planned: Plan, known: _Known, variance: float) -> Record:
    """Trigger rates and smallest effects as printed, each with its truth."""
    found: Record = {"active": known.active, "rates": [], "effects": []}
    for row in planned.rows:
        triggered = int((known.waits_us <= row.weeks * WEEK_US).sum())
        rate = (row.trigger_rate_lower, row.trigger_rate_upper, triggered / max(known.active, 1))
        effect = (
            row.mde_lower_seconds,
            row.mde_upper_seconds,
            detectable(variance, triggered, power=planned.power, alpha=planned.alpha),
        )
        found["rates"].append([round(v, 9) for v in rate])
        found["effects"].append([None if v is None else round(v, 6) for v in effect])
    return found


def draw_give_ups(seed: int, replications: int, **planted: Any) -> list[Record]:  # noqa: ANN401
    """The bound with give-ups before a launch, and what the marker would save.

    Args:
        seed: of the batch.
        replications: worlds.
        **planted: parameters of the world that differ from those of the preset `give_ups`.
    """
    world = world_of(
        "give_ups", replications, {"launch": "none", "marker_events": "none", **planted}
    )
    simulated = simulate(world, seed=seed)
    until_us = epoch_us(world, _FRIDAY_NOON)
    run = run_log(simulated.log, until_us=until_us, with_returns=False, with_replay=True)
    rows = simulated.interruptions.filter(
        pl.col("gap_seconds") * US > FALLBACK_GAP.us,
        pl.col("return_at").dt.epoch("us") + _CAP_US <= until_us,
    )
    saved = pl.col("reorientation_without_seconds") - pl.col("reorientation_with_seconds")
    truth = dict(rows.group_by("world").agg(saved.mean()).iter_rows())
    sizing = SizingInputs(settings=Settings(), cap_us=_CAP_US, weeks=1.0)
    records = []
    for number, one in enumerate(by_world(run, replications)):
        found = opportunity(
            one.sums,
            "last_touched",
            _NO_EXCESS,
            sizing,
            interruptions=int(one.sums.columns["eligible"].sum()),
        )
        records.append(
            {
                "search": found.search_upper_seconds,
                "bound": found.with_give_ups.ci_upper,
                "truth": round(float(truth.get(number, 0.0)), 6),
            }
        )
    return records


# --- the situations ---


def _planned(key: str, label: str, churn: float, leave_weeks: int) -> tuple[Experiment, str]:
    parameters = {"users": 400, "churn": churn, "leave_weeks": leave_weeks}
    return Experiment(f"planning.{key}", _BATCH, draw_plans, parameters, _CI), label


_PLANS: Final = (
    _planned("steady", "nobody leaves", 0.0, _WEEKS),
    _planned("left", "60 % leave while the log lasts", 0.6, _WEEKS),
    _planned("leaving", "60 % leave, in the log or the trial", 0.6, _WEEKS + _AFTER),
)


def _kept(key: str, label: str, **more: Any) -> tuple[Experiment, str]:  # noqa: ANN401
    parameters = {
        **LESS_WORK,
        "users": 120,
        "stretch_steps_median": 6.0,
        "give_up_share": 0.25,
        **more,
    }
    return Experiment(f"planning.{key}", 20, draw_give_ups, parameters, _CI), label


_GIVE_UPS: Final = (
    _kept("give_ups", "a marker that keeps nine tenths from giving up"),
    _kept(
        "all_kept",
        "a marker that everybody notices and that keeps all",
        noticed_share=1.0,
        give_ups_prevented_share=1.0,
    ),
)


# --- what is asked ---


def _held(what: str) -> Callable[[Records], list[Figure]]:
    """Shares of the plans whose range holds the truth, by horizon."""
    return lambda records: [
        share(
            e.key,
            f"{label}, {weeks} week{'s' if weeks > 1 else ''}",
            [_holds(r[what][at]) for r in records[e.key]],
        )
        for e, label in _PLANS
        for at, weeks in enumerate(_HORIZONS)
    ]


def _holds(found: Sequence[float | None]) -> bool:
    """Lower end, upper end and truth; an effect that too few users find at all is infinite."""
    low, high, truth = (math.inf if value is None else value for value in found)
    return low <= truth <= high


def _width(records: Records) -> list[Figure]:
    return [
        mean(
            e.key,
            f"{label}, {weeks} week{'s' if weeks > 1 else ''}",
            [r["rates"][at][1] - r["rates"][at][0] for r in records[e.key]],
        )
        for e, label in _PLANS
        for at, weeks in enumerate(_HORIZONS)
    ]


def _under(name: str) -> Callable[[Records], list[Figure]]:
    return lambda records: [
        share(e.key, label, [r["truth"] <= r[name] for r in records[e.key]])
        for e, label in _GIVE_UPS
    ]


def _seconds(name: str) -> Callable[[Records], list[Figure]]:
    return lambda records: [
        mean(e.key, label, [r[name] for r in records[e.key]]) for e, label in _GIVE_UPS
    ]


def _weak(figures: Mapping[str, Sequence[Figure]]) -> str:
    wide = figures["Width of the trigger rate's range"][-1]
    alone = figures["The bound of search alone holds what is saved"][0]
    return f"""\
- **Beyond the log the range is wide**: with users who leave it spans {percent(wide)} of all users
  eight weeks ahead, as a log of six weeks does not know whether they will go on to leave.
- A bound of search alone holds what a marker saves that keeps people from giving up in
  {percent(alone)} of the worlds; that is what the second bound is for."""


FAMILY: Final = Family(
    name="planning",
    planted="""\
*Trigger rate*: 400 people with two visits a week in the median (sigma 0.6); half of the visits end
in the middle of work. Their log of six weeks goes through the pipeline into `trial.plan`; then the
next eight weeks show how many of those who were active in its last 14 days are interrupted by when,
and so which effect their number finds. 60 % leave for good, evenly spread over the log, or over the
log and the weeks after it.

*Give-ups*: 120 users of the preset `give_ups` (see Ranges) before a launch; the bound is the one
that `analyze` prints for the element last touched, the truth is what the simulator saves in these
very returns when it shows the marker at each.""",
    experiments=(*(e for e, _ in _PLANS), *(e for e, _ in _GIVE_UPS)),
    gates=(
        Gate(
            name="The range of the trigger rate holds the truth",
            what="Share of the plans, by how long after the launch.",
            band=Band(low=0.9),
            unit="share",
            figures=_held("rates"),
        ),
        Gate(
            name="The range of the smallest effect holds the truth",
            what="The same of the smallest effect found with 80 % power; under 25 users an arm none"
            " is found, which counts as an infinite one.",
            band=Band(low=0.9),
            unit="share",
            figures=_held("effects"),
        ),
        Gate(
            name="The bound with give-ups holds what is saved",
            what="Share of the worlds in which the marker saves no more than the printed bound.",
            band=Band(low=0.94),
            unit="share",
            figures=_under("bound"),
        ),
        Gate(
            name="The bound of search alone holds what is saved",
            what="The same of the bound without give-ups, whose assumption is broken here.",
            band=None,
            unit="share",
            figures=_under("search"),
        ),
        Gate(
            name="What is saved, per interruption",
            what="Mean of the truth.",
            band=None,
            unit="s",
            figures=_seconds("truth"),
        ),
        Gate(
            name="The bound with give-ups",
            what="Its mean.",
            band=None,
            unit="s",
            figures=_seconds("bound"),
        ),
        Gate(
            name="Width of the trigger rate's range",
            what="Mean of upper less lower end.",
            band=None,
            unit="share",
            figures=_width,
        ),
    ),
    weak=_weak,
)
