"""Many worlds in one run of the pipeline: what was summed by user, world by world."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

import numpy as np
import polars as pl

from benchmarks.calibration.logs import Ints, Run
from resume_gap.replay.stored import Sums
from resume_gap.replay.totals import ThresholdSums, joined
from resume_gap.stats.excess import CellSums


@dataclass(frozen=True, slots=True)
class WorldSums:
    """One world's share of the sums of a run.

    Attributes:
        users: Users with any event.
        sums: Sums by user at the run's threshold, and what its slots found.
        by_stop: Moments matched by the stop event.
        by_first_back: Moments matched by the first event back.
        control: Early moments as if they were returns, against later ones.
    """

    users: int
    sums: ThresholdSums
    by_stop: CellSums
    by_first_back: CellSums
    control: CellSums


def by_world(run: Run, replications: int, *, first: int | None = None) -> list[WorldSums]:
    """The sums of every world of a run; a user's id says in which world he lives.

    Args:
        run: Of a log of many worlds, replayed.
        replications: Worlds.
        first: The first so many users of each world are a world, too; None: all of them.

    Raises:
        ValueError: The run was not replayed.
    """
    if run.replays is None:
        raise ValueError("there is no replay in this run")
    sums = run.replays.thresholds[run.threshold_us]
    table = run.users.select(
        "user_no",
        world=pl.col("user_id").str.extract(r"^w(\d+)").cast(pl.Int64),
        number=pl.col("user_id").str.extract(r"u(\d+)$").cast(pl.Int64),
    ).filter(pl.lit(first is None) | (pl.col("number") < (first or 0)))
    number = table["user_no"].to_numpy()
    world_of = np.full(int(run.users["user_no"].to_numpy().max()) + 1, -1, dtype=np.int64)
    world_of[number] = table["world"].to_numpy()
    members = _positions(world_of[sums.users], replications)
    cells, first_back, control, from_end = (
        _split(parts, world_of, replications)
        for parts in (sums.cells, run.replays.first_back, sums.control, sums.from_end)
    )
    steps = _split(sums.steps, world_of, replications)
    reached = _split(sums.reached, world_of, replications)
    everybody = np.bincount(table["world"].to_numpy(), minlength=replications)
    return [
        WorldSums(
            int(everybody[world]),
            ThresholdSums(
                {name: values[members[world]] for name, values in sums.columns.items()},
                users=sums.users[members[world]],
                cells=[cells[world]],
                from_end=[from_end[world]],
                steps=[steps[world]],
                control=[control[world]],
                reached=[reached[world]],
            ),
            cells[world],
            first_back[world],
            control[world],
        )
        for world in range(replications)
    ]


def _split(parts: Iterable[Sums], world_of: Ints, replications: int) -> list[Sums]:
    whole = joined(parts)
    kind = type(whole)
    return [
        kind(**{f.name: getattr(whole, f.name)[mine] for f in fields(kind)})
        for mine in _positions(world_of[whole.user], replications)
    ]


def _positions(world: Ints, replications: int) -> list[Ints]:
    """Where each world's entries stand."""
    order = np.argsort(world, kind="stable")
    edges = np.searchsorted(world[order], np.arange(replications + 1))
    return [order[edges[i] : edges[i + 1]] for i in range(replications)]
