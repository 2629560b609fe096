"""The main job: an event log to one frozen `Analysis`, and the tables beside it."""

from collections.abc import Sequence
from pathlib import Path

from resume_gap.analysis import (
    before_launch,
    certainty,
    marker_parts,
    paths_back,
    sensitivity,
    summaries,
)
from resume_gap.analysis.gap_shares import gap_shares
from resume_gap.commands.context import Job, Progress, order_events, read_rows, see_returns
from resume_gap.commands.kept import KeptTables
from resume_gap.commands.running import Done, carry_out, warned
from resume_gap.commands.shared import marker_in_log, shared
from resume_gap.commands.thresholds import find_threshold
from resume_gap.pipeline.reduction import burst_cut_us
from resume_gap.results.analyze import Analysis
from resume_gap.results.workday import Workday
from resume_gap.settings import Settings
from resume_gap.sources.frames import GivenFrame
from resume_gap.system.state import StateFolder
from resume_gap.units import US


def run(
    events: Sequence[str | GivenFrame],
    settings: Settings,
    *,
    out: Path | None,
    force: bool = False,
    interactive: bool = False,
    on_progress: Progress,
    config: Path | None = None,
    tables: KeptTables | None = None,
    state: StateFolder | None = None,
) -> Analysis:
    """`resume_gap.analyze` with checked settings; see there."""
    return carry_out(
        _analyze,
        events,
        settings,
        out=out,
        force=force,
        interactive=interactive,
        on_progress=on_progress,
        tables=tables,
        state=state,
        files=(config,),
    )


def _analyze(job: Job) -> Done[Analysis]:
    settings = job.settings
    cut_us = burst_cut_us(settings.gap_us)
    log = order_events(job, read_rows(job), cut_us=cut_us)
    job.announce("learning the inactivity threshold")
    learned = find_threshold(job, log)
    grid = sensitivity.grid_us(learned.threshold_us, learned.turned_down_us)
    seen = see_returns(job, log, learned, grid, cut_us=cut_us, relations=())
    parts = before_launch.parts_of(
        job.runner,
        settings,
        marker_parts.MeasuredLog(
            returns=seen.returns,
            replays=seen.replays,
            reorientation=seen.reorientation,
            asked=seen.asked,
            resampling=seen.resampling,
            tally=log.tally,
            resolution_seconds=log.resolution.seconds,
            event_names=summaries.event_names(log.intake),
            names=log.names,
            has_sequence=bool(job.source.columns.get("sequence")),
            has_productive=log.has_productive,
            measurability=seen.measurability,
        ),
    )
    histogram = summaries.gap_histogram(log.counts)
    hit, miss = parts.days
    elements, pages = summaries.places(job.runner, log.names.groups)
    common = shared(
        job,
        log,
        seen,
        command="analyze",
        sensitivity=parts.sensitivity,
        checks=(*parts.checks, *marker_in_log(log)),
        decide=parts.decide,
    )
    analysis = Analysis(
        **common,
        excess=parts.excess,
        recovery=parts.recovery,
        marker=certainty.settled(parts.marker, common["data_quality"]),
        opportunity=parts.opportunity,
        primary_cap=parts.primary_cap,
        segments=parts.segments,
        gap_histogram=histogram,
        workday=Workday(
            gaps=gap_shares(
                histogram,
                threshold_seconds=learned.threshold_us / US,
                finest_seconds=log.resolution.finest_seconds,
            ),
            day=hit,
            miss=miss,
            week=summaries.week(seen.frame, settings),
            places=elements,
            pages=pages,
            paths=paths_back.first_paths(job.runner, log.names),
        ),
    )
    return Done(analysis, parts.user_sums, warned(analysis.data_quality))
