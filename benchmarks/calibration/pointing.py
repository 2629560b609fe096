"""Gates of the sham arm and of the mechanism beside the verdict (section 8): does pointing help?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import polars as pl

from benchmarks.calibration.assumptions import BRIEF, WORKS, kept
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
from benchmarks.calibration.logs import Bools, Ints
from benchmarks.calibration.trials import quickly
from benchmarks.calibration.verdicts import Launch, judge_trial, launch, some
from resume_gap.trial import exploration
from resume_gap.trial.cap import primary_cap
from resume_gap.trial.pointing import followed, read

_BATCH: Final = 50
_CI: Final = 5
_ARM: Final = 500
_DRAWS: Final = 100
_POLICY: Final = "last_touched"
_QUICKER: Final = 0.3
"""What is left of a return that something else than pointing makes faster."""
_CONTRADICTS: Final = ("not_seen", "opposite", "elsewhere", "not_faster")


# --- what is drawn ---


def draw_shams(seed: int, replications: int, *, users: int, **planted: Any) -> list[Record]:  # noqa: ANN401
    """Trials with a sham arm whose marker does nothing, or as much as the marker itself.

    Args:
        seed: of the batch.
        replications: trials.
        users: of each; a third in each of the three arms.
        **planted: parameters of `verdicts.launch`; markers are logged in both arms.
    """
    people = launch(seed, **planted)
    treated, arm = people.trial.treated, users // 3
    records = []
    for number in range(replications):
        rng = np.random.default_rng([seed, 7, number])
        idle = rng.choice(np.flatnonzero(~treated), 2 * arm, replace=False)
        active = rng.choice(np.flatnonzero(treated), 2 * arm, replace=False)
        control, marker = idle[:arm], active[:arm]
        records.append(
            {
                name: {
                    "marker": _pair(people, sham, marker, seed=number, control_is_sham=True),
                    "sham": _pair(people, control, sham, seed=number, control_is_sham=False),
                }
                for name, sham in (("idle", idle[arm:]), ("salient", active[arm:]))
            }
        )
    return records


def _pair(
    people: Launch, control: Ints, treatment: Ints, *, seed: int, control_is_sham: bool
) -> list[Any]:
    picked = np.concatenate([control, treatment])
    treated = np.arange(len(picked)) >= len(control)
    found = judge_trial(people, picked, treated, seed=seed, control_is_sham=control_is_sham)
    return kept(found)


def draw_readings(
    seed: int,
    replications: int,
    *,
    users: int,
    tossed: bool,
    elsewhere: bool = False,
    **planted: Any,  # noqa: ANN401
) -> list[Record]:
    """The verdict of each trial, and what the mechanism says beside it.

    Args:
        seed: of the batch.
        replications: trials.
        users: of each.
        tossed: their arms are tossed anew; else those of the simulation.
        elsewhere: treated users are faster where work resumes at another element.
        **planted: parameters of `verdicts.launch`.
    """
    people = launch(seed, with_elements=True, **planted)
    records = []
    for number in range(replications):
        rng = np.random.default_rng([seed, 7, number])
        picked = rng.choice(people.users, users, replace=False)
        arms = rng.random(users) < 0.5 if tossed else people.trial.treated[picked]
        mine = np.zeros(people.users, dtype=np.bool_)
        mine[picked] = arms
        looked_at = _faster_elsewhere(people, mine) if elsewhere else people
        word = judge_trial(looked_at, picked, arms, seed=number).verdict.word
        trial = some(looked_at, picked, arms)
        trial = replace(trial, primary_us=primary_cap(trial, None).us)
        with quickly(_DRAWS):
            mechanism = exploration.mechanism(trial, _POLICY, number)
            reading = read(followed(mechanism, trial, number), word)
        records.append({"word": word, "reading": reading})
    return records


def _faster_elsewhere(people: Launch, treated: Bools) -> Launch:
    """The same where these users are faster at returns that resume work at another element."""
    returns = people.trial.returns
    due = pl.Series(treated[returns["assigned_no"].to_numpy() - 1]) & returns["is_after"]
    due &= ~returns[f"{_POLICY}_hit"].cast(pl.Boolean)
    quicker = [
        pl.when(due).then((pl.col(name) * _QUICKER).cast(pl.Int64)).otherwise(name).alias(name)
        for name in ("lag_us", "reorientation_us")
    ]
    return replace(people, trial=replace(people.trial, returns=returns.with_columns(*quicker)))


# --- the situations ---

_SHAM: Final = Experiment(
    "pointing.sham",
    _BATCH,
    draw_shams,
    {"users": 3 * _ARM, **BRIEF, **WORKS, "marker_events": "both"},
    _CI,
)


def _reading(key: str, label: str, **more: Any) -> tuple[Experiment, str]:  # noqa: ANN401
    parameters = {"users": 2 * _ARM, "tossed": False, **BRIEF, **WORKS, **more}
    return Experiment(f"pointing.{key}", _BATCH, draw_readings, parameters, _CI), label


_POINTS: Final = _reading("points", "a marker that shortens the search by 70 %")
_WEAKLY: Final = _reading(
    "weakly", "a marker that shortens the search by 30 %", search_removed_share=0.3
)
_NOTHING: Final = _reading(
    "nothing", "a marker that does nothing", tossed=True, noticed_share=0.0, marker_events="both"
)
_ELSEWHERE: Final = _reading(
    "elsewhere",
    "returns to other elements are faster by 70 %",
    tossed=True,
    elsewhere=True,
    noticed_share=0.0,
    marker_events="both",
)


# --- what is asked ---

_PAIRS: Final = {
    ("idle", "sham"): "a sham that does nothing, against control",
    ("salient", "marker"): "the marker against a sham that helps as much",
    ("idle", "marker"): "the marker against a sham that does nothing",
    ("salient", "sham"): "a sham that helps as much, against control",
}
_ALIKE: Final = tuple(_PAIRS)[:2]
_APART: Final = tuple(_PAIRS)[2:]


def _pairs(pairs: Sequence[tuple[str, str]], *words: str) -> Callable[[Records], list[Figure]]:
    return lambda records: [
        share(
            _SHAM.key,
            _PAIRS[world, pair],
            [record[world][pair][0] in words for record in records[_SHAM.key]],
        )
        for world, pair in pairs
    ]


def _readings(
    situations: Sequence[tuple[Experiment, str]], words: Sequence[str]
) -> Callable[[Records], list[Figure]]:
    """Contradictions, of the trials with one of these verdicts."""
    return lambda records: [
        share(
            e.key,
            label,
            [r["reading"] in _CONTRADICTS for r in records[e.key] if r["word"] in words],
        )
        for e, label in situations
    ]


def _said(
    situations: Sequence[tuple[Experiment, str]], word: str
) -> Callable[[Records], list[Figure]]:
    return lambda records: [
        share(e.key, label, [r["word"] == word for r in records[e.key]]) for e, label in situations
    ]


def _weak(figures: Mapping[str, Sequence[Figure]]) -> str:
    weakly = figures["A contradiction is claimed of a weak marker"][0]
    return f"""\
- A marker that shortens the search by only 30 % is seldom called better, and pointing is doubted
  wrongly in {percent(weakly)} of these trials. Where neither pointing nor anything else is seen,
  nothing is reported."""


FAMILY: Final = Family(
    name="pointing",
    planted=f"""\
Launches of a week as under Assumptions, and markers as under Evaluation. *Sham*: three arms of
{_ARM:,} users. The sham does nothing (its users are such as had no marker), or helps as much as the
marker (its users are such as had one, so that any marker would do); the two comparisons that
`evaluate` makes with `--sham` get the verdict of a trial. *Mechanism*: trials of {2 * _ARM:,} users
with elements; the marker points at the element last touched, where 60 % of the returns resume work.
*Returns to other elements are faster*: nothing points, and treated users take
{100 * (1 - _QUICKER):.0f} % less time where work resumes elsewhere.""",
    experiments=(_SHAM, *(e for e, _ in (_POINTS, _WEAKLY, _NOTHING, _ELSEWHERE))),
    gates=(
        Gate(
            name="False verdicts on arms that are alike",
            what="Share of the comparisons that are called better or worse.",
            band=Band(high=0.065),
            unit="share",
            figures=_pairs(_ALIKE, "better", "worse"),
        ),
        Gate(
            name="False withholding of a comparison with a sham",
            what="Share of the comparisons in which any check fails.",
            band=Band(high=0.01),
            unit="share",
            figures=_pairs(tuple(_PAIRS), "withheld"),
        ),
        Gate(
            name="Arms that differ are found",
            what="Share of the comparisons that are called better.",
            band=None,
            unit="share",
            figures=_pairs(_APART, "better"),
        ),
        Gate(
            name="A contradiction is claimed where nothing contradicts",
            what="Share of the trials that are called better of a marker that points, and of those"
            " without a difference of one that does nothing.",
            band=Band(high=0.05),
            unit="share",
            figures=lambda records: [
                *_readings((_POINTS,), ("better",))(records),
                *_readings((_NOTHING,), ("no_difference_seen",))(records),
            ],
            of_method=False,
        ),
        Gate(
            name="A contradiction is claimed of a weak marker",
            what="Of the trials that are called better, those whose pointing is not seen.",
            band=None,
            unit="share",
            figures=_readings((_WEAKLY,), ("better",)),
        ),
        Gate(
            name="A contradiction is claimed where something else than pointing helps",
            what="Share of the trials that are called better.",
            band=None,
            unit="share",
            figures=_readings((_ELSEWHERE,), ("better",)),
        ),
        Gate(
            name="Trials that are called better",
            what="Share of all trials behind these readings.",
            band=None,
            unit="share",
            figures=_said((_POINTS, _WEAKLY, _NOTHING, _ELSEWHERE), "better"),
        ),
    ),
    weak=_weak,
)
