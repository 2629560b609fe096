"""The published tables of a run as the bytes of their files, for whoever goes on in Python."""

from types import MappingProxyType
from typing import TYPE_CHECKING

import polars as pl

from resume_gap.pipeline.queries import Runner
from resume_gap.system.temporary import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping


class KeptTables:
    """The tables of one run, compressed as in the folder of its report.

    Attributes:
        files: Name of the file to its bytes; empty before a run.
    """

    def __init__(self) -> None:
        self.files: Mapping[str, bytes] = MappingProxyType({})

    def take(self, workspace: Workspace, runner: Runner, user_sums: pl.DataFrame) -> None:
        """Take them over while the database is open.

        Raises:
            OSError: The temporary folder cannot be written.
        """
        from resume_gap.report.render import tables  # noqa: PLC0415 - not for the command line

        folder = workspace.folder("tables")
        returns = tables.ReturnsTable.of(runner)
        returns.write(folder)
        tables.UsersTable.of(runner, user_sums, returns.names.users).write(folder)
        paths = sorted(folder.iterdir())
        self.files = MappingProxyType({path.name: path.read_bytes() for path in paths})
        for path in paths:
            path.unlink()
