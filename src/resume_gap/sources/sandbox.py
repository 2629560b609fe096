"""A DuckDB connection that reaches the named files and nothing else."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from resume_gap.constants import MEMORY
from resume_gap.errors import InputError
from resume_gap.sources.columns import masked_value
from resume_gap.sqltext import quote_text
from resume_gap.system.threads import cores

_ALWAYS = {
    # Before the first query: what is off at the start cannot be switched on by a query.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    # Never: nothing is kept, and a checkpoint goes through all rows that wait for no disk.
    "checkpoint_threshold": "1TB",
}
DEFAULT_MEMORY_BYTES = round(MEMORY.value * 1e9)
"""Ten million events stay under 2.5 GiB for the whole process; Python needs the rest."""
_VALUE = re.compile(
    r"""((?i:\b(?:convert|cast|parse|value|string|field|cell|timestamp|date|format):? )(['"]))"""
    r"""(.*?)(?=\2(?:$|[;,.:)]| (?:with|to|into|in|as|of|from|cannot|is|could|according)\b))"""
)
"""A value of the data that an engine quotes."""
_IN_FILE = re.compile(r' in file "[^"]*"')
"""What an engine adds to a message that already begins with the input's name."""
_UNITS = {"bytes": 1, "byte": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}


def open_sandbox(
    *,
    files: Iterable[Path],
    folders: Sequence[Path] = (),
    memory_limit: str | None = None,
    threads: int | None = None,
    temp_limit: int | None = None,
) -> duckdb.DuckDBPyConnection:
    """An in-memory database that may read `files` and write into `folders`; locked, in UTC.

    Args:
        files: Files that may be read; nothing else is, not even beside them.
        folders: Folders that may be read and written; the first one takes what spills.
        memory_limit: In DuckDB's words; None: DuckDB's own, at most 1.2 GB.
        threads: At most; more than there are cores are not used. None keeps DuckDB's own.
        temp_limit: Bytes that may spill; None: as many as there are.
    """
    config: dict[str, str] = dict(_ALWAYS)
    if memory_limit is not None:
        config["memory_limit"] = memory_limit
    if threads is not None:
        config["threads"] = str(min(threads, cores()))
    if folders:
        config["temp_directory"] = str(folders[0].absolute())
        if temp_limit is not None:
            config["max_temp_directory_size"] = f"{temp_limit}B"
    con = duckdb.connect(":memory:", config=config)  # type: ignore[arg-type]
    if memory_limit is None:
        # Asked of this one: another database takes as long to open as many queries take to run.
        con.execute(f"set memory_limit = '{usual_memory_limit(con)}'")
    con.execute("set global TimeZone = 'UTC'")  # global: cursors of this connection take it, too
    _switch_progress_bar_off(con)
    # DuckDB 2.0.0 can end a chain of joins in an internal error when it swaps their sides.
    con.execute("set disabled_optimizers = 'build_side_probe_side'")
    if not folders:
        con.execute("set temp_directory = ''")
    con.execute(f"set allowed_paths = {_path_list(files)}")
    con.execute(f"set allowed_directories = {_path_list(folders)}")
    con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")
    return con


def usual_memory_limit(con: duckdb.DuckDBPyConnection) -> str:
    """DuckDB's own limit (a share of the machine's memory), at most 1.2 GB.

    Args:
        con: A database whose limit nobody has set.
    """
    row = con.execute("select current_setting('memory_limit')").fetchone()
    number, _, unit = str(row[0] if row else "").partition(" ")
    try:
        own = int(float(number) * _UNITS[unit])
    except (KeyError, ValueError):
        own = DEFAULT_MEMORY_BYTES
    return f"{min(own, DEFAULT_MEMORY_BYTES)}B"


def _switch_progress_bar_off(con: duckdb.DuckDBPyConnection) -> None:
    """Standard output is data, and in a notebook DuckDB switches its progress bar on.

    In one without ipywidgets the bar is off for good, and even `set enable_progress_bar = false`
    raises.
    """
    if con.execute("select current_setting('enable_progress_bar')").fetchone() == (True,):
        con.execute("set enable_progress_bar = false")


def _path_list(paths: Iterable[Path]) -> str:
    return "[" + ", ".join(quote_text(str(path.absolute())) for path in paths) + "]"


@contextmanager
def one_line_errors(label: str) -> Iterator[None]:
    """An engine's exception over an input becomes one line that names it."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise InputError(
            f"{label}: needs more memory than the limit; raise --memory-limit or split the file"
        ) from error
    except duckdb.Error as error:
        raise InputError(
            f"{label}: cannot be read: {first_line(error)}; copy or export it again"
        ) from error


def first_line(error: BaseException) -> str:
    """The first line of an engine's message, which may run over many, with values masked."""
    lines = _IN_FILE.sub("", str(error)).strip().splitlines()
    if not lines:
        return type(error).__name__
    return _VALUE.sub(lambda found: found[1] + masked_value(found[3]), lines[0])[:300]
