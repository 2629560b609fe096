"""Everything `analyze` says about a marker that was never shown, from what the replay found."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import polars as pl

from resume_gap.analysis import (
    certainty,
    primary_cap,
    segments,
    target_rules,
)
from resume_gap.analysis import excess as longer
from resume_gap.analysis.example_day import UNNAMED_EVENT, choose_day
from resume_gap.analysis.log_checks import length_checks
from resume_gap.analysis.marker_parts import MeasuredLog, of_marker, without_elements
from resume_gap.analysis.recovery import recovery
from resume_gap.analysis.sensitivity import complete_row, threshold_row
from resume_gap.analysis.summaries import pseudonyms
from resume_gap.analysis.user_sums import user_sums_of
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.tally import Tally
from resume_gap.quality.comparison import Decide
from resume_gap.quality.thinned import is_thinned, repeats
from resume_gap.replay.target_rules import LAST_TOUCHED, RULE_OF
from resume_gap.replay.totals import ThresholdSums
from resume_gap.results.analyze import Excess, Marker, Recovery, SegmentRow
from resume_gap.results.common import Check, RecommendationReason
from resume_gap.results.opportunity import Opportunity
from resume_gap.results.primary_cap import PrimaryCap
from resume_gap.results.run import SensitivityRow
from resume_gap.results.workday import Day
from resume_gap.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of the result that rest on the replay."""

    sensitivity: tuple[SensitivityRow, ...]
    excess: Excess
    recovery: Recovery
    marker: Marker
    opportunity: Opportunity
    primary_cap: PrimaryCap
    segments: tuple[SegmentRow, ...]
    days: tuple[Day | None, Day | None]
    user_sums: pl.DataFrame
    checks: tuple[Check, ...]
    decide: Decide | None = None
    """Makes the recommendation for a part of the log; None: there is none to make."""


def parts_of(runner: Runner, settings: Settings, measured: MeasuredLog) -> Parts:
    """The figures before a launch; None with a reason where nothing can be seen."""
    headline = measured.replays.thresholds[measured.asked.threshold_us]
    reason = _reason(measured, headline)
    if reason is not None:
        return _nothing(reason, settings, measured, headline)
    repeated = repeats(measured.tally.sample, measured.resampling.contents)
    thinned = is_thinned(repeated)
    excess = longer.excess_of(
        measured.replays, headline, measured.reorientation.curve, thinned=thinned
    )
    if measured.resampling.contents.label_element.any():
        found = of_marker(runner, settings, measured, excess)
    else:
        found = without_elements(measured)
    return Parts(
        sensitivity=tuple(
            complete_row(
                total,
                measured.replays.thresholds[total.threshold_us],
                found.words.get(total.threshold_us),
                found.sizing,
                thinned=thinned,
            )
            for total in measured.returns.totals
        ),
        excess=excess,
        recovery=_recovery(measured),
        marker=found.marker,
        opportunity=found.opportunity,
        primary_cap=found.primary_cap,
        segments=segments.segments(
            measured.replays,
            settings.by,
            segment_names(settings, measured.tally),
            found.best,
            measured.names.groups,
        ),
        days=_days(runner, settings, measured, found.best),
        user_sums=user_sums_of(measured.returns, measured.replays, headline, found.best),
        checks=(
            *longer.excess_checks(excess, finest_seconds=2 * measured.resolution_seconds),
            *length_checks(measured.returns.user_sums),
            *found.checks,
        ),
        decide=None
        if found.best is None or found.sizing is None
        else target_rules.decides(measured.resampling.contents, measured.asked, found.sizing),
    )


def _reason(measured: MeasuredLog, headline: ThresholdSums) -> RecommendationReason | None:
    if not measured.has_productive:
        return "no_productive_events"
    if not headline.columns or not int(headline.columns["eligible"].sum()):
        return "no_interruptions"
    return measured.measurability.reason


def _nothing(
    reason: RecommendationReason, settings: Settings, measured: MeasuredLog, headline: ThresholdSums
) -> Parts:
    """The same parts without figures."""
    blind = measured.measurability.reason is not None
    figures = measured.measurability.figures
    word = certainty.blind(reason, figures) if blind else certainty.no_word(reason)
    return Parts(
        sensitivity=tuple(
            replace(threshold_row(total, blind=blind), word=word.word)
            for total in measured.returns.totals
        ),
        excess=Excess(reason=reason),
        recovery=Recovery(reason=reason),
        marker=Marker(reason=reason, recommendation=word, near=settings.near),
        opportunity=Opportunity(reason=reason),
        primary_cap=primary_cap.standard(measured.asked.cap_us, "not_measured"),
        segments=(),
        days=(None, None),
        user_sums=user_sums_of(
            measured.returns,
            measured.replays,
            headline,
            None,
            known=measured.has_productive and not blind,
        ),
        checks=(),
    )


def segment_names(settings: Settings, tally: Tally) -> dict[str, dict[int, str]]:
    """By column asked for with --by, the value of each number."""
    names = tally.names
    return {
        column: {no: name for name, no in names.get(f"segment_{place}", {}).items()}
        for place, column in enumerate(settings.by, start=1)
    }


def _recovery(measured: MeasuredLog) -> Recovery:
    streams = np.concatenate([np.zeros(0, np.int32), *(s.stream_no for s in measured.tally.sample)])
    frame = measured.replays.counted("is_reached", "stream_no", "return_us").filter(
        pl.col("is_reached") & pl.col("stream_no").is_in(streams.tolist())
    )
    return recovery(
        measured.tally.sample,
        measured.resampling.contents,
        frame.select("stream_no", "return_us").to_numpy(),
        threshold_us=measured.asked.threshold_us,
        resolution_seconds=measured.resolution_seconds,
    )


def _days(
    runner: Runner, settings: Settings, measured: MeasuredLog, best: str | None
) -> tuple[Day | None, Day | None]:
    """A hit and a miss of the marker at the element touched last."""
    if best is None:
        return None, None
    rule = RULE_OF[LAST_TOUCHED]
    is_known = (pl.col("pointed_no") > 0) & (pl.col("place_no") > 0)
    is_hit, is_miss = pl.col(rule.addressable), ~pl.col(rule.hit) & is_known
    columns = ("stream_no", "user_no", "return_us", "place_no", "pointed_no", "lag_us", "stop_us")
    frame = measured.replays.counted("is_reached", rule.addressable, rule.hit, *columns)
    candidates = frame.filter("is_reached").select(*columns, is_hit=is_hit, is_miss=is_miss)
    elements = dict(runner.read("46_elements").fetchall()) if settings.show_ids else None
    choose = partial(
        choose_day,
        candidates,
        measured.tally.sample,
        measured.resampling.contents,
        tz=settings.tz,
        event_names=[
            name if measured.names.may_show(name) else UNNAMED_EVENT
            for name in measured.event_names
        ],
        element_names=elements,
        called=(lambda user_no: pseudonyms(runner, settings, [user_no])[user_no])
        if settings.show_ids
        else None,
    )
    return choose(hit=True), choose(hit=False)
