"""The published tables of a run, written beside what else there is to do with its returns."""

from pathlib import Path
from typing import TYPE_CHECKING, Self

import polars as pl

from resume_gap.pipeline.queries import Runner
from resume_gap.system.threads import Background

if TYPE_CHECKING:
    from resume_gap.report.render.tables import ReturnsTable


class PublishedTables:
    """Writes the table of returns while figures are found, that of users while the page is drawn.

    Args:
        runner: The locked database.
        folder: Where they go; None: nowhere.
        threads: With 1, nothing is written beside anything.
    """

    def __init__(self, runner: Runner, folder: Path | None, threads: int) -> None:
        self._runner = runner
        self._folder = folder
        self._background = Background(threads)
        self._returns: ReturnsTable | None = None

    def __enter__(self) -> Self:
        self._background.__enter__()
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        self._background.__exit__(failed, *_)

    def begin(self) -> None:
        """Begin with the table of returns: all of them are in the database.

        Then what draws the page is started.

        Raises:
            OSError: The folder cannot be written; without threads.
        """
        if (folder := self._folder) is None:
            return
        from resume_gap.output import publish  # noqa: PLC0415 - not for those who write nothing
        from resume_gap.report.charts import drawing  # noqa: PLC0415
        from resume_gap.report.render import tables  # noqa: PLC0415

        aside = self._runner.aside(*tables.VARIABLES)
        self._returns = returns = tables.ReturnsTable.of(aside)

        def write() -> None:
            with aside.con:
                returns.write(folder)
            publish.sync(folder)

        self._background.begin(write, returns.stop)
        self._background.begin(drawing.start)

    def go_on(self, user_sums: pl.DataFrame) -> None:
        """Begin with the table of users; afterwards nothing asks the database any more.

        Raises:
            OSError: The folder cannot be written; without threads.
        """
        if (folder := self._folder) is None or (returns := self._returns) is None:
            return
        from resume_gap.report.render import tables  # noqa: PLC0415 - as above

        users = tables.UsersTable.of(self._runner, user_sums, returns.names.users)
        self._background.begin(lambda: users.write(folder))

    def wait(self) -> None:
        """Wait until they are written.

        Raises:
            OSError: The folder cannot be written.
        """
        self._background.wait()
