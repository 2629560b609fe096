"""Gates of the planned size (sections 8 and 9): is what was planned for found?"""

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
from benchmarks.calibration.logs import Bools, Floats
from benchmarks.calibration.trials import (
    CLUSTERED,
    MARKER,
    looked_at,
    populate,
    quickly,
)
from resume_gap.results.common import US
from resume_gap.stats.power import users_per_arm
from resume_gap.trial import effects

_BATCH: Final = 400
_LOOKS: Final = 28
_ALPHA: Final = 0.05
_DRAWS: Final = 100


# --- what is drawn ---


def draw_plans(seed: int, replications: int, *, pilot: int, **planted: Any) -> list[Record]:  # noqa: ANN401
    """A pilot, the users it asks for, and the trial with them; with one look and with 28.

    Args:
        seed: of the batch.
        replications: plans and trials.
        pilot: users of each pilot who come back from an interruption.
        **planted: parameters of `populate`.
    """
    people = populate(seed, **planted)
    firsts = people.trial.firsts
    y, treated = firsts["reorientation_us"].to_numpy() / US, firsts["is_treated"].to_numpy()
    user = firsts["assigned_no"].to_numpy() - 1
    arms = np.flatnonzero(~treated), np.flatnonzero(treated)
    effect = float(y[treated].mean() - y[~treated].mean())
    records = []
    for world in range(replications):
        rng = np.random.default_rng([seed, 7, world])
        variance = float(rng.choice(y[~treated], pilot).var(ddof=1))
        one = users_per_arm(variance, effect)
        several = users_per_arm(variance, effect, looks=True)
        # Those of one look are the first of those of several.
        picked = [rng.choice(arm, several) for arm in arms]
        first = np.concatenate([arm[:one] for arm in picked])
        with quickly(_DRAWS):
            found = effects.first_return(people.some(user[first]), world).effect
        if found.p is None:
            raise AssertionError("a planned trial has inference")
        at_one, at_several = (
            _looks(y[order], treated[order])
            for order in (rng.permutation(first), rng.permutation(np.concatenate(picked)))
        )
        records.append(
            {
                "effect": round(effect, 9),
                "users": one,
                "users_looks": several,
                "found": found.p < _ALPHA,
                "found_looks": any(at_several),
                "found_last": at_several[-1],
                "found_looks_few": any(at_one),
            }
        )
    return records


def _looks(y: Floats, treated: Bools) -> list[bool]:
    """Whether the sequence excludes 0, look by look, as users enter in this order."""
    users = len(y)
    seen = [users * look // _LOOKS for look in range(1, _LOOKS + 1)]
    return [look.alarm for look in looked_at(y, treated, seen, users, alpha=_ALPHA)]


# --- the situations ---


def _situation(key: str, label: str, pilot: int) -> tuple[Experiment, str]:
    parameters = {**CLUSTERED, **MARKER, "pilot": pilot}
    return Experiment(f"power.{key}", _BATCH, draw_plans, parameters), label


_ALL: Final = (_situation("clustered", "clustered users, pilot of 300", 300),)


# --- what is asked ---


def _shares(name: str) -> Callable[[Records], list[Figure]]:
    return lambda records: [
        share(e.key, label, [r[name] for r in records[e.key]]) for e, label in _ALL
    ]


def _means(name: str) -> Callable[[Records], list[Figure]]:
    return lambda records: [
        mean(e.key, label, [r[name] for r in records[e.key]]) for e, label in _ALL
    ]


def _weak(figures: Mapping[str, Sequence[Figure]]) -> str:
    users = [f.value or 0 for f in figures["Users of one look"]]
    several = [f.value or 0 for f in figures["Users of 28 looks"]]
    few = figures["Power of 28 looks with the users of one"]
    return f"""\
- Looking 28 times instead of once asks for {several[0]:,.0f} users an arm instead of
  {users[0]:,.0f}. With the users of one look the sequence finds the effect in {percent(few[0])}.
- The plan takes both arms to spread like the pilot, who had no marker. A marker that spares people
  giving up makes its arm spread less, and power is a little higher than planned; one that slows
  some people down would make it lower.
- Planned are triggered users. How many must be assigned for them depends on the share that comes
  back from an interruption, which a pilot of another season may have wrong."""


FAMILY: Final = Family(
    name="power",
    planted="""\
Whole logs of 8,000 users in a trial go through the whole pipeline, as under Evaluation. The marker
is noticed in 80 % of the returns, right in 60 % and takes 70 % off the search. In each replication
a pilot of triggered users is drawn from the control arm, for whom the marker was never there; the
variance of their first returns after the assignment goes into `stats.power.users_per_arm` with the
effect, as `plan` does it. Then so many users are drawn from each arm, and `measures/effects.py`
compares their first returns. The effect planned for is the one that is there: the difference
between the two arms from which the users are drawn. They are drawn with replacement, so that a
trial of a few hundred is a sample of these people and not a part of them.

*28 looks*: the users that are planned for looks enter in any order, and after each 28th of them the
sequence of section 8 is asked.""",
    experiments=tuple(e for e, _ in _ALL),
    gates=(
        Gate(
            name="Power at the solved number of users",
            what="Share of the trials that find the effect planned for (p < .05), where 80 % are"
            " wanted.",
            band=Band(0.77, 0.88),
            unit="share",
            figures=_shares("found"),
        ),
        Gate(
            name="Power of 28 looks",
            what="Share of the trials with the users planned for looks in which the sequence"
            " excludes 0 at any look.",
            band=None,
            unit="share",
            figures=_shares("found_looks"),
        ),
        Gate(
            name="Power at the last look",
            what="The same at the last look alone, which is what was planned for.",
            band=None,
            unit="share",
            figures=_shares("found_last"),
        ),
        Gate(
            name="Power of 28 looks with the users of one",
            what="The sequence's, where the trial was planned for a single look.",
            band=None,
            unit="share",
            figures=_shares("found_looks_few"),
        ),
        Gate(
            name="Users of one look",
            what="Triggered users an arm, mean over plans.",
            band=None,
            unit="",
            figures=_means("users"),
        ),
        Gate(
            name="Users of 28 looks",
            what="The same for the sequence.",
            band=None,
            unit="",
            figures=_means("users_looks"),
        ),
        Gate(
            name="Effect planned for",
            what="Difference of first returns between the arms.",
            band=None,
            unit="s",
            figures=_means("effect"),
        ),
    ),
    weak=_weak,
)
