"""Which marker, how much it could save at most, and the decision word (sections 6 and 7)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import polars as pl

from resume_gap.analysis import recommendation as decide
from resume_gap.analysis.hit_rows import COLUMNS, NO_VALUE, by_gap_class, by_value
from resume_gap.arrays import Ints
from resume_gap.constants import LIFT_MIN_HITS
from resume_gap.pipeline.batches import Shelf
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.queries import Runner
from resume_gap.quality.comparison import Decide
from resume_gap.quality.small_groups import Groups
from resume_gap.replay.collected import Replays
from resume_gap.replay.replays import replay
from resume_gap.replay.returns import cap_us
from resume_gap.replay.target_rules import POLICIES, TARGET_RULES, TargetRule
from resume_gap.replay.totals import Asked, ThresholdSums
from resume_gap.results.analyze import (
    Marker,
    Policy,
    Recommendation,
)
from resume_gap.results.common import DAY_US, Estimate, Word
from resume_gap.settings import Settings
from resume_gap.stats.jackknife import jackknife, wilson
from resume_gap.stats.policies import CHANCE_PARTS
from resume_gap.stats.scenarios import Assumptions, Span


@dataclass(frozen=True, slots=True)
class SizingInputs:
    """What the decision and the bounds ask beside the sums.

    Attributes:
        settings: Marks and assumptions.
        cap_us: The cap.
        weeks: Sum over all users of their weeks in the log.
        unknown_order: Policies whose hits depend on the order of rows that tie.
        may_build: Whether nothing is known against extra time.
    """

    settings: Settings
    cap_us: int
    weeks: float
    unknown_order: Collection[str] = ()
    may_build: bool = True

    @property
    def assumptions(self) -> Assumptions:
        """Low, middle and high of what no log can show."""
        s = self.settings
        return Assumptions(Span(*s.noticed), Span(*s.search_removed), Span(*s.wrong_arrow_cost))


class _ReadOnce(Mapping[str, Ints]):
    """Columns that are added up anew each time they are asked for, here once.

    Every target rule asks for most of the same; they are let go with the decision.
    """

    def __init__(self, columns: Mapping[str, Ints]) -> None:
        self._columns = columns
        self._read: dict[str, Ints] = {}

    def __getitem__(self, name: str) -> Ints:
        if name not in self._read:
            self._read[name] = self._columns[name]
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


def weeks_of(user_sums: pl.DataFrame) -> float:
    """Sum over users of (last - first event) in weeks, at least a day each."""
    spans = np.maximum((user_sums["last_us"] - user_sums["first_us"]).to_numpy(), DAY_US)
    return int(spans.sum()) / (7 * DAY_US)


def recommend(sums: ThresholdSums, sizing: SizingInputs) -> decide.Decision:
    """The decision at one threshold."""
    settings, assumed = sizing.settings, sizing.assumptions
    sums = replace(sums, columns=_ReadOnce(sums.columns))
    no_list = bool(sums.columns["eligible"].any()) and sums.few_elements()

    def reason(rule: TargetRule) -> str | None:
        if rule.name in sizing.unknown_order:
            return "order_unknown"
        return "few_elements" if no_list and rule.size > 1 else None

    return decide.recommend(
        [sums.sums(one.name, cap_us=sizing.cap_us, reason=reason(one)) for one in TARGET_RULES],
        users=int((sums.columns["eligible"] > 0).sum()),
        worth_seconds=settings.worth,
        min_lift_points=settings.min_lift,
        noticed=assumed.noticed.middle,
        removed=assumed.removed.middle,
        wrong_cost_seconds=assumed.wrong_cost_seconds.middle,
        may_build=sizing.may_build,
    )


def decides(contents: Contents, asked: Asked, sizing: SizingInputs) -> Decide:
    """What makes the recommendation for streams measured again, at the threshold of the run.

    Args:
        contents: Meaning of the contents.
        asked: What is replayed.
        sizing: Marks and assumptions.
    """
    once = replace(asked, grid_us=(asked.threshold_us,))

    def decide(there: Runner, shelf: Shelf) -> Word:
        sums = replay(there, shelf, contents, once).thresholds[asked.threshold_us]
        return recommend(sums, sizing).word if sums.columns else "not_enough_data"

    return decide


def settled(
    thresholds: Mapping[int, ThresholdSums], threshold_us: int, sizing: SizingInputs
) -> tuple[decide.Decision, dict[int, decide.Decision]]:
    """The decision of the run, after a look at half and double the threshold; and at each one."""
    words = {
        asked_us: recommend(sums, replace(sizing, cap_us=cap_us(asked_us)))
        for asked_us, sums in thresholds.items()
    }
    around = [words[us] for us in (threshold_us // 2, 2 * threshold_us) if us in words]
    return decide.settle(words[threshold_us], around), words


def marker(
    replays: Replays,
    headline: ThresholdSums,
    recommendation: decide.Decision,
    sizing: SizingInputs,
    *,
    contexts: Mapping[int, str],
    groups: Groups,
) -> Marker:
    """The policies side by side, with the word.

    Args:
        replays: The replay of the log.
        headline: The sums of the headline threshold.
        recommendation: The settled one.
        sizing: Marks and assumptions.
        contexts: Names of the contexts by number; empty where the log has none.
        groups: Which contexts may be named.
    """
    counted = replays.counted("is_reached", "place_no", "context_no", *COLUMNS)
    best = recommendation.best
    reached = counted["is_reached"].sum()
    hits = by_gap_class(replays)
    if best is not None and contexts:
        values = counted["context_no"].replace_strict({0: NO_VALUE, **contexts}, default=NO_VALUE)
        hits += by_value(counted, values, "context", best, groups)
    return Marker(
        reason=None,
        policies=tuple(
            _policy(headline, name, recommendation, sizing, has_contexts=bool(contexts))
            for name in POLICIES
        ),
        best=best,
        recommendation=Recommendation(
            word=recommendation.word, reason=recommendation.reason, figures=recommendation.figures
        ),
        place_without_element=(
            int((counted["is_reached"] & (counted["place_no"] == 0)).sum()) / counted.height
            if reached
            else None
        ),
        near=sizing.settings.near,
        hits=tuple(hits),
    )


def _policy(
    sums: ThresholdSums,
    name: str,
    recommendation: decide.Decision,
    sizing: SizingInputs,
    *,
    has_contexts: bool,
) -> Policy:
    n, hits = sums.of(name, "eligible"), sums.of(name, "hit")
    if name in sizing.unknown_order:
        nothing: dict[str, Any] = dict.fromkeys(f.name for f in fields(Policy))
        return Policy(**nothing | {"name": name, "reason": "order_unknown"})
    habit = sums.habit()
    few = int(hits.sum()) < LIFT_MIN_HITS.value
    lift = _lift(CHANCE_PARTS * hits - sums.chance(name), n, CHANCE_PARTS, few=few)
    over_habit = _lift(hits - habit, n, 1, few=few)
    right = wilson(hits, n)
    total = int(n.sum())

    def share(measure: str) -> float:
        return int(sums.of(name, measure).sum()) / total

    word = recommendation.figures.get(f"word_{name}")
    is_listless = word == "few_elements"
    return Policy(
        name=name,
        reason="few_elements" if is_listless else None,
        pointed=share("pointed"),
        already_there=share("already"),
        hit=right.estimate,
        ci_lower=right.ci_lower,
        ci_upper=right.ci_upper,
        hit_in_3=share("hit_in_3"),
        context_hit=share("in_context") if has_contexts else None,
        addressable=share("addressable"),
        chance=int(sums.chance(name).sum()) / (CHANCE_PARTS * total),
        lift=lift.estimate,
        lift_ci_lower=lift.ci_lower,
        lift_ci_upper=lift.ci_upper,
        habit=int(habit.sum()) / total,
        lift_over_habit=over_habit.estimate,
        lift_over_habit_ci_lower=over_habit.ci_lower,
        lift_over_habit_ci_upper=over_habit.ci_upper,
        word=None if is_listless else word,  # type: ignore[arg-type]
        hits=int(hits.sum()),
    )


def _lift(numerator: Ints, n: Ints, unit: int, *, few: bool) -> Estimate:
    """A difference of shares; without its interval where there are few hits."""
    ratio = jackknife(numerator, n, unit=unit)
    if ratio is None:
        return Estimate()
    return Estimate(estimate=ratio.estimate) if few else Estimate.of(ratio.to_estimate())
