"""Gates of the marker replay (section 6): how often each target rule would have been right."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

import numpy as np

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
    ratio,
    ratio_less_ratio,
    share,
)
from benchmarks.calibration.logs import run_log
from benchmarks.calibration.planted import Planted, draw_planted, draw_sums
from benchmarks.calibration.worlds import by_world
from resume_gap.replay.target_rules import POLICIES, RULE_OF
from resume_gap.replay.totals import ThresholdSums
from resume_gap.stats.jackknife import jackknife, wilson
from resume_gap.stats.policies import CHANCE_PARTS

_BATCH: Final = 20
_WORDS: Final = {name: name.replace("_", " ") for name in POLICIES}


# --- what is drawn ---


def draw_worlds(seed: int, replications: int, **planted: Any) -> list[Record]:  # noqa: ANN401
    """Worlds in one run of the pipeline; each record holds what was found and planted.

    Args:
        seed: of the batch.
        replications: worlds.
        **planted: of `planted.Planted`.
    """
    people = Planted(**planted)
    drawn = draw_planted(seed, replications, people)
    run = run_log(
        drawn.log,
        until_us=drawn.until_us,
        columns=("target",),
        with_returns=False,
        with_replay=True,
    )
    truth = {
        name: values.reshape(replications, people.users).sum(axis=1)
        for name, values in drawn.columns.items()
    }
    return [
        {
            "planted": {name: int(values[number]) for name, values in truth.items()},
            **_found(world.sums),
        }
        for number, world in enumerate(by_world(run, replications))
    ]


def draw_direct(seed: int, replications: int, **planted: Any) -> list[Record]:  # noqa: ANN401
    """Per-user sums drawn directly, without a log."""
    return [
        {"planted": {name: int(values.sum()) for name, values in columns.items()}, **found}
        for columns in draw_sums(seed, replications, Planted(**planted))
        for found in [_found(ThresholdSums(columns))]
    ]


def _found(sums: ThresholdSums) -> Record:
    """By policy: hits, chance (in 2520ths), both intervals; and the interruptions."""
    n = sums.columns["eligible"]
    n = n[n > 0]
    record: Record = {"n": int(n.sum())}
    for policy in POLICIES:
        hits, chance = sums.of(policy, "hit"), sums.chance(policy)
        held = wilson(hits, n)
        lift = jackknife(CHANCE_PARTS * hits - chance, n, unit=CHANCE_PARTS)
        low, high = (-np.inf, np.inf) if lift is None else lift.interval()
        record[policy] = {
            "hits": int(hits.sum()),
            "chance": int(chance.sum()),
            "hit": [_plain(held.ci_lower), _plain(held.ci_upper)],
            "lift": [_plain(low), _plain(high)],
        }
    return record


def _plain(value: float | None) -> float | None:
    return None if value is None or not np.isfinite(value) else round(float(value), 9)


# --- the situations ---

_SMALL: Final = {"users": 200, "returns": 3.5}
_LOGS: Final = ((Experiment("hits.logs", _BATCH, draw_worlds, dict(_SMALL)), "logs, 200 users"),)


def _direct(key: str, label: str, **planted: Any) -> tuple[Experiment, str]:  # noqa: ANN401
    return Experiment(f"hits.{key}", 100, draw_direct, planted), label


_SUMS: Final = (
    _direct("sums_200", "200 users", users=200, returns=6.0),
    _direct(
        "sums_heavy",
        "200 heavy users",
        users=200,
        returns=6.0,
        activity_sigma=1.2,
        knowing_sigma=1.2,
    ),
    _direct("sums_1000", "1,000 users", users=1000, returns=4.0),
)
_RARE: Final = (
    _direct(
        "rare",
        "rare, 200 users",
        users=200,
        returns=4.0,
        leaves=0.4,
        knowing=0.8,
        shares=[0.05, 0.05, 0.0, 0.05, 0.85],
    ),
    _direct(
        "rare_60",
        "rare, 60 users",
        users=60,
        returns=4.0,
        leaves=0.4,
        knowing=0.8,
        shares=[0.05, 0.05, 0.0, 0.05, 0.85],
    ),
)
_FEW: Final = (_direct("sums_60", "60 users", users=60, returns=6.0),)


# --- what is asked ---


def _rate(records: Sequence[Record], policy: str) -> float:
    """The population's rate: planted hits over planted interruptions, all worlds pooled."""
    hits = sum(r["planted"][f"{policy}_hit"] for r in records)
    return float(hits / sum(r["planted"]["eligible"] for r in records))


def _chance(policy: str) -> str:
    return RULE_OF[policy].chance


def _off(key: str, label: str, records: Sequence[Record], *, policy: str) -> Figure:
    parts = [
        (
            r[policy]["hits"],
            r["n"],
            r["planted"][f"{policy}_hit"],
            r["planted"]["eligible"],
        )
        for r in records
    ]
    return ratio_less_ratio(key, label, parts)


def _off_chance(key: str, label: str, records: Sequence[Record], *, policy: str) -> Figure:
    parts = [
        (
            r[policy]["chance"] / CHANCE_PARTS,
            r["n"],
            r["planted"][_chance(policy)] / CHANCE_PARTS,
            r["planted"]["eligible"],
        )
        for r in records
    ]
    return ratio_less_ratio(key, label, parts)


def _planted(key: str, label: str, records: Sequence[Record], *, policy: str) -> Figure:
    parts = [(r["planted"][f"{policy}_hit"], r["planted"]["eligible"]) for r in records]
    return ratio(key, label, parts)


def _covered(key: str, label: str, records: Sequence[Record], *, policy: str) -> Figure:
    truth = _rate(records, policy)
    return _holds(key, label, [r[policy]["hit"] for r in records], truth)


def _covered_lift(key: str, label: str, records: Sequence[Record], *, policy: str) -> Figure:
    chance = sum(r["planted"][_chance(policy)] for r in records) / CHANCE_PARTS
    truth = _rate(records, policy) - chance / sum(r["planted"]["eligible"] for r in records)
    return _holds(key, label, [r[policy]["lift"] for r in records], truth)


def _holds(key: str, label: str, limits: Sequence[Sequence[float | None]], truth: float) -> Figure:
    held = [low <= truth <= high for low, high in limits if low is not None and high is not None]
    return share(key, label, held)


def _width(key: str, label: str, records: Sequence[Record], *, policy: str) -> Figure:
    limits = [r[policy]["hit"] for r in records]
    return mean(key, label, [(high - low) / 2 for low, high in limits if low is not None])


def _over(
    situations: Sequence[tuple[Experiment, str]],
    figure: Callable[..., Figure],
    policies: Sequence[str] = POLICIES,
) -> Callable[[Records], list[Figure]]:
    return lambda records: [
        partial(figure, policy=policy)(e.key, f"{_WORDS[policy]}, {label}", records[e.key])
        for e, label in situations
        for policy in policies
    ]


def _weak(figures: Mapping[str, Sequence[Figure]]) -> str:
    rare = figures["Coverage of rare hits, and with few users"]
    lowest = min(rare, key=lambda f: f.value or 0)
    lift = min(figures["Coverage of the lift"], key=lambda f: f.value or 0)
    return f"""\
- **Equality is of one's own making**: the planted places are distinct and nothing ties, so the
  replay must find every hit, and does. Where one event is two rows of the same instant, or elements
  are logged with changing names, no target rule can be judged; the tool sees only the ties.
- Below 15 % the method promises nothing. The lowest coverage found there, or with 60
  users, is {percent(lowest)} ({lowest.label}).
- The lift's interval has no gate; where it is worst it holds the truth in {percent(lift)}
  ({lift.label}). The decision uses one-sided limits of the same errors."""


FAMILY: Final = Family(
    name="hits",
    planted="""\
Logs in which every policy's hits are planted (`benchmarks/calibration/planted.py`): 200 users with
six elements each. Every session leaves five different elements behind: the most used, the one
dwelt on, and the last three, of which one was looked at last and one produced at last. Work resumes
at one of them, chosen knowing which is which with a chance that differs between users, or at any of
the six. A tenth resumes at once, some leave again, the rest searches; the log ends on a date. The
logs go through the whole pipeline. *Heavy users*: lognormal numbers of returns, sigma 1.2 (else
0.5). Without *logs*: the same people's sums by user, drawn directly, so that
only the statistics are asked. The truth of a coverage is the rate planted over all worlds.""",
    experiments=tuple(e for e, _ in (*_LOGS, *_SUMS, *_RARE, *_FEW)),
    gates=(
        Gate(
            name="Planted hits recovered",
            what="Rate found less rate planted, per policy, over the same interruptions.",
            band=Band(-0.001, 0.001),
            unit="share",
            figures=_over(_LOGS, _off),
            of_method=False,
        ),
        Gate(
            name="Planted chance recovered",
            what="The same for hits by chance: one in six, three in six for the list.",
            band=Band(-0.001, 0.001),
            unit="share",
            figures=_over(_LOGS, _off_chance, ("last_touched", "recent_three")),
            of_method=False,
        ),
        Gate(
            name="Coverage of the hit rate",
            what="Share of the worlds whose Wilson interval holds the rate; 200 users or more,"
            " rates of 15 % or more.",
            band=Band(0.92, 0.97),
            unit="share",
            figures=_over((*_LOGS, *_SUMS), _covered),
        ),
        Gate(
            name="Planted hit rate",
            what="Of the followed-up interruptions.",
            band=None,
            unit="share",
            figures=_over((*_LOGS, *_SUMS, *_RARE), _planted),
        ),
        Gate(
            name="Coverage of rare hits, and with few users",
            what="Outside the gate: rates under 15 %, or 60 users.",
            band=None,
            unit="share",
            figures=lambda records: [
                *_over(_RARE, _covered, ("longest_dwell", "most_used"))(records),
                *_over(_FEW, _covered)(records),
            ],
        ),
        Gate(
            name="Coverage of the lift",
            what="Hit less chance by the jackknife over users.",
            band=None,
            unit="share",
            figures=_over((*_LOGS, *_SUMS), _covered_lift),
        ),
        Gate(
            name="Half-width of the hit rate's interval",
            what="Mean over worlds.",
            band=None,
            unit="share",
            figures=_over(_LOGS, _width),
        ),
    ),
    weak=_weak,
)
