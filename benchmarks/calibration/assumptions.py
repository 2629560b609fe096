"""Gates of launches in which an assumption breaks (sections 8 and 10): the verdict's word."""

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
from benchmarks.calibration.verdicts import Judged, Launch, judge_trial, launch

_BATCH: Final = 200
_CI: Final = 20
"""Replications in CI, which must stay cheap; of those with tossed arms twice as many."""
_USERS: Final = 1000
_COMPANIES: Final = 100
_STAGES: Final = (0.1, 0.5, 0.9)
_SHOWN: Final = ("better", "worse")


# --- what is drawn ---


def draw_tossed(seed: int, replications: int, **planted: Any) -> list[Record]:  # noqa: ANN401
    """Trials of a marker that does nothing: their arms are tossed anew, in three ways.

    Args:
        seed: of the batch.
        replications: trials; each tosses 1,000 users, 1,000 users in stages, and 100 companies.
        **planted: parameters of `verdicts.launch`.
    """
    people = launch(seed, **planted)
    stage = people.day * len(_STAGES) // (int(people.day.max()) + 1)
    companies = int(people.company.max()) + 1
    records = []
    for number in range(replications):
        rng = np.random.default_rng([seed, 7, number])
        picked = rng.choice(people.users, _USERS, replace=False)
        luck = rng.random(_USERS)
        staged = luck < np.asarray(_STAGES)[stage[picked]]
        some = rng.choice(companies, _COMPANIES, replace=False)
        whole = np.flatnonzero(np.isin(people.company, some))
        by_company = (rng.random(companies) < 0.5)[people.company[whole]]
        records.append(
            {
                "clean": kept(judge_trial(people, picked, luck < 0.5, seed=number)),
                "staged": kept(judge_trial(people, picked, staged, seed=number)),
                "staged by day": kept(
                    judge_trial(people, picked, staged, seed=number, by_day=True)
                ),
                "companies": kept(judge_trial(people, whole, by_company, seed=number)),
                "companies by unit": kept(
                    judge_trial(people, whole, by_company, seed=number, unit="company")
                ),
            }
        )
    return records


def draw_launches(
    seed: int,
    replications: int,
    *,
    users: int,
    tossed: bool,
    **planted: Any,  # noqa: ANN401
) -> list[Record]:
    """Trials of some users of one launch.

    Args:
        seed: of the batch.
        replications: trials.
        users: of each.
        tossed: their arms are tossed anew; else those of the simulation.
        **planted: parameters of `verdicts.launch`.
    """
    people = launch(seed, **planted)
    records = []
    for number in range(replications):
        rng = np.random.default_rng([seed, 7, number])
        picked = rng.choice(people.users, users, replace=False)
        arms = rng.random(users) < 0.5 if tossed else people.trial.treated[picked]
        found = judge_trial(people, picked, arms, seed=number)
        records.append(
            {
                "trial": kept(found),
                "estimate": None if found.estimate is None else round(found.estimate, 9),
                "truth": round(people.truth["effect"], 9),
                "used": _much_used(people, picked),
            }
        )
    return records


def kept(found: Judged) -> list[Any]:
    """A trial's word, failed checks and warnings."""
    return [found.verdict.word, list(found.failed), list(found.warned)]


def _much_used(people: Launch, picked: Ints) -> float:
    """Share of the users with four interruptions or more."""
    counts = people.trial.users["eligible"].to_numpy()[picked]
    return round(float((counts >= 4).mean()), 4)


# --- the situations ---

BRIEF: Final = {
    "population": 4_000,
    "mid_task_share": 0.8,
    "step_median_seconds": 15.0,
    "stretch_steps_median": 5.0,
    "task_steps_mean": 6.0,
    "look_share": 0.1,
    "short_share": 0.0,
    "break_floor_minutes": 35.0,
    "call_median_minutes": 45.0,
    "struggler_search_factor": 3.0,
    "activity_sigma": 0.6,
    "attendance_share": 0.5,
    "stretches_per_day_mean": 2.0,
    "weeks": 1,
    "cut_days": 4.5,
    "launch_day": 1,
}
_TWO_WEEKS: Final = {**BRIEF, "weeks": 2, "cut_days": 11.5}
_NOTHING: Final = {"noticed_share": 0.0, "marker_events": "both"}
WORKS: Final = {
    "search_median_seconds": 45.0,
    "same_element_share": 0.6,
    "noticed_share": 0.8,
    "search_removed_share": 0.7,
    "marker_events": "treatment",
}
ONLY_SHOWN: Final = {"noticed_share": 0.0, "marker_events": "treatment"}

_TOSSED: Final = Experiment(
    "assumptions.tossed",
    _BATCH,
    draw_tossed,
    {
        **_TWO_WEEKS,
        **_NOTHING,
        "launch_day": 3,
        "assignment_days": 6,
        "late_search_factor": 3.0,
        "teams": 200,
        "team_sigma": 0.8,
    },
    2 * _CI,
)


def _launched(key: str, label: str, **planted: Any) -> tuple[Experiment, str]:  # noqa: ANN401
    parameters = {"users": _USERS, "tossed": False, **planted}
    return Experiment(f"assumptions.{key}", _BATCH, draw_launches, parameters, _CI), label


_CHURN: Final = _launched(
    "churn",
    "60 % of the users leave for good",
    **_TWO_WEEKS,
    **_NOTHING | {"churn_share": 0.6},
    tossed=True,
)
_NEW_IDS: Final = _launched(
    "new_ids",
    "60 % have a new id from the launch on",
    **BRIEF,
    **_NOTHING | {"new_id_share": 0.6},
    tossed=True,
)
_RESTORED: Final = _launched(
    "restored",
    "written at 30 % of the returns, 0.5 s after them",
    **BRIEF,
    **ONLY_SHOWN,
    restored_share=0.3,
)
_MUCH_USED: Final = {**_TWO_WEEKS, "attendance_share": 0.8, "population": 6_000}
_LEARNING: Final = _launched(
    "learning",
    "the first marker costs two minutes, 1,500 users an arm",
    **_MUCH_USED,
    **WORKS,
    first_showing_seconds=120.0,
    users=3_000,
)
_NOVELTY: Final = _launched(
    "novelty",
    "half of the effect is gone with each marker, 500 users an arm",
    **_MUCH_USED,
    **WORKS,
    novelty_half_exposures=1.0,
)
_GIVE_UPS: Final = _launched(
    "give_ups",
    "a marker that only keeps people from giving up",
    **BRIEF,
    **{**WORKS, "search_removed_share": 0.0, "wrong_arrow_seconds": 0.0},
    give_up_share=0.25,
    give_ups_prevented_share=0.9,
)
_ALONE: Final = (
    _CHURN,
    _NEW_IDS,
    _RESTORED,
    _LEARNING,
    _NOVELTY,
    _GIVE_UPS,
)


# --- what is asked ---

_Case = tuple[str, str, str]
"""Experiment, key of the trial in its records, label."""


def _case(key: str, label: str) -> _Case:
    return _TOSSED.key, key, label


def _of(situation: tuple[Experiment, str]) -> _Case:
    return situation[0].key, "trial", situation[1]


_CLEAN: Final = _case("clean", "a clean A/A trial")
_STAGED: Final = _case("staged", "staged launch")
_BY_DAY: Final = _case("staged by day", "staged launch, `--stratify-by-day`")
_COMPANY: Final = _case("companies", "100 companies of 20 users")
_BY_UNIT: Final = _case("companies by unit", "100 companies of 20 users, `--unit company`")


def _trials(records: Records, case: _Case) -> list[list[Any]]:
    key, name, _ = case
    return [record[name] for record in records[key]]


def _figure(case: _Case, records: Records, true_of: Callable[[list[Any]], bool]) -> Figure:
    return share(case[0], case[2], [true_of(one) for one in _trials(records, case)])


def _over(
    cases: Sequence[_Case], true_of: Callable[[list[Any]], bool]
) -> Callable[[Records], list[Figure]]:
    return lambda records: [_figure(case, records, true_of) for case in cases]


def _said(*words: str) -> Callable[[list[Any]], bool]:
    return lambda one: one[0] in words


def _found_by(check: str) -> Callable[[list[Any]], bool]:
    return lambda one: check in one[1]


def _estimates(records: Records) -> list[Figure]:
    figures = []
    for experiment, label in (_LEARNING, _NOVELTY, _GIVE_UPS):
        for name in ("truth", "estimate"):
            found = [r[name] for r in records[experiment.key] if r[name] is not None]
            figures.append(mean(experiment.key, f"{label}: {name}", found))
    return figures


def _used(records: Records) -> list[Figure]:
    return [
        mean(e.key, label, [r["used"] for r in records[e.key]])
        for e, label in (_LEARNING, _NOVELTY)
    ]


def _weak(figures: Mapping[str, Sequence[Figure]]) -> str:
    better, changes, _ = figures["Verdicts on a novelty"]
    return f"""\
**Worlds that the method cannot handle**, and what happens in them:

- *A feature that writes work of its own long after the return, after this time or that* (see
  Restoration).
- *A novelty*: the verdict is about first returns. With 500 users an arm an effect that halves with
  every marker is called better in {percent(better)} of the trials, and to change with use in
  {percent(changes)}; there is no gate.
- *Companies that no column names*: users who were assigned as wholes look like users who were
  assigned one by one. Name the unit (`--unit`), with a column in the log or the assignments.
- *People who stop before hard steps*: what they would have taken without the interruption stands
  nowhere in the log (see Ranges)."""


FAMILY: Final = Family(
    name="assumptions",
    planted="""\
Whole logs with a launch go through the whole pipeline, as under Evaluation, and every trial gets
the verdict of `evaluate`: all checks, then the effect at the first return up to a cap chosen blind
to the arms, then what longer caps and later returns say. In each batch 4,000 users are simulated
(6,000 of *Learning* and *Novelty*; a trial of *Learning* is 3,000 of them); a trial is 1,000 of
them, drawn without replacement. What the checks look at is put together from sums of a user, and
must be what the product's queries find for all users, or the run stops. Permutations are 100,
tables of companies 2,000, which leaves their levels as they are. Worlds are those of `resume-gap
simulate` by the same names, smaller.

*Tossed*: two weeks, users assigned over six days; those of the last day search three times as long
as those of the first, companies (200 of 20 users) differ with sigma 0.8. The marker does nothing.
*Clean*: users tossed one by one. *Staged*: a share of 10, 50 and 90 % is treated in the first,
second and third two days. *Companies*: 100 companies tossed as wholes.

*Restoration*: the marker does nothing, and the feature writes one `edit_cell` at the place last
touched, before anybody can have seen the marker (later: see Restoration). *Learning*: a marker that
helps (as under Evaluation) costs two minutes the first time it is noticed. *Novelty*: it helps half
as much each time. *Give-ups*: a quarter of the returns is given up, and a noticed marker that
points right keeps nine tenths of those who would leave.""",
    experiments=(_TOSSED, *(e for e, _ in _ALONE)),
    gates=(
        Gate(
            name="False verdicts",
            what="Share of the trials of a marker without effect that are called better or worse.",
            band=Band(high=0.065),
            unit="share",
            figures=_over(
                (
                    _CLEAN,
                    _STAGED,
                    _BY_DAY,
                    _COMPANY,
                    _BY_UNIT,
                    _of(_CHURN),
                    _of(_NEW_IDS),
                    _of(_RESTORED),
                ),
                _said(*_SHOWN),
            ),
        ),
        Gate(
            name="A/A error with day blocks and with units",
            what="The same where the remedy is named; `changes_with_use`, `depends_on_cap` count.",
            band=Band(0.04, 0.06),
            unit="share",
            figures=_over(
                (_BY_DAY, _BY_UNIT), _said(*_SHOWN, "changes_with_use", "depends_on_cap")
            ),
        ),
        Gate(
            name="False withholding",
            what="Share of the clean A/A trials in which any check fails.",
            band=Band(high=0.01),
            unit="share",
            figures=_over((_CLEAN,), _said("withheld")),
        ),
        Gate(
            name="Restoration is found",
            what="Share of the trials that are withheld by the window test: work so soon after the"
            " return that nobody can have seen the marker.",
            band=Band(low=0.95),
            unit="share",
            figures=_over((_of(_RESTORED),), _found_by("first_step")),
        ),
        Gate(
            name="Staged launch and companies are found",
            what="Share of the trials withheld where no remedy is named: by the allocation over"
            " time, by the unit of randomization.",
            band=Band(low=0.95),
            unit="share",
            figures=_over((_STAGED, _COMPANY), _said("withheld")),
            of_method=False,
        ),
        Gate(
            name="`changes_with_use` where only the first marker costs",
            what="Share of the trials.",
            band=Band(low=0.88),
            unit="share",
            figures=_over((_of(_LEARNING),), _said("changes_with_use")),
        ),
        Gate(
            name="Verdicts on a novelty",
            what="Share of the trials that are called better, and that change with use.",
            band=None,
            unit="share",
            figures=lambda records: [
                share(
                    _NOVELTY[0].key,
                    f"{_NOVELTY[1]}: `{word}`",
                    [one[0] == word for one in _trials(records, _of(_NOVELTY))],
                )
                for word in ("better", "changes_with_use", "no_difference_seen")
            ],
        ),
        Gate(
            name="`better` where a marker only keeps people from giving up",
            what="Share of the trials.",
            band=None,
            unit="share",
            figures=_over((_of(_GIVE_UPS),), _said("better")),
        ),
        Gate(
            name="Withheld although nothing is wrong with the trial",
            what="Users who leave, and ids that change at the launch.",
            band=None,
            unit="share",
            figures=_over((_of(_CHURN), _of(_NEW_IDS)), _said("withheld")),
        ),
        Gate(
            name="Planted and estimated effects",
            what="Truth up to the longest cap, estimates up to that of each trial.",
            band=None,
            unit="s",
            figures=_estimates,
        ),
        Gate(
            name="Users with four interruptions",
            what="Share of all users.",
            band=None,
            unit="share",
            figures=_used,
        ),
    ),
    weak=_weak,
)
