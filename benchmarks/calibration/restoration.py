"""Gates of features that write work of their own after a return, and of markers that do not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import polars as pl

from benchmarks.calibration.assumptions import BRIEF, ONLY_SHOWN, WORKS, kept
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
from benchmarks.calibration.verdicts import Launch, judge_trial, launch
from resume_gap.constants import FIRST_SECONDS
from resume_gap.units import US

_BATCH: Final = 200
_CI: Final = 20
_NEVER: Final = np.iinfo(np.int64).max


# --- what is drawn ---


def draw_restored(
    seed: int,
    replications: int,
    *,
    users: int,
    share_restored: float,
    after_seconds: tuple[float, float],
    **planted: Any,  # noqa: ANN401
) -> list[Record]:
    """Trials of a marker that does nothing, whose feature writes work after some returns.

    Args:
        seed: of the batch.
        replications: trials, whose arms are tossed anew.
        users: of each.
        share_restored: of the returns of treatment; at each, one or several events of work.
        after_seconds: earliest and latest first one of them, evenly spread.
        **planted: parameters of `verdicts.launch`.
    """
    people = launch(seed, **planted)
    records = []
    for number in range(replications):
        rng = np.random.default_rng([seed, 7, number])
        picked = rng.choice(people.users, users, replace=False)
        treated = rng.random(users) < 0.5
        mine = np.zeros(people.users, dtype=np.bool_)
        mine[picked] = treated
        written = _written(people, mine, share_restored, after_seconds, rng)
        records.append({"trial": kept(judge_trial(written, picked, treated, seed=number))})
    return records


def _written(
    people: Launch,
    treated: Bools,
    share_restored: float,
    after_seconds: tuple[float, float],
    rng: np.random.Generator,
) -> Launch:
    """The same launch with work written after some returns of these users.

    Nobody behaves otherwise, so that a return's lag is the lesser of its own and the written one,
    and the next work after the first seconds is what it was, or the first work of all.
    """
    returns = people.trial.returns
    user = returns["assigned_no"].to_numpy() - 1
    due = treated[user] & (returns["is_after"] & returns["is_interruption"]).to_numpy()
    due &= rng.random(len(user)) < share_restored
    at_us = np.rint(rng.uniform(*after_seconds, len(user)) * US).astype(np.int64)
    own = returns["lag_us"].fill_null(_NEVER).to_numpy()
    lag = np.where(due, np.minimum(own, at_us), own)
    seen = pl.Series("lag_us", lag)
    changed = returns.with_columns(
        lag_us=pl.when(seen < _NEVER).then(seen),
        reorientation_us=pl.min_horizontal(pl.col("reorientation_us"), seen),
    )
    first = (returns["exposure"] == 1).fill_null(value=False).to_numpy()
    owned = np.full(people.users, -1, dtype=np.int64)
    owned[user[first]] = np.where(own[first] < _NEVER, own[first], -1)
    return replace(
        people,
        trial=replace(people.trial, returns=changed),
        own_us=owned,
        next_us=_next(people, user, own, lag, (returns["exposure"] == 1).fill_null(value=False)),
        later_us=_later(people, user, own, lag, (returns["exposure"] == 1).fill_null(value=False)),
    )


def _later(people: Launch, user: Ints, own: Ints, lag: Ints, first: pl.Series) -> Ints:
    """(users) the first work after the first seconds, where written work hid it."""
    hidden = first.to_numpy() & (lag <= FIRST_SECONDS.us) & (own > FIRST_SECONDS.us)
    later = people.later_us.copy()
    later[user[hidden]] = np.where(own[hidden] <= people.trial.cap_us, own[hidden], -1)
    return later


def _next(people: Launch, user: Ints, own: Ints, lag: Ints, first: pl.Series) -> Ints:
    """(users) the next work after the first, where the first was written: their own, if not soon.

    Work of their own that comes soon after what was written does not count, but what follows it.
    """
    written = first.to_numpy() & (lag < own) & (own - lag > FIRST_SECONDS.us)
    found = people.next_us.copy()
    found[user[written]] = np.where(own[written] <= people.trial.cap_us, own[written], -1)
    return found


def draw_pointing(
    seed: int,
    replications: int,
    *,
    users: int,
    **planted: Any,  # noqa: ANN401
) -> list[Record]:
    """Trials of a marker, in the arms that were simulated.

    Args:
        seed: of the batch.
        replications: trials.
        users: of each.
        **planted: parameters of `verdicts.launch`.
    """
    people = launch(seed, **planted)
    records = []
    for number in range(replications):
        picked = np.random.default_rng([seed, 7, number]).choice(people.users, users, replace=False)
        found = judge_trial(people, picked, people.trial.treated[picked], seed=number)
        records.append({"trial": kept(found)})
    return records


# --- the situations ---

_Situation = tuple[Experiment, str]


def _restored(
    key: str, label: str, share_restored: float, after: tuple[float, float], users: int = 1_000
) -> _Situation:
    parameters = {
        "users": users,
        "share_restored": share_restored,
        "after_seconds": after,
        **BRIEF,
        **ONLY_SHOWN,
        "marker_events": "none",
    }
    return Experiment(f"restoration.{key}", _BATCH, draw_restored, parameters, _CI), label


def _pointing(key: str, label: str, **more: Any) -> _Situation:  # noqa: ANN401
    parameters = {"users": 1_000, **BRIEF, **WORKS, **more}
    return Experiment(f"restoration.{key}", _BATCH, draw_pointing, parameters, _CI), label


_NOTHING: Final = _restored("nothing", "nothing is written", 0.0, (2.0, 2.0))
_WRITTEN: Final = (
    _restored("every", "at every return, after 2 s", 1.0, (2.0, 2.0)),
    _restored("spread", "at 30 %, after 0.5 to 10 s", 0.3, (0.5, 10.0)),
    _restored("small", "at 30 %, after 0.5 to 10 s, 200 users", 0.3, (0.5, 10.0), 200),
)
_LATE: Final = _restored("late", "at every return, after 15 s", 1.0, (15.0, 15.0))
_SEARCHED: Final = _pointing("search_45", "a search of 45 s is shortened by 70 %")
_BRIEFLY: Final = _pointing(
    "search_10", "a search of 10 s is shortened by 70 %", search_median_seconds=10.0
)
_USEFUL: Final = (_SEARCHED, _BRIEFLY)


# --- what is asked ---


def _over(
    situations: Sequence[_Situation], true_of: Callable[[list[Any]], bool]
) -> Callable[[Records], list[Figure]]:
    return lambda records: [
        share(e.key, label, [true_of(record["trial"]) for record in records[e.key]])
        for e, label in situations
    ]


def _called(one: list[Any]) -> bool:
    return one[0] in ("better", "worse")


def _weak(figures: Mapping[str, Sequence[Figure]]) -> str:
    late = figures["Work that is written later"][0]
    spared = figures["Useful markers that are withheld"]
    return f"""\
- **A feature that writes work of its own later than {FIRST_SECONDS.value:g} s** after the return,
  and not always after about the same time, is a world that the method cannot handle. Always after
  15 s it piles up there, and a marker without effect is called better in {percent(late)} of the
  trials. Name the event that the feature writes (`--ignore`).
- A marker that shortens a search of 10 s brings people back within the first seconds, as written
  work would: {percent(spared[1])} of such trials are withheld, {percent(spared[0])} where the
  search takes 45 s."""


FAMILY: Final = Family(
    name="restoration",
    planted="""\
Launches as under Assumptions, of one week, and the verdict of `evaluate`. *Written*: the marker
does nothing, its showing is not logged, and a feature writes work (one event or several) after a
share of the returns from interruptions. People go on as they would; their own work is there, too.
So the time to work is the lesser of the written and their own, and arms are tossed anew for each
trial of 1,000 users (or 200). *Useful*: markers as under Evaluation, in their simulated arms.""",
    experiments=(_NOTHING[0], *(e for e, _ in (*_WRITTEN, _LATE, *_USEFUL))),
    gates=(
        Gate(
            name="False verdicts where a feature writes work",
            what="Share of the trials of a marker without effect that are called better or worse.",
            band=Band(high=0.065),
            unit="share",
            figures=_over((_NOTHING, *_WRITTEN), _called),
        ),
        Gate(
            name="False withholding with the check of the first seconds",
            what="Share of the clean A/A trials in which any check fails.",
            band=Band(high=0.01),
            unit="share",
            figures=_over((_NOTHING,), lambda one: one[0] == "withheld"),
        ),
        Gate(
            name="Useful markers that are withheld",
            what="Share of the trials that are withheld for work in the first seconds.",
            band=Band(high=0.05),
            unit="share",
            figures=_over(_USEFUL, lambda one: "first_step" in one[1]),
            of_method=False,
        ),
        Gate(
            name="Useful markers that are found",
            what="Share of the trials that are called better.",
            band=None,
            unit="share",
            figures=_over(_USEFUL, lambda one: one[0] == "better"),
        ),
        Gate(
            name="Written work is found",
            what="Share of the trials that are withheld for work in the first seconds. The others"
            " are mostly not called better anyhow.",
            band=None,
            unit="share",
            figures=_over(_WRITTEN, lambda one: "first_step" in one[1]),
        ),
        Gate(
            name="Work that is written later",
            what="Share of the trials of a marker without effect that are called better or worse.",
            band=None,
            unit="share",
            figures=_over((_LATE,), _called),
        ),
    ),
    weak=_weak,
)
