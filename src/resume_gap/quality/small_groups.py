"""Groups of so few users that their name could point at a person: they are never named.

A group is whatever shares a name from the data: a value of a `--by` column, a page, an element, an
event name. Groups with fewer than five users are merged with the rest. The rest is published as
well, or follows from a total that is; so where the rest holds fewer than five users, the smallest
named group joins it, and then the next (complementary suppression). The published Parquet tables
keep every name, for the analyst; with `--show-ids` every group is named.

What this cannot prevent: every column of `--by` is a partition of its own. A reader who knows from
elsewhere that one group lies inside a group of another column (everybody of team A uses plan B)
can subtract the two.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, TypeVar

import numpy as np
import polars as pl
import pyarrow as pa

from resume_gap.arrays import Ints
from resume_gap.constants import MIN_INTERVAL_USERS, NAMED_USERS, SHOWN_GROUPS
from resume_gap.pipeline.intake import Intake
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.runs import run_heads
from resume_gap.pipeline.tally import Tally
from resume_gap.sources.role_bits import OUTSIDE

OTHER: Final = "(other)"
"""What the rest is called."""
Name = TypeVar("Name", str, int)
UserSets = tuple[Collection[int], ...]
"""The users of a group, cell by cell: one cell, or one for each arm of a trial."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Which groups may be named.

    Attributes:
        least: Fewest users of a group that may be named; 1 with `--show-ids`.
    """

    least: int = int(NAMED_USERS.value)

    def named(
        self, groups: Mapping[Name, UserSets], candidates: Sequence[Name]
    ) -> tuple[Name, ...]:
        """The candidates that may be named, in their order.

        Args:
            groups: Every group with its users; together they are what the totals count. At least
                `least` users of a cell have to be given, more need not be.
            candidates: Groups that somebody wants to name.
        """
        kept = [name for name in candidates if self._large(groups[name])]
        may_be = set(kept)
        rest = self._together([users for name, users in groups.items() if name not in may_be])
        while kept and any(rest) and not self._large(rest):
            smallest = min(reversed(kept), key=lambda name: _fewest(groups[name]))
            kept.remove(smallest)
            rest = self._together([rest, groups[smallest]])
        return tuple(kept)

    def split(
        self, rows: pl.DataFrame, *, cell: str | None = None
    ) -> list[tuple[str, pl.DataFrame]]:
        """Rows by `value`, the largest groups first, all others together at the end.

        Groups that cannot have an interval are merged, too, and those beyond the first ten.

        Args:
            rows: Holds `value` and `user_no`.
            cell: A column within whose values the users are counted, such as the arm.
        """
        enough = 1 if self.least <= 1 else max(self.least, int(MIN_INTERVAL_USERS.value))
        sizes = (
            rows.group_by("value")
            .agg(pl.len().alias("n"), pl.col("user_no").n_unique().alias("users"))
            .sort(["n", "value"], descending=[True, False])
        )
        groups = users_by_value(rows, cell)
        candidates = sizes.filter(pl.col("users") >= enough).head(int(SHOWN_GROUPS.value))["value"]
        kept = self.named(groups, candidates.to_list())
        parts = [(name, rows.filter(pl.col("value") == name)) for name in kept]
        rest = [name for name in sizes["value"] if name not in kept]
        if not rest:
            return parts
        alone = len(rest) == 1 and self._large(groups[rest[0]])
        left = rows.filter(pl.col("value").is_in(rest))
        return [*parts, (rest[0] if alone else OTHER, left)]

    def users_of_large(self, user_no: Ints, group: Ints) -> dict[int, UserSets]:
        """The users of every large group, and those of all others together, for `named`.

        Most groups may be small, and there may be very many.

        Args:
            user_no: (rows) their users.
            group: (rows) the number of their group; 0 for rows of no group that has a name.

        Returns:
            By number; all small groups and the rows without a name are one group, 0.
        """
        bits = int(user_no.max(initial=0)).bit_length()
        pairs = np.sort(group.astype(np.int64) << bits | user_no)
        pairs = pairs[run_heads(pairs)]
        of_group, of_user = pairs >> bits, pairs & ((1 << bits) - 1)
        heads = run_heads(of_group)
        ends = np.append(heads[1:], len(of_group))[: len(heads)]
        is_large = (ends - heads >= self.least) & (of_group[heads] != 0)
        large: dict[int, UserSets] = {
            int(of_group[head]): (of_user[head:end].tolist(),)
            for head, end in zip(heads[is_large], ends[is_large], strict=True)
        }
        alone = np.repeat(~is_large, ends - heads)
        return large | {0: (np.unique(of_user[alone]).tolist(),)}

    def _large(self, users: UserSets) -> bool:
        return _fewest(users) >= self.least

    def _together(self, groups: Sequence[UserSets]) -> UserSets:
        """The users of several groups, cell by cell; of each no more than make it large."""
        return tuple(map(self._enough, zip(*groups, strict=True)))

    def _enough(self, cells: Iterable[Collection[int]]) -> set[int]:
        found: set[int] = set()
        for users in cells:
            found.update(islice(users, self.least))
            if len(found) >= self.least:
                break
        return found


def groups(*, show_ids: bool) -> Groups:
    """The groups that a run may name."""
    return Groups(least=1) if show_ids else Groups()


def users_by_value(rows: pl.DataFrame, cell: str | None = None) -> dict[str, UserSets]:
    """The users of every `value`, cell by cell."""
    if cell is None:
        lists = rows.group_by("value").agg(pl.col("user_no").unique())
        return {value: (users,) for value, users in lists.iter_rows()}
    lists = rows.group_by("value", cell).agg(pl.col("user_no").unique())
    places = {key: at for at, key in enumerate(lists[cell].unique().sort())}
    found: dict[str, list[Collection[int]]] = {}
    for value, key, users in lists.iter_rows():
        found.setdefault(value, [()] * len(places))[places[key]] = users
    return {value: tuple(cells) for value, cells in found.items()}


def _fewest(users: UserSets) -> int:
    """Users of the smallest cell that anybody is in."""
    if len(users) == 1:  # as those of many thousands of elements
        return len(users[0])
    return min((len(cell) for cell in users if cell), default=0)


@dataclass(frozen=True, slots=True)
class EventNames:
    """Which event names may be shown.

    Attributes:
        groups: What may be named.
        users: Event name to its users, of each at least as many as it takes to be named.
    """

    groups: Groups = field(default_factory=Groups)
    users: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def may_show(self, event: str) -> bool:
        """Whether enough users have this event."""
        return len(self.users.get(event, ())) >= self.groups.least

    def shown(self, events: Sequence[str]) -> tuple[str, ...]:
        """Those that may be shown, where no figure stands beside a name."""
        return tuple(event for event in events if self.may_show(event))

    def counted(
        self, events: Sequence[str], totals: Sequence[Collection[str]] = ()
    ) -> tuple[str, ...]:
        """Those that may be shown with a number of their own.

        Args:
            events: The names.
            totals: Sets of names (those of a role) whose numbers are published as a total.
        """
        kept = tuple(events)
        while True:
            before = kept
            for total in (*totals, self.users):
                inside = {name: (self.users.get(name, frozenset()),) for name in total}
                mine = {*self.groups.named(inside, [name for name in kept if name in inside])}
                kept = tuple(name for name in kept if name not in inside or name in mine)
            if kept == before:
                return kept


def event_names(runner: Runner, intake: Intake, tally: Tally, *, show_ids: bool) -> EventNames:
    """Which event names may be shown, from the users of the rows in range.

    Args:
        runner: Holds `log`, `names` and `streams`.
        intake: Holds the event names with their roles.
        tally: Holds users of the events that the pass read.
        show_ids: Whether every name may be.
    """
    allowed = groups(show_ids=show_ids)
    users = _users_read(intake, tally, allowed.least)
    every = set(runner.table("names").pl()["event"]) - {""}
    users |= _users_asked(runner, every - users.keys(), allowed.least)
    return EventNames(allowed, {event: some for event, some in users.items() if some})


def _users_read(intake: Intake, tally: Tally, least: int) -> dict[str, frozenset[int]]:
    """The users of every event name all of whose rows the pass read."""
    if intake.dropped_before:
        return {}  # the pass did not see whose they were
    read = intake.kinds.group_by("event", "event_no").agg(
        ((pl.col("roles") & OUTSIDE) == 0).all().alias("whole")
    )
    return {
        event: frozenset(tally.event_users[no][:least])
        for event, no, whole in read.iter_rows()
        if whole
    }


def _users_asked(runner: Runner, events: Collection[str], least: int) -> dict[str, frozenset[int]]:
    """The users of these event names, from the log."""
    if not events:
        return {}
    runner.con.register("asked_names", pa.table({"event": pa.array(sorted(events), pa.string())}))
    runner.let(named_users=least)
    rows = runner.read("23_event_users").fetchall()
    return {event: frozenset(users) for event, users in rows}
