"""Gates of the effects after a randomized launch (section 8): errors, coverage, sample ratio."""

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
    ratio,
    share,
)
from benchmarks.calibration.luck import Luck
from benchmarks.calibration.trials import (
    CLUSTERED,
    MARKER,
    NO_MARKER,
    UNKNOWN,
    Population,
    mean_by_population,
    populate,
    productive_minutes,
    quickly,
)
from resume_gap.constants import RATIO_ERROR
from resume_gap.results.effect import Effect
from resume_gap.stats.sample_ratio import sample_ratio
from resume_gap.trial import effects
from resume_gap.trial.data import Trial

_AA_BATCH: Final = 400
_EFFECT_BATCH: Final = 200
_SMALL: Final = 80
_AA_SIZES: Final = (_SMALL, 200, 1000)
_SIZES: Final = (200, 1000)
_AA_DRAWS: Final = 100
_DRAWS: Final = 200
_ESTIMATES: Final = ("P1", "P1 adjusted", "P3")
_ALPHA: Final = 0.05


# --- what is drawn ---


def draw_aa(seed: int, replications: int, *, measures: list[str], **planted: Any) -> list[Record]:  # noqa: ANN401
    """Trials without an effect: users of one population, their arms tossed anew for each trial.

    Args:
        seed: of the batch.
        replications: trials of 1,000 users; their first 80 and 200 are trials too.
        measures: which of P1, P2, P3.
        **planted: parameters of `populate`.
    """
    people = populate(seed, **planted)
    records = []
    for number in range(replications):
        rng = np.random.default_rng([seed, 7, number])
        picked = rng.choice(people.users, max(_AA_SIZES), replace=False)
        tossed = rng.random(max(_AA_SIZES)) < 0.5
        record: Record = {}
        with quickly(_AA_DRAWS):
            for size in _AA_SIZES:
                trial = people.some(picked[:size], tossed[:size])
                record[str(size)] = {name: _p_value(trial, name, number) for name in measures}
                record[f"triggered_{size}"] = sum(trial.triggered) / 2
        records.append(record)
    return records


def _p_value(trial: Trial, measure: str, seed: int) -> float | None:
    if measure == "P1":
        found = effects.first_return(trial, seed)
    elif measure == "P2":
        found = productive_minutes(trial, seed)
    else:
        found = effects.all_returns(trial, (UNKNOWN,), seed)
    return None if found.effect.p is None else round(found.effect.p, 9)


def draw_effects(seed: int, replications: int, **planted: Any) -> list[Record]:  # noqa: ANN401
    """Trials with a marker that works: users of one population, in the arms they were simulated in.

    Args:
        seed: of the batch.
        replications: trials of 1,000 users; their first 200 are a trial too.
        **planted: parameters of `populate`.
    """
    people = populate(seed, **planted)
    truth, luck = _truths(people), Luck(people, 0)
    records = []
    for number in range(replications):
        rng = np.random.default_rng([seed, 7, number])
        picked = rng.choice(people.users, max(_SIZES), replace=False)
        record: Record = dict(truth)
        with quickly(_DRAWS):
            for size in _SIZES:
                record |= _estimates(people.some(picked[:size]), size, number)
        estimate = record[f"P1_{max(_SIZES)}"][0]
        record["bias"] = round(estimate - luck.truth - luck.of(picked), 9)
        records.append(record)
    return records


def _truths(people: Population) -> Record:
    """Returns and their mean of with - without: each user's first ones, and all."""
    firsts = people.effects[people.firsts]
    first = [len(firsts), float(firsts.mean())]
    return {
        "population": people.seed,
        "truth_P1": first,
        "truth_P1 adjusted": first,
        "truth_P3": [len(people.effects), float(people.effects.mean())],
    }


def _estimates(trial: Trial, size: int, seed: int) -> Record:
    # With 200 users rates are never shown to be equal within 2 %.
    returned = effects.return_rate(trial, seed) if size == max(_SIZES) else UNKNOWN
    everything = effects.all_returns(
        trial, (returned, effects.interruptions(trial, seed)), seed
    ).effect
    found = (
        effects.first_return(trial, seed).effect,
        effects.adjusted(trial, seed).effect,
        everything,
    )
    named = zip(_ESTIMATES, found, strict=True)
    return {
        **{f"{name}_{size}": _rounded(effect) for name, effect in named},
        f"flagged_{size}": everything.flag is not None,
    }


def _rounded(effect: Effect) -> list[float | None]:
    values = (effect.estimate, effect.ci_lower, effect.ci_upper)
    return [None if v is None else round(v, 9) for v in values]


def draw_ratios(seed: int, replications: int, *, users: int, share_control: float) -> list[Record]:
    """Numbers of assigned users, as tossed; the sample ratio's p.

    Args:
        seed: of the batch.
        replications: trials.
        users: of each trial.
        share_control: chance of control; one half is meant.
    """
    rng = np.random.default_rng(seed)
    control = rng.binomial(users, share_control, replications)
    found = [sample_ratio(int(n), users - int(n)) for n in control]
    return [{"p": p} for p in found]


# --- the situations ---

_HEAVY: Final = {
    "weeks": 3,
    "cut_days": 18.5,
    "attendance_share": 0.1,
    "activity_sigma": 1.5,
    "stretches_per_day_mean": 1.5,
}


def _aa(key: str, label: str, more: Mapping[str, Any]) -> tuple[Experiment, str]:
    parameters = {"measures": ["P1", "P2", "P3"], **CLUSTERED, **NO_MARKER, **more}
    return Experiment(f"evaluation.aa.{key}", _AA_BATCH, draw_aa, parameters), label


_CLUSTERED: Final = _aa("clustered", "clustered users", {})
_HEAVY_USERS: Final = _aa("heavy", "heavy users", _HEAVY)
_ABANDONING: Final = _aa(
    "abandoning", "20 % abandonment", {"give_up_share": 0.165, "measures": ["P1", "P3"]}
)
_AA: Final = (_CLUSTERED, _HEAVY_USERS, _ABANDONING)
_EFFECT: Final = Experiment(
    "evaluation.effect",
    _EFFECT_BATCH,
    draw_effects,
    {
        **CLUSTERED,
        **MARKER,
        "population": 12_000,
        "weeks": 3,
        "cut_days": 18.5,
        "launch_day": 9,
        "attendance_share": 0.3,
        "stretches_per_day_mean": 2.0,
        # People differ and returns do not much, so that history helps.
        "struggler_share": 0.3,
        "struggler_search_factor": 5.0,
        "search_sigma": 0.4,
        "give_up_share": 0.005,
        # Who gives up does so with or without the marker: nothing selects.
        "give_up_scale_seconds": 1e9,
    },
)


def _toss(key: str, label: str, users: int, share_control: float) -> tuple[Experiment, str]:
    parameters = {"users": users, "share_control": share_control}
    return Experiment(f"evaluation.ratio.{key}", 400, draw_ratios, parameters), label


_EVEN: Final = _toss("even", "50 to 50, 10,000 users", 10_000, 0.5)
_SLIGHTLY: Final = _toss("slightly", "52 to 48, 10,000 users", 10_000, 0.52)
_UNEVEN: Final = (
    _toss("many", "52 to 48, 20,000 users", 20_000, 0.52),
    _toss("uneven", "53 to 47, 10,000 users", 10_000, 0.53),
)


# --- what is asked ---


def _rejected(
    records: Sequence[Record], situation: tuple[Experiment, str], measure: str, size: int
) -> Figure:
    experiment, label = situation
    values = [record[str(size)][measure] for record in records]
    rejected = [p < _ALPHA for p in values if p is not None]
    return share(experiment.key, f"{measure}, {label}, {size:,} users", rejected)


def _all_rejected(records: Records) -> list[Figure]:
    return [
        _rejected(records[situation[0].key], situation, measure, size)
        for situation in _AA
        for measure in situation[0].parameters["measures"]
        for size in (200, 1000)
    ]


def _small_rejected(records: Records) -> list[Figure]:
    # Of 80 heavy users so few are interrupted that P1 and P3 have no inference.
    asked = [(s, m) for s in (_CLUSTERED, _ABANDONING) for m in s[0].parameters["measures"]]
    asked.append((_HEAVY_USERS, "P2"))
    return [_rejected(records[s[0].key], s, measure, _SMALL) for s, measure in asked]


def _triggered(records: Records) -> list[Figure]:
    return [
        mean(e.key, f"{label}, {size:,} users", [r[f"triggered_{size}"] for r in records[e.key]])
        for e, label in _AA
        for size in _AA_SIZES
    ]


def _truth(records: Sequence[Record], name: str) -> float:
    """The mean over returns, all populations pooled."""
    truths = [r[f"truth_{name}"] for r in records]
    return float(sum(n * each for n, each in truths) / sum(n for n, _ in truths))


def _over(
    figure: Callable[[Sequence[Record], str, int, str], Figure],
) -> Callable[[Records], list[Figure]]:
    return lambda records: [
        figure(records[_EFFECT.key], name, size, f"{name}, {size:,} users")
        for name in _ESTIMATES
        for size in _SIZES
    ]


def _found(records: Sequence[Record], name: str, size: int) -> list[list[float]]:
    found = [r[f"{name}_{size}"] for r in records]
    return [values for values in found if values[1] is not None]


def _covered(records: Sequence[Record], name: str, size: int, label: str) -> Figure:
    truth = _truth(records, name)
    held = [low <= truth <= high for _, low, high in _found(records, name, size)]
    return share(_EFFECT.key, label, held)


def _bias(records: Records) -> list[Figure]:
    label = f"P1, {max(_SIZES):,} users"
    return [mean_by_population(_EFFECT.key, label, records[_EFFECT.key], "bias")]


def _half_width(records: Sequence[Record], name: str, size: int, label: str) -> Figure:
    halves = [(high - low) / 2 for _, low, high in _found(records, name, size)]
    return mean(_EFFECT.key, label, halves)


def _narrower(records: Records) -> list[Figure]:
    """1 - width with CUPED / width without, over the trials."""
    figures = []
    for size in _SIZES:
        pairs = [
            (without[2] - without[1] - (cuped[2] - cuped[1]), without[2] - without[1])
            for without, cuped in (
                (r[f"P1_{size}"], r[f"P1 adjusted_{size}"]) for r in records[_EFFECT.key]
            )
            if without[1] is not None and cuped[1] is not None
        ]
        figures.append(ratio(_EFFECT.key, f"{size:,} users", pairs))
    return figures


def _planted(records: Records) -> list[Figure]:
    own = records[_EFFECT.key]
    labels = {"P1": "first returns", "P3": "all returns"}
    return [
        mean(_EFFECT.key, label, [r[f"truth_{name}"][1] for r in own])
        for name, label in labels.items()
    ]


def _flagged(records: Records) -> list[Figure]:
    size = max(_SIZES)
    own = records[_EFFECT.key]
    return [share(_EFFECT.key, f"{size:,} users", [r[f"flagged_{size}"] for r in own])]


def _uneven(*tosses: tuple[Experiment, str]) -> Callable[[Records], list[Figure]]:
    return lambda records: [
        share(e.key, label, [r["p"] < RATIO_ERROR.value for r in records[e.key]])
        for e, label in tosses
    ]


def _weak(figures: Mapping[str, Sequence[Figure]]) -> str:
    flagged = figures["P3 explores although nothing selects"]
    narrower = figures["CUPED's gain"]
    width = {f.label: f.value or 0 for f in figures["Half-width of the effect's interval"]}
    return f"""\
- **P3 is hardly ever more than exploration.** Return rates are the same in both arms here, and with
  1,000 users they are shown to be within 2 % so seldom that P3 is flagged in {percent(flagged[0])}
  of the trials. Nine days of follow-up leave only the stops of the first two to be followed for a
  week; a longer trial shows more.
- CUPED takes {percent(narrower[1])} off the width with nine days of history, of people who differ
  and whose own returns are alike. It depends on just that: where a return's time is mostly luck,
  history takes off nothing.
- The difference of first returns is known to +- {width["P1, 1,000 users"]:.0f} s with 1,000 users
  assigned and +- {width["P1, 200 users"]:.0f} s with 200: one return a user, and an abandoned one
  counts for 900 s.
- Users are independent in these worlds. Arms that were tossed by team and analyzed by user would
  find too much."""


FAMILY: Final = Family(
    name="evaluation",
    planted="""\
Whole logs with a randomized trial go through the whole pipeline: assignments, marker events
outside of the clock, history apart from follow-up. In each batch 8,000 users are simulated
(12,000 with an effect), and every trial of the batch is 1,000 of them, drawn without replacement;
its first users are trials of their own. That saves time and costs little: users are independent,
and at a given threshold a part of the users is the trial of those users. Every planted return must
be found with its planted time, or the run stops. What trials of a batch share adds to the Monte
Carlo error: nothing to speak of where arms are tossed anew, up to about a third of the error
given where they are not. The effects are those of `measures/effects.py`; only permutations are
fewer (100 for p, 200 for intervals), so that the exact level is 4.95 or 4.98 %.

*A/A*: nobody notices the marker, and each trial tosses its users' arms anew. One week, assigned
on Tuesday, ending on Friday noon in the middle of work. Users are clusters as under Coverage: a
fifth search three times as long, roles differ by up to 1.75, activity has sigma 0.6. *Heavy
users*: sigma 1.5 over three weeks. *20 % abandonment*: that share of the returns is left again
before any work. Users count as assigned, both arms together; about three quarters come back from
an interruption (half of the heavy ones), and only they count in P1. A trial with fewer than 25 of
them in an arm has no inference and is not counted (n).

*An effect*: nine days without and as many with a marker that is noticed in 80 % of the returns,
right for about 60 %, and takes 70 % off the search. A third of the users search five times as
long, one search is much like the other (sigma 0.4) and one return in 200 is given up, so that
history helps. Giving up does not depend on the search, so that the arms keep the same
returns and P3 has a truth. The truth is what the two potential outcomes of the same returns
differ by, from the simulator's own account: each user's first return after the assignment for P1,
all of them for P3, both arms and all populations pooled.

*Sample ratio*: users tossed evenly, at 52 to 48 and at 53 to 47, where evenly is meant.""",
    experiments=(
        *(e for e, _ in _AA),
        _EFFECT,
        *(e for e, _ in (_EVEN, _SLIGHTLY, *_UNEVEN)),
    ),
    gates=(
        Gate(
            name="False positives of an A/A trial",
            what="Share of the trials with p < .05. P1: first returns; P2: productive minutes; P3:"
            " all interruptions. With 200 users an arm has under 100, and permutations decide.",
            band=Band(0.04, 0.06),
            unit="share",
            figures=_all_rejected,
        ),
        Gate(
            name="False positives of a small A/A trial",
            what=f"The same with {_SMALL} users, about 40 assigned to an arm.",
            band=Band(0.035, 0.065),
            unit="share",
            figures=_small_rejected,
        ),
        Gate(
            name="Coverage of a planted effect",
            what="Share of the trials whose 95 % interval holds the truth. Adjusted: by CUPED.",
            band=Band(0.93, 0.97),
            unit="share",
            figures=_over(_covered),
        ),
        Gate(
            name="Uneven arms are found",
            what="Share of the trials in which the sample ratio's p is under .001.",
            band=Band(0.95, None),
            unit="share",
            figures=_uneven(*_UNEVEN),
            of_method=False,
        ),
        Gate(
            name="Even arms are believed",
            what="The same where arms are even: false alarms.",
            band=Band(None, 0.002),
            unit="share",
            figures=_uneven(_EVEN),
            of_method=False,
        ),
        Gate(
            name="Slightly uneven arms are found",
            what="The same where the arms differ by 4 standard errors on average: a chi-square at"
            " .001 finds 76.1 % of them, no more.",
            band=None,
            unit="share",
            figures=_uneven(_SLIGHTLY),
        ),
        Gate(
            name="CUPED's gain",
            what="How much narrower P1's interval is with history: of the unadjusted width, summed"
            " over the trials.",
            band=None,
            unit="share",
            figures=_narrower,
        ),
        Gate(
            name="Planted effect",
            what="What the marker adds to a return, mean over the populations.",
            band=None,
            unit="s",
            figures=_planted,
        ),
        Gate(
            name="Bias of the effect",
            what="Mean of estimate less truth, less luck (see Selection). Trials of a population"
            " share what luck is left, so the error is that between populations.",
            band=None,
            unit="s",
            figures=_bias,
        ),
        Gate(
            name="Half-width of the effect's interval",
            what="Mean over trials.",
            band=None,
            unit="s",
            figures=_over(_half_width),
        ),
        Gate(
            name="P3 explores although nothing selects",
            what="Share of the trials in which return rates are not shown to be equal within 2 %.",
            band=None,
            unit="share",
            figures=_flagged,
        ),
        Gate(
            name="Triggered users an arm",
            what="Users with a followed-up interruption from the assignment on, mean over trials.",
            band=None,
            unit="",
            figures=_triggered,
        ),
    ),
    weak=_weak,
)
