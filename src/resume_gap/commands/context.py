"""What every command does with a log, in order; each step lives where its noun lives."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from resume_gap import compiled
from resume_gap.analysis import inactivity, measurable, summaries, time_to_work, user_sums
from resume_gap.analysis.gap_histogram import GapCounts
from resume_gap.engines.engine import Engine
from resume_gap.errors import UsageError
from resume_gap.pipeline.bursts import HistorySplit
from resume_gap.pipeline.intake import Intake, take_in
from resume_gap.pipeline.memory import memory_bytes
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.reduction import refuse_long_stream
from resume_gap.pipeline.tally import Tally
from resume_gap.quality import identity, late_sending, several_people, small_groups, timestamps
from resume_gap.quality.dropped import balance, dropped, lost_at_returns, lost_share
from resume_gap.quality.full_sessions import full_sessions
from resume_gap.quality.lost_rows import AtReturns
from resume_gap.quality.resampling import Resampling
from resume_gap.quality.thin_end import LogEnd, log_end
from resume_gap.replay.collected import Replays
from resume_gap.replay.returns import ReturnRules, ReturnSums, cap_us
from resume_gap.replay.totals import Asked
from resume_gap.results.common import Check, RowLedger
from resume_gap.results.reorientation import Reorientation
from resume_gap.results.run import Measurability, Resolution
from resume_gap.settings import Settings
from resume_gap.sources import RowsRead, Source
from resume_gap.system import progress, startup

Progress = Callable[[str], None]
"""Called with the name of each step as it begins."""


@dataclass(frozen=True, slots=True)
class Job:
    """One run at work.

    Attributes:
        runner: The locked database.
        engine: Orders, reduces and replays the events.
        source: The log.
        beside: Another source that the database may read, too.
        settings: What was asked.
        spill: A folder for what does not fit into memory.
        announce: Called with the name of each step.
        out: Folder of the report, if any.
        returned: Called when all returns are in the database.
    """

    runner: Runner
    engine: Engine
    source: Source
    beside: Source | None
    settings: Settings
    spill: Path
    announce: Progress
    out: Path | None
    returned: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class LogRows:
    """The rows of a log, numbered and cleaned, before they are ordered."""

    read: RowsRead
    intake: Intake


@dataclass(frozen=True, slots=True)
class Log:
    """One log after the heavy pass."""

    intake: Intake
    tally: Tally
    ledger: RowLedger
    stats: pl.DataFrame
    has_productive: bool
    end: LogEnd
    resolution: Resolution
    counts: GapCounts
    """Gaps that the inactivity threshold may be learned from."""
    names: small_groups.EventNames
    """Event names that may be shown."""


@dataclass(frozen=True, slots=True)
class LogReturns:
    """What the light part found at the thresholds asked about."""

    learned: inactivity.Learned
    asked: Asked
    returns: ReturnSums
    replays: Replays
    frame: pl.DataFrame
    """One slim row per return of the headline threshold."""
    reorientation: Reorientation
    measurability: Measurability
    resampling: Resampling
    lost: Mapping[str, AtReturns]
    """Dropped rows beside the returns, by reason."""
    identity: Sequence[Check]
    """Returns that begin under another id, and ids of several people."""
    sending: Sequence[Check]
    """Events that were stamped when they were sent."""
    timer: late_sending.SendTimer
    """Of these, those that a timer sends."""

    def user_sums(self, policy: str | None, *, known: bool = True) -> pl.DataFrame:
        """The published per-user sums; `known` says whether any event counts as productive."""
        headline = self.replays.thresholds[self.learned.threshold_us]
        known = known and self.measurability.reason is None
        return user_sums.user_sums_of(self.returns, self.replays, headline, policy, known=known)


def read_rows(job: Job) -> LogRows:
    """Rows to numbered, cleaned events."""
    if job.settings.near is not None and not job.source.columns.get("position"):
        raise UsageError("--near needs positions; say which column with --map position=COL")
    job.announce("reading the events")
    job.source.look.refuse_unread_times()
    with startup.without_matrices():
        compiled.prepare(sum(item.rows for item in job.source.inputs))
    read = job.source.create_rows(job.runner.con)
    job.runner.note("00_rows", job.source.shown_sql)
    intake = take_in(
        job.runner,
        job.settings,
        columns=job.source.columns,
        entries=job.source.entries,
        excluded_users=job.source.excluded_users,
        advice=job.source.look.advice,
        local_hours=job.source.look.local_hours,
        plain=job.source.plain,
        spill=job.spill,
    )
    return LogRows(read, intake)


def order_events(job: Job, rows: LogRows, *, cut_us: int, split: HistorySplit | None = None) -> Log:
    """The heavy pass: events to the first waist, every row accounted for."""
    job.announce("ordering the events")
    intake, settings = rows.intake, job.settings
    refuse_long_stream(job.runner, memory_bytes(settings.memory_limit))
    tally = job.engine.reduce(
        job.runner,
        intake,
        cut_us=cut_us,
        seed=settings.seed,
        all_returns=settings.all_returns,
        split=split,
    )
    reasons = dropped(job.runner, intake, tally)
    if rows.read.broken_lines:
        reasons["broken_line"] = rows.read.broken_lines
    stats = job.runner.read("21_measured_streams").pl()
    end = LogEnd(settings.until_us)
    if settings.until_us is None and not job.source.columns.get("stream"):
        end = log_end(job.runner, job.engine.bursts(tally), stats, tally.newest_us)
    ledger = RowLedger(
        read=intake.read + rows.read.broken_lines,
        used=tally.used,
        dropped=dict(sorted(reasons.items())),
    )
    balance(ledger)
    return Log(
        intake=intake,
        tally=tally,
        ledger=ledger,
        stats=stats,
        has_productive=summaries.has_productive(intake, tally.kinds),
        end=end,
        resolution=timestamps.resolution_of(stats),
        counts=summaries.gap_counts(tally.shelf, stats),
        names=small_groups.event_names(job.runner, intake, tally, show_ids=settings.show_ids),
    )


def see_returns(
    job: Job,
    log: Log,
    learned: inactivity.Learned,
    grid_us: Sequence[int],
    *,
    cut_us: int,
    relations: Collection[str],
) -> LogReturns:
    """Returns and their replay at every threshold of the grid; queries may read the relations."""
    settings, contents = job.settings, log.intake.contents
    threshold = learned.threshold_us
    job.announce("measuring returns")
    returns = job.engine.measure(
        job.runner,
        log.tally,
        ReturnRules(
            threshold_us=threshold,
            grid_us=grid_us,
            log_end_us=log.end.at_us,
            has_productive=log.has_productive,
            all_returns=settings.all_returns,
            relations=relations,
        ),
    )
    job.announce("replaying the marker")
    progress.expect(log.tally.rows)
    asked = Asked(
        threshold_us=threshold,
        grid_us=grid_us,
        near=settings.near,
        tz=settings.tz,
        all_returns=settings.all_returns,
    )
    replays = job.engine.replay(job.runner, log.tally, contents, asked)
    job.returned()
    job.announce("finding the figures")
    frame = summaries.return_frame(job.runner)
    bursts = job.engine.bursts(log.tally)
    lost = lost_at_returns(job.runner, bursts, log.ledger, threshold_us=threshold)
    changed = identity.ids_at_returns(
        returns.user_sums,
        frame["stop_us"].to_numpy() + frame["gap_us"].to_numpy(),
        resolution_seconds=log.resolution.seconds,
    )
    several = several_people.turns(log.tally.sample, contents)
    queued = late_sending.queued(log.tally.sample, contents, threshold_us=threshold)
    timer = late_sending.send_timer(late_sending.work_bursts(log.tally.sample, contents))
    measurability = _measurability(
        frame,
        log,
        threshold,
        {
            "lost_share": max(lost_share(lost), identity.changed_share(changed)),
            "turns_share": several.share,
            "queued_share": queued.share,
            "sent_every_seconds": timer.step_seconds,
        },
        several=any(check.check == "several_people" for check in job.source.checks),
    )
    return LogReturns(
        learned=learned,
        asked=asked,
        returns=returns,
        replays=replays,
        frame=frame,
        reorientation=time_to_work.reorientation(
            frame,
            returns.user_sums,
            cap_us(threshold),
            has_productive=log.has_productive,
            has_elements=bool(contents.label_element.any()),
            blind=measurability.reason,
        ),
        measurability=measurability,
        lost=lost,
        identity=(*changed, *several_people.turn_checks(several)),
        sending=(*late_sending.queue_checks(queued), *late_sending.timer_checks(timer)),
        timer=timer,
        resampling=Resampling(
            contents=contents,
            cut_us=cut_us,
            threshold_us=threshold,
            log_end_us=log.end.at_us,
            all_returns=settings.all_returns,
        ),
    )


def _measurability(
    frame: pl.DataFrame,
    log: Log,
    threshold_us: int,
    shares: Mapping[str, float],
    *,
    several: bool,
) -> Measurability:
    """Whether this log can show re-orientation at all."""
    if not log.has_productive:
        return Measurability()
    return measurable.judge(
        measurable.followed_up(frame),
        cap_us=cap_us(threshold_us),
        resolution_seconds=log.resolution.seconds,
        covered=measurable.coverage(
            log.intake.roles, summaries.used_by_name(log.intake, log.tally.kinds)
        ),
        sessions=measurable.sessions_of(
            log.tally.sample, log.intake.contents, threshold_us=threshold_us
        ),
        full=full_sessions(log.tally.sample, log.intake.contents, threshold_us=threshold_us),
        ids_of_several=several,
        **shares,
    )
