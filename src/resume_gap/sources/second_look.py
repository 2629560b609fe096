"""What is asked about a log again when a run finds that rows cannot be used."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from resume_gap.settings import Settings
from resume_gap.sources.columns import alternatives, flag, shown
from resume_gap.sources.groups import Group
from resume_gap.sources.measure import Held
from resume_gap.sources.opening import MEMORY_LIMIT
from resume_gap.sources.sandbox import open_sandbox
from resume_gap.sources.siblings import Siblings
from resume_gap.sources.times import TimeUnit
from resume_gap.sources.written_times import Times


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLook:
    """The files of a log, to be asked when something is wrong; nothing is read before.

    Attributes:
        groups: All inputs.
        paths: The files behind them.
        names: All columns of the files.
        taken: Event column to the files' column.
        settings: How times are written.
        times: What the time column holds.
        unit: Unit of its numbers.
    """

    groups: Sequence[Group]
    paths: Sequence[Path]
    names: Sequence[str]
    taken: Mapping[str, str]
    settings: Settings
    times: Held
    unit: TimeUnit

    def refuse_unread_times(self) -> None:
        """Refuse a log most of whose times are in no form that is read.

        Raises:
            InputError: They are not; the message shows one of them and what to do.
        """
        if not Times.doubtful(self.times):
            return
        with self._open() as con:
            Times(
                groups=self.groups,
                con=con,
                column=self.taken["timestamp"],
                tz=self.settings.tz,
                pattern=self.settings.time_format,
                unit=self.unit,
            ).refuse_unread(self.times)

    def fullest(self, event_column: str) -> tuple[str, int] | None:
        """The column that has a value in most of the rows where an event column has none.

        Returns:
            Its name, and in how many of these rows; None where there is no such column.
        """
        used = set(self.taken.values())
        others = alternatives(event_column, [name for name in self.names if name not in used])
        if not others:
            return None
        with self._open() as con:
            filled = Siblings(self.groups, con).filled(self.taken[event_column], others)
        name, count = next(iter(filled.items()))
        return (name, count) if count else None

    def advice(self, event_column: str) -> str:
        """What to paste where rows have no value in a column; empty where nothing helps."""
        found = self.fullest(event_column)
        if found is None:
            return ""
        name, count = found
        return f"'{shown([name])}' has a value in {count:,} of them: {flag(event_column, name)}"

    @contextmanager
    def _open(self) -> Iterator[duckdb.DuckDBPyConnection]:
        limit = self.settings.memory_limit or MEMORY_LIMIT
        with open_sandbox(files=self.paths, memory_limit=limit) as con:
            yield con
