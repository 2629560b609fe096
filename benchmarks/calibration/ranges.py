"""Gates of the excess as a range, and of the recommendation where people give up (section 10)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
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
    share,
)
from benchmarks.calibration.logs import epoch_us, run_log
from benchmarks.calibration.planted import Planted, draw_sums
from benchmarks.calibration.worlds import by_world
from resume_gap.analysis.excess import at_threshold
from resume_gap.analysis.recommendation import recommend
from resume_gap.constants import FALLBACK_GAP
from resume_gap.replay.returns import cap_us
from resume_gap.replay.target_rules import TARGET_RULES
from resume_gap.replay.totals import ThresholdSums
from resume_gap.synthetic import PRESETS, World, simulate

_BATCH: Final = 20
_FRIDAY_NOON: Final = 4.5
_WITHIN: Final = 1.0
"""Seconds by which a range may miss the truth: that of an interval's own end."""
_PAGE_END: Final = "page_end"
_PAGE_ENDS: Final = 0.1


# --- what is drawn ---


def draw_ranges(
    seed: int,
    replications: int,
    *,
    preset: str,
    truth: float,
    page_ends: bool = False,
    **planted: Any,  # noqa: ANN401
) -> list[Record]:
    """Worlds in one run of the pipeline; each record holds the range that would be printed.

    Args:
        seed: of the batch.
        replications: worlds.
        preset: of `resume-gap simulate`.
        truth: what an interruption adds, seconds.
        page_ends: whoever leaves, and every tenth event of work, writes the end of a page.
        **planted: parameters of the world that differ from the preset's.
    """
    world = world_of(preset, replications, planted)
    log = simulate(world, seed=seed).log
    run = run_log(
        _with_page_ends(log, seed) if page_ends else log,
        until_us=epoch_us(world, _FRIDAY_NOON),
        columns=(),
        with_returns=False,
        with_replay=True,
    )
    records = []
    for one in by_world(run, replications):
        eligible = one.sums.columns["eligible"]
        found = at_threshold(one.sums)
        values = None
        if found is not None:
            of = (found.lower, found.upper, found.ci_lower, found.ci_upper)
            values = [None if v is None else round(v, 9) for v in of]
        records.append(
            {
                "word": None if found is None else found.word,
                "range": values,
                "truth": truth,
                "returns": round(float(eligible.sum() / max((eligible > 0).sum(), 1)), 3),
            }
        )
    return records


def world_of(preset: str, replications: int, planted: Mapping[str, Any]) -> World:
    """So many worlds of a preset in one log, some of its parameters changed."""
    known = PRESETS[preset].parameters()
    known |= {name: getattr(PRESETS[preset], name) for name in known}
    return World(**known | {"replications": replications, "first_world": 0} | dict(planted))


def _with_page_ends(log: pl.DataFrame, seed: int) -> pl.DataFrame:
    """The end of the page, 0.2 s after the last event of a stretch and after a tenth of all."""
    rng = np.random.default_rng([seed, 6])
    ordered = log.select("user_id", "timestamp", "event").sort("user_id", "timestamp")
    gap = (pl.col("timestamp").shift(-1) - pl.col("timestamp")).over("user_id")
    left = gap.dt.total_microseconds().fill_null(FALLBACK_GAP.us + 1) > FALLBACK_GAP.us
    ends = ordered.filter(left | pl.Series(rng.random(ordered.height) < _PAGE_ENDS))
    ends = ends.with_columns(pl.col("timestamp").dt.offset_by("200ms"), event=pl.lit(_PAGE_END))
    return pl.concat([ordered, ends]).sort("user_id", "timestamp", maintain_order=True)


def draw_words(seed: int, replications: int, **planted: Any) -> list[Record]:  # noqa: ANN401
    """The recommendation over worlds of the preset `give_ups`, before the launch.

    Args:
        seed: of the batch.
        replications: worlds.
        **planted: parameters of the world that differ from the preset's.
    """
    world = world_of(
        "give_ups", replications, {"launch": "none", "marker_events": "none", **planted}
    )
    simulated = simulate(world, seed=seed)
    until_us = epoch_us(world, _FRIDAY_NOON)
    run = run_log(simulated.log, until_us=until_us, with_returns=False, with_replay=True)
    rows = simulated.interruptions.filter(
        pl.col("gap_seconds") * 1e6 > FALLBACK_GAP.us,
        pl.col("return_at").dt.epoch("us") + cap_us(FALLBACK_GAP.us) <= until_us,
    )
    saved = pl.col("reorientation_without_seconds") - pl.col("reorientation_with_seconds")
    truth = dict(rows.group_by("world").agg(saved.mean()).iter_rows())
    return [
        _word(one.sums) | {"truth": round(float(truth.get(number, 0.0)), 6)}
        for number, one in enumerate(by_world(run, replications))
    ]


def draw_abandoned(seed: int, replications: int, **planted: Any) -> list[Record]:  # noqa: ANN401
    """The same over per-user sums drawn directly, without a log.

    Args:
        seed: of the batch.
        replications: worlds.
        **planted: of `planted.Planted`.
    """
    return [_word(ThresholdSums(c)) for c in draw_sums(seed, replications, Planted(**planted))]


def _word(sums: ThresholdSums) -> Record:
    eligible = sums.columns["eligible"]
    by_rule = [
        sums.sums(
            one.name,
            cap_us=cap_us(FALLBACK_GAP.us),
            reason="few_elements" if one.size > 1 and sums.few_elements() else None,
        )
        for one in TARGET_RULES
    ]
    found = recommend(by_rule, users=int((eligible > 0).sum()))
    return {
        "word": found.word,
        "reason": found.reason,
        "n": int(eligible.sum()),
        "abandoned": int(sums.columns["abandoned"].sum()),
    }


# --- the situations ---

_WORK: Final = {
    "users": 100,
    "weeks": 1,
    "cut_days": _FRIDAY_NOON,
    "contexts": 10,
    "stretch_steps_median": 24.0,
    "stretches_per_day_mean": 2.5,
}
LESS_WORK: Final = {
    **_WORK,
    "stretch_steps_median": 16.0,
    "stretches_per_day_mean": 2.0,
    "attendance_share": 0.6,
}


def _range(
    key: str,
    label: str,
    preset: str,
    truth: float,
    **more: Any,  # noqa: ANN401
) -> tuple[Experiment, str]:
    parameters = {"preset": preset, "truth": truth, **LESS_WORK, **more}
    return Experiment(f"ranges.{key}", _BATCH, draw_ranges, parameters, _BATCH), label


_NEUTRAL: Final = _range("neutral", "neutral", "steady", 0.0)
_RELOAD: Final = _range("reload", "a page reload first", "reload", 0.0)
_RESIDUAL: Final = _range(
    "residual_calls", "calls at any second, long steps begun anew", "residual_calls", 0.0
)
_ENDS: Final = _range("page_ends", "page ends at every stop", "steady", 0.0, page_ends=True)
_SOME: Final = _range("some", "40 s planted", "steady", 40.0, excess_seconds=40.0)
_NOTHING: Final = (_NEUTRAL, _RELOAD, _RESIDUAL, _ENDS)
_HELD: Final = (*_NOTHING, _SOME)
_GIVE_UPS: Final = Experiment(
    "ranges.give_ups",
    _BATCH,
    draw_words,
    {
        **LESS_WORK,
        "users": 120,
        "stretch_steps_median": 6.0,
        "give_up_share": 0.25,
    },
    _BATCH,
)
_ABANDONED: Final = Experiment(
    "ranges.abandoned",
    100,
    draw_abandoned,
    {"users": 200, "returns": 6.0, "knowing": 0.0, "leaves": 0.2},
)


# --- what is asked ---


def _longer(key: str, label: str, records: Sequence[Record]) -> Figure:
    return share(key, label, [r["word"] == "longer" for r in records])


def _holds(key: str, label: str, records: Sequence[Record]) -> Figure:
    printed = [r for r in records if r["range"] is not None and r["range"][2] is not None]
    held = [r["range"][2] - _WITHIN <= r["truth"] <= r["range"][3] + _WITHIN for r in printed]
    return share(key, label, held)


def _printed(key: str, label: str, records: Sequence[Record]) -> Figure:
    return share(key, label, [r["range"] is not None for r in records])


def _end(place: int) -> Callable[..., Figure]:
    def figure(key: str, label: str, records: Sequence[Record]) -> Figure:
        return mean(key, label, [r["range"][place] for r in records if r["range"] is not None])

    return figure


def _returns(key: str, label: str, records: Sequence[Record]) -> Figure:
    return mean(key, label, [r["returns"] for r in records])


def _over(
    situations: Sequence[tuple[Experiment, str]], figure: Callable[..., Figure]
) -> Callable[[Records], list[Figure]]:
    return lambda records: [figure(e.key, label, records[e.key]) for e, label in situations]


def _said(
    experiment: Experiment, label: str, words: Sequence[str]
) -> Callable[[Records], list[Figure]]:
    return lambda records: [
        share(experiment.key, label, [r["word"] in words for r in records[experiment.key]])
    ]


def _weak(figures: Mapping[str, Sequence[Figure]]) -> str:
    some = figures["*Longer* where 40 s are planted"][0]
    low, high = (
        {f.label: f for f in figures[name]}
        for name in ("Lower end of the range", "Upper end of the range")
    )
    return f"""\
- **A range claims rarely.** Where nothing is longer it still reaches from
  {low[_NEUTRAL[1]].value or 0:.0f} to {high[_NEUTRAL[1]].value or 0:.0f} s in the mean, with 40 s
  planted from {low[_SOME[1]].value or 0:.0f} to {high[_SOME[1]].value or 0:.0f} s: how long a step
  takes that is begun anew is not known.
- **People who stop before hard steps** are a world that the method cannot handle: a step after a
  stop that takes 40 s longer with or without the interruption leaves the same log as a
  re-orientation of 40 s, and it is called *longer* in {percent(some)} of the worlds."""


FAMILY: Final = Family(
    name="ranges",
    planted="""\
Logs of 100 users and four and a half days through the whole pipeline, from the worlds of
`resume-gap simulate` (smaller): `steady`, `reload` and `residual_calls`. Nothing is longer in them
but where 40 s are planted. *Page ends*: `steady`, and the end of the page is written at every stop
and after a tenth of all events. The truth counts from the end of the event before: what the next
productive event would have taken without the interruption. In `reload` the page takes 15 s, as a
step does in the mean; in `residual_calls` the step that was struck is begun anew. Asked is the
range that the tool would print, and its word; n is the number of worlds in which it prints one.

*Give-ups*: 120 users of the preset `give_ups` before a launch: a quarter of the returns is given
up, and a marker would keep nine tenths of those for whom it points right and who notice it. *20 %
abandoned, no lift*: the people of Decision, work resumes at any of six elements.""",
    experiments=(*(e for e, _ in _HELD), _GIVE_UPS, _ABANDONED),
    gates=(
        Gate(
            name="*Longer* where nothing is",
            what="Share of the worlds of which the tool says that returns take longer.",
            band=Band(high=0.05),
            unit="share",
            figures=_over(_NOTHING, _longer),
        ),
        Gate(
            name="The printed range holds the truth",
            what="Share of the worlds whose range, limits included, holds it to within a second.",
            band=Band(low=0.94),
            unit="share",
            figures=_over(_HELD, _holds),
        ),
        Gate(
            name="`do_not_build` without lift and with 20 % abandoned",
            what="Share of the worlds; 200 users.",
            band=Band(low=0.95),
            unit="share",
            figures=_said(_ABANDONED, "20 % abandoned, no lift", ("do_not_build",)),
        ),
        Gate(
            name="`do_not_build` where a marker keeps people from giving up",
            what="Share of the worlds.",
            band=Band(high=0.05),
            unit="share",
            figures=_said(_GIVE_UPS, "a quarter gives up", ("do_not_build",)),
            of_method=False,
        ),
        Gate(
            name="`build` or `test` where a marker keeps people from giving up",
            what="Share of the worlds.",
            band=None,
            unit="share",
            figures=_said(_GIVE_UPS, "a quarter gives up", ("build", "test")),
        ),
        Gate(
            name="*Longer* where 40 s are planted",
            what="Share of the worlds. If people stop before steps that take 40 s longer anyhow,"
            " the log is the same, and nothing is longer.",
            band=None,
            unit="share",
            figures=_over((_SOME,), _longer),
        ),
        Gate(
            name="Worlds with a printed range",
            what="The others have too few controls, or early controls differ.",
            band=None,
            unit="share",
            figures=_over(_HELD, _printed),
        ),
        Gate(
            name="Lower end of the range",
            what="Mean of the least estimate.",
            band=None,
            unit="s",
            figures=_over(_HELD, _end(0)),
        ),
        Gate(
            name="Upper end of the range",
            what="Mean of the greatest estimate.",
            band=None,
            unit="s",
            figures=_over(_HELD, _end(1)),
        ),
        Gate(
            name="Interruptions a user of these worlds",
            what="Followed-up ones, of the users with any.",
            band=None,
            unit="",
            figures=_over(_HELD, _returns),
        ),
    ),
    weak=_weak,
)
