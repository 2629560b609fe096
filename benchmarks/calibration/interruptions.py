"""Gates of interruptions and re-orientation time (sections 3 and 4) against what was planted."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import polars as pl

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
)
from benchmarks.calibration.logs import epoch_us, run_log
from resume_gap.results.common import US
from resume_gap.synthetic import World, simulate

_BATCH: Final = 20
_CUT_DAYS: Final = 11.5
"""Noon of the second Friday: the log ends in the middle of work."""
_STAMP_US: Final = {"exact": 1, "second": US, "minute": 60 * US}
_CLASSES: Final = ("up_to_1h", "1h_4h", "4h_16h", "16h_72h", "over_72h")
_ALL: Final = "all"


# --- what is drawn ---


def draw_worlds(
    seed: int,
    replications: int,
    *,
    world: Mapping[str, Any],
    gap_minutes: float | None = 30.0,
    roles: Mapping[str, Sequence[str]] | None = None,
    sequence: bool = False,
) -> list[Record]:
    """Worlds in one run; each record counts planted, found and both, and sums Y by gap class.

    Args:
        seed: of the batch.
        replications: worlds.
        world: parameters of the simulator.
        gap_minutes: the threshold; None: learned from the batch.
        roles: what is configured; else the simulator's own names.
        sequence: hand over a column that numbers each user's events in their true order.
    """
    planted = World(replications=replications, first_world=0, cut_days=_CUT_DAYS, **world)
    until_us = epoch_us(planted, _CUT_DAYS)
    simulated = simulate(planted, seed=seed)
    log = simulated.log
    columns: tuple[str, ...] = ("target", "context", "task")
    if sequence:
        # The log stands in order of arrival; nothing arrives late in these worlds.
        log, columns = log.with_row_index("sequence"), (*columns, "sequence")
    run = run_log(
        log,
        until_us=until_us,
        gap_us=None if gap_minutes is None else round(gap_minutes * 60 * US),
        columns=columns,
        roles={name: tuple(names) for name, names in (roles or {}).items()},
    )
    stamp = _STAMP_US[planted.stamps]
    cap = run.cap_us / US
    at = pl.col("return_at").dt.epoch("us")
    truth = simulated.interruptions.filter(pl.col("gap_seconds") * US > run.threshold_us).select(
        "world",
        "user_id",
        "gap_class",
        return_us=at // stamp * stamp,
        eligible=at + run.cap_us <= until_us,
        y=pl.when("gave_up").then(cap).otherwise(pl.min_horizontal("lag_seconds", pl.lit(cap))),
    )
    found = run.returns.filter("is_interruption").select(
        "user_id",
        "gap_class",
        "return_us",
        "eligible",
        world=pl.col("user_id").str.extract(r"^w(\d+)").cast(pl.Int64),
        y=pl.col("reorientation_us") / US,
        reached=pl.when(pl.col("lag_us") <= run.cap_us).then(pl.col("lag_us") / US),
    )
    both = truth.join(found, on=["user_id", "return_us"], how="semi")
    counts = {
        name: dict(frame.group_by("world").len().iter_rows())
        for name, frame in (("planted", truth), ("found", found), ("both", both))
    }
    sums_found, sums_truth = _sums(found), _sums(truth)
    complete = _complete_cases(found)
    return [
        {
            "threshold_s": run.threshold_us / US,
            **{name: of_world.get(number, 0) for name, of_world in counts.items()},
            "y": {
                name: [
                    *sums_found.get((number, name), (0.0, 0)),
                    *sums_truth.get((number, name), (0.0, 0)),
                ]
                for name in (_ALL, *_CLASSES)
            },
            "complete": complete.get(number, [0.0, 0]),
        }
        for number in range(replications)
    ]


def _sums(frame: pl.DataFrame) -> dict[tuple[int, str], tuple[float, int]]:
    """Seconds and number of the eligible, by world and gap class and over all classes."""
    rows = frame.filter("eligible").sort("world", "user_id", "return_us")
    sums = [pl.col("y").sum().round(6), pl.len()]
    by_class = rows.group_by("world", "gap_class", maintain_order=True).agg(sums)
    over_all = rows.group_by("world", maintain_order=True).agg(sums)
    found = {(w, name): (y, n) for w, name, y, n in by_class.iter_rows()}
    return found | {(w, _ALL): (y, n) for w, y, n in over_all.iter_rows()}


def _complete_cases(found: pl.DataFrame) -> dict[int, list[float]]:
    rows = found.filter("eligible").sort("world", "user_id", "return_us")
    sums = rows.group_by("world", maintain_order=True).agg(
        pl.col("reached").sum().round(6), pl.col("reached").count().alias("n")
    )
    return {w: [seconds, n] for w, seconds, n in sums.iter_rows()}


# --- the situations ---

_BASE: Final = {
    "users": 10,
    "weeks": 2,
    "attendance_share": 0.55,
    "stretches_per_day_mean": 2.5,
    "stretch_steps_median": 6.0,
    "task_steps_mean": 8.0,
    "short_share": 0.1,
    "look_share": 0.2,
}
_AWAY: Final = {"away": ["idle", "focus"]}


def _situation(
    key: str,
    label: str,
    *,
    world: Mapping[str, Any] | None = None,
    **more: Any,  # noqa: ANN401
) -> tuple[Experiment, str]:
    parameters = {"world": {**_BASE, **(world or {})}, **more}
    return Experiment(f"interruptions.{key}", _BATCH, draw_worlds, parameters), label


_PLAIN: Final = _situation("exact", "exact stamps")
_FINE: Final = (
    _PLAIN,
    _situation("second", "whole seconds", world={"stamps": "second"}),
    _situation("learned", "threshold learned", gap_minutes=None),
    _situation(
        "away",
        "30 % of the breaks with idle and focus events",
        world={"away_share": 0.3},
        roles=_AWAY,
    ),
    _situation("lost", "10 % of the targets lost", world={"null_target_share": 0.1}),
)
_COARSE: Final = (
    _situation("minute", "minute stamps", world={"stamps": "minute"}),
    _situation(
        "minute_sequence",
        "minute stamps and a sequence column",
        world={"stamps": "minute"},
        sequence=True,
    ),
)
_GIVING_UP: Final = tuple(
    _situation(f"giving_up.{key}", f"{label} give up", world=planted)
    for key, label, planted in (
        ("none", "0 %", {"give_up_share": 0.0, "give_up_scale_seconds": 1e12}),
        ("some", "10 %", {"give_up_share": 0.06}),
        ("many", "20 %", {"give_up_share": 0.165}),
        ("most", "40 %", {"give_up_share": 0.38}),
    )
)
_STRESS: Final = (
    _situation(
        "heartbeats", "heartbeats through breaks, not ignored", world={"heartbeats": "open"}
    ),
    _situation(
        "heartbeats_ignored",
        "the same with `--ignore heartbeat`",
        world={"heartbeats": "open"},
        roles={"ignore": ["heartbeat"]},
    ),
    _situation("unfinished", "finishing events not configured", roles={"complete": []}),
    _situation(
        "half",
        "two of five productive names missing",
        roles={"productive": ["edit_cell", "update_field", "submit"]},
    ),
)


# --- what is asked ---


def _precision(key: str, label: str, records: Sequence[Record]) -> Figure:
    return ratio(key, label, [(r["both"], r["found"]) for r in records])


def _recall(key: str, label: str, records: Sequence[Record]) -> Figure:
    return ratio(key, label, [(r["both"], r["planted"]) for r in records])


def _threshold(key: str, label: str, records: Sequence[Record]) -> Figure:
    return mean(key, label, [r["threshold_s"] / 60 for r in records])


def _bias(key: str, label: str, records: Sequence[Record], *, gap_class: str = _ALL) -> Figure:
    return ratio_less_ratio(key, label, [tuple(r["y"][gap_class]) for r in records])


def _truth(key: str, label: str, records: Sequence[Record], *, gap_class: str = _ALL) -> Figure:
    return ratio(key, label, [tuple(r["y"][gap_class][2:]) for r in records])


def _complete(key: str, label: str, records: Sequence[Record]) -> Figure:
    parts = [(*r["complete"], *r["y"][_ALL][2:]) for r in records]
    return ratio_less_ratio(key, label, parts)


def _over(
    situations: Sequence[tuple[Experiment, str]], figure: Callable[..., Figure]
) -> Callable[[Records], list[Figure]]:
    return lambda records: [figure(e.key, label, records[e.key]) for e, label in situations]


_CLASS_WORDS: Final = {
    "up_to_1h": "up to 1 h",
    "1h_4h": "1-4 h",
    "4h_16h": "4-16 h",
    "16h_72h": "16-72 h",
    "over_72h": "over 72 h",
}


def _by_class(figure: Callable[..., Figure]) -> Callable[[Records], list[Figure]]:
    """A figure for each gap class and share of giving up."""
    return lambda records: [
        figure(e.key, f"{label}, gap {_CLASS_WORDS[name]}", records[e.key], gap_class=name)
        for e, label in _GIVING_UP
        for name in _CLASSES
    ]


def _weak(figures: Mapping[str, Sequence[Figure]]) -> str:
    recall = {f.label: percent(f) for f in figures["Recall where the configuration is wrong"]}
    precision = {f.label: percent(f) for f in figures["Precision where the configuration is wrong"]}
    bias = {
        f.label: f.value or 0 for f in figures["Bias of mean Y where the configuration is wrong"]
    }
    beats, ends, names = (_STRESS[i][1] for i in (0, 2, 3))
    most = figures["Complete cases instead"][-1]
    plain, ordered = (percent(f) for f in figures["Recall under minute stamps"])
    return f"""\
- **These gates show that the pipeline carries out its definitions**, through ties, stamps,
  intervals and the end of the log. They do not show that the definitions fit a product: the
  simulator logs every act, finishes tasks by an event, and stops mid-task only where it says so.
- What is configured decides. Heartbeats that run through breaks and are not ignored leave a recall
  of {recall[beats]}; finishing events that are not named leave a precision of
  {precision[ends]}; two productive names missing of five move mean Y by {bias[names]:+.1f} s.
- **Minute stamps lose interruptions**: recall is {plain}, with a sequence column {ordered}.
  Events of one minute have no order; the method puts completing ones last, so work that went on
  after a `submit` of the same minute counts as completed. What is left after the sequence are gaps
  that the stamps make up to a minute shorter; planted breaks are dense at 30 minutes.
- Silent looking before the first logged event is invisible to any log: every lag is a lower bound.
  It is not planted here, for it would shift truth and estimate alike.
- Leaving out those who gave up (complete cases) is off by {most.value or 0:+.0f} s where 40 % do;
  the tool charges them with the cap instead, which is a convention and not a time anyone took."""


FAMILY: Final = Family(
    name="interruptions",
    planted="""\
Whole logs through the whole pipeline, many worlds of 10 users and two weeks in one run with the
world in the user's id. People work in stretches (median pause 6 s, at most 150 s inside one),
breaks strike mid-task (70 % by day, 45 % at night) or after a finished task; a tenth of the breaks
is short (median 4 min). After an interruption people search, sometimes for long, or give up and
leave again. The log ends on a Friday noon in the middle of work. The simulator keeps its own
account of every interruption; it is compared return by return (same user, same instant as
stamped). Threshold 30 min and cap 15 min unless noted; *threshold learned*: from the twenty worlds
of a run together, cap = the smaller of 15 min and the threshold, in truth and tool alike.

Planted interruptions count when they are longer than the threshold. *Precision*: found that were
planted, of all found. *Recall*: planted that were found, of all planted. *Bias*: the tool's mean Y
less the planted one over the same worlds, all interruptions pooled (small-sample bias of one
world's estimate stands with the intervals below). Bands of this part are ours: the method asks for
equality with a plain-Python reference, which the tests hold on thousands of random logs.""",
    experiments=tuple(e for e, _ in (*_FINE, *_COARSE, *_GIVING_UP, *_STRESS)),
    gates=(
        Gate(
            name="Precision of interruptions",
            what="Of the interruptions found, the share that was planted.",
            band=Band(low=0.99),
            unit="share",
            figures=_over(_FINE, _precision),
            of_method=False,
        ),
        Gate(
            name="Recall of interruptions",
            what="Of planted interruptions longer than the threshold, the share that was found.",
            band=Band(low=0.99),
            unit="share",
            figures=_over(_FINE, _recall),
            of_method=False,
        ),
        Gate(
            name="Threshold used",
            what="Minutes; 30 where it is given.",
            band=None,
            unit="",
            figures=_over(_FINE, _threshold),
        ),
        Gate(
            name="Bias of mean Y",
            what="Tool less truth under clocks, idle events and lost targets.",
            band=Band(-0.5, 0.5),
            unit="s",
            figures=_over(_FINE, _bias),
            of_method=False,
        ),
        Gate(
            name="Recall under minute stamps",
            what="The order within a minute is lost and a gap known to a minute only: no band.",
            band=None,
            unit="share",
            figures=_over(_COARSE, _recall),
        ),
        Gate(
            name="Precision under minute stamps",
            what="Of those found, the share that was planted.",
            band=None,
            unit="share",
            figures=_over(_COARSE, _precision),
        ),
        Gate(
            name="Bias of mean Y under minute stamps",
            what="Tool less truth; the report prints nothing finer than two minutes there.",
            band=None,
            unit="s",
            figures=_over(_COARSE, _bias),
        ),
        Gate(
            name="Bias of mean Y by share of giving up",
            what="Tool less truth where more and more people leave again without working.",
            band=Band(-0.5, 0.5),
            unit="s",
            figures=_over(_GIVING_UP, _bias),
            of_method=False,
        ),
        Gate(
            name="Bias of mean Y by gap class and share of giving up",
            what="The same for each length of the gap.",
            band=Band(-0.5, 0.5),
            unit="s",
            figures=_by_class(_bias),
            of_method=False,
        ),
        Gate(
            name="Planted mean Y by gap class and share of giving up",
            what="What the biases above are to be compared with.",
            band=None,
            unit="s",
            figures=_by_class(_truth),
        ),
        Gate(
            name="Complete cases instead",
            what="Mean lag of those who reached work within the cap, less the planted mean Y: what"
            " leaving out the others would cost. Not the tool's figure.",
            band=None,
            unit="s",
            figures=_over(_GIVING_UP, _complete),
        ),
        Gate(
            name="Precision where the configuration is wrong",
            what="What happens to the same worlds.",
            band=None,
            unit="share",
            figures=_over(_STRESS, _precision),
        ),
        Gate(
            name="Recall where the configuration is wrong",
            what="What happens to the same worlds.",
            band=None,
            unit="share",
            figures=_over(_STRESS, _recall),
        ),
        Gate(
            name="Bias of mean Y where the configuration is wrong",
            what="What happens to the same worlds.",
            band=None,
            unit="s",
            figures=_over(_STRESS, _bias),
        ),
    ),
    weak=_weak,
)
