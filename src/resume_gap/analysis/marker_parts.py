"""The marker itself: where it would point, whether to build it, and what it would save."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from resume_gap.analysis import (
    certainty,
    element_ids,
    element_order,
    opportunity,
    primary_cap,
    recommendation,
    target_rules,
)
from resume_gap.analysis.log_checks import order_checks
from resume_gap.constants import ORDER_TIES
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.tally import Tally
from resume_gap.quality.resampling import Resampling
from resume_gap.quality.small_groups import EventNames
from resume_gap.quality.tie_order import unknown_order
from resume_gap.replay.collected import Replays
from resume_gap.replay.returns import ReturnSums, ThresholdTotals
from resume_gap.replay.totals import Asked
from resume_gap.results.analyze import Excess, Marker, Recommendation
from resume_gap.results.common import Check
from resume_gap.results.opportunity import Opportunity
from resume_gap.results.primary_cap import PrimaryCap
from resume_gap.results.reorientation import Reorientation
from resume_gap.results.run import Measurability
from resume_gap.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredLog:
    """What was measured of one log."""

    returns: ReturnSums
    replays: Replays
    reorientation: Reorientation
    asked: Asked
    resampling: Resampling
    tally: Tally
    resolution_seconds: float
    event_names: tuple[str, ...]
    names: EventNames
    """Event names that may be shown."""
    has_sequence: bool
    has_productive: bool
    measurability: Measurability


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkerParts:
    """The figures of the marker itself.

    Attributes:
        best: The target rule to build; None: there is none.
        words: By threshold what is recommended there.
        sizing: What the recommendation asks beside the sums; None without elements.
    """

    marker: Marker
    opportunity: Opportunity
    primary_cap: PrimaryCap
    best: str | None = None
    words: Mapping[int, recommendation.Decision | Recommendation] = field(default_factory=dict)
    sizing: target_rules.SizingInputs | None = None
    checks: Sequence[Check] = ()


def without_elements(measured: MeasuredLog) -> MarkerParts:
    """There is nothing that a marker could point at."""
    return MarkerParts(
        marker=Marker(reason="no_elements", recommendation=certainty.no_word("no_elements")),
        opportunity=Opportunity(reason="no_elements"),
        primary_cap=primary_cap.standard(measured.asked.cap_us, "no_target_rule"),
    )


def of_marker(
    runner: Runner, settings: Settings, measured: MeasuredLog, excess: Excess
) -> MarkerParts:
    """The recommendation, unless the elements are no use, and what it rests on."""
    thresholds, threshold_us = measured.replays.thresholds, measured.asked.threshold_us
    headline = thresholds[threshold_us]
    unknown = _unknown_order(runner, measured)
    checks = order_checks(unknown, measured.tally)
    sizing = target_rules.SizingInputs(
        settings=settings,
        cap_us=measured.asked.cap_us,
        weeks=target_rules.weeks_of(measured.returns.user_sums),
        unknown_order=unknown,
        may_build=excess.word in (None, "longer"),
    )
    settled, words = target_rules.settled(thresholds, threshold_us, sizing)
    fleeting = element_ids.unusable(
        runner,
        measured.tally.sample,
        measured.resampling.contents,
        headline,
        threshold_us=threshold_us,
    )
    cap = primary_cap.standard(measured.asked.cap_us, "no_target_rule")
    marker = Marker(reason=None)
    if fleeting is None:
        marker = target_rules.marker(
            measured.replays,
            headline,
            settled,
            sizing,
            contexts=_contexts(runner),
            groups=measured.names.groups,
        )
    unknown_hits = (
        fleeting
        or certainty.unnamed_work(marker)
        or certainty.large_elements(marker)
        or element_order.hides_hits(
            marker,
            measured.tally.sample,
            measured.resampling.contents,
            threshold_us=threshold_us,
            mean_seconds=measured.reorientation.mean.estimate,
        )
    )
    if unknown_hits is not None:
        reason = unknown_hits.reason
        return MarkerParts(
            marker=Marker(reason=reason, recommendation=unknown_hits, near=settings.near),
            opportunity=Opportunity(reason=reason),
            primary_cap=cap,
            words=dict.fromkeys(words, unknown_hits),
            sizing=sizing,
            checks=checks,
        )
    found = MarkerParts(
        marker=marker,
        opportunity=Opportunity(reason="order_unknown"),
        primary_cap=cap,
        best=settled.best,
        words=words,
        sizing=sizing,
        checks=checks,
    )
    if settled.best is None:
        return found
    return replace(
        found,
        opportunity=opportunity.opportunity(
            headline,
            settled.best,
            excess,
            sizing,
            interruptions=_total(measured, threshold_us).interruptions,
        ),
        primary_cap=primary_cap.chosen(
            runner,
            measured.replays,
            settled.best,
            sizing,
            give_ups=settled.reason == "give_ups",
        ),
    )


def _unknown_order(runner: Runner, measured: MeasuredLog) -> tuple[str, ...]:
    tally = measured.tally
    if measured.has_sequence or tally.ties <= ORDER_TIES.value * tally.rows:
        return ()
    return unknown_order(runner, measured.resampling, tally.sample, measured.asked)


def _contexts(runner: Runner) -> dict[int, str]:
    return dict(runner.read("45_contexts").fetchall())


def _total(measured: MeasuredLog, threshold_us: int) -> ThresholdTotals:
    return next(t for t in measured.returns.totals if t.threshold_us == threshold_us)
