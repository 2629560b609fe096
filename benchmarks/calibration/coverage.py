"""Gates of the interval of mean Y (section 4): does it hold the truth as often as it says?"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
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
from benchmarks.calibration.logs import Ints, epoch_us, run_log
from resume_gap.replay.returns import cap_us
from resume_gap.results.common import US
from resume_gap.stats.ratio import effective_users, ratio_of_sums
from resume_gap.synthetic import World, simulate, summary

_BATCH: Final = 10
_SIZES: Final = (60, 200, 1000)
_THRESHOLD_US: Final = 1800 * US
_FRIDAY_NOON: Final = 4.5
"""Days from Monday; the log ends there in its last week, in the middle of work."""


# --- what is drawn ---


def draw_worlds(seed: int, replications: int, **planted: Any) -> list[Record]:  # noqa: ANN401
    """Worlds of 1,000 users in one run of the pipeline; their first 60 and 200 are worlds too."""
    cut_days = 7 * (planted["weeks"] - 1) + _FRIDAY_NOON
    world = World(
        users=max(_SIZES), replications=replications, first_world=0, cut_days=cut_days, **planted
    )
    until_us = epoch_us(world, cut_days)
    simulated = simulate(world, seed=seed)
    run = run_log(
        simulated.log, until_us=until_us, gap_us=_THRESHOLD_US, columns=(), with_returns=False
    )
    sums = run.sums.select(
        world=pl.col("user_id").str.extract(r"^w(\d+)").cast(pl.Int64),
        number=pl.col("user_id").str.extract(r"u(\d+)$").cast(pl.Int64),
        y="reorientation_us",
        n="eligible",
    )
    truth = simulated.interruptions.with_columns(
        eligible=pl.col("return_at").dt.epoch("us") + run.cap_us <= until_us
    )
    records = []
    for number in range(replications):
        mine = sums.filter(pl.col("world") == number)
        y, n = np.zeros((2, max(_SIZES)), dtype=np.int64)
        y[mine["number"].to_numpy()] = mine["y"].to_numpy()
        n[mine["number"].to_numpy()] = mine["n"].to_numpy()
        planted_here = summary(
            truth.filter(pl.col("world") == number),
            pause_seconds=_THRESHOLD_US / US,
            cap_seconds=run.cap_us / US,
        )
        figures = planted_here["reorientation"]
        records.append(
            {
                "truth": [planted_here["eligible"], figures["mean_seconds"]],
                "gave_up": figures["gave_up_share"],
                **_intervals(y, n),
            }
        )
    return records


def draw_sums(seed: int, replications: int, *, tail: float, slower: float) -> list[Record]:
    """Per-user sums drawn directly: Pareto numbers of interruptions, means that rise with them.

    Args:
        seed: of the batch.
        replications: worlds of 1,000 users.
        tail: exponent of the number of interruptions, at most 300 a user.
        slower: a user's mean is multiplied by n to this power.
    """
    records = []
    for number in range(replications):
        rng = np.random.default_rng([seed, number])
        size = (20, max(_SIZES))
        n = np.minimum(np.floor(1 + rng.pareto(tail, size)), 300).astype(np.int64)
        own = 60 * np.exp(0.5 * rng.standard_normal(size)) * n**slower
        y = np.rint(rng.gamma(n / 1.5, 1.5 * own) * US).astype(np.int64)
        # A user's interruptions are gamma draws of variance 1.5 mean^2; their sum is gamma too.
        y = np.minimum(y, n * cap_us(_THRESHOLD_US))
        # Twenty worlds for the truth, the first of them to be estimated.
        total = int(n.sum())
        records.append(
            {
                "truth": [total, int(y.sum()) / total / US],
                "gave_up": 0.0,
                **_intervals(y[0], n[0]),
            }
        )
    return records


def _intervals(y: Ints, n: Ints) -> Record:
    """The product's estimate for the first 60, 200 and 1,000 users; seconds."""
    record: Record = {}
    for size in _SIZES:
        found = ratio_of_sums(y[:size], n[:size])
        values = (found.estimate, found.ci_lower, found.ci_upper)
        record[str(size)] = [None if v is None else round(v / US, 9) for v in values]
        record[f"effective_{size}"] = round(effective_users(n[:size]), 6)
    return record


# --- the situations ---

_BASE: Final = {
    "weeks": 1,
    "attendance_share": 0.5,
    "mid_task_share": 0.8,
    "activity_sigma": 0.6,
    "stretches_per_day_mean": 2.5,
    "stretch_steps_median": 5.0,
    "task_steps_mean": 6.0,
    "look_share": 0.1,
    "short_share": 0.0,
    "call_median_minutes": 40.0,
    "struggler_share": 0.2,
    "struggler_search_factor": 3.0,
}
_WORLDS: Final = {
    "clustered": ("clustered users", {}),
    "heavy": (
        "heavy users",
        {
            "weeks": 3,
            "attendance_share": 0.1,
            "activity_sigma": 1.5,
            "stretches_per_day_mean": 1.5,
        },
    ),
    "abandoning": ("20 % abandonment", {"give_up_share": 0.165}),
}
_PLANTED: Final = tuple(
    (Experiment(f"coverage.{key}", _BATCH, draw_worlds, {**_BASE, **more}), label)
    for key, (label, more) in _WORLDS.items()
)
_DIRECT: Final = (
    (
        Experiment("coverage.pareto", 50, draw_sums, {"tail": 1.5, "slower": 0.0}),
        "Pareto 1.5, means unrelated",
    ),
    (
        Experiment("coverage.pareto_slower", 50, draw_sums, {"tail": 1.5, "slower": 0.2}),
        "Pareto 1.5, heavy users slower",
    ),
)


# --- what is asked ---


def _truth(records: Sequence[Record]) -> float:
    """The population's ratio: planted seconds over planted interruptions, all worlds pooled."""
    there = [r["truth"] for r in records if r["truth"][0]]
    seconds = sum(n * each for n, each in there)
    return float(seconds / sum(n for n, _ in there))


def _covered(key: str, label: str, records: Sequence[Record], *, size: int) -> Figure:
    truth = _truth(records)
    held = [low <= truth <= high for _, low, high in _of(records, size) if low is not None]
    return share(key, label, held)


def _missed(key: str, label: str, records: Sequence[Record], *, size: int, above: bool) -> Figure:
    truth = _truth(records)
    missed = [
        (low > truth if above else high < truth)
        for _, low, high in _of(records, size)
        if low is not None
    ]
    return share(key, label, missed)


def _bias(key: str, label: str, records: Sequence[Record], *, size: int) -> Figure:
    truth = _truth(records)
    return mean(key, label, [e - truth for e, _, _ in _of(records, size) if e is not None])


def _width(key: str, label: str, records: Sequence[Record], *, size: int) -> Figure:
    halves = [(high - low) / 2 for _, low, high in _of(records, size) if low is not None]
    return mean(key, label, halves)


def _effective(key: str, label: str, records: Sequence[Record], *, size: int) -> Figure:
    return mean(key, label, [r[f"effective_{size}"] for r in records])


def _gave_up(key: str, label: str, records: Sequence[Record]) -> Figure:
    return mean(key, label, [r["gave_up"] for r in records if r["gave_up"] is not None])


def _of(records: Sequence[Record], size: int) -> list[Any]:
    return [r[str(size)] for r in records]


def _over(
    situations: Sequence[tuple[Experiment, str]],
    figure: Callable[..., Figure],
    *,
    sizes: tuple[int, ...] = _SIZES,
    **more: Any,  # noqa: ANN401 - passed on
) -> Callable[[Records], list[Figure]]:
    return lambda records: [
        partial(figure, size=size, **more)(e.key, f"{label}, {size:,} users", records[e.key])
        for e, label in situations
        for size in sizes
    ]


def _weak(figures: Mapping[str, Sequence[Figure]]) -> str:
    by = {f.label: f for f in figures["Coverage where few users carry everything"]}
    slower = [by[f"Pareto 1.5, heavy users slower, {size:,} users"] for size in _SIZES]
    held = ", ".join(percent(f) for f in slower)
    low, high = (
        [f for f in figures[f"Interval {side} the truth"] if f.label.endswith(", 60 users")]
        for side in ("below", "above")
    )
    tails = "; ".join(
        f"{f.label.removesuffix(', 60 users')} {percent(f)} and {percent(g)}"
        for f, g in zip(low, high, strict=True)
    )
    return f"""\
- **Few users who carry most interruptions and differ from the rest** are what a delta method over
  users cannot see when none of them is in the sample. With Pareto numbers of interruptions and
  heavy users who are slower too, the interval holds the truth in {held} of the
  worlds with 60, 200 and 1,000 users. Effective users - 1 degrees of freedom widen it, not enough.
- The two tails are not alike, since Y is skewed and the interval is symmetric. With 60 users the
  whole interval lies too low and too high in: {tails}. A one-sided limit has another level than
  2.5 %.
- In these worlds users are independent. Teams that are interrupted together are not, and no
  interval of the tool allows for that."""


FAMILY: Final = Family(
    name="coverage",
    planted="""\
Whole logs through the whole pipeline, many worlds in one run with the world in the user's id. A
world is one week of 1,000 users who are interrupted, search, resume or give up; the first 60 and
the first 200 users of each are worlds of their own, so the three sizes of a situation share their
luck (situations do not). Users are clusters: a fifth search three times as long, roles differ by up
to 1.75, lognormal activity (sigma 0.6) moves the number of interruptions. *Heavy users*: activity
of sigma 1.5 over three weeks, up to a hundred interruptions of one user beside many with none.
*20 % abandonment*: that share of the returns is left again before any work. The log ends on Friday
noon, in the middle of work. Threshold 30 min, cap 15 min. A world with fewer than 25 interrupted
users gets no interval and is not counted (n says how many are left).

The estimand is the ratio of sums over the population of users: expected seconds of Y per user over
expected eligible interruptions per user, that is the mean over interruptions, where a user counts
as often as interrupted. The truth is the planted value of that ratio, from the simulator's own
account of every interruption, pooled over all worlds of a row (its error is about a twentieth of
one interval's at 400 worlds of 1,000 users). Estimate and interval are
`stats.ratio.ratio_of_sums` on the sums of each user (`replay/user_counts.py`).""",
    experiments=tuple(e for e, _ in (*_PLANTED, *_DIRECT)),
    gates=(
        Gate(
            name="Coverage of the 95 % interval of mean Y",
            what="Share of the worlds whose interval holds the truth, at 200 and 1,000 users.",
            band=Band(0.93, 0.97),
            unit="share",
            figures=_over(_PLANTED, _covered, sizes=(200, 1000)),
        ),
        Gate(
            name="Coverage with 60 users",
            what="The same at 60 users, where the method sets no band.",
            band=None,
            unit="share",
            figures=_over(_PLANTED, _covered, sizes=(60,)),
        ),
        Gate(
            name="Interval above the truth",
            what="Share of the worlds whose whole interval lies too high; 2.5 % would be even.",
            band=None,
            unit="share",
            figures=_over(_PLANTED, _missed, above=True),
        ),
        Gate(
            name="Interval below the truth",
            what="Share of the worlds whose whole interval lies too low.",
            band=None,
            unit="share",
            figures=_over(_PLANTED, _missed, above=False),
        ),
        Gate(
            name="Bias of the estimate",
            what="Mean of estimate less truth: a ratio of sums is biased in small samples.",
            band=None,
            unit="s",
            figures=_over(_PLANTED, _bias),
        ),
        Gate(
            name="Half-width of the interval",
            what="Mean over worlds.",
            band=None,
            unit="s",
            figures=_over(_PLANTED, _width),
        ),
        Gate(
            name="Effective users",
            what="(sum n)^2 / sum n^2, mean over worlds.",
            band=None,
            unit="",
            figures=_over((*_PLANTED, *_DIRECT), _effective),
        ),
        Gate(
            name="Planted share that gives up",
            what="Of the eligible interruptions, mean over worlds.",
            band=None,
            unit="share",
            figures=lambda records: [
                _gave_up(e.key, label, records[e.key]) for e, label in _PLANTED
            ],
        ),
        Gate(
            name="Coverage where few users carry everything",
            what="Per-user sums drawn directly, harsher than any world above; no gate.",
            band=None,
            unit="share",
            figures=_over(_DIRECT, _covered),
        ),
    ),
    weak=_weak,
)
