"""What is asked about a log again when a run finds that rows cannot be used."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from resume_gap.constants import HALF_DAY_ROWS
from resume_gap.results.common import Check
from resume_gap.settings import Settings
from resume_gap.sources.columns import alternatives, flag, is_other_id, shown
from resume_gap.sources.groups import Group
from resume_gap.sources.local_hours import LocalTimes, clock_changes
from resume_gap.sources.measure import Held
from resume_gap.sources.opener import MEMORY_LIMIT
from resume_gap.sources.placeholders import PLACEHOLDER_IDS
from resume_gap.sources.sandbox import open_sandbox
from resume_gap.sources.siblings import Siblings
from resume_gap.sources.tables import register_frames
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
        layout: Event column to the names that the layout of a tracker has for it, best first.
    """

    groups: Sequence[Group]
    paths: Sequence[Path]
    names: Sequence[str]
    taken: Mapping[str, str]
    settings: Settings
    times: Held
    unit: TimeUnit
    layout: Mapping[str, Sequence[str]] = field(default_factory=dict)

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

    def local_hours(self, days: Sequence[int]) -> tuple[Check, ...]:
        """What is odd about local times: the zone lacks them or has two, or afternoons are missing.

        Times with a type of their own are read only where the zone's clocks changed on a day with
        rows.

        Args:
            days: Days since 1970 with rows, in UTC.

        Raises:
            InputError: An input cannot be read.
        """
        tz = self.settings.tz
        has_local = self.times.naive or self.times.naive_type
        changes = clock_changes(tz, days) if tz != "UTC" and has_local else ()
        # A program that has a type for times knows the afternoon.
        enough = self.times.given >= HALF_DAY_ROWS.value and not self.times.typed
        are_written = enough and self.times.naive == self.times.given
        if not (changes or are_written):
            return ()
        column, pattern = self.taken["timestamp"], self.settings.time_format
        local = LocalTimes(self.groups, column, tz, pattern)
        with self._open() as con:
            return (
                *(local.checks(con, changes) if changes else ()),
                *(local.half_day_checks(con) if are_written else ()),
            )

    def advice(self, event_column: str) -> str:
        """What to paste where rows have no value in a column; empty where nothing helps."""
        used = set(self.taken.values())
        free = [name for name in self.names if name not in used]
        known = [name for name in self.layout.get(event_column, ()) if name in free]
        others = known + [name for name in alternatives(event_column, free) if name not in known]
        nobody: tuple[str, ...] = ()
        if event_column == "user_id":
            others += [n for n in self._other_ids() if n not in others]
            nobody = () if self.settings.keep_placeholder_ids else PLACEHOLDER_IDS
        if not others:
            return ""
        column = self.taken[event_column]
        with self._open() as con:
            siblings = Siblings(self.groups, con)
            filled = siblings.filled(column, others, nobody=nobody)
            name, count = next(iter(filled.items()))
            everywhere = bool(count) and siblings.stands_beside(column, name, nobody=nobody)
        if not count:
            return ""
        has = f"'{shown([name])}' has a value in {count:,} of them"
        if event_column == "user_id" and not everywhere:
            return (
                f"{has}, but not in the others: join the ids before the analysis, so that a person"
                " has one before and after signing in"
            )
        return f"{has}: {flag(event_column, name)}"

    def _other_ids(self) -> list[str]:
        """Columns of ids that people have before they sign in."""
        used = {one for name, one in self.taken.items() if name != "device"}
        return [n for n in self.names if n not in used and is_other_id(n)]

    @contextmanager
    def _open(self) -> Iterator[duckdb.DuckDBPyConnection]:
        limit = self.settings.memory_limit or MEMORY_LIMIT
        with open_sandbox(files=self.paths, memory_limit=limit) as con:
            register_frames(con, (table for one in self.groups for table in one.tables))
            yield con
