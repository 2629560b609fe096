"""The reading stage alone: open, recognize, map, read every cell, and clean.

A database takes longer to start than a small log to read, so cases share one: each has a connection
of its own to it, whose temporary tables nobody else sees. The product starts a database for every
log. So every twentieth case is read as the product does, up to its cleaned rows, and every case
that looks like a fault is run again in that way before it counts as one.
"""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Self

import duckdb

from resume_gap.commands.context import Job, read_rows
from resume_gap.commands.running import carry_out
from resume_gap.errors import ResumeGapError
from resume_gap.settings import Settings
from resume_gap.sources import source
from resume_gap.sources.opener import Opener
from resume_gap.sources.sandbox import open_sandbox
from resume_gap.system.temporary import Workspace

AS_A_RUN: Final = 20
"""Of so many cases one is read as a run of the product does."""
CASES_A_DATABASE: Final = 100


def as_a_run(path: Path, settings: Settings) -> None:
    """Read a log as every command does, up to its numbered and cleaned rows."""

    class _EnoughError(Exception):
        pass

    def reading_only(job: Job) -> Any:  # noqa: ANN401 - it never returns
        read_rows(job)
        raise _EnoughError

    with contextlib.suppress(_EnoughError):
        carry_out(reading_only, [str(path)], settings, out=None, on_progress=lambda _: None)


class Reading:
    """Reads many logs, one after the other, in one database.

    Args:
        folder: Where the logs lie; the database reads nothing else.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._workspace = Workspace()
        self._database: duckdb.DuckDBPyConnection | None = None
        self._cases = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def read(self, path: Path, settings: Settings, number: int) -> None:
        """One case: as a run where its number says so, or where something unforeseen happens."""
        if number % AS_A_RUN:
            try:
                self._quickly(path, settings)
            except ResumeGapError:
                raise
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt):
                    raise
                self._stop()
            else:
                return
        as_a_run(path, settings)

    def _quickly(self, path: Path, settings: Settings) -> None:
        with (
            self._connected(),
            source.open_source([str(path)], settings, workspace=self._workspace) as log,
        ):
            log.look.refuse_unread_times()
            log.con.execute(f"select bit_xor(hash(columns(*))) from ({log.sql})").fetchall()

    @contextmanager
    def _connected(self) -> Iterator[None]:
        """Sources open with a connection to the common database."""
        database = self._start()

        class _Sharing(Opener):
            def _sandbox(self, *_: Path) -> duckdb.DuckDBPyConnection:
                return database.cursor()

        source.Opener = _Sharing  # type: ignore[attr-defined]
        try:
            yield
        finally:
            source.Opener = Opener  # type: ignore[attr-defined]

    def _start(self) -> duckdb.DuckDBPyConnection:
        if self._cases % CASES_A_DATABASE == 0:
            self._stop()
        self._cases += 1
        if self._database is None:
            self._database = open_sandbox(
                files=(),
                folders=[self._workspace.path, self._folder],
                threads=1,
            )
        return self._database

    def _stop(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None
        self._workspace.remove()
        self._workspace = Workspace()
