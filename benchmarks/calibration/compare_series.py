"""Gates of one launch date (sections 8 and 10): daily series with and without a control."""

import math
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
from resume_gap.stats.interrupted_series import SeriesEffect, control_jump, one_date
from resume_gap.stats.placebos import Floats, ranked

_BATCH: Final = 100
_ALPHA: Final = 0.05
_HORIZON: Final = 14
_SECONDS: Final = 6.0
"""Of noise from day to day in the measure, and of what it shares with its control."""
_WEEKDAYS: Final = np.array([0.0, 1.0, 0.0, -1.0, 2.0, 12.0, 9.0])
_JUMP: Final = 4
"""Of a control on the day, in root mean squares of its placebo effects."""


# --- what is drawn ---


def draw_series(
    seed: int,
    replications: int,
    *,
    shared: str,
    history: int,
    own: float = 0.0,
    weeks: float = 0.0,
    kept: float = 0.0,
    noisy: float = 0.5,
    missing: float = 0.0,
    weekends: float = 1.0,
    quiet: int = 0,
) -> list[Record]:
    """Series of one launch each.

    Args:
        seed: of the batch.
        replications: series.
        shared: by the measure and its control: `nothing`, `ar` with a number, `wave`, `step` or
            `walk`.
        history: days before the launch.
        own: how much of a day's own noise in the measure is that of the day before.
        weeks: level of each week in the measure alone, in its noise from day to day.
        kept: how much of such a level is that of the week before.
        noisy: noise of the control, in that of the measure.
        missing: share of days without a return, in each of both.
        weekends: noise of Saturdays and Sundays, in that of other days.
        quiet: days before the launch without a step.
    """
    days = history + _HORIZON
    weekday = np.arange(days) % 7
    records = []
    for world in range(replications):
        draw = np.random.default_rng([seed, world])
        common = _SECONDS * _shared(shared, draw, days, history - quiet)
        wide = np.where(weekday > 4, weekends, 1.0)
        noise = _SECONDS * _autoregressive(draw, days, own)
        measure = 60 + 0.04 * np.arange(days) + _WEEKDAYS[weekday] + common + noise * wide
        if weeks:
            levels = _autoregressive(draw, days // 7 + 2, kept)
            measure += weeks * _SECONDS * levels[(np.arange(days) + draw.integers(7)) // 7]
        still = noisy * _SECONDS * draw.normal(size=days) * wide
        control = 45 - 0.02 * np.arange(days) + _WEEKDAYS[::-1][weekday] / 2 + 0.8 * common + still
        if missing:
            measure[draw.random(days) < missing] = np.nan
            control[draw.random(days) < missing] = np.nan
        records.append(_record(draw, measure, control, weekday, history))
    return records


def _record(
    draw: np.random.Generator,
    measure: Floats,
    control: Floats,
    weekday: np.ndarray[Any, np.dtype[np.int64]],
    launch: int,
) -> Record:
    found = one_date(measure, control, weekday, launch, _HORIZON)
    # The effect fades, as that of something new does; a missing day has none.
    fades = np.linspace(-1.5, -0.5, _HORIZON) * _SECONDS
    planted = measure.copy()
    planted[launch:] += fades
    there = np.isfinite(measure[launch:] + control[launch:])
    truth = float(fades[there].mean())
    other = one_date(planted, control, weekday, launch, _HORIZON)
    spread = ranked(control, weekday, launch, _HORIZON).spread
    jumping = control.copy()
    jumping[launch:] += _JUMP * spread * draw.choice([-1, 1])
    jump, over = control_jump(jumping, weekday, launch, _HORIZON)
    alone = ranked(measure, weekday, launch, _HORIZON)
    return {
        "alarm": _says(found),
        "found": _says(other),
        "covered": _holds(other, truth),
        "width": round(2 * ((other.ci_upper or math.nan) - other.estimate), 6),
        "off": round(other.estimate - truth, 6),
        "withheld": found.control_p is not None and found.control_p <= _ALPHA,
        "caught": jump.enough and jump.p <= _ALPHA,
        "short": over != _HORIZON,
        "alone": alone.enough and alone.p <= _ALPHA,
    }


def _says(found: SeriesEffect) -> bool:
    if found.p is None:
        raise AssertionError(f"a series of this length has a p: {found.reason}")
    return found.p <= _ALPHA and not _holds(found, 0.0)


def _holds(found: SeriesEffect, truth: float) -> bool:
    if found.ci_lower is None or found.ci_upper is None:
        raise AssertionError("where there is a p there is an interval")
    return found.ci_lower - 1e-9 <= truth <= found.ci_upper + 1e-9


def _shared(kind: str, draw: np.random.Generator, days: int, before: int) -> Floats:
    """(days) what the measure and its control have in common; its spread is about 1."""
    if kind.startswith("ar"):
        return _autoregressive(draw, days, float(kind[2:]))
    if kind == "wave":
        phase = np.arange(days) / draw.uniform(20, 90) + draw.random()
        return np.asarray(math.sqrt(2) * np.sin(2 * math.pi * phase))
    if kind == "step":
        return np.where(np.arange(days) >= draw.integers(before), 2.0, 0.0) * draw.choice([-1, 1])
    if kind == "walk":
        return 0.3 * np.cumsum(draw.normal(size=days))
    return np.zeros(days)


def _autoregressive(draw: np.random.Generator, days: int, share_kept: float) -> Floats:
    """(days) of variance 1, each day so much of the day before."""
    fresh = draw.normal(size=days) * math.sqrt(1 - share_kept**2)
    fresh[0] = draw.normal()
    for day in range(1, days):
        fresh[day] += share_kept * fresh[day - 1]
    return fresh


# --- the situations ---

_SHARED: Final = {
    "nothing": "nothing shared",
    "ar0.3": "AR .3",
    "ar0.6": "AR .6",
    "ar0.8": "AR .8",
    "wave": "a wave",
    "step": "a step",
    "walk": "a random walk",
}
_MORE: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = {
    "own3": ("AR .8, and AR .3 of its own", {"shared": "ar0.8", "own": 0.3}),
    "own6": ("AR .8, and AR .6 of its own", {"shared": "ar0.8", "own": 0.6}),
    "weekends": ("AR .8, weekends three times as noisy", {"shared": "ar0.8", "weekends": 3.0}),
    "missing": ("AR .8, a tenth of the days missing", {"shared": "ar0.8", "missing": 0.05}),
}
_SHORT, _LONG = 94, 182
_LATE: Final = 28
"""Days before the launch in which a step is no longer history."""


def _situations() -> list[tuple[Experiment, str]]:
    planted: dict[str, tuple[str, Mapping[str, Any]]] = {
        kind: (label, {"shared": kind}) for kind, label in _SHARED.items()
    } | dict(_MORE)
    return [
        (
            Experiment(
                f"compare_series.{key}_{history}",
                _BATCH,
                draw_series,
                {**parameters, "history": history},
            ),
            f"{label}, {history} days of history",
        )
        for history in (_SHORT, _LONG)
        for key, (label, parameters) in planted.items()
        if not (key == "missing" and history == _SHORT)  # under 53 placebos there is no p
    ]


_ALL: Final = _situations()
_QUIET: Final = [
    (
        Experiment(
            f"compare_series.early_step_{history}",
            _BATCH,
            draw_series,
            {"shared": "step", "history": history, "quiet": _LATE},
        ),
        f"a step over four weeks before the launch, {history} days of history",
    )
    for history in (_SHORT, _LONG)
]
_WEEKS: Final = [
    (
        Experiment(
            f"compare_series.weeks{10 * kept:.0f}_{history}",
            _BATCH,
            draw_series,
            {"shared": "ar0.8", "weeks": 1.0, "kept": kept, "history": history},
        ),
        f"AR .8, and {label}, {history} days of history",
    )
    for history in (_SHORT, _LONG)
    for kept, label in ((0.0, "a level of its own each week"), (0.6, "such levels with AR .6"))
]


# --- what is asked ---


def _shares(
    records: Records, name: str, some: Sequence[tuple[Experiment, str]] = _ALL
) -> list[Figure]:
    return [share(e.key, label, [r[name] for r in records[e.key]]) for e, label in some]


def _said(records: Records, some: Sequence[tuple[Experiment, str]] = _ALL) -> list[Figure]:
    return [
        share(e.key, label, [r["alarm"] for r in records[e.key] if not r["withheld"]])
        for e, label in some
    ]


def _means(records: Records, name: str) -> list[Figure]:
    return [mean(e.key, label, [r[name] for r in records[e.key]]) for e, label in _ALL]


def _withheld(records: Records, history: int) -> list[Figure]:
    some = [
        (e, label)
        for e, label in [*_ALL, *_QUIET]
        if e.parameters["history"] == history
        and (e.parameters["shared"] != "step" or "quiet" in e.parameters)
    ]
    return _shares(records, "withheld", some)


def _weak(figures: Mapping[str, Sequence[Figure]]) -> str:
    alone = figures["Without a control"]
    power = figures["An effect as large as a day's noise is found"]
    late = figures["Withheld after a step at any day"]
    short = figures["Control that did nothing, three months of history"]
    weeks = figures["Weeks of the measure alone"]
    moods = max(weeks, key=lambda figure: figure.value or 0)
    most = max(alone, key=lambda figure: figure.value or 0)
    worst = max(short, key=lambda figure: figure.value or 0)
    return f"""\
- **Without a control there is no p.** What moves for weeks passes for an effect: up to
  {percent(most)} false alarms ({most.label}).
- **It finds large effects only.** One as large as the measure's noise from day to day is found in
  {percent(power[0])} of the launches with three months of history and nothing shared; where the
  measure has weather of its own it is far less, as the table shows.
- **Weeks that resemble the week before in the measure alone** pass for an effect in up to
  {percent(moods)} ({moods.label}): a few months hold few of them.
- A control that drifts or keeps its level for weeks, with only three months of history, is taken
  for one that jumped in up to {percent(worst)} ({worst.label}): the result is then withheld, so
  this errs on the side of silence. The band holds for half a year.
- A step of the control in the last four weeks before the launch is a change at the launch as far
  as a daily series can tell: with steps at any day {percent(late[0])} are withheld, three months.
- Effects that the control shares are no effects here: a launch that changes the control's returns
  as well is withheld or lost."""


FAMILY: Final = Family(
    name="compare_series",
    planted="""\
Daily series of a measure and of its control, with weekdays, lines and noise of their own, and
something that both share and that moves for days or weeks: autoregressive (AR), a wave of 20 to
90 days, one step at any day of the history, a random walk. Shared and own noise of the measure
are 6 s from day to day; the control follows eight tenths of what is shared, with 3 s of noise of
its own. Some measures also have a level of each week, of 6 s as well, that their control does not
share. The launch comes after 94 days, the fewest that have a p, or 182. In truth it does nothing;
where an effect is planted, it falls from 9 s to 3 s faster over the 14 days that count.
`stats.interrupted_series.one_date` judges each series by itself.""",
    experiments=tuple(e for e, _ in [*_ALL, *_QUIET, *_WEEKS]),
    gates=(
        Gate(
            name="Launch that does nothing",
            what="Share of the series with p at most 0.05 and an interval without 0.",
            band=Band(0.02, 0.07),
            unit="share",
            figures=lambda records: _shares(records, "alarm"),
        ),
        Gate(
            name="Launch that does nothing, where the control is quiet",
            what="The same among the series that are not withheld for their control.",
            band=Band(0.02, 0.07),
            unit="share",
            figures=_said,
        ),
        Gate(
            name="Weeks of the measure alone",
            what="The same where each week of the measure has a level that its control does not"
            " share.",
            band=None,
            unit="share",
            figures=lambda records: _said(records, _WEEKS),
        ),
        Gate(
            name="Interval of a launch",
            what="Share of the intervals that hold the planted effect.",
            band=Band(0.92, 0.98),
            unit="share",
            figures=lambda records: _shares(records, "covered"),
        ),
        Gate(
            name="Control that jumps on the day",
            what="By 4 times the root mean square of its placebo effects: share withheld.",
            band=Band(0.95, None),
            unit="share",
            figures=lambda records: _shares(records, "caught"),
        ),
        Gate(
            name="Control that did nothing, half a year of history",
            what="Share withheld nevertheless; steps lie four weeks before the launch or earlier.",
            band=Band(0.02, 0.08),
            unit="share",
            figures=lambda records: _withheld(records, _LONG),
        ),
        Gate(
            name="Control that did nothing, three months of history",
            what="The same.",
            band=None,
            unit="share",
            figures=lambda records: _withheld(records, _SHORT),
        ),
        Gate(
            name="Withheld after a step at any day",
            what="Where the control may have stepped up to the day before the launch.",
            band=None,
            unit="share",
            figures=lambda records: _shares(
                records, "withheld", [pair for pair in _ALL if "step" in pair[0].key]
            ),
        ),
        Gate(
            name="Without a control",
            what="Share with p at most 0.05 if there were one: why the tool gives none.",
            band=None,
            unit="share",
            figures=lambda records: _shares(records, "alone"),
        ),
        Gate(
            name="An effect as large as a day's noise is found",
            what="Share of the planted effects, 6 s in the mean, with p at most 0.05 and an"
            " interval without 0.",
            band=None,
            unit="share",
            figures=lambda records: _shares(records, "found"),
        ),
        Gate(
            name="Width of the interval of a launch",
            what="Mean, both sides together.",
            band=None,
            unit="s",
            figures=lambda records: _means(records, "width"),
        ),
        Gate(
            name="Estimate less the planted effect",
            what="Mean over the series.",
            band=None,
            unit="s",
            figures=lambda records: _means(records, "off"),
        ),
    ),
    weak=_weak,
)
