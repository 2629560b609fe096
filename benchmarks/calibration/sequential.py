"""Gates of several looks (section 8): one false alarm at any of them is one too many."""

from collections.abc import Mapping, Sequence
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
from benchmarks.calibration.trials import (
    CLUSTERED,
    NO_MARKER,
    looked_at,
    populate,
    quickly,
)
from resume_gap.results.common import DAY_US, US
from resume_gap.trial import effects
from resume_gap.trial.data import Trial

_BATCH: Final = 400
_SIZES: Final = (200, 1000)
_LOOKS: Final = 28
_ALPHA: Final = 0.05
_DRAWS: Final = 100


# --- what is drawn ---


def draw_looks(seed: int, replications: int, **planted: Any) -> list[Record]:  # noqa: ANN401
    """Trials without an effect, looked at on each of 28 days.

    Args:
        seed: of the batch.
        replications: trials of 1,000 users; their first 200 are a trial too.
        **planted: parameters of `populate`.
    """
    people = populate(seed, **planted)
    days = people.first_us + DAY_US * np.arange(1, _LOOKS + 1)
    records = []
    for number in range(replications):
        rng = np.random.default_rng([seed, 7, number])
        picked = rng.choice(people.users, max(_SIZES), replace=False)
        tossed = rng.random(max(_SIZES)) < 0.5
        record: Record = {}
        for size in _SIZES:
            record |= _alarms(people.some(picked[:size], tossed[:size]), days.tolist(), size)
        records.append(record)
    return records


def _alarms(trial: Trial, days: Sequence[int], size: int) -> Record:
    """At which looks 0 lies outside of the interval; users at the first and the last look.

    A look sees the first returns that could be followed up by then, as a log cut at that day
    would show them.
    """
    planned = effects.looks_of(trial, _LOOKS, None, alpha=_ALPHA)
    if planned is None:
        raise AssertionError("28 looks are several")
    firsts = trial.firsts.sort("return_us")
    at = firsts["return_us"].to_numpy() + trial.cap_us
    seen = np.searchsorted(at, days, side="right").tolist()
    y, treated = firsts["reorientation_us"].to_numpy() / US, firsts["is_treated"].to_numpy()
    looks = looked_at(y, treated, seen, planned.planned_users, alpha=_ALPHA)
    with quickly(_DRAWS):
        whole = effects.at_every_look(effects.first_return(trial, 0), planned, alpha=_ALPHA)
    last = looks[-1]
    same = (last.ci_lower is None) == (whole.ci_lower is None) and np.allclose(
        [last.ci_lower or 0, last.ci_upper or 0], [whole.ci_lower or 0, whole.ci_upper or 0]
    )
    if not same:
        raise AssertionError("the last look is not the product's own")
    return {
        f"sequence_{size}": any(one.alarm for one in looks),
        f"sequence_last_{size}": last.alarm,
        f"fixed_{size}": any(one.fixed_alarm for one in looks),
        f"fixed_last_{size}": last.fixed_alarm,
        f"judged_{size}": len({one.users for one in looks if one.ci_lower is not None}),
        f"users_{size}": last.users,
    }


# --- the situations ---

_CALENDAR: Final = {
    **CLUSTERED,
    **NO_MARKER,
    "weeks": 5,
    "cut_days": 35.0,
    "launch_day": 7,
    "attendance_share": 0.12,
}
_CLUSTERED: Final = (
    Experiment("sequential.clustered", _BATCH, draw_looks, _CALENDAR),
    "clustered users",
)
_ABANDONING: Final = (
    Experiment("sequential.abandoning", _BATCH, draw_looks, {**_CALENDAR, "give_up_share": 0.165}),
    "20 % abandonment",
)
_ALL: Final = (_CLUSTERED, _ABANDONING)


# --- what is asked ---


def _shares(records: Records, name: str) -> list[Figure]:
    return [
        share(e.key, f"{label}, {size:,} users", [r[f"{name}_{size}"] for r in records[e.key]])
        for e, label in _ALL
        for size in _SIZES
    ]


def _means(records: Records, name: str) -> list[Figure]:
    return [
        mean(e.key, f"{label}, {size:,} users", [r[f"{name}_{size}"] for r in records[e.key]])
        for e, label in _ALL
        for size in _SIZES
    ]


def _weak(figures: Mapping[str, Sequence[Figure]]) -> str:
    alarms = figures["Any false alarm over 28 looks"]
    fixed = figures["Any false alarm of a fixed interval"]
    return f"""\
- **The sequence is wide.** It is built to hold at any look that could be taken, and with 28 of
  them it raises {percent(alarms[1])} false alarms where 5 % were allowed; what that costs in power
  stands under Power. Looking once is cheaper.
- An interval of one look, asked 28 times, raises a false alarm in {percent(fixed[1])} of the
  trials with 1,000 users.
- The sequence holds for many users; the product gives none under 25 in an arm, and from there on
  the figures show nothing worse."""


FAMILY: Final = Family(
    name="sequential",
    planted="""\
Trials without an effect as under Evaluation (whole logs through the pipeline, users drawn from
8,000, arms tossed anew for each trial), over 28 days from the assignment on. People work on few
days, so users enter as they are triggered: half of them after a week or so, three quarters in the
end. On each day the first returns that can be followed up by then are compared, as the product
does when it is run every day on the log so far. The planned users are fixed beforehand: those
assigned, the product's own choice. The interval is `stats.sequential.sequential` on the estimate
and its error at that look; at the last look of every trial it must equal that of
`measures/effects.py`, or the run stops. Under 25 users in an arm there is no interval and no
alarm.""",
    experiments=tuple(e for e, _ in _ALL),
    gates=(
        Gate(
            name="Any false alarm over 28 looks",
            what="Share of the trials in which 0 lies outside of the sequence at any look.",
            band=Band(None, 0.05),
            unit="share",
            figures=lambda records: _shares(records, "sequence"),
        ),
        Gate(
            name="Any false alarm of a fixed interval",
            what="The same for estimate +- 1.96 standard errors, asked at every look.",
            band=None,
            unit="share",
            figures=lambda records: _shares(records, "fixed"),
        ),
        Gate(
            name="False alarm of a fixed interval at the last look",
            what="The same, asked once.",
            band=None,
            unit="share",
            figures=lambda records: _shares(records, "fixed_last"),
        ),
        Gate(
            name="False alarm at the last look",
            what="Of the sequence.",
            band=None,
            unit="share",
            figures=lambda records: _shares(records, "sequence_last"),
        ),
        Gate(
            name="Looks with new users",
            what="Looks that have 25 users in each arm and not the same ones as the day before.",
            band=None,
            unit="",
            figures=lambda records: _means(records, "judged"),
        ),
        Gate(
            name="Triggered users at the last look",
            what="Of those assigned, both arms together.",
            band=None,
            unit="",
            figures=lambda records: _means(records, "users"),
        ),
    ),
    weak=_weak,
)
