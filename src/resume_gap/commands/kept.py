"""The published tables of a run as the bytes of their files, for whoever goes on in Python."""

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import polars as pl

from resume_gap.pipeline.queries import Runner

if TYPE_CHECKING:
    from collections.abc import Mapping


class KeptTables:
    """The tables of one run, compressed as in the folder of its report.

    Attributes:
        files: Name of the file to its bytes; empty before a run.
    """

    def __init__(self) -> None:
        self.files: Mapping[str, bytes] = MappingProxyType({})

    def make(self, folder: Path, runner: Runner, user_sums: pl.DataFrame) -> None:
        """Make them where no report is written, while the database is open.

        Args:
            folder: Where they may lie meanwhile; empty.
            runner: Holds the returns.
            user_sums: The published sums by user.

        Raises:
            OSError: The folder cannot be written.
        """
        from resume_gap.report.render import tables  # noqa: PLC0415 - not for the command line

        returns = tables.ReturnsTable.of(runner)
        returns.write(folder)
        tables.UsersTable.of(runner, user_sums, returns.names.users).write(folder)
        self.take(folder)
        for path in folder.iterdir():
            path.unlink()

    def take(self, folder: Path) -> None:
        """Take those that are written in a folder."""
        paths = sorted(folder.glob("*.parquet"))
        self.files = MappingProxyType({path.name: path.read_bytes() for path in paths})
