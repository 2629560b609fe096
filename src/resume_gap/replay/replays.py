"""Replay and controls of a whole log, at every threshold, chunk by chunk."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from resume_gap.arrays import NEVER, Bools, Ints
from resume_gap.pipeline.batches import Shelf
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.queries import Runner, by_stream
from resume_gap.replay.chunks import Chunk, Sessions, read_chunks
from resume_gap.replay.groups import TouchGroups
from resume_gap.replay.matching import Asking, Controls, Matched, Matcher
from resume_gap.replay.policies import Described, PolicyOutcome, Replayed
from resume_gap.replay.replayer import Replay
from resume_gap.replay.returns import cap_us
from resume_gap.replay.totals import Asked, LimitSums
from resume_gap.replay.waits import WaitRules, Waits, waits
from resume_gap.results.common import GAP_CLASS_ENDS_US, GAP_CLASSES
from resume_gap.stats.excess import CellSums
from resume_gap.stats.excess_range import StepSums

_READ_BY_QUERIES = (
    "burst_no",
    "user_no",
    "stream_no",
    "return_us",
    "stop_content",
    "return_content",
    "work_content",
    "stop_device_no",
    "return_device_no",
    "in_batch",
    "pointed_no",
    "target_return_us",
    "detours",
    "chance",
    "found",
    "found_us",
    "^.*_hit$",
    "^.*_search_us$",
    "^segment_.*$",
)
"""Columns of `Replays.frame` that become the relation `replays`; some as patterns."""


@dataclass(slots=True)
class Replays:
    """The replay of a whole log.

    Attributes:
        limits: Sums over eligible interruptions by limit.
        first_back: Cells of the headline, matched by the first event back.
        frame: One row per return of the headline limit: burst_no of the return, user_no, the
            columns of `LimitSums`, what its slots found, and what breakdowns ask.
        slots: One row per found slot of the headline: cell, y_us.
    """

    limits: dict[int, LimitSums]
    first_back: list[CellSums]
    frame: pl.DataFrame
    slots: pl.DataFrame


def replay(runner: Runner, shelf: Shelf, contents: Contents, asked: Asked) -> Replays:
    """Replay the marker and match matched controls at every limit.

    Args:
        runner: Holds `log_ends` and `streams`; `measure` has set its variables.
        shelf: Bursts, touches and moments of the log.
        contents: Meaning of the contents.
        asked: What is replayed, and how.
    """
    collected = _Collected(asked, by_stream(runner.read("22_stream_users"), "user_no"))
    rules = WaitRules(
        has_productive=bool(runner.variable("has_productive")), all_returns=asked.all_returns
    )
    for chunk in read_chunks(shelf, by_stream(runner.table("log_ends"), "log_end_us")):
        collected.add_elements(chunk)
        groups = TouchGroups.of(chunk, Sessions.at(chunk.bursts, min(asked.grid_us)))
        replayer = Replay(groups, contents, near=asked.near)
        matcher = Matcher(chunk, contents, collected.user_of_stream, asked.tz)
        for limit in sorted(asked.grid_us):
            sessions = Sessions.at(chunk.bursts, limit)
            rows = waits(chunk.bursts, sessions, rules, threshold_us=limit, cap_us=cap_us(limit))
            groups = groups.merged(sessions)
            judged = replayer.at(groups, rows.wait)
            controls = Controls(
                matcher, sessions, cap_us=rows.wait.cap_us, all_returns=asked.all_returns
            )
            asking = matcher.asking(sessions, rows.y_us)
            matched = controls.after_stop(asking[0].some(rows.counted))
            headline = limit == asked.threshold_us
            columns = _columns(rows, judged)
            if headline:
                columns |= _described(replayer.described(judged, groups, rows.wait))
            collected.add(limit, rows, columns, matched)
            collected.add_controls(limit, controls)
            if headline:
                facts = _facts(chunk, sessions, asking[0]) | replayer.details(groups, rows.wait)
                collected.add_headline(rows, facts | columns, matched)
                collected.add_first_back(controls.after_first_back(asking[1].some(rows.counted)))
    found = collected.replays()
    runner.let(has_elements=bool(contents.label_element.any()))
    runner.store("replays", found.frame.select(_READ_BY_QUERIES).to_arrow())
    return found


class _Collected:
    """Adds up chunk by chunk."""

    def __init__(self, asked: Asked, user_of_stream: Ints) -> None:
        self.user_of_stream = user_of_stream
        self._asked = asked
        self._users = int(user_of_stream.max()) + 1
        self._is_whole = np.bincount(user_of_stream, minlength=self._users) == 1
        self._limits = {limit: LimitSums() for limit in asked.grid_us}
        self._first_back: list[CellSums] = []
        self._elements = np.zeros(self._users, dtype=np.int64)
        self._frames: list[pl.DataFrame] = []
        self._slots: list[pl.DataFrame] = []

    def add(
        self, limit: int, rows: Waits, columns: Mapping[str, NDArray[Any]], matched: Matched
    ) -> None:
        """One limit's sums."""
        sums, counted = self._limits[limit], rows.counted
        user_no = matched.asking.user_no
        sums.add(user_no, self._users, {n: v[counted] for n, v in columns.items()})
        sums.cells.append(_cells(matched, matched.found_us))
        sums.reached.append(_of(sums.cells[-1], matched, rows.is_reached[counted]))
        sums.from_end.append(_cells(matched, matched.found_end_us))

    def add_headline(
        self, rows: Waits, columns: Mapping[str, NDArray[Any]], matched: Matched
    ) -> None:
        """The rows of the headline limit."""
        counted = rows.counted
        found = np.zeros((3, len(counted)), dtype=np.int64)
        found[:, counted] = matched.found, matched.found_us, matched.found_end_us
        self._slots.append(pl.DataFrame({"cell": matched.slots_cell, "y_us": matched.slots_us}))
        self._frames.append(
            pl.DataFrame(
                {
                    "burst_no": rows.burst_no,
                    "is_counted": counted,
                    "lag_us": rows.wait.lag_us,
                    "found": found[0],
                    "found_us": found[1],
                    "found_end_us": found[2],
                    **columns,
                }
            ).with_columns(pl.col("target_return_us").replace(NEVER, None))
        )

    def add_controls(self, limit: int, controls: Controls) -> None:
        """The other comparisons of one limit."""
        sums, control = self._limits[limit], controls.control()
        sums.control.append(_cells(control, control.found_us))
        steps, cells = controls.steps(), sums.cells[-1]
        # Another stream of the user may have an interruption in the cell, in another chunk.
        asked = _are_among(steps.user << 32 | steps.cell, cells.user << 32 | cells.cell)
        kept = asked | ~self._is_whole[steps.user]
        sums.steps.append(
            StepSums(**{f.name: getattr(steps, f.name)[kept] for f in fields(StepSums)})
        )

    def add_elements(self, chunk: Chunk) -> None:
        """How many elements each user has."""
        bursts = chunk.bursts
        user_no = self.user_of_stream[bursts.stream[bursts.gap_us == NEVER]]
        np.maximum.at(self._elements, user_no, chunk.own_elements.many)

    def add_first_back(self, matched: Matched) -> None:
        """The companion of the headline's excess."""
        self._first_back.append(_cells(matched, matched.found_us))

    def replays(self) -> Replays:
        """Everything, with the elements of every user beside the sums."""
        for sums in self._limits.values():
            sums.columns["elements"] = self._elements
        return Replays(
            limits=self._limits,
            first_back=self._first_back,
            frame=pl.concat(self._frames),
            slots=pl.concat(self._slots),
        )


def _facts(chunk: Chunk, sessions: Sessions, asking: Asking) -> dict[str, NDArray[Any]]:
    """What the published tables and the breakdowns ask of each return."""
    bursts = chunk.bursts
    first = sessions.first[sessions.returns]
    stopped = sessions.last[sessions.stops]
    length = np.searchsorted(GAP_CLASS_ENDS_US, bursts.gap_us[first], side="left")
    facts = {
        "user_no": asking.user_no,
        "cell": asking.cell,
        "stream_no": bursts.stream[first],
        "return_us": bursts.start_us[first],
        "stop_us": bursts.end_us[stopped],
        "gap_class": np.array(GAP_CLASSES)[length],
        "stop_content": bursts.last_content[stopped],
        "return_content": bursts.first_content[first],
        "work_content": bursts.next_work_content[first],
        "stop_device_no": bursts.last_device[stopped],
        "return_device_no": bursts.first_device[first],
        "in_batch": bursts.begins_in_batch[first],
    }
    return facts | {name: values[stopped] for name, values in bursts.segments.items()}


def _columns(rows: Waits, judged: Replayed) -> dict[str, NDArray[Any]]:
    """What is summed by user, one column per name (`LimitSums.columns`)."""
    columns: dict[str, NDArray[Any]] = {
        "eligible": rows.eligible,
        "reorientation_us": rows.y_us,
        "habit_hit": judged.habit,
        "abandoned": rows.wait.abandoned,
        "later_work": judged.later_work,
        "reached": rows.is_reached,
        "chance": judged.chance,
        "chance_of_three": judged.chance_of_three,
    }
    for policy, mine in judged.policies.items():
        columns |= _named(policy, mine)
        columns[f"{policy}_addressable_us"] = np.where(mine.addressable, rows.y_us, 0)
    return columns


def _described(of: Mapping[str, Described]) -> dict[str, NDArray[Any]]:
    """The same for what only the headline limit tells."""
    columns: dict[str, NDArray[Any]] = {}
    for policy, mine in of.items():
        columns |= _named(policy, mine)
    return columns


def _named(policy: str, of: PolicyOutcome | Described) -> dict[str, NDArray[Any]]:
    """Every field as POLICY_FIELD."""
    return {f"{policy}_{f.name}": getattr(of, f.name) for f in fields(of)}


def _are_among(keys: Ints, known: Ints) -> Bools:
    """Which keys are known; the known ones rise."""
    if len(known) == 0:
        return np.zeros(len(keys), dtype=np.bool_)
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    there: Bools = known[at] == keys
    return there


def _of(cells: CellSums, matched: Matched, some: Bools) -> CellSums:
    """The same users and cells with some of the interruptions, and no slots."""
    asking = matched.asking
    place = np.searchsorted(
        cells.user << 32 | cells.cell, (asking.user_no[some] << 32) | asking.cell[some]
    )
    many = np.bincount(place, minlength=len(cells.n)).astype(np.int64)
    y_us = np.bincount(place, weights=asking.y_us[some], minlength=len(cells.n))
    nothing = np.zeros_like(many)
    return replace(cells, n=many, y_us=y_us.astype(np.int64), found=nothing, found_us=nothing)


def _cells(matched: Matched, found_us: Ints) -> CellSums:
    """Sums by user and cell; `found_us` by one of the clocks."""
    asking = matched.asking
    key, inverse = np.unique((asking.user_no << 32) | asking.cell, return_inverse=True)

    def added(values: Ints) -> Ints:
        return np.bincount(inverse, weights=values, minlength=len(key)).astype(np.int64)

    return CellSums(
        user=key >> 32,
        cell=key & 0xFFFFFFFF,
        n=added(np.ones(len(inverse), dtype=np.int64)),
        y_us=added(asking.y_us),
        found=added(matched.found),
        found_us=added(found_us),
    )
