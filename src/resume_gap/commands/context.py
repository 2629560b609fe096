"""What every command does with a log: open it, order it, find its returns, write the folder.

Knows the order of the steps and nothing else; each step lives where its noun lives.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb
import polars as pl

from resume_gap import __version__, constants, signals, temporary
from resume_gap.analysis import before_launch, inactivity, summaries, time_to_work, user_sums
from resume_gap.commands.failures import explained
from resume_gap.commands.watched import Watched
from resume_gap.errors import InternalError, StrictError, UsageError
from resume_gap.filesystem import Place, disk_error, working_folder
from resume_gap.options.numbers import size_bytes
from resume_gap.pipeline.bursts import Split
from resume_gap.pipeline.database import connect
from resume_gap.pipeline.intake import Intake, take_in
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.reduction import Tally, reduce_events
from resume_gap.quality import lookalikes, people, role_names, small_groups, timestamps
from resume_gap.quality.dropped import dropped
from resume_gap.quality.heartbeats import Machines, machine_checks
from resume_gap.quality.resampling import Aside
from resume_gap.replay.replays import Replays, replay
from resume_gap.replay.returns import Returns, cap_us, measure
from resume_gap.replay.totals import Asked
from resume_gap.report.text import trust
from resume_gap.report.text.findings import worded
from resume_gap.results.common import US, Check, Input, RowLedger
from resume_gap.results.evaluate import Evaluated
from resume_gap.results.run import (
    GeneratedFrom,
    Methods,
    Reorientation,
    Resolution,
    Roles,
    Run,
    SensitivityRow,
    Threshold,
)
from resume_gap.settings import Settings
from resume_gap.sources import RowsRead, Source, open_source
from resume_gap.temporary import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

Progress = Callable[[str], None]
"""Told the name of each step as it begins."""
Found = TypeVar("Found", bound=Run)


@dataclass(frozen=True, slots=True)
class Job:
    """One run at work.

    Attributes:
        runner: The locked database.
        source: The log.
        beside: Another source that the database may read, too.
        settings: What was asked.
        spill: A folder for what does not fit into memory.
        tell: Told the name of each step.
        out: Folder of the report, if any.
    """

    runner: Runner
    source: Source
    beside: Source | None
    settings: Settings
    spill: Path
    tell: Progress
    out: Path | None


Work = Callable[[Job], tuple[Found, pl.DataFrame]]
"""What a command does: the frozen result, and the per-user sums behind it."""


def carry_out(
    work: Work[Found],
    events: Sequence[str],
    settings: Settings,
    *,
    out: Path | None,
    force: bool = False,
    on_progress: Progress,
    files: Sequence[str | Path | None] = (),
    beside: Callable[[Settings, Workspace], Source] | None = None,
) -> Found:
    """Do a command's work on a log and put its folder into place.

    Args:
        work: What the command does.
        events: Files, globs, folders or tables; one log.
        settings: What was asked.
        out: Folder for the report and the tables; None: nothing is written.
        force: Replace `out` even if it is not a report of ours.
        on_progress: Told the name of each step.
        files: Files that the run reads besides the log and those that the settings name.
        beside: Opens another source that the database may read, too.

    Raises:
        OutputError: The report cannot be written, or would replace a file that is read.
        InputError: An input cannot be read, or changed meanwhile.
    """
    from resume_gap.output import publish, target  # noqa: PLC0415

    working_folder()
    with signals.noticed():
        watched = Watched.of(events, settings, files)

        def say(step: str) -> None:
            signals.check()
            watched.check()
            on_progress(step)

        limit = settings.temp_limit
        places: tuple[Place, ...] = ()
        if out is not None:
            goal = target.target_of(out)
            target.refuse_inside(goal, watched.files)
            places = (publish.place(goal),)
        with (
            nullcontext() if out is None else publish.staging(out, force=force) as folder,
            Workspace(
                temporary.default_limit(watched.bytes) if limit is None else size_bytes(limit)
            ) as workspace,
            explained(watched, workspace, places),
        ):
            say("opening the input")
            with (
                nullcontext() if beside is None else beside(settings, workspace) as other,
                open_source(events, settings, workspace=workspace) as source,
                _database(source, settings, workspace, other) as (runner, spill),
            ):
                found, sums = work(Job(runner, source, other, settings, spill, say, out))
                if settings.strict:
                    _be_strict(found)
                if folder is not None:
                    from resume_gap.output import write  # noqa: PLC0415
                    from resume_gap.report.render import tables  # noqa: PLC0415

                    say("writing the tables")
                    tables.write_tables(folder, runner, sums)
                found = with_queries(found, runner)
                if folder is not None:
                    say("drawing the report")
                    write.write_report(folder, found)
            watched.check([item.path for item in source.inputs])
        signals.check()
    return found


def with_queries(found: Found, runner: Runner) -> Found:
    """The result with all SQL files that have run by now."""
    ran = dict(sorted(runner.ran.items()))
    return replace(found, methods=replace(found.methods, queries=ran))


@contextmanager
def _database(
    source: Source, settings: Settings, workspace: Workspace, beside: Source | None
) -> "Iterator[tuple[Runner, Path]]":
    """A locked database that may read the inputs and spill, and nothing else; its spill folder.

    Raises:
        DataError: An input turned out to be broken.
        OutputError: The temporary folder cannot be written or has reached its limit.
    """
    spill = workspace.folder("spill")
    con = connect(
        allowed_paths=(*source.paths, *(() if beside is None else beside.paths)),
        spill=spill,
        memory_limit=settings.memory_limit,
        threads=settings.threads,
        temp_limit=workspace.room(),
    )
    try:
        with workspace.bounded(con):
            yield Runner(con), spill
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        blamed = None if disk_error(error) is not None else source.blame(error)
        if blamed is None:
            raise
        raise blamed from error
    finally:
        con.close()


@dataclass(frozen=True, slots=True)
class Rows:
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
    log_end_us: int | None
    resolution: Resolution
    counts: inactivity.GapCounts
    """Gaps that the pause limit may be learned from."""
    names: small_groups.EventNames
    """Event names that may be shown."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the light part found at the limits asked about."""

    learned: inactivity.Learned
    asked: Asked
    returns: Returns
    replays: Replays
    frame: pl.DataFrame
    """One slim row per return of the headline limit."""
    reorientation: Reorientation
    aside: Aside

    def user_sums(self, policy: str | None, *, known: bool = True) -> pl.DataFrame:
        """The published per-user sums; `known` says whether any event counts as productive."""
        headline = self.replays.limits[self.learned.threshold_us]
        return user_sums.user_sums_of(self.returns, self.replays, headline, policy, known=known)


def read_rows(job: Job) -> Rows:
    """Rows to numbered, cleaned events."""
    if job.settings.near is not None and not job.source.columns.get("position"):
        raise UsageError("--near needs positions; say which column with --map position=COL")
    job.tell("reading the events")
    read = job.source.create_rows(job.runner.con)
    intake = take_in(
        job.runner,
        job.settings,
        columns=job.source.columns,
        entries=job.source.entries,
        excluded_users=job.source.excluded_users,
    )
    return Rows(read, intake)


def order_events(job: Job, rows: Rows, *, cut_us: int, split: Split | None = None) -> Log:
    """The heavy pass: events to the first waist, every row accounted for."""
    job.tell("ordering the events")
    intake, settings = rows.intake, job.settings
    tally = reduce_events(
        job.runner,
        intake,
        cut_us=cut_us,
        seed=settings.seed,
        all_returns=settings.all_returns,
        spill=job.spill,
        split=split,
    )
    reasons = dropped(job.runner, intake, tally)
    if rows.read.broken_lines:
        reasons["broken_line"] = rows.read.broken_lines
    stats = job.runner.read("21_measured_streams").pl()
    if settings.until_us is not None:
        log_end: int | None = settings.until_us
    else:
        log_end = None if job.source.columns.get("stream") else tally.newest_us
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
        log_end_us=log_end,
        resolution=timestamps.resolution_of(stats),
        counts=summaries.gap_counts(job.runner, stats),
        names=small_groups.event_names(job.runner, show_ids=settings.show_ids),
    )


def balance(ledger: RowLedger) -> None:
    """Refuse figures when rows went missing, or were counted twice.

    Raises:
        InternalError: Rows read are not rows used plus rows dropped.
    """
    gone = sum(ledger.dropped.values())
    if ledger.read != ledger.used + gone:
        raise InternalError(
            f"{ledger.read:,} rows were read, but {ledger.used:,} used and {gone:,} dropped "
            f"({', '.join(f'{name} {n:,}' for name, n in ledger.dropped.items()) or 'none'}); "
            "no figure of this run can be trusted"
        )


def see_returns(
    job: Job, log: Log, learned: inactivity.Learned, grid_us: Sequence[int], *, cut_us: int
) -> Seen:
    """Returns and their replay at every limit of the grid."""
    settings, contents = job.settings, log.intake.contents
    threshold = learned.threshold_us
    cap = cap_us(threshold)
    job.tell("measuring returns")
    returns = measure(
        job.runner,
        threshold_us=threshold,
        grid_us=grid_us,
        log_end_us=log.log_end_us,
        has_productive=log.has_productive,
        all_returns=settings.all_returns,
    )
    job.tell("replaying the marker")
    asked = Asked(
        threshold_us=threshold,
        grid_us=grid_us,
        cap_us=cap,
        near=settings.near,
        tz=settings.tz,
        all_returns=settings.all_returns,
    )
    replays = replay(job.runner, log.tally.shelf, contents, asked)
    frame = summaries.return_frame(job.runner)
    return Seen(
        learned=learned,
        asked=asked,
        returns=returns,
        replays=replays,
        frame=frame,
        reorientation=time_to_work.reorientation(
            frame,
            returns.user_sums,
            cap,
            has_productive=log.has_productive,
            has_elements=bool(contents.label_element.any()),
        ),
        aside=Aside(
            contents=contents,
            cut_us=cut_us,
            threshold_us=threshold,
            log_end_us=log.log_end_us,
            all_returns=settings.all_returns,
            memory_limit=settings.memory_limit,
            threads=settings.threads,
        ),
    )


def single_row(seen: Seen) -> SensitivityRow:
    """The figures of the headline limit, where no other is asked about."""
    total = next(t for t in seen.returns.totals if t.threshold_us == seen.learned.threshold_us)
    return before_launch.limit_row(total)


def roles_of(log: Log) -> Roles:
    """The roles taken."""
    return summaries.roles(log.intake, log.tally.kinds, log.tally.used, log.names)


def shared(
    job: Job,
    log: Log,
    seen: Seen,
    *,
    command: str,
    sensitivity: tuple[SensitivityRow, ...],
    checks: Sequence[Check],
    beside: tuple[Input, ...] = (),
) -> dict[str, Any]:
    """The fields of `Run`, by name."""
    job.tell("checking the data")
    found = [*job.source.checks, *log.intake.checks, *checks, *_checks(job, log, seen)]
    return {
        "tool_version": __version__,
        "command": command,
        "generated_from": GeneratedFrom(
            inputs=inputs_of(job.source, log.intake.spans),
            settings=job.settings.shown(command),
            beside=beside,
        ),
        "rows": log.ledger,
        "columns": dict(job.source.columns),
        "roles": roles_of(log),
        "resolution": log.resolution,
        "threshold": _threshold(seen.learned, sensitivity),
        "counts": summaries.counts(seen.frame, seen.returns.user_sums),
        "reorientation": seen.reorientation,
        "data_quality": tuple(sorted(map(worded, found), key=_by_severity)),
        "methods": Methods(
            constants={
                name: f"{value.value:g} {value.unit}".strip() + f" - {value.reason}"
                for name, value in constants.published()
            },
        ),
    }


def _checks(job: Job, log: Log, seen: Seen) -> list[Check]:
    """What is odd about the stamps, the people, the roles and the machines of a log."""
    sums = seen.returns.user_sums
    suspects, restless = people.suspicious_users(sums, log.stats)
    names = summaries.pseudonyms(
        job.runner, job.settings, [*suspects["user_no"], *restless["user_no"]]
    )
    return [
        *timestamps.stamp_checks(
            log.tally, log.resolution, has_sequence=bool(job.source.columns.get("sequence"))
        ),
        *people.people_checks(
            suspects, restless, names, users=sums.height, events=int(sums["events"].sum())
        ),
        *timestamps.interval_checks(log.stats),
        *lookalikes.name_checks(
            summaries.roles_by_name(log.intake),
            (*job.settings.productive, *job.settings.complete, *job.settings.away),
            log.names,
        ),
        *role_names.role_checks(roles_of(log), has_productive=log.has_productive),
        *machine_checks(
            job.runner,
            Machines(
                sample=log.tally.sample,
                event_names=summaries.event_names(log.intake),
                shown=log.names,
                resolution_seconds=log.resolution.seconds,
                aside=seen.aside,
            ),
        ),
    ]


def limit(settings: Settings, log: Log) -> inactivity.Learned:
    """The pause limit: as given, else learned from the log's gaps."""
    if settings.gap_us is not None:
        return inactivity.Learned(
            threshold_us=settings.gap_us,
            source="given",
            ci_lower=None,
            ci_upper=None,
            reason="with --gap",
            night_seconds=None,
        )
    return inactivity.learn(
        log.counts, resolution_seconds=log.resolution.seconds, seed=settings.seed
    )


def _threshold(learned: inactivity.Learned, grid: tuple[SensitivityRow, ...]) -> Threshold:
    headline = next(row for row in grid if row.seconds == learned.threshold_us / US)
    figures = {
        "reorientation": "reorientation_mean_seconds",
        "excess": "excess_seconds",
        "hit": "hit",
    }
    return Threshold(
        seconds=learned.threshold_us / US,
        source=learned.source,
        ci_lower=learned.ci_lower,
        ci_upper=learned.ci_upper,
        reason=learned.reason,
        night_seconds=learned.night_seconds,
        sensitive=tuple(
            inactivity.sensitive(
                {name: [getattr(row, figure) for row in grid] for name, figure in figures.items()},
                {name: getattr(headline, figure) for name, figure in figures.items()},
            )
        ),
        sensitivity=grid,
    )


def inputs_of(source: Source, frame: pl.DataFrame) -> tuple[Input, ...]:
    """The files of a source with what they span.

    Args:
        source: The source.
        frame: One row per file that has rows: input_no, n, first_us, last_us.
    """
    spans = {row["input_no"]: row for row in frame.iter_rows(named=True)}
    found = []
    for number, item in enumerate(source.inputs):
        span: Mapping[str, Any] = spans.get(number, {"n": 0, "first_us": None, "last_us": None})
        found.append(
            Input(
                path=item.path,
                sha256=item.sha256,
                rows=int(span["n"]),
                first_at=summaries.instant(span["first_us"]),
                last_at=summaries.instant(span["last_us"]),
            )
        )
    return tuple(found)


def _by_severity(check: Check) -> tuple[int, str, str]:
    return ("error", "warn", "note").index(check.severity), check.check, check.message


def _be_strict(found: Run) -> None:
    warned = [c.message for c in found.data_quality if c.severity != "note"]
    if isinstance(found, Evaluated):
        checks = found.evaluation.trust.checks
        warned += [trust.found(c) for c in checks if c.status in ("failed", "warned")]
    if warned:
        raise StrictError(
            f"--strict: {len(warned)} warnings, the first: {warned[0]}; nothing was written"
        )
