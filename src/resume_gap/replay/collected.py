"""Sums and rows of the replay, kept chunk by chunk on a shelf, and read again from there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from resume_gap.arrays import NEVER, Bools, Ints, masked
from resume_gap.pipeline.batches import Shelf
from resume_gap.replay.chunks import Chunk
from resume_gap.replay.matching import Controls, Matched
from resume_gap.replay.outcomes import Outcomes
from resume_gap.replay.recent import elements_of_streams
from resume_gap.replay.stored import StoredSums, UserColumns
from resume_gap.replay.totals import Asked, ThresholdSums
from resume_gap.replay.user_cells import AskedPairs, MatchedSums, matched_sums
from resume_gap.replay.waits import Waits
from resume_gap.stats.excess import CellSums
from resume_gap.stats.excess_range import StepSums

ROWS, SLOTS = "returns", "slots"
_REACHED = {"n": "reached", "y_us": "reached_us", "found": None, "found_us": None}
"""Where the sums of `ThresholdSums.reached` are found among `MatchedSums`."""


@dataclass(frozen=True, slots=True)
class Replays:
    """The replay of a whole log.

    Attributes:
        thresholds: Sums over eligible interruptions by threshold.
        first_back: Cells of the headline, matched by the first event back.
        shelf: Holds the rows of the headline threshold.
    """

    thresholds: Mapping[int, ThresholdSums]
    first_back: Iterable[CellSums]
    shelf: Shelf

    def rows(self, *columns: str) -> pl.DataFrame:
        """One row per return of the headline threshold.

        Args:
            columns: Of these: is_counted, lag_us, what its slots found,
                the columns of `ThresholdSums`, and what breakdowns ask.
        """
        return pl.DataFrame(pl.from_arrow(self.shelf.table(ROWS, columns), rechunk=False))

    def counted(self, *columns: str) -> pl.DataFrame:
        """The same of the eligible interruptions alone."""
        return self.rows("is_counted", *columns).filter("is_counted").drop("is_counted")

    def slots(self) -> pl.DataFrame:
        """One row per found slot of the headline: cell, y_us."""
        return pl.DataFrame(pl.from_arrow(self.shelf.table(SLOTS), rechunk=False))


class CollectedPart(NamedTuple):
    """What was collected of one chunk, without what all chunks share.

    Attributes:
        tables: By name what goes to the shelf.
        user_no: The users whose elements are known.
        elements: How many each of them has.
    """

    tables: Mapping[str, pa.Table]
    user_no: Ints
    elements: Ints


class _Stored:
    """The sums of one threshold, as they grow."""

    def __init__(self, shelf: Shelf, threshold_us: int) -> None:
        cells = f"cells-{threshold_us}"
        self.matched = StoredSums(MatchedSums, shelf, cells)
        self.columns = UserColumns(shelf, f"columns-{threshold_us}")
        self.cells = StoredSums(CellSums, shelf, cells)
        self.from_end = StoredSums(CellSums, shelf, cells, {"found_us": "found_end_us"})
        self.reached = StoredSums(CellSums, shelf, cells, _REACHED)
        self.steps = StoredSums(StepSums, shelf, f"steps-{threshold_us}")
        self.control = StoredSums(CellSums, shelf, f"control-{threshold_us}")

    def read(self) -> ThresholdSums:
        """All of them."""
        return ThresholdSums(
            columns=self.columns,
            users=self.columns.users,
            cells=self.cells,
            from_end=self.from_end,
            steps=self.steps,
            control=self.control,
            reached=self.reached,
        )


class Collected:
    """Adds up chunk by chunk.

    Args:
        asked: What is replayed.
        user_of_stream: User number by stream_no.
        shelf: Where the sums and the rows of each chunk are put.
        is_whole: By user_no whether the user has one stream; None: it is found here.

    Attributes:
        user_of_stream: User number by stream_no.
        thresholds: The sums of each threshold.
        elements: By user_no the elements of their stream that has most.
        shelf: Holds all of it.
    """

    def __init__(
        self, asked: Asked, user_of_stream: Ints, shelf: Shelf, is_whole: Bools | None = None
    ) -> None:
        self.user_of_stream = user_of_stream
        self._asked = asked
        if is_whole is None:
            is_whole = np.bincount(user_of_stream) == 1
        self._is_whole = is_whole
        users = len(is_whole)
        self.thresholds = {
            threshold_us: _Stored(shelf, threshold_us) for threshold_us in asked.grid_us
        }
        self._first_back = StoredSums(CellSums, shelf, "first_back")
        self.elements = np.zeros(users, dtype=np.int64)
        self.shelf = shelf

    def apart(self) -> "Collected":
        """Another one in memory, for one chunk, that can be joined to this one."""
        return Collected(self._asked, self.user_of_stream, Shelf(None), self._is_whole)

    def part(self) -> CollectedPart:
        """All of it, if it was collected in memory."""
        user_no = np.flatnonzero(self.elements)
        tables = {name: self.shelf.table(name) for name in self.shelf.names()}
        return CollectedPart(tables, user_no, self.elements[user_no])

    def join(self, chunk: "Collected") -> None:
        """Take over what another one collected; those of all chunks come in their order."""
        self.take(chunk.part())

    def take(self, part: CollectedPart) -> None:
        """Take over what was collected of one more chunk; they come in their order."""
        for sums in self.thresholds.values():
            sums.columns.take_names(part.tables)
        np.maximum.at(self.elements, part.user_no, part.elements)
        for name, table in part.tables.items():
            self.shelf.put({name: table})

    def add(
        self, threshold_us: int, rows: Waits, user_no: Ints, outcomes: Outcomes, matched: Matched
    ) -> MatchedSums:
        """One threshold's sums; returns those by cell.

        Args:
            threshold_us: The threshold.
            rows: Its returns,
            user_no: whose they are,
            outcomes: and what became of them.
            matched: What the slots of those that count found.
        """
        sums, counted = self.thresholds[threshold_us], rows.counted
        sums.columns.add(user_no, outcomes, counted)
        cells = cells_of(matched, rows.is_reached[counted])
        sums.matched.append(cells)
        return cells

    def add_headline(
        self, rows: Waits, columns: Mapping[str, NDArray[Any] | pa.Array], matched: Matched
    ) -> None:
        """The rows of the headline threshold."""
        counted = rows.counted
        found = np.zeros((3, len(counted)), dtype=np.int64)
        found[:, counted] = matched.found, matched.found_us, matched.found_end_us
        kept = {
            "is_counted": counted,
            "lag_us": rows.wait.lag_us,
            "found": found[0],
            "found_us": found[1],
            "found_end_us": found[2],
            **columns,
        }
        touched = columns["target_return_us"]
        kept["target_return_us"] = masked(touched, touched == NEVER)
        self.shelf.put(
            {
                ROWS: pa.table(kept),
                SLOTS: pa.table({"cell": matched.slots_cell, "y_us": matched.slots_us}),
            }
        )

    def add_controls(self, threshold_us: int, controls: Controls, cells: MatchedSums) -> None:
        """The other comparisons of one threshold, whose interruptions are in `cells`."""
        sums, control = self.thresholds[threshold_us], controls.control()
        sums.control.append(cells_of(control))
        # Another stream of the user may have an interruption in the cell, in another chunk.
        asked = AskedPairs(cells.user, cells.cell, ~self._is_whole)
        sums.steps.append(controls.steps(asked))

    def add_elements(self, chunk: Chunk) -> None:
        """How many elements each user has."""
        bursts = chunk.bursts
        user_no = self.user_of_stream[bursts.stream[bursts.gap_us == NEVER]]
        np.maximum.at(self.elements, user_no, elements_of_streams(chunk))

    def add_first_back(self, matched: Matched) -> None:
        """The companion of the headline's excess."""
        self._first_back.append(cells_of(matched))

    def replays(self) -> Replays:
        """Everything, with the elements of every user beside the sums."""
        for sums in self.thresholds.values():
            sums.columns.hold("elements", self.elements)
        return Replays(
            thresholds={
                threshold_us: sums.read() for threshold_us, sums in self.thresholds.items()
            },
            first_back=self._first_back,
            shelf=self.shelf,
        )


def cells_of(matched: Matched, is_reached: Bools | None = None) -> MatchedSums:
    """Returns by user and cell; `is_reached` as in `matched_sums`, None where nobody asks."""
    asking = matched.asking
    return matched_sums(
        asking.user_no,
        asking.cell,
        y_us=asking.y_us,
        found=matched.found,
        found_us=matched.found_us,
        found_end_us=matched.found_end_us,
        is_reached=np.zeros(len(asking.cell), np.bool_) if is_reached is None else is_reached,
    )
