"""Gates of a world in which the marker changes who comes back (section 8)."""

from collections.abc import Callable, Mapping, Sequence
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
    share,
)
from benchmarks.calibration.logs import Ints
from benchmarks.calibration.luck import Luck
from benchmarks.calibration.trials import (
    CLUSTERED,
    MARKER,
    Population,
    mean_by_population,
    populate,
    quickly,
)
from resume_gap.results.common import US
from resume_gap.stats.selection import SelectionBounds, lee_bounds
from resume_gap.trial import effects

_BATCH: Final = 100
_USERS: Final = 1000
_FEWER: Final = 200
_DRAWS: Final = 100
_FLAG: Final = "returns_may_differ"


# --- what is drawn ---


def draw_worlds(seed: int, replications: int, **planted: Any) -> list[Record]:  # noqa: ANN401
    """Trials of some users of one population, in the arms they were simulated in.

    Args:
        seed: of the batch.
        replications: trials of 1,000 users; the bounds are asked of their first 200, too.
        **planted: parameters of `populate`.
    """
    people = populate(seed, **planted)
    treated = people.treated_rows
    luck = {"first": Luck(people, 0), "second": Luck(people, 1)}
    control = people.effects[~treated]
    counts = np.diff(people.edges)
    shared: Record = {
        "population": seed,
        # Rows that either arm would have shown: those of the control arm.
        "truth": [len(control), float(control.mean())],
        "rows": [
            float(counts[~people.trial.treated].mean()),
            float(counts[people.trial.treated].mean()),
        ],
    }
    records = []
    for number in range(replications):
        rng = np.random.default_rng([seed, 7, number])
        picked = rng.choice(people.users, _USERS, replace=False)
        records.append({**shared, **_found(people, luck, picked, number)})
    return records


def _found(people: Population, luck: Mapping[str, Luck], picked: Ints, seed: int) -> Record:
    trial, fewer = people.some(picked), people.some(picked[:_FEWER])
    with quickly(_DRAWS):
        primary = effects.first_return(trial, seed).effect
        everything = effects.all_returns(trial, (effects.return_rate(trial, seed),), seed).effect
    if primary.estimate is None or everything.estimate is None:
        raise AssertionError("a trial of this size has estimates")
    second = trial.counted.filter(trial.counted["exposure"] == 2)
    control, treatment = trial.arms(second, "reorientation_us", unit=US)
    later = float(treatment.numerators.mean() - control.numerators.mean())
    first = luck["first"]
    return {
        "plain": round(primary.estimate - first.truth, 9),
        "bias": round(primary.estimate - first.truth - first.of(picked), 9),
        "second": round(later - luck["second"].truth - luck["second"].of(picked), 9),
        "P3": round(everything.estimate, 9),
        "flagged": everything.flag == _FLAG,
        f"bounds_{_USERS}": _rounded(lee_bounds(*trial.seen())),
        f"bounds_{_FEWER}": _rounded(lee_bounds(*fewer.seen())),
    }


def _rounded(bounds: SelectionBounds) -> list[float | None]:
    values = (bounds.lower, bounds.upper, bounds.ci_lower, bounds.ci_upper, bounds.trimmed_share)
    return [None if v is None else round(v, 9) for v in values]


# --- the situations ---

_SELECTION: Final = (
    Experiment(
        "selection.keeps",
        _BATCH,
        draw_worlds,
        {
            **CLUSTERED,
            **MARKER,
            "weeks": 2,
            "cut_days": 11.5,
            "attendance_share": 0.8,
            "stretches_per_day_mean": 1.6,
            "struggler_share": 0.4,
            "struggler_search_factor": 3.0,
            "quit_share": 0.3,
            "quit_factor_with_marker": 0.1,
        },
    ),
    "the marker keeps strugglers",
)


# --- what is asked ---


def _means(name: str) -> Callable[[Records], list[Figure]]:
    experiment, label = _SELECTION
    return lambda records: [
        mean_by_population(experiment.key, label, records[experiment.key], name)
    ]


def _flagged(records: Records) -> list[Figure]:
    experiment, label = _SELECTION
    return [share(experiment.key, label, [r["flagged"] for r in records[experiment.key]])]


def _truth(records: Sequence[Record]) -> float:
    """Over the rows that either arm would have shown, all populations pooled."""
    truths = [r["truth"] for r in records]
    return float(sum(n * each for n, each in truths) / sum(n for n, _ in truths))


def _bias_of_all(records: Records) -> list[Figure]:
    experiment, label = _SELECTION
    own = records[experiment.key]
    return [mean_by_population(experiment.key, label, own, "P3", truth=_truth(own))]


def _of_bounds(
    figure: Callable[[str, str, list[Any]], Figure], asked: Callable[[list[float], float], Any]
) -> Callable[[Records], list[Figure]]:
    """A figure of what is asked of the five numbers and the truth, for both sizes."""

    def figures(records: Records) -> list[Figure]:
        own = records[_SELECTION[0].key]
        truth = _truth(own)
        found = []
        for size in (_FEWER, _USERS):
            bounds = [r[f"bounds_{size}"] for r in own]
            values = [asked(numbers, truth) for numbers in bounds if numbers[0] is not None]
            found.append(figure(_SELECTION[0].key, f"{size:,} users", values))
        return found

    return figures


def _rows(records: Records) -> list[Figure]:
    key = _SELECTION[0].key
    return [
        mean(key, arm, [r["rows"][place] for r in records[key]])
        for place, arm in enumerate(("control", "treatment"))
    ]


def _planted(records: Records) -> list[Figure]:
    key = _SELECTION[0].key
    return [
        mean(
            key,
            "interruptions that either arm would have shown",
            [r["truth"][1] for r in records[key]],
        )
    ]


def _weak(figures: Mapping[str, Sequence[Figure]]) -> str:
    second = figures["Bias of second returns"][0].value or 0
    points = figures["The point bounds hold the truth"]
    trimmed = figures["Share that is trimmed"]
    width = [f.value or 0 for f in figures["Half-width of the Imbens-Manski interval"]]
    return f"""\
- **Only first returns are safe.** From the second return on it is the marker that decides who is
  still there: what is unbiased for the first is off by {second:+.1f} s for the second.
- The interval of what is common to both arms is honest and wide: +- {width[1]:.0f} s with 1,000
  users, {width[0]:.0f} s with 200. So much is trimmed here ({percent(trimmed[1])}) that the truth
  lies far inside of it; where less is, the bounds come close to each other and their own error
  counts. Without it, they hold the truth in {percent(points[0])} of the trials of 200 users.
- The selection is strong, and a weaker one was not drawn. P3 is flagged unless return rates are
  shown to be equal; with enough users they will be where the rates differ by under 2 %, and what so
  little selection does to P3 is not shown here.
- The bounds assume that the marker only adds interruptions, or only takes some away. Here it keeps
  people and spares them giving up, which adds. A marker that does both at once has no truth for
  them to hold."""


FAMILY: Final = Family(
    name="selection",
    planted="""\
The selection world: 40 % of the users are strugglers, who search three times as long, and of each
interruption from the first return of the trial on, three in ten never come back; once they have
noticed a marker it is three in a hundred. So the treatment keeps slow people in the log. Whole
logs of 8,000 users and eleven days, assigned on the second; each trial of a batch is 1,000 of
them, drawn without replacement, in the arms in which they were simulated, and its first 200.
Every planted return must be found with its planted time, or the run stops.

*Truth of P1*: what the two potential outcomes of each user's first return after the assignment
differ by, users of both arms. One return of these users goes 280 s better or worse, so plain
means would need millions of users to show half a second. The simulator knows most of that luck,
and two parts of it that no marker can move are taken off each estimate: by how much a return went
better or worse than returns of its kind of user (role, struggler or not) do, and how many users
of each kind were tossed into which arm. Both have mean 0 whoever comes back, for who quits depends
on the kind of user and never on how a return went. What is left is who was measured and whether
he was measured right. *Second returns* are given the same treatment, to show that it takes off no
bias where there is one.

*Truth of the bounds*: the effect on the interruptions that either arm would have shown. The
marker keeps people and makes nobody quit, so whatever control shows, treatment would have shown,
too; and what a return's two outcomes are depends on the user, the gap and luck, not on the arm's
past. So it is the mean of with - without over the interruptions of the control arm, pooled over
all populations.""",
    experiments=(_SELECTION[0],),
    gates=(
        Gate(
            name="Bias of P1 where the marker keeps people",
            what="Mean of estimate less truth, less luck, 1,000 users. Trials of a population share"
            " what luck is left, so the error is that between populations.",
            band=Band(-0.5, 0.5),
            unit="s",
            figures=_means("bias"),
        ),
        Gate(
            name="P3 is flagged",
            what="Share of the trials of 1,000 users whose return rates are not shown to be equal.",
            band=Band(0.95, None),
            unit="share",
            figures=_flagged,
        ),
        Gate(
            name="The Imbens-Manski interval holds the truth",
            what="Share of the trials, for the interval around the Lee bounds.",
            band=Band(0.95, None),
            unit="share",
            figures=_of_bounds(share, lambda b, truth: b[2] <= truth <= b[3]),
        ),
        Gate(
            name="The point bounds hold the truth",
            what="The same for the bounds without their error.",
            band=None,
            unit="share",
            figures=_of_bounds(share, lambda b, truth: b[0] <= truth <= b[1]),
        ),
        Gate(
            name="Bias of P1, luck included",
            what="Mean of estimate less truth as it is.",
            band=None,
            unit="s",
            figures=_means("plain"),
        ),
        Gate(
            name="Bias of second returns",
            what="The same as the first table, had each user's second return been taken.",
            band=None,
            unit="s",
            figures=_means("second"),
        ),
        Gate(
            name="Bias of P3",
            what="All interruptions: mean of estimate less the truth of the bounds, luck included.",
            band=None,
            unit="s",
            figures=_bias_of_all,
        ),
        Gate(
            name="Effect common to both arms",
            what="The truth of the bounds, mean over populations.",
            band=None,
            unit="s",
            figures=_planted,
        ),
        Gate(
            name="Half-width of the Imbens-Manski interval",
            what="Mean over trials.",
            band=None,
            unit="s",
            figures=_of_bounds(mean, lambda b, _: (b[3] - b[2]) / 2),
        ),
        Gate(
            name="Share that is trimmed",
            what="Of the interruptions of the arm with more of them, mean over trials.",
            band=None,
            unit="share",
            figures=_of_bounds(mean, lambda b, _: b[4]),
        ),
        Gate(
            name="Interruptions a user",
            what="Followed-up ones from the assignment on, users without any included.",
            band=None,
            unit="",
            figures=_rows,
        ),
    ),
    weak=_weak,
)
