"""From the rows of a source to numbered, cleaned events; every row that is left out is counted.

Knows columns, users, clocks and roles; knows no gap.
"""

import functools
import operator
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa

from resume_gap.arrays import Ints
from resume_gap.constants import (
    MAX_NULL_USERS,
    ROLE_MIN_COUNT,
    ROLE_MIN_USERS,
)
from resume_gap.errors import DataError
from resume_gap.eventcolumns import no_rows, step_columns
from resume_gap.pipeline import clock, labels
from resume_gap.pipeline.coded_files import CodedLog
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.delays import check_delays
from resume_gap.pipeline.event_ids import drop_repeated
from resume_gap.pipeline.inventory import take_inventory
from resume_gap.pipeline.memory import memory_bytes
from resume_gap.pipeline.null_texts import check_null_texts
from resume_gap.pipeline.number_ids import number_checks
from resume_gap.pipeline.queries import Runner
from resume_gap.results.common import Check
from resume_gap.settings import Settings
from resume_gap.sources import roles as role_rules
from resume_gap.sources.columns import shown
from resume_gap.sources.placeholders import NULL_TEXTS, PLACEHOLDER_IDS
from resume_gap.sources.plain_files import PlainFiles
from resume_gap.sources.role_bits import LIKELY_AGENT
from resume_gap.sources.role_names import suggest_all
from resume_gap.sources.times import CLOCK_BEFORE_US, CLOCK_FROM_US

_MARKS = "marks"
"""The column of `rows` that there is where roles are given by other columns."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What is known once the rows are numbered.

    Attributes:
        read: Rows of the input.
        contents: Meaning of the content numbers.
        kinds: One row per kind: event, event_no, roles, n.
        roles: The roles taken and where they come from.
        spans: One row per input: input_no, n, first_us, last_us.
        repeated_ids: Rows that are dropped as repeating an event id.
        dropped_before: Whether some of them were dropped before the pass over the events.
        all_differ: Whether every event has an id of its own, so that none repeats another.
        placeholders: Ids that are nobody's, as they stand in the log.
        coded: How rows are read by the dictionaries of files; None: the database reads them.
        checks: What was found on the way.
    """

    read: int
    contents: Contents
    kinds: pl.DataFrame
    roles: role_rules.RoleChoice
    spans: pl.DataFrame
    repeated_ids: int
    dropped_before: bool
    all_differ: bool
    placeholders: tuple[str, ...]
    coded: CodedLog | None
    checks: tuple[Check, ...]


def take_in(
    runner: Runner,
    settings: Settings,
    *,
    columns: Mapping[str, str | None],
    entries: role_rules.Entries | None = None,
    excluded_users: tuple[str, ...],
    advice: Callable[[str], str] = lambda _: "",
    local_hours: Callable[[Sequence[int]], Sequence[Check]] = lambda _: (),
    plain: PlainFiles | None = None,
    spill: Path | None = None,
) -> Intake:
    """Number users, streams and contents, choose roles, bound the clock; make `events`.

    Args:
        runner: Holds the relation `rows` (docs/design.md).
        settings: The run's settings.
        columns: Event column to the file's column, None where the log has none.
        entries: What the role options say; None: no column may be meant.
        excluded_users: User ids to leave out.
        advice: What to paste where rows have no value in an event column.
        local_hours: What is odd about local times, by the days since 1970 that have rows.
        plain: The files of the log, if their columns stand as they are read.
        spill: Where hashes of event ids may be written; None: they stay in memory.

    Raises:
        DataError: Too many rows without a user or a readable time, or none left.
    """
    con = runner.con
    checks: list[Check] = []
    runner.view("00_no_rows", no_rows())
    there = runner.columns("rows")
    mapped = [name for name, column in columns.items() if column]
    if _MARKS in there:
        mapped.append(_MARKS)
    runner.let(log_columns=mapped)
    runner.make("01_log", kind="view")
    runner.let(clock_from_us=CLOCK_FROM_US, clock_before_us=CLOCK_BEFORE_US)
    if columns.get("received_at"):
        checks += check_delays(runner, correct=settings.clock == "corrected")
    days, coded, found, held = take_inventory(runner, settings, columns, plain, spill)
    read = int(days["n"].sum())
    if read == 0:
        raise DataError("the input has no rows; an empty log shows nothing")
    clock.refuse_bad_times(days, read)
    checks += clock.check_far(runner, there, read)
    checks += local_hours(clock.days_in_range(days))
    con.register("excluded_users", pa.table({"user_id": pa.array(excluded_users, pa.string())}))
    kept = settings.keep_placeholder_ids
    runner.let(placeholder_ids=[] if kept else list(PLACEHOLDER_IDS))
    runner.let(null_texts=[] if kept else list(NULL_TEXTS))
    runner.make("03_streams")
    nobody = _check_users(runner, read, advice)
    if excluded_users:
        checks += _check_excluded(runner, len(excluded_users))
    checks += number_checks(runner)
    between = clock.bound_clock(runner, settings, days, checks)

    choice = _choose_roles(runner, settings, entries, advice)
    con.register(
        "event_roles",
        pa.table(
            {
                "event": pa.array(list(choice.bits), pa.string()),
                "roles": pa.array(list(choice.bits.values()), pa.int32()),
            }
        ),
    )
    runner.make("12_kinds")
    memory = memory_bytes(settings.memory_limit)
    labels.number_labels(runner, columns, read, memory, are_seen=coded is not None)
    checks += check_null_texts(runner, columns, read)
    runner.promise("events", partial(runner.make, "14_events", kind="view"))
    ids = drop_repeated(runner, settings, columns, read, checks, found=found, spill=spill)
    ids_repeat = bool(runner.variable("ids_repeat"))
    runner.let(step_columns=step_columns(there, all_differ=ids.all_differ, ids_repeat=ids_repeat))
    if choice.unmatched:
        role_rules.refuse_typed(settings, choice.unmatched, runner.table("kinds").pl()["event"])
        checks.append(
            Check(
                check="role_names_unmatched",
                severity="warn",
                count=len(choice.unmatched),
                share=None,
                action="check the spelling",
                message="the log has no event " + " or ".join(choice.unmatched[:5]),
            )
        )
    kinds = runner.table("kinds").pl().sort("kind_no")
    return Intake(
        read=read,
        contents=_contents(runner, kinds, read),
        kinds=kinds.select("event", "event_no", "roles", "n"),
        roles=choice,
        spans=clock.spans(days),
        repeated_ids=ids.repeated,
        dropped_before=ids.before_pass,
        all_differ=ids.all_differ,
        placeholders=nobody,
        coded=None if coded is None else CodedLog(coded, between, deque() if ids_repeat else held),
        checks=tuple(checks),
    )


def _check_users(runner: Runner, read: int, advice: Callable[[str], str]) -> tuple[str, ...]:
    """The ids that are nobody's, as they stand in the log.

    Raises:
        DataError: Most rows have no user, or all the id of nobody.
    """
    placeholders: tuple[str, ...] = ()
    for refused, count, ids in runner.read("04_refused_users").fetchall():
        if refused == "placeholder_user":
            placeholders = tuple(ids)
            if count == read:
                raise DataError(
                    f"all {read:,} rows have an id that is nobody's, such as"
                    f" {shown(placeholders[:1])!r}; "
                    + (advice("user_id") or "name another column with --user COL")
                    + ", or keep them: --keep-placeholder-ids"
                )
        if refused == "no_user" and count > MAX_NULL_USERS.value * read:
            raise DataError(
                f"{count:,} of {read:,} rows have no user; "
                + (advice("user_id") or "name the right column with --user COL")
            )
    return placeholders


def _check_excluded(runner: Runner, listed: int) -> list[Check]:
    """That a list of users to leave out names nobody of this log."""
    found, alike = runner.row("28_excluded_found")
    if found:
        return []
    return [
        Check(
            check="excluded_users_unmatched",
            severity="warn",
            count=listed,
            share=None,
            figures={"alike": alike},
        )
    ]


def _choose_roles(
    runner: Runner,
    settings: Settings,
    entries: role_rules.Entries | None,
    advice: Callable[[str], str],
) -> role_rules.RoleChoice:
    every = runner.read("06_event_names").pl()
    names = every.filter(~pl.col("is_blank"))
    if names.is_empty():
        raise DataError(
            "no row has an event name; "
            + (advice("event") or "name the right column with --event COL")
        )
    counts = {
        name: n for name, n in names.select("event", "n").iter_rows() if n >= ROLE_MIN_COUNT.value
    }
    suggestions = {
        name: suggestion
        for name, suggestion in suggest_all(counts, int(names["n"].sum())).items()
        if suggestion.role != "none"
    }
    frequent: set[str] = set()
    if suggestions and not (settings.productive or settings.complete):
        runner.con.register("candidates", pa.table({"event": list(suggestions)}))
        runner.let(role_min_users=int(ROLE_MIN_USERS.value))
        frequent = {name for (name,) in runner.read("07_frequent_names").fetchall()}
    suggestions = {name: one for name, one in suggestions.items() if name in frequent}
    marked = functools.reduce(operator.or_, every["marks"], 0) & ~LIKELY_AGENT
    return role_rules.choose(
        settings, names["event"].to_list(), suggestions, entries, marked=marked
    )


def _contents(runner: Runner, kinds: pl.DataFrame, read: int) -> Contents:
    """The dictionaries as arrays indexed by number, 0 unused."""
    numbers = labels.numbers_of_labels(runner, read)

    def column(name: str) -> Ints:
        return np.concatenate([[0], kinds[name].to_numpy()]).astype(np.int32)

    return Contents(
        kind_roles=column("roles"),
        kind_event=column("event_no"),
        kind_by_agent=column("marks") & LIKELY_AGENT != 0,
        label_element=numbers["element_no"],
        label_context=numbers["context_no"],
        label_task=numbers["task_no"],
    )
