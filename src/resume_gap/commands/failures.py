"""What goes wrong outside of our hands during a run, in one line that says where and what to do."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb

from resume_gap.commands.watched import Watched
from resume_gap.errors import DataError, OutputError
from resume_gap.pipeline.memory import database_bytes
from resume_gap.system import temporary
from resume_gap.system.filesystem import (
    WritableFolder,
    disk_error,
    full_line,
    full_place,
    too_many_open,
)
from resume_gap.system.state import StateFolder
from resume_gap.system.temporary import Workspace

_TEMP_SETTING = "max_temp_directory_size"
"""DuckDB's name for the limit that a failed spill met, in its message."""
_OUT_OF_MEMORY = "Out of Memory Error"
"""What DuckDB calls its limit where Arrow hands over rows, and makes an `OSError` of it."""


@contextmanager
def explained(
    watched: Watched,
    workspace: Workspace,
    places: Sequence[WritableFolder] = (),
    state: StateFolder | None = None,
    *,
    memory_limit: str | None = None,
) -> Iterator[None]:
    """Errors of changed inputs, full disks and limits as one line.

    Args:
        watched: What the run reads.
        workspace: Its temporary folder.
        places: Other folders that it writes into.
        state: The folder that keeps what was read; None: none does.
        memory_limit: The limit that was given; None: it is the usual one.

    Raises:
        InputError: An input changed meanwhile, whatever that led to.
        OutputError: A disk is full, --temp-limit is reached, too many files are open, or what was
            kept went away.
        DataError: The memory limit is too small.
    """
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, OutputError):
        raise
    except BaseException as error:
        if (changed := watched.changed()) is not None:
            raise changed from error
        if state is not None and state.is_cut():
            raise OutputError(
                f"{state.place.label}: what is kept there went away while it was read; run again"
            ) from error
        if workspace.limit is not None and _says(error, _TEMP_SETTING):
            raise workspace.exceeded() from error
        code = disk_error(error)
        if code is not None:
            place = full_place(error, (*places, temporary.place()))
            raise OutputError(full_line(code, place)) from error
        if (line := too_many_open(error)) is not None:
            raise OutputError(line) from error
        if is_out_of_memory(error):
            raise _too_little_memory(memory_limit) from error
        if isinstance(error, MemoryError):
            # Arrow's and NumPy's are such errors, too.
            raise DataError(
                "there is not enough memory: the longest stream of one user is read as a whole; use"
                " a machine with more, or leave that user out with --exclude-users"
            ) from error
        raise


def _too_little_memory(memory_limit: str | None) -> DataError:
    """The one line for a database that met its memory limit: the limit, and twice as much."""
    had = database_bytes(memory_limit)
    return DataError(
        f"the memory limit of {memory_limit or temporary.size(had)} is too small for this log;"
        f" raise it with --memory-limit {temporary.size(2 * had)}"
    )


def is_out_of_memory(error: BaseException) -> bool:
    """Whether the database met its memory limit."""
    return isinstance(error, duckdb.OutOfMemoryException) or _says(error, _OUT_OF_MEMORY)


def _says(error: BaseException | None, words: str) -> bool:
    """Whether an error or one behind it says these words."""
    while error is not None:
        if words in str(error):
            return True
        error = error.__cause__
    return False
