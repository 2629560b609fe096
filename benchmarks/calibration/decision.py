"""Gates of the recommendation (section 7): build, test, do not build, or not enough data."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from benchmarks.calibration.gates import (
    Band,
    Experiment,
    Family,
    Figure,
    Gate,
    Record,
    Records,
    percent,
    ratio,
    share,
)
from benchmarks.calibration.logs import run_log
from benchmarks.calibration.planted import Planted, draw_planted, draw_sums
from benchmarks.calibration.worlds import by_world
from resume_gap.analysis.recommendation import recommend
from resume_gap.constants import FALLBACK_GAP
from resume_gap.replay.returns import cap_us
from resume_gap.replay.target_rules import TARGET_RULES
from resume_gap.replay.totals import ThresholdSums
from resume_gap.stats.policies import CHANCE_PARTS

_BATCH: Final = 20


# --- what is drawn ---


def draw_worlds(seed: int, replications: int, **planted: Any) -> list[Record]:  # noqa: ANN401
    """Worlds in one run of the pipeline, and the word over all policies for each.

    Args:
        seed: of the batch.
        replications: worlds.
        **planted: of `planted.Planted`.
    """
    drawn = draw_planted(seed, replications, Planted(**planted))
    run = run_log(
        drawn.log,
        until_us=drawn.until_us,
        columns=("target",),
        with_returns=False,
        with_replay=True,
    )
    return [_word(world.sums) for world in by_world(run, replications)]


def draw_direct(seed: int, replications: int, **planted: Any) -> list[Record]:  # noqa: ANN401
    """The word over per-user sums drawn directly, without a log."""
    drawn = draw_sums(seed, replications, Planted(**planted))
    return [_word(ThresholdSums(columns)) for columns in drawn]


def _word(sums: ThresholdSums) -> Record:
    eligible = sums.columns["eligible"]
    found = recommend(
        [
            sums.sums(
                one.name,
                cap_us=cap_us(FALLBACK_GAP.us),
                reason="few_elements" if one.size > 1 and sums.few_elements() else None,
            )
            for one in TARGET_RULES
        ],
        users=int((eligible > 0).sum()),
    )
    return {
        "word": found.word,
        "n": int(eligible.sum()),
        "hits": int(sums.of("last_productive", "hit").sum()),
        "chance": int(sums.chance("last_productive").sum()),
    }


# --- the situations ---

_NO_LIFT: Final = {"knowing": 0.0, "leaves": 0.1}
_RIGHT: Final = {"knowing": 0.609, "leaves": 0.1, "shares": [0.0, 0.0, 0.0, 1.0, 0.0]}


def _logs(key: str, label: str, **planted: Any) -> tuple[Experiment, str]:  # noqa: ANN401
    return Experiment(f"decision.{key}", _BATCH, draw_worlds, planted), label


def _sums(key: str, label: str, **planted: Any) -> tuple[Experiment, str]:  # noqa: ANN401
    return Experiment(f"decision.{key}", 100, draw_direct, planted), label


_NULL: Final = (
    _logs("null_logs", "logs, no lift, 200 users", users=200, returns=3.5, **_NO_LIFT),
    _sums("null_200", "no lift, 200 users", users=200, returns=6.0, **_NO_LIFT),
    _sums(
        "null_slow",
        "no lift, 200 users, search of 60 s",
        users=200,
        returns=6.0,
        search_mean_seconds=60.0,
        search_user_sigma=0.6,
        **_NO_LIFT,
    ),
)
_NULL_HARD: Final = (
    _sums(
        "null_heavy",
        "no lift, 200 very heavy users, search of 60 s",
        users=200,
        returns=3.0,
        activity_sigma=1.6,
        search_mean_seconds=60.0,
        search_user_sigma=0.6,
        **_NO_LIFT,
    ),
    _sums(
        "null_60",
        "no lift, 60 users, search of 60 s",
        users=60,
        returns=6.0,
        search_mean_seconds=60.0,
        search_user_sigma=0.6,
        **_NO_LIFT,
    ),
)
_PLANTED: Final = (
    _logs(
        "right_logs",
        "logs, 60 % against 15 %, 200 users, search of 30 s",
        users=200,
        returns=3.5,
        **_RIGHT,
    ),
    _sums(
        "right_200",
        "60 % against 15 %, 200 users, search of 30 s",
        users=200,
        returns=6.0,
        **_RIGHT,
    ),
    _sums(
        "right_slow",
        "60 % against 15 %, 200 users, search of 60 s",
        users=200,
        returns=6.0,
        search_mean_seconds=60.0,
        search_user_sigma=0.6,
        **_RIGHT,
    ),
)
_PLANTED_SMALL: Final = (
    _sums(
        "right_100",
        "60 % against 15 %, 100 users, search of 30 s",
        users=100,
        returns=6.0,
        **_RIGHT,
    ),
)
_THIRTY: Final = (
    _sums("null_30", "no lift, 30 users", users=30, returns=12.0, **_NO_LIFT),
    _sums("right_30", "60 % against 15 %, 30 users", users=30, returns=12.0, **_RIGHT),
)
_BETWEEN: Final = tuple(
    _sums(
        f"between_{points:02}",
        f"{points} points of lift, 200 users, search of 60 s",
        users=200,
        returns=6.0,
        search_mean_seconds=60.0,
        leaves=0.1,
        shares=[0.0, 0.0, 0.0, 1.0, 0.0],
        knowing_sigma=0.0,
        # A place drawn knowing is right five sixths more often than one drawn from six.
        knowing=round(points / 100 / 0.9 * 6 / 5, 6),
    )
    for points in (5, 10, 15, 20)
)
_WITHOUT: Final = (*_NULL, *_NULL_HARD, _THIRTY[0])
_ALL: Final = (*_NULL, *_NULL_HARD, *_PLANTED, *_PLANTED_SMALL, *_THIRTY, *_BETWEEN)


# --- what is asked ---


def _said(key: str, label: str, records: Sequence[Record], *, words: tuple[str, ...]) -> Figure:
    return share(key, label, [r["word"] in words for r in records])


def _lift(key: str, label: str, records: Sequence[Record]) -> Figure:
    return ratio(key, label, [(r["hits"] - r["chance"] / CHANCE_PARTS, r["n"]) for r in records])


def _hit(key: str, label: str, records: Sequence[Record]) -> Figure:
    return ratio(key, label, [(r["hits"], r["n"]) for r in records])


def _chance(key: str, label: str, records: Sequence[Record]) -> Figure:
    return ratio(key, label, [(r["chance"] / CHANCE_PARTS, r["n"]) for r in records])


def _over(
    situations: Sequence[tuple[Experiment, str]], figure: Callable[..., Figure]
) -> Callable[[Records], list[Figure]]:
    return lambda records: [figure(e.key, label, records[e.key]) for e, label in situations]


_saying = partial(partial, _said)
_YES: Final = ("build", "test")
_NO: Final = ("do_not_build",)
_UNKNOWN: Final = ("not_enough_data",)


def _weak(figures: Mapping[str, Sequence[Figure]]) -> str:
    heavy, sixty = figures["`do_not_build` where it is harder to say"]
    between = {f.label: f for f in figures["`build` or `test` by the true lift"]}
    ten, fifteen = (percent(between[_BETWEEN[i][1]]) for i in (1, 2))
    build = {f.label: f for f in figures["`build` by the true lift"]}
    below, above = (percent(build[_BETWEEN[i][1]]) for i in (0, 3))
    thirty = percent(figures["`build` at 60 % against 15 %"][1])
    return f"""\
- **The word is about the marks, not about usefulness.** A lift of exactly the ten points asked for
  is answered by `build` or `test` in {ten} of the worlds, one of fifteen in {fifteen}; five points,
  a weak target rule and not a wrong one, by `build` in {below}, twenty in {above}. Where the rule
  is right in 60 % and the search takes 30 s, `build` comes out in {thirty}: the middle case takes
  off a part of the search only and must be worth five seconds.
- Without lift `do_not_build` comes out in {percent(heavy)} with very heavy users, with 60 users
  in {percent(sixty)}.
- Elements, users and returns are independent here, and one inactivity threshold is asked. The
  tool takes a recommendation back when half or double of it says the opposite; that is not
  simulated."""


FAMILY: Final = Family(
    name="decision",
    planted="""\
The word of `recommendation.recommend` over all five policies, with the tool's own
marks.
People are those of the hits' worlds: six elements, a tenth of the returns left again, so that
chance is 15 %. *No lift*: work resumes at any of the six. *60 % against 15 %*: it
resumes where something was last produced in 60 %; the lift is that of this policy. Searches have
the mean given (lognormal, at most 250 s). *Logs* go through the whole pipeline;
the others are the same people's sums by user, drawn directly. *Very heavy users*: lognormal numbers
of returns, sigma 1.6 and at most 60 (else sigma 0.5).""",
    experiments=tuple(e for e, _ in _ALL),
    gates=(
        Gate(
            name="`do_not_build` without lift",
            what="Share of the worlds; 200 users, not very heavy.",
            band=Band(low=0.95),
            unit="share",
            figures=_over(_NULL, _saying(words=_NO)),
        ),
        Gate(
            name="`build` or `test` at 60 % against 15 %",
            what="Share of the worlds; 200 users, search of 30 s or more.",
            band=Band(low=0.98),
            unit="share",
            figures=_over(_PLANTED, _saying(words=_YES)),
        ),
        Gate(
            name="`not_enough_data` with 30 users",
            what="Share of the worlds, with and without lift.",
            band=Band(low=1.0),
            unit="share",
            figures=_over(_THIRTY, _saying(words=_UNKNOWN)),
        ),
        Gate(
            name="Wrong `build`",
            what="Share of the worlds without lift in which the word is `build`.",
            band=Band(high=0.0),
            unit="share",
            figures=_over(_WITHOUT, _saying(words=("build",))),
        ),
        Gate(
            name="`do_not_build` where it is harder to say",
            what="Without lift, outside the gate.",
            band=None,
            unit="share",
            figures=_over(_NULL_HARD, _saying(words=_NO)),
        ),
        Gate(
            name="Wrong `test`",
            what="Share of the worlds without lift in which the word is `test`: it costs an"
            " experiment.",
            band=None,
            unit="share",
            figures=_over(_WITHOUT, _saying(words=("test",))),
        ),
        Gate(
            name="`build` at 60 % against 15 %",
            what="The rest says `test` nearly always.",
            band=None,
            unit="share",
            figures=_over((*_PLANTED, *_PLANTED_SMALL), _saying(words=("build",))),
        ),
        Gate(
            name="`build` or `test` by the true lift",
            what="Ten points are asked for.",
            band=None,
            unit="share",
            figures=_over((*_BETWEEN, *_PLANTED_SMALL), _saying(words=_YES)),
        ),
        Gate(
            name="`build` by the true lift",
            what="Ten points must be proved for it.",
            band=None,
            unit="share",
            figures=_over(_BETWEEN, _saying(words=("build",))),
        ),
        Gate(
            name="Hit rate of the place last produced at",
            what="As found.",
            band=None,
            unit="share",
            figures=_over((*_NULL, *_PLANTED), _hit),
        ),
        Gate(
            name="Chance of the place last produced at",
            what="As found.",
            band=None,
            unit="share",
            figures=_over((*_NULL, *_PLANTED), _chance),
        ),
        Gate(
            name="Lift of the place last produced at",
            what="As found.",
            band=None,
            unit="share",
            figures=_over(_BETWEEN, _lift),
        ),
    ),
    weak=_weak,
)
