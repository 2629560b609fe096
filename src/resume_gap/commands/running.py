"""A command from its inputs to its folder: everything that is the same whatever it computes.

Inputs are watched, the database is locked, the folder is exchanged at the end, and whatever goes
wrong leaves nothing behind.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import duckdb
import polars as pl

from resume_gap.commands.context import Job, Progress
from resume_gap.commands.failures import explained, is_out_of_memory
from resume_gap.commands.kept import KeptTables
from resume_gap.commands.published import PublishedTables
from resume_gap.commands.watched import Watched
from resume_gap.engines import opening
from resume_gap.engines.local import LocalEngine
from resume_gap.errors import StrictError
from resume_gap.options.numbers import size_bytes
from resume_gap.pipeline.queries import Runner
from resume_gap.results.common import Check
from resume_gap.results.run import Run
from resume_gap.settings import Settings
from resume_gap.sources import Source, frames, open_source, standard_input
from resume_gap.sources.frames import GivenFrame
from resume_gap.system import signals, temporary
from resume_gap.system.filesystem import WritableFolder, disk_error, working_folder
from resume_gap.system.startup import refuse_without_docstrings
from resume_gap.system.state import StateFolder
from resume_gap.system.temporary import Workspace
from resume_gap.system.threads import refuse_fork, workers

Found = TypeVar("Found", bound=Run)
Seen = TypeVar("Seen")


class Done(NamedTuple, Generic[Found]):
    """What the work of a command comes to.

    Attributes:
        result: The frozen result.
        user_sums: The per-user sums behind it.
        cautions: Messages of the warnings, which --strict makes errors.
    """

    result: Found
    user_sums: pl.DataFrame
    cautions: tuple[str, ...]


CommandWork = Callable[[Job], Done[Found]]
"""What a command does with an open log."""


def warned(checks: Sequence[Check]) -> tuple[str, ...]:
    """The messages of the checks of a log that warn."""
    return tuple(check.message for check in checks if check.severity != "note")


def carry_out(
    work: CommandWork[Found],
    events: Sequence[str | GivenFrame],
    settings: Settings,
    *,
    out: Path | None,
    force: bool = False,
    interactive: bool = False,
    on_progress: Progress,
    files: Sequence[str | Path | None] = (),
    tables: KeptTables | None = None,
    beside: Callable[[Settings, Workspace], Source] | None = None,
    state: StateFolder | None = None,
) -> Found:
    """Do a command's work on a log and put its folder into place.

    Args:
        work: What the command does.
        events: Files, globs, folders, tables or frames; one log.
        settings: What was asked.
        out: Folder for the report and the tables; None: nothing is written.
        force: Replace `out` even if it is not a report of ours.
        interactive: Give the page its script.
        on_progress: Called with the name of each step.
        files: Files that the run reads besides the log and those that the settings name.
        tables: Takes the published tables, for whoever works with them in Python.
        beside: Opens another source that the database may read, too.
        state: The folder that keeps what was read; None: none does.

    Raises:
        OutputError: The report cannot be written, or would replace a file that is read.
        InputError: An input cannot be read, or changed meanwhile.
        UsageError: What the engine needs is not installed, or this process cannot start threads.
    """
    from resume_gap.output import publish, target  # noqa: PLC0415

    working_folder()
    refuse_fork()
    opening.refuse_missing(settings)
    with (
        signals.noticed(),
        opening.collected(events, settings) as logs,
        frames.held(logs) as given,
        standard_input.held(given, settings) as inputs,
    ):
        watched = Watched.of(inputs, settings, files)
        places: tuple[WritableFolder, ...] = ()
        if out is not None:
            refuse_without_docstrings()
            goal = target.target_of(out)
            target.refuse_inside(goal, watched.files)
            places = (publish.place(goal),)
            if state is not None:
                target.refuse_overlap(goal, state.path)

        def announce(step: str) -> None:
            signals.check()
            watched.check()
            on_progress(step)

        with (
            nullcontext() if out is None else publish.staging(out, force=force) as folder,
            nullcontext() if state is None else state,
            Workspace(_temp_limit(settings, watched)) as workspace,
            explained(watched, workspace, places, state, memory_limit=settings.memory_limit),
        ):
            announce("opening the input")
            with (
                nullcontext() if beside is None else beside(settings, workspace) as other,
                open_source(
                    inputs,
                    settings,
                    workspace=workspace,
                    beside=() if other is None else other.paths,
                    state=state,
                ) as source,
                _database(source, workspace) as (runner, spill),
                opening.opened(settings, spill, workspace) as engine,
                PublishedTables(runner, folder, workers(settings.threads)) as published,
            ):
                job = Job(
                    runner, engine, source, other, settings, spill, announce, out, published.begin
                )
                done = work(job)
                if tables is not None and folder is None:
                    tables.make(workspace.folder("tables"), runner, done.user_sums)
                found = _finish(job, done, published, folder, interactive=interactive)
                if tables is not None and folder is not None:
                    tables.take(folder)
            watched.check([item.path for item in source.inputs])
            if state is not None:
                # Only now is it certain that the files are those whose digests were found.
                announce("keeping what was read")
                state.try_to_keep()
        signals.check()
    return found


def looked_at(
    work: Callable[[Job], Seen],
    events: Sequence[str],
    settings: Settings,
    *,
    out: Path,
    on_progress: Progress,
) -> Seen:
    """Do work on a log that makes no report.

    Args:
        work: What is done.
        events: Files, globs, folders or tables; one log.
        settings: What was asked.
        out: A file that will be written; it must be none of the log's.
        on_progress: Called with the name of each step.

    Raises:
        OutputError: The file is one of the log's.
        InputError: An input cannot be read, or changed meanwhile.
    """
    from resume_gap.output import target  # noqa: PLC0415

    refuse_fork()
    with (
        signals.noticed(),
        opening.collected(events, settings) as logs,
        frames.held(logs) as given,
        standard_input.held(given, settings) as inputs,
    ):
        watched = Watched.of(inputs, settings, ())
        target.refuse_inside(target.target_of(out), watched.files)

        def announce(step: str) -> None:
            signals.check()
            on_progress(step)

        with (
            Workspace(_temp_limit(settings, watched)) as workspace,
            explained(watched, workspace, memory_limit=settings.memory_limit),
        ):
            announce("opening the input")
            with (
                open_source(inputs, settings, workspace=workspace) as source,
                _database(source, workspace) as (runner, spill),
            ):
                engine = LocalEngine(spill, workers(settings.threads))
                found = work(Job(runner, engine, source, None, settings, spill, announce, None))
            watched.check([item.path for item in source.inputs])
        signals.check()
    return found


def _finish(
    job: Job,
    done: Done[Found],
    published: PublishedTables,
    folder: Path | None,
    *,
    interactive: bool,
) -> Found:
    """The result with the queries that ran, after its files are written."""
    if job.settings.strict:
        _be_strict(done.cautions)
    if folder is None:
        return with_queries(done.result, job.runner)
    from resume_gap.output import write  # noqa: PLC0415

    job.announce("writing the tables")
    published.go_on(done.user_sums)
    found = with_queries(done.result, job.runner)
    job.announce("drawing the report")
    files = write.report_files(found, interactive=interactive)
    published.wait()
    write.put_files(folder, files)
    return found


def with_queries(found: Found, runner: Runner) -> Found:
    """The result with all SQL files that have run by now, by their numbers."""
    ran = dict(sorted(runner.ran.items(), key=lambda one: _number(one[0])))
    return replace(found, methods=replace(found.methods, queries=ran))


def _number(query: str) -> tuple[int, str]:
    number, _, name = query.partition("_")
    return int(number), name


def _temp_limit(settings: Settings, watched: Watched) -> int:
    """Bytes that the temporary folder may hold."""
    if settings.temp_limit is None:
        return temporary.default_limit(watched.bytes)
    return size_bytes(settings.temp_limit)


@contextmanager
def _database(source: Source, workspace: Workspace) -> "Iterator[tuple[Runner, Path]]":
    """The locked database that may read the inputs and spill, and nothing else; a spill folder.

    Raises:
        DataError: An input turned out to be broken.
        OutputError: The temporary folder cannot be written or has reached its limit.
    """
    spill = workspace.folder("spill")
    try:
        with workspace.bounded(source.con):
            yield Runner(source.con), spill
    except (duckdb.Error, OSError) as error:
        blamed = source.blame(error) if _may_be_an_input(error) else None
        if blamed is None:
            raise
        raise blamed from error
    finally:
        source.con.close()


def _may_be_an_input(error: duckdb.Error | OSError) -> bool:
    """Whether an error may come of what a file holds; Arrow makes an `OSError` of the database's.

    Such a one has no number, as those of the system have.
    """
    if is_out_of_memory(error) or disk_error(error) is not None:
        return False
    return isinstance(error, duckdb.Error) or error.errno is None


def _be_strict(cautions: Sequence[str]) -> None:
    if cautions:
        raise StrictError(
            f"--strict: {len(cautions)} warnings, the first: {cautions[0]}; nothing was written"
        )
