"""`resume-gap init`: a commented configuration file with what a first look at a log finds.

The log is opened and its names are counted; users chosen by hash are read in order. Nothing is
replayed.
"""

import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from resume_gap.analysis import summaries
from resume_gap.commands.context import Job, read_rows
from resume_gap.commands.registry import Printed
from resume_gap.commands.running import looked_at
from resume_gap.constants import CHECK_USERS, FALLBACK_GAP
from resume_gap.errors import DataError
from resume_gap.options.names import pattern
from resume_gap.options.run_options import InitOptions
from resume_gap.output.configuration import LogEvidence, configuration_text
from resume_gap.output.configuration_file import refuse_existing, write_configuration
from resume_gap.pipeline.intake import Intake
from resume_gap.pipeline.memory import memory_bytes
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.reduction import burst_cut_us, reduce_events, refuse_long_stream
from resume_gap.quality import gap_edges, heartbeats, late_sending, small_groups, timestamps
from resume_gap.quality.comparison import SampleMeasurement
from resume_gap.quality.resampling import Resampling
from resume_gap.report.text.findings.table import worded
from resume_gap.report.text.names import terminal_text
from resume_gap.results.run import Resolution
from resume_gap.settings import Settings, settle
from resume_gap.sources import Source
from resume_gap.sources.role_bits import PRODUCTIVE
from resume_gap.sources.role_names import is_agent
from resume_gap.system.filesystem import working_folder

_OWN: Final = tuple(InitOptions.__annotations__)
_SAMPLED_EVENTS: Final = 500_000
"""Events of the sampled users at most: read within a second or two."""


def main(
    arguments: Sequence[str], given: dict[str, Any], announce: Callable[[str], None]
) -> Printed:
    """Look at a log and write the file; its path is what is printed."""
    asked = InitOptions(**{name: given.pop(name) for name in _OWN if name in given})
    settings = settle(given, {}, typed=True)
    write_found(arguments, settings, asked, announce)
    where = terminal_text(str(asked.out))
    taken = "in its folder and below it read it"
    if asked.out.name != InitOptions().out.name:
        taken = f"read it with --config {where}"
    notice = f"check the roles in {where}; commands {taken}"
    return Printed(os.fsencode(asked.out) + b"\n", f"{where} was written", notice)


def write_found(
    events: Sequence[str],
    settings: Settings,
    asked: InitOptions,
    announce: Callable[[str], None] = lambda _: None,
) -> Path:
    """`resume_gap.init` with checked options; see there."""
    working_folder()
    refuse_existing(asked.out, force=asked.force)
    found = looked_at(_evidence, events, settings, out=asked.out, on_progress=announce)
    write_configuration(asked.out, configuration_text(found).encode(), force=asked.force)
    return asked.out


class _Sample(NamedTuple):
    """What the sampled users show.

    Attributes:
        resolution: How fine their stamps are; None: nothing shows it.
        heartbeats: Names of events that repeat like a clock.
        idle: Names of likely idle events.
        may_show: Whether enough users have an event of a name.
    """

    resolution: Resolution | None
    heartbeats: Collection[str]
    idle: Collection[str]
    may_show: Callable[[str], bool]


_NO_SAMPLE: Final = _Sample(None, (), (), lambda _: False)
"""Of users who have nothing but idle events."""


def _evidence(job: Job) -> LogEvidence:
    """What is found in the log."""
    rows = read_rows(job)
    intake, source = rows.intake, job.source
    job.announce("reading some users")
    sample = _sampled(job, intake)
    may_show = sample.may_show
    counts = dict(intake.kinds.group_by("event").sum().select("event", "n").iter_rows())
    return LogEvidence(
        inputs=tuple(item.path for item in source.inputs),
        rows=intake.read,
        first_at=summaries.instant(intake.spans["first_us"].min()),  # type: ignore[arg-type]
        last_at=summaries.instant(intake.spans["last_us"].max()),  # type: ignore[arg-type]
        settings=job.settings,
        layout=source.layout,
        columns=source.columns,
        time_format=_time_format(source),
        time_unit=_time_unit(source),
        resolution=sample.resolution,
        roles=intake.roles,
        counts=counts,
        shown=frozenset(filter(may_show, counts)),
        heartbeats=tuple(filter(may_show, sample.heartbeats)),
        idle=tuple(filter(may_show, sample.idle)),
        agents=(
            *(pattern(name) for name in sorted(counts) if is_agent(name) and may_show(name)),
            *(f"{mark.column}={mark.value}" for mark in source.likely_agents),
        ),
        checks=tuple(map(worded, (*source.checks, *intake.checks))),
    )


def _sampled(job: Job, intake: Intake) -> _Sample:
    """What some users chosen by hash show."""
    runner = job.runner
    _keep_sample(runner, job.settings.seed)
    refuse_long_stream(runner, memory_bytes(job.settings.memory_limit))
    threshold_us = FALLBACK_GAP.us
    cut_us = burst_cut_us(threshold_us)
    try:
        tally = reduce_events(
            runner, intake, cut_us=cut_us, seed=job.settings.seed, spill=job.spill
        )
    except DataError:
        return _NO_SAMPLE
    resolution = timestamps.resolution_of(runner.read("21_measured_streams").pl())
    timer = late_sending.send_timer(late_sending.work_bursts(tally.sample, intake.contents))
    sampled = SampleMeasurement(
        sample=tally.sample,
        event_names=summaries.event_names(intake),
        shown=small_groups.event_names(runner, intake, tally, show_ids=False),
        resolution_seconds=resolution.seconds,
        resampling=Resampling(intake.contents, cut_us, threshold_us, None, all_returns=False),
        is_sent_on_timer=timer.streams > 0,
    )
    idle = gap_edges.idle_by_position(
        tally.sample, intake.contents, sampled.event_names, threshold_us=threshold_us
    )
    return _Sample(resolution, _heartbeats(sampled), idle, sampled.shown.may_show)


def _keep_sample(runner: Runner, seed: int) -> None:
    """Leave the users in `streams` whom the costly checks look at, so that only they are read."""
    runner.let(seed=seed, check_users=int(CHECK_USERS.value), check_events=_SAMPLED_EVENTS)
    chosen = runner.read("18_sampled_streams").pl()
    streams = runner.table("streams").pl()
    kept = chosen.filter("is_sampled")["stream_no"].to_list()
    runner.store("streams", streams.filter(streams["stream_no"].is_in(kept)).to_arrow())


def _heartbeats(sampled: SampleMeasurement) -> list[str]:
    """Names of what repeats like a clock; work that a timer sends is none."""
    contents = sampled.resampling.contents
    work = np.unique(contents.kind_event[(contents.kind_roles & PRODUCTIVE) != 0])
    sent = set(work.tolist()) if sampled.is_sent_on_timer else set()
    return [sampled.event_names[no - 1] for no in heartbeats.heartbeats(sampled) if no not in sent]


def _time_format(source: Source) -> str | None:
    """The form that was found for the times; None: they need none."""
    found = any(check.check == "time_format_found" for check in source.checks)
    return source.look.settings.time_format if found else None


def _time_unit(source: Source) -> str | None:
    """The unit of the times where all are numbers in one unit, and no layout fixes it."""
    others = [source.columns.get(name) for name in ("end", "received_at")]
    doubted = any(check.check == "two_time_units" for check in source.checks)
    if source.layout != "plain" or any(others) or doubted or not source.look.times.number:
        return None
    return source.look.unit
