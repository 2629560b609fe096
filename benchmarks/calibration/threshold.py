"""Gates of the inactivity threshold (section 2): a boundary where there is one, none else."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, cast

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
    share,
)
from benchmarks.calibration.logs import Bools, Gaps, Ints, count_gaps
from resume_gap.analysis.inactivity import learn
from resume_gap.constants import FALLBACK_GAP
from resume_gap.results.common import US
from resume_gap.synthetic import gap_log, valley_seconds

_BATCH: Final = 50
_STAMPS: Final = ("exact", "second", "minute")
_STAMP_US: Final = {"exact": 1, "second": US, "minute": 60 * US}
_START_US: Final = 1_735_689_600 * US
_NEAR: Final = 1.5
_MOST: Final = 5
"""Of uneven users the busiest have at most so many times the mean."""
_CLOCK: Final = {"exact": "exact stamps", "second": "whole seconds", "minute": "minutes"}
_SHAPE: Final = {
    "valley": "clear valley",
    "shallow_valley": "shallow valley",
    "lognormal": "lognormal",
    "pareto": "Pareto",
    "loggamma": "log-gamma",
    "merged": "merged mixture",
}


# --- what is drawn ---


def draw_shape(
    seed: int,
    replications: int,
    *,
    shape: Any,  # noqa: ANN401 - a Shape
    stamps: Any,  # noqa: ANN401 - a Stamps
    users: int,
    gaps: int,
    uneven: bool = False,
) -> list[Record]:
    """Logs of `synthetic.gap_log`: users who differ, gaps of one shape, nothing else.

    Args:
        seed: of the batch.
        replications: logs.
        shape: of the gaps.
        stamps: how coarse the clock is.
        users: in each log.
        gaps: of each user; with `uneven` on average.
        uneven: lognormal numbers of gaps, sigma 1, at most five times the mean.
    """
    records = []
    for number in range(replications):
        drawn = seed + number
        per_user = _MOST * gaps if uneven else gaps
        log = gap_log(
            shape, n_users=users, gaps_per_user=per_user, stamps=stamps, seed=drawn, labels=True
        )
        at = log["timestamp"].dt.epoch("us").to_numpy()
        user = np.repeat(np.arange(users), per_user + 1)
        after = log["after_break"].to_numpy()
        if uneven:
            many = np.random.default_rng([drawn, 1]).lognormal(-0.5, 1.0, users)
            keep = np.clip(np.rint(gaps * many), 1, per_user).astype(np.int64)
            stays = np.arange(len(at)) % (per_user + 1) <= keep[user]
            at, user, after = at[stays], user[stays], after[stays]
        records.append(_record(Gaps(at, user, after, users), seed=drawn))
    return records


def draw_kinds(
    seed: int,
    replications: int,
    *,
    stamps: str,
    users: int,
    slow_share: float,
    quick_gaps: int,
    slow_gaps: int,
) -> list[Record]:
    """Quick users (median gap 8 s) and slow ones (40 min), neither with pauses of their own.

    `gap_log`'s `two_kinds` with the share of the slow and the gaps of both at choice.
    """
    records = []
    for number in range(replications):
        rng = np.random.default_rng([seed + number, 2])
        slow = np.arange(users) < round(slow_share * users)
        many = np.where(slow, slow_gaps, quick_gaps)
        user = np.repeat(np.arange(users), many + 1)
        pace = np.exp(0.3 * rng.standard_normal(users)) * np.where(slow, 2400.0, 8.0)
        seconds = pace[user] * np.exp(0.8 * rng.standard_normal(len(user)))
        at = _START_US + np.cumsum(np.maximum(np.rint(seconds * US), 1000).astype(np.int64))
        stamp = _STAMP_US[stamps]
        never = np.zeros(len(at), dtype=np.bool_)
        records.append(_record(Gaps(at // stamp * stamp, user, never, users), seed=seed + number))
    return records


def _record(gaps: Gaps, *, seed: int) -> Record:
    counts, resolution = count_gaps(gaps)
    found = learn(counts, resolution_seconds=resolution, seed=seed)
    record: Record = {
        "learned": found.source == "learned",
        "threshold_s": found.threshold_us / US,
        "valley_seen": found.reason != "no_valley",
    }
    if gaps.after_break.any():
        own, best, fallback = _f1(gaps, found.threshold_us)
        record |= {"f1": own, "best_f1": best, "fallback_f1": fallback}
    return record


def _f1(gaps: Gaps, threshold_us: int) -> tuple[float, float, float]:
    """F1 of finding breaks as gaps longer than the threshold, the best cut's, and 30 minutes'.

    The best cut knows which gaps are breaks and takes the best of all cuts on the very same
    stamped gaps.
    """
    same = gaps.user[1:] == gaps.user[:-1]
    gap: Ints = np.diff(gaps.at_us)[same]
    brk: Bools = gaps.after_break[1:][same]
    order = np.argsort(gap, kind="stable")[::-1]
    gap, brk = gap[order], brk[order]
    hits = np.cumsum(brk)
    f1 = 2 * hits / (np.arange(1, len(gap) + 1) + hits[-1])
    # A cut parts unequal gaps only.
    cuts = np.append(np.flatnonzero(gap[1:] != gap[:-1]), len(gap) - 1)

    def at(threshold_us: int) -> float:
        longer = int(np.searchsorted(-gap, -threshold_us, side="left"))
        return float(f1[longer - 1]) if longer else 0.0

    return (
        round(at(threshold_us), 9),
        round(float(f1[cuts].max()), 9),
        round(at(FALLBACK_GAP.us), 9),
    )


# --- the situations ---


def _shape(key: str, **parameters: Any) -> Experiment:  # noqa: ANN401 - JSON values
    return Experiment(f"threshold.{key}", _BATCH, draw_shape, parameters)


def _kinds(key: str, **parameters: Any) -> Experiment:  # noqa: ANN401 - JSON values
    return Experiment(f"threshold.{key}", _BATCH, draw_kinds, parameters)


def _planted(shape: str, name: str, label: str, **more: Any) -> tuple[Experiment, str]:  # noqa: ANN401
    """One experiment of a planted valley with its label."""
    parameters = {"shape": shape, "stamps": "exact", "users": 200, "gaps": 100, **more}
    return _shape(f"{shape}.{name}", **parameters), f"{_SHAPE[shape]}, {label}"


_VALLEYS: Final = ("valley", "shallow_valley")
_PLANTED: Final = (
    *(_planted(s, c, _CLOCK[c], stamps=c) for s in _VALLEYS for c in _STAMPS),
    *(_planted(s, "uneven", "heavy users", uneven=True) for s in _VALLEYS),
)
_SMALL: Final = tuple(_planted(s, "small", "3,600 gaps", users=60, gaps=60) for s in _VALLEYS)
_HUMPS: Final = ("lognormal", "pareto", "loggamma", "merged")
_NONE: Final = (
    *(_planted(s, c, _CLOCK[c], stamps=c) for s in _HUMPS for c in _STAMPS),
    *(_planted(s, "uneven", "heavy users", uneven=True) for s in _HUMPS),
    *(_planted(s, "small", "3,600 gaps", users=60, gaps=60) for s in _HUMPS),
)
_ALIKE: Final = {"stamps": "exact", "users": 200, "quick_gaps": 100, "slow_gaps": 100}
_KINDS: Final = (
    *(
        (
            _kinds(f"kinds.half.{c}", **{**_ALIKE, "stamps": c, "slow_share": 0.5}),
            f"half of the users slow, {_CLOCK[c]}",
        )
        for c in _STAMPS
    ),
    (_kinds("kinds.quarter", **_ALIKE, slow_share=0.25), "a quarter slow"),
    (_kinds("kinds.some", **_ALIKE, slow_share=0.15), "15 % slow"),
    (
        _kinds(
            "kinds.small",
            **{**_ALIKE, "users": 60, "quick_gaps": 60, "slow_gaps": 60},
            slow_share=0.5,
        ),
        "half slow, 3,600 gaps",
    ),
    (_kinds("kinds.few", **_ALIKE, slow_share=0.08), "8 % of the users slow"),
    (
        _kinds("kinds.seldom", **{**_ALIKE, "slow_gaps": 19}, slow_share=0.25),
        "a quarter slow, with 19 gaps each",
    ),
)
_BEYOND: Final = (
    (
        _kinds("kinds.rare", **{**_ALIKE, "slow_gaps": 4}, slow_share=0.5),
        "half slow, with 4 gaps each",
    ),
)


# --- what is asked ---


def _over(
    situations: Sequence[tuple[Experiment, str]],
    figure: Callable[[str, str, Sequence[Record]], Figure],
) -> Callable[[Records], list[Figure]]:
    return lambda records: [figure(e.key, label, records[e.key]) for e, label in situations]


def _learns(key: str, label: str, records: Sequence[Record]) -> Figure:
    return share(key, label, [r["learned"] for r in records])


def _loss_learned(key: str, label: str, records: Sequence[Record]) -> Figure:
    return mean(key, label, [r["best_f1"] - r["f1"] for r in records if r["learned"]])


def _loss(key: str, label: str, records: Sequence[Record]) -> Figure:
    return mean(key, label, [r["best_f1"] - r["f1"] for r in records])


def _loss_fallback(key: str, label: str, records: Sequence[Record]) -> Figure:
    return mean(key, label, [r["best_f1"] - r["fallback_f1"] for r in records])


_DIPS: Final = {e.key: valley_seconds(cast("Any", e.parameters["shape"])) for e, _ in _PLANTED}


def _near(key: str, label: str, records: Sequence[Record]) -> Figure:
    dip = _DIPS[key]
    near = [dip / _NEAR <= r["threshold_s"] <= dip * _NEAR for r in records if r["learned"]]
    return share(key, label, near)


def _weak(figures: Mapping[str, Sequence[Figure]]) -> str:
    (rare,) = figures["Two kinds of users beyond the guard"]
    learned = {f.label: percent(f) for f in figures["A threshold is learned where there is one"]}
    lost = {f.label: f.value or 0 for f in figures["F1 lost, logs that fall back included"]}
    heavy = "shallow valley, heavy users"
    return f"""\
- **The guard against two kinds of users asks two questions.** The method's section 2 words the
  first: of the users with 20 gaps or more, at most 10 % have mostly long gaps. By its own words it
  cannot see 8 % slow users, or slow users of 19 gaps each. So a valley is
  turned down, too, when most of all long gaps belong to users who have mostly long ones; both cases
  stand in the gate above. What is left: slow users of fewer than five gaps each are not asked, and
  with half of the users so a boundary is learned in {percent(rare)} of the logs.
- **A shallow valley needs data.** With 3,600 gaps a threshold is learned in
  {learned["shallow valley, 3,600 gaps"]} of the logs, with heavy users in {learned[heavy]}: nine of
  ten resamples of users must find a valley 30 % deep, and few users carry most of the gaps. The
  rest falls back to 30 minutes and says so, which costs {lost[heavy]:.3f} of F1 on average there.
- The planted gaps of a user are independent draws. Real gaps come in runs; the bootstrap over users
  allows for that, but nothing here shows how well."""


FAMILY: Final = Family(
    name="threshold",
    planted="""\
Bare gaps (`synthetic.gap_log`): 200 users with 100 gaps each, so 20,000 gaps a log. Users differ:
each one's pace is off by a lognormal factor (sigma 0.3), for work and breaks separately. *Clear
valley*: gaps in work with median 8 s (sigma 1.0), 5 % breaks with median 45 min (sigma 0.7).
*Shallow valley*: 12 s (1.2), 8 % breaks of 40 min (1.0). Without a valley: *lognormal* (20 s,
1.9), *Pareto* (exponent 0.9 from 1 s), *log-gamma* (shape 5, scale 0.7), *merged* (60 % of 10 s
and 40 % of 150 s, sigma 1.4 both: one hump). *Heavy users*: lognormal numbers of gaps (sigma 1, at
most five times the mean). *Two kinds*: users of median gap 8 s and of 40 min (sigma 0.8), none
with pauses. Stamps are cut to whole seconds or minutes where noted. The gaps go through the
product's kernel (`pipeline.bursts`) into `analysis.inactivity.learn`, its 200 resamples included;
no number is handed to it.

The *best cut* knows which gaps were drawn as breaks and takes the best F1 of all cuts of that very
log: an upper bound no method can beat. The *dip* is the least density over log seconds, all users
pooled.""",
    experiments=tuple(e for e, _ in (*_NONE, *_KINDS, *_BEYOND, *_PLANTED, *_SMALL)),
    gates=(
        Gate(
            name="No boundary where there is none",
            what="Share of the logs without a valley in which a threshold is learned all the same.",
            band=Band(high=0.01),
            unit="share",
            figures=_over(_NONE, _learns),
        ),
        Gate(
            name="No boundary between two kinds of users",
            what="The same where quick and slow users make a valley together, but nobody pauses.",
            band=Band(high=0.01),
            unit="share",
            figures=_over(_KINDS, _learns),
        ),
        Gate(
            name="Two kinds of users beyond the guard",
            what="The same where the rule cannot see them by its own words; not part of the gate.",
            band=None,
            unit="share",
            figures=_over(_BEYOND, _learns),
        ),
        Gate(
            name="F1 lost against the best cut",
            what="Mean of best F1 less F1 of the learned threshold, over the logs that learn one.",
            band=Band(high=0.02),
            unit="",
            figures=_over(_PLANTED, _loss_learned),
        ),
        Gate(
            name="Near the dip",
            what="Of the logs that learn a threshold, the share within a factor 1.5 of the dip.",
            band=Band(low=0.90),
            unit="share",
            figures=_over(_PLANTED, _near),
        ),
        Gate(
            name="A threshold is learned where there is one",
            what="Share of logs with a valley that learn a threshold; the others say `fallback`.",
            band=None,
            unit="share",
            figures=_over((*_PLANTED, *_SMALL), _learns),
        ),
        Gate(
            name="F1 lost, logs that fall back included",
            what="As above over all logs: what the user of the tool gets.",
            band=None,
            unit="",
            figures=_over((*_PLANTED, *_SMALL), _loss),
        ),
        Gate(
            name="F1 lost by 30 minutes for all",
            what="What the usual fixed threshold costs in the same logs.",
            band=None,
            unit="",
            figures=_over(_PLANTED, _loss_fallback),
        ),
    ),
    weak=_weak,
)
