"""The main job: an event log to one frozen `Analysis`, and the tables beside it.

Knows the order of the steps and nothing else; each step lives where its noun lives.
"""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl

from resume_gap import __version__, judgement
from resume_gap.errors import DataError, StrictError, UsageError
from resume_gap.measures import before_launch, quality, summaries, threshold
from resume_gap.measures.aside import Aside
from resume_gap.measures.machines import Machines, machine_checks
from resume_gap.measures.marker import Asked, replay
from resume_gap.measures.returns import measure, tau_us
from resume_gap.model import (
    US,
    Analysis,
    Check,
    Input,
    RowLedger,
    SensitivityRow,
    Threshold,
)
from resume_gap.pipeline.connection import connect
from resume_gap.pipeline.intake import Intake, take_in
from resume_gap.pipeline.ledger import dropped
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.reduction import Tally, burst_cut_us, reduce_events
from resume_gap.settings import Settings, resolve
from resume_gap.sources import Source, open_source

if TYPE_CHECKING:
    from collections.abc import Iterator

Progress = Callable[[str], None]
"""Told the name of each step as it begins."""


def analyze(
    events: str | Path | Sequence[str | Path],
    *,
    out: str | Path | None = None,
    force: bool = False,
    on_progress: Progress | None = None,
    **options: Any,  # noqa: ANN401 - the fields of the configuration file, checked by name
) -> Analysis:
    """Find interrupted work in an event log and measure what came after.

    Args:
        events: Files, globs, folders or `file.duckdb::table`; several inputs are one log.
        out: Folder for the report and the tables; None: nothing is written.
        force: Replace `out` even if it is not a report of ours.
        on_progress: Told the name of each step.
        **options: As in the configuration file: `gap="30m"`, `productive=["edit*"]`, and the
            column options `user`, `time`, `event`, `target`.

    Raises:
        UsageError: An option cannot be meant.
        DataError: The data cannot be analysed; nothing was written.
        OutputError: The report cannot be written.
        StrictError: `strict=True` and a check warned; nothing was written.
    """
    paths = [events] if isinstance(events, str | Path) else list(events)
    named = {"user": "user_id", "time": "timestamp", "event": "event", "target": "target"}
    columns = {inner: options.pop(name) for name, inner in named.items() if name in options}
    settings = resolve(options | {"map": {**options.get("map", {}), **columns}}, {})
    return run(
        [str(p) for p in paths], settings, out=None if out is None else Path(out), force=force,
        on_progress=on_progress or (lambda _: None),
    )  # fmt: skip


def run(
    events: Sequence[str],
    settings: Settings,
    *,
    out: Path | None,
    force: bool = False,
    on_progress: Progress,
) -> Analysis:
    """`analyze` with checked settings; see there."""
    from resume_gap.report.publish import staging  # noqa: PLC0415

    with _interruptible(), nullcontext() if out is None else staging(out, force=force) as folder:
        on_progress("opening the input")
        with (
            open_source(events, settings) as source,
            _spill() as spill,
            _database(source, settings, spill) as runner,
        ):
            analysis, sums = _analyze(runner, source, settings, spill, on_progress)
            if settings.strict:
                _be_strict(analysis)
            if folder is not None:
                from resume_gap.report import tables, write  # noqa: PLC0415

                on_progress("writing the tables")
                tables.write_tables(folder, runner, sums)
                on_progress("drawing the report")
                write.write_report(folder, analysis)
    return analysis


@contextmanager
def _interruptible() -> "Iterator[None]":
    """Ctrl-C stays Ctrl-C: inside of a query the engine makes an error of its own of it."""
    try:
        yield
    except (RuntimeError, DataError) as error:
        causes = (error, error.__cause__)
        if any("Query interrupted" in str(c) or "INTERRUPT Error" in str(c) for c in causes):
            raise KeyboardInterrupt from error
        raise


@contextmanager
def _spill() -> "Iterator[Path]":
    """A folder for what does not fit into memory."""
    with tempfile.TemporaryDirectory(prefix="resume-gap-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def _database(source: Source, settings: Settings, spill: Path) -> "Iterator[Runner]":
    """A locked database that may read the inputs and spill, and nothing else.

    Raises:
        DataError: The memory limit is too small, or an input turned out to be broken.
    """
    con = connect(
        allowed_paths=source.paths, spill=spill,
        memory_limit=settings.memory_limit, threads=settings.threads,
    )  # fmt: skip
    try:
        yield Runner(con)
    except duckdb.OutOfMemoryException as error:
        raise DataError(
            "the memory limit is too small for this log; raise it with --memory-limit 4GB"
        ) from error
    except duckdb.Error as error:
        blamed = source.blame(error)
        if blamed is None:
            raise
        raise blamed from error
    finally:
        con.close()


@dataclass(frozen=True, slots=True)
class _Log:
    """One log after the heavy pass."""

    intake: Intake
    tally: Tally
    ledger: RowLedger
    stats: pl.DataFrame
    has_productive: bool
    log_end_us: int | None


def _analyze(
    runner: Runner, source: Source, settings: Settings, spill: Path, on_progress: Progress
) -> tuple[Analysis, pl.DataFrame]:
    """The frozen result, and the per-user sums behind it."""
    if settings.near is not None and not source.columns.get("position"):
        raise UsageError("--near needs positions; say which column with --map position=COL")
    on_progress("reading the events")
    log = _read_log(runner, source, settings, spill, on_progress)
    contents = log.intake.contents
    on_progress("learning the pause limit")
    resolution = quality.resolution_of(log.stats)
    counts = summaries.gap_counts(runner, log.stats)
    learned = _limit(settings, counts, resolution.seconds)
    tau = tau_us(learned.theta_us)
    on_progress("measuring returns")
    returns = measure(
        runner,
        theta_us=learned.theta_us,
        grid_us=threshold.grid_us(learned.theta_us),
        log_end_us=log.log_end_us,
        has_productive=log.has_productive,
        all_returns=settings.all_returns,
    )
    on_progress("replaying the marker")
    asked = Asked(
        theta_us=learned.theta_us, grid_us=threshold.grid_us(learned.theta_us), tau_us=tau,
        near=settings.near, tz=settings.tz, all_returns=settings.all_returns,
    )  # fmt: skip
    replays = replay(runner, log.tally.shelf, contents, asked)
    frame = summaries.return_frame(runner)
    reorientation = summaries.reorientation(
        frame, returns.user_sums, tau, has_productive=log.has_productive,
        has_elements=bool(contents.label_element.any()),
    )  # fmt: skip
    aside = Aside(
        contents=contents,
        cut_us=burst_cut_us(settings.gap_us),
        theta_us=learned.theta_us,
        log_end_us=log.log_end_us,
        all_returns=settings.all_returns,
        memory_limit=settings.memory_limit,
        threads=settings.threads,
    )
    told = before_launch.tell(
        runner, settings, before_launch.Measured(
            returns=returns, replays=replays, reorientation=reorientation, asked=asked,
            aside=aside, tally=log.tally, resolution_seconds=resolution.seconds,
            event_names=summaries.event_names(log.intake),
            has_sequence=bool(source.columns.get("sequence")),
            has_productive=log.has_productive,
        ),
    )  # fmt: skip
    on_progress("checking the data")
    shared, restless = quality.suspicious_users(returns.user_sums, log.stats)
    names = summaries.pseudonyms(runner, settings, [*shared["user_no"], *restless["user_no"]])
    checks = [*source.checks, *log.intake.checks, *told.checks]
    checks += quality.stamp_checks(
        log.tally, resolution, has_sequence=bool(source.columns.get("sequence"))
    )
    checks += quality.people_checks(
        shared, restless, names,
        users=returns.user_sums.height, events=int(returns.user_sums["events"].sum()),
    )  # fmt: skip
    checks += quality.spell_checks(log.stats)
    roles = summaries.roles(log.intake, log.tally.kinds, log.tally.used)
    checks += quality.role_checks(roles, has_productive=log.has_productive)
    checks += machine_checks(
        runner,
        Machines(
            sample=log.tally.sample,
            event_names=summaries.event_names(log.intake),
            resolution_seconds=resolution.seconds,
            aside=aside,
        ),
    )
    analysis = Analysis(
        tool_version=__version__,
        command="analyze",
        inputs=_inputs(source, log.intake),
        settings=settings.shown(),
        rows=log.ledger,
        columns=dict(source.columns),
        roles=roles,
        resolution=resolution,
        threshold=_threshold(learned, told.sensitivity),
        counts=summaries.counts(frame, returns.user_sums),
        reorientation=reorientation,
        excess=told.excess,
        recovery=told.recovery,
        marker=told.marker,
        opportunity=told.opportunity,
        segments=told.segments,
        day=told.day,
        gap_histogram=summaries.gap_histogram(counts),
        week=summaries.week(frame, settings),
        places=summaries.places(runner),
        data_quality=tuple(sorted(checks, key=_by_severity)),
        judgements={
            name: f"{value.value:g} {value.unit}".strip() + f" - {value.reason}"
            for name, value in judgement.published()
        },
        queries=dict(sorted(runner.ran.items())),
    )
    return analysis, told.user_sums


def _read_log(
    runner: Runner, source: Source, settings: Settings, spill: Path, on_progress: Progress
) -> _Log:
    """Rows to the first waist, every row accounted for."""
    read = source.create_rows(runner.con)
    intake = take_in(
        runner, settings, columns=source.columns, file_columns=source.columns_found,
        excluded_users=source.excluded_users,
    )  # fmt: skip
    on_progress("ordering the events")
    tally = reduce_events(
        runner, intake, cut_us=burst_cut_us(settings.gap_us), seed=settings.seed,
        all_returns=settings.all_returns, spill=spill,
    )  # fmt: skip
    reasons = dropped(runner, intake, tally)
    if read.broken_lines:
        reasons["broken_line"] = read.broken_lines
    stats = runner.con.sql(
        "select stream_stats.*, streams.user_no from stream_stats"
        " inner join streams on stream_stats.stream_no = streams.stream_no order by stream_no"
    ).pl()
    if settings.until_us is not None:
        log_end: int | None = settings.until_us
    else:
        log_end = None if source.columns.get("stream") else tally.newest_us
    return _Log(
        intake=intake,
        tally=tally,
        ledger=RowLedger(
            read=intake.read + read.broken_lines, used=tally.used,
            dropped=dict(sorted(reasons.items())),
        ),
        stats=stats,
        has_productive=summaries.has_productive(intake, tally.kinds),
        log_end_us=log_end,
    )  # fmt: skip


def _limit(settings: Settings, counts: threshold.GapCounts, resolution: float) -> threshold.Learned:
    if settings.gap_us is not None:
        return threshold.Learned(
            theta_us=settings.gap_us, source="given", ci_lower=None, ci_upper=None,
            reason="with --gap", night_seconds=None,
        )  # fmt: skip
    return threshold.learn(counts, resolution_seconds=resolution, seed=settings.seed)


def _threshold(learned: threshold.Learned, grid: tuple[SensitivityRow, ...]) -> Threshold:
    headline = next(row for row in grid if row.seconds == learned.theta_us / US)
    figures = {
        "reorientation": "reorientation_mean_seconds", "excess": "excess_seconds", "hit": "hit",
    }  # fmt: skip
    return Threshold(
        seconds=learned.theta_us / US,
        source=learned.source,
        ci_lower=learned.ci_lower,
        ci_upper=learned.ci_upper,
        reason=learned.reason,
        night_seconds=learned.night_seconds,
        sensitive=tuple(
            threshold.sensitive(
                {name: [getattr(row, figure) for row in grid] for name, figure in figures.items()},
                {name: getattr(headline, figure) for name, figure in figures.items()},
            )
        ),
        sensitivity=grid,
    )


def _inputs(source: Source, intake: Intake) -> tuple[Input, ...]:
    spans = {row["input_no"]: row for row in intake.spans.iter_rows(named=True)}
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


def _be_strict(analysis: Analysis) -> None:
    warned = [c for c in analysis.data_quality if c.severity != "note"]
    if warned:
        raise StrictError(
            f"--strict: {len(warned)} warnings, the first: {warned[0].message}; nothing was written"
        )


def stem(events: Sequence[str]) -> str:
    """What the report's folder is called: the first input's stem.

    A glob's folder, a folder's own name, a database table's name.
    """
    first = events[0]
    path, mark, table = first.partition("::")
    if mark and table:
        return table.rpartition(".")[2].strip('"') or "table"
    whole = Path(path)
    if not whole.exists() and any(c in whole.name for c in "*?["):
        return whole.parent.name or "events"
    if whole.is_dir():
        return whole.resolve().name or "events"
    name = whole.name
    for ending in (".gz", ".zst"):
        name = name.removesuffix(ending)
    return Path(name).stem or "events"
