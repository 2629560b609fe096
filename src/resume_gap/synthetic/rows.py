"""From drawn events to the rows of a log, with all that logging does to them."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import polars as pl

from resume_gap.synthetic import machine_rows, names
from resume_gap.synthetic.comeback import FIRST
from resume_gap.synthetic.draw import UserBlock
from resume_gap.synthetic.people import (
    HOUR_US,
    MINUTE_US,
    NEVER_US,
    SECOND_US,
    Int64s,
    People,
    first_day_us,
    id_codes,
    user_ids,
)
from resume_gap.synthetic.world import World

_MARKER_DELAY_US: Final = 200_000
STAMP_US: Final = {"exact": 1, "second": SECOND_US, "minute": MINUTE_US}
_CLOCKS_US: Final = (0, 4_070_908_800 * SECOND_US)
"""1970-01-01 and 2099-01-01."""


@dataclass(slots=True)
class Ledger:
    """What was written, in rows; sums over all blocks."""

    rows: int = 0
    kinds: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, n: int) -> None:
        """Count n rows of a kind."""
        self.kinds[kind] = self.kinds.get(kind, 0) + n


class Writer:
    """Turns blocks into frames; knows the names of everything and counts the rows."""

    def __init__(self, world: World, people: People) -> None:
        self.world = world
        self.people = people
        self.ledger = Ledger()
        hostile = world.hostile_names
        self.ids = user_ids(world, people)
        self.targets = names.decorated(
            names.targets(world.contexts, world.elements_per_context), hostile=hostile
        )
        self.contexts = names.decorated(names.documents(world.contexts), hostile=hostile)
        self.roles = names.decorated(list(world.roles), hostile=hostile)
        self.cut_us = (
            NEVER_US
            if world.cut_days is None
            else first_day_us(world) + round(world.cut_days * 24 * HOUR_US)
        )

    def frame(self, block: UserBlock, rng: np.random.Generator) -> pl.DataFrame:
        """The rows of a block in order of arrival.

        Args:
            block: what its users did.
            rng: the luck of the logging, apart from that of the people.
        """
        events = self._with_machine_rows(block, rng)
        keep = events["at"] < self.cut_us
        events = {name: values[keep] for name, values in events.items()}
        self._lose_targets(events, rng)
        arrival = events["at"] + rng.integers(SECOND_US // 2, 5 * SECOND_US, len(events["at"]))
        late = rng.random(len(arrival)) < self.world.late_share
        arrival[late] += rng.integers(HOUR_US, 72 * HOUR_US, len(arrival))[late]
        self.ledger.add("late", int(np.count_nonzero(late)))
        # Without late rows the log is in order of time: the few seconds on the wire say nothing.
        order = np.argsort(arrival if self.world.late_share else events["at"], kind="stable")
        twice = rng.random(len(order)) < self.world.duplicate_share
        self.ledger.add("duplicates", int(np.count_nonzero(twice)))
        order = np.repeat(order, 1 + twice)
        columns = self._columns(events, arrival, order)
        frame = pl.concat([pl.DataFrame(columns), *self._strangers(columns, order, rng)])
        self.ledger.rows += frame.height
        return frame

    def _with_machine_rows(self, block: UserBlock, rng: np.random.Generator) -> dict[str, Int64s]:
        world, stretches = self.world, block.stretches
        parts = [block.events]
        self.ledger.add("people", int(np.count_nonzero(block.events["at"] < self.cut_us)))
        if world.heartbeats != "off":
            parts.append(self._added("heartbeats", machine_rows.heartbeats(world, stretches, rng)))
        if world.noise_share:
            share = world.noise_share * len(block.events["at"]) / max(len(stretches["at"]), 1)
            parts.append(self._added("noise", machine_rows.noise(share, stretches, rng)))
        if world.away_share:
            parts.append(self._added("away", machine_rows.away(world.away_share, stretches, rng)))
        if world.marker_events != "none":
            parts.append(self._added("marker", self._markers(block)))
        if world.restored_share:
            parts.append(self._added("restored", self._restored(block, rng)))
        return {
            name: np.concatenate([part[name] for part in parts]) for name in machine_rows.COLUMNS
        }

    def _added(self, kind: str, part: dict[str, Int64s]) -> dict[str, Int64s]:
        self.ledger.add(kind, int(np.count_nonzero(part["at"] < self.cut_us)))
        return part

    def _markers(self, block: UserBlock) -> dict[str, Int64s]:
        back = block.returns
        shown = (back["would_show"] == 1) & (back["kind"] != FIRST)
        after = back["at"] >= self.people.assigned_at_us[back["user"]]
        if self.world.marker_events == "treatment":
            after &= back["live"] == 1
        row = np.flatnonzero(shown & after)
        target = back["stop_target"][row]
        return machine_rows.rows(
            user=back["user"][row],
            at=back["at"][row] + _MARKER_DELAY_US,
            event=np.full(len(row), names.MARKER_SHOWN),
            target=target,
            context=target // self.world.elements_per_context,
            firm=np.ones(len(row), dtype=np.int64),
        )

    def _restored(self, block: UserBlock, rng: np.random.Generator) -> dict[str, Int64s]:
        """Work that the feature writes as it restores the state of an interruption."""
        back, world = block.returns, self.world
        live = (back["would_show"] == 1) & (back["live"] == 1) & (back["kind"] != FIRST)
        row = np.flatnonzero(live & (rng.random(len(live)) < world.restored_share))
        target = back["stop_target"][row]
        return machine_rows.rows(
            user=back["user"][row],
            at=back["at"][row] + round(world.restored_after_seconds * SECOND_US),
            event=np.zeros(len(row), dtype=np.int64),
            target=target,
            context=target // world.elements_per_context,
            firm=np.ones(len(row), dtype=np.int64),
        )

    def _lose_targets(self, events: dict[str, Int64s], rng: np.random.Generator) -> None:
        if self.world.null_target_share:
            lost = rng.random(len(events["at"])) < self.world.null_target_share
            events["target"][lost & (events["firm"] == 0)] = -1

    def _columns(
        self, events: dict[str, Int64s], arrival: Int64s, order: Int64s
    ) -> dict[str, pl.Series]:
        world, people = self.world, self.people
        stamp = STAMP_US[world.stamps]
        user = events["user"][order]
        at = events["at"][order]
        columns = {
            "user_id": _texts(self.ids, id_codes(people, user, at)),
            "timestamp": _instants(at // stamp * stamp),
            "event": _texts(list(names.EVENTS), events["event"][order]),
            "target": _texts(self.targets, events["target"][order]),
            "context": _texts(self.contexts, events["context"][order]),
            "task": _tasks(events["task"][order]),
            "device": _texts(list(names.DEVICES), events["device"][order]),
            "role": _texts(self.roles, people.role[user]),
            "plan": _texts(list(names.PLANS), people.plan[user]),
            "platform": _texts(list(names.PLATFORMS), people.platform[user]),
        }
        if world.launch == "rollout":
            columns["team"] = _texts(team_names(world), people.team[user])
        if world.assigned_by == "company":
            columns["company"] = _texts(team_names(world), people.team[user])
        if world.variant_column:
            columns["variant"] = _texts(["control", "treatment"], self._arm(user, at))
        if world.event_ids:
            columns["event_id"] = pl.Series(order + self.ledger.rows)
        if world.late_share:
            columns["received_at"] = _instants(arrival[order])
        return columns

    def _arm(self, user: Int64s, at: Int64s) -> Int64s:
        after = at >= self.people.assigned_at_us[user]
        return np.where(after, self.people.treated[user].astype(np.int64), -1)

    def _strangers(
        self, columns: dict[str, pl.Series], order: Int64s, rng: np.random.Generator
    ) -> list[pl.DataFrame]:
        """Copies of rows under placeholder ids, and with clocks that are off by decades.

        Copies, so that no row of a person is lost and the truth stays true.
        """
        frame, added = pl.DataFrame(columns), []
        chosen = rng.random((2, len(order)))
        placeholder = np.flatnonzero(chosen[0] < self.world.placeholder_share)
        if len(placeholder):
            ids = rng.integers(0, len(names.PLACEHOLDERS), len(placeholder))
            copy = frame[placeholder].with_columns(
                _texts(list(names.PLACEHOLDERS), ids).alias("user_id")
            )
            added.append(copy)
        broken = np.flatnonzero(chosen[1] < self.world.broken_clock_share)
        if len(broken):
            clock = np.asarray(_CLOCKS_US)[rng.integers(0, len(_CLOCKS_US), len(broken))]
            wrong = clock + rng.integers(0, 24 * HOUR_US, len(broken))
            added.append(frame[broken].with_columns(_instants(wrong).alias("timestamp")))
        if self.world.event_ids:
            # Rows of their own, not retries of the rows they were copied from.
            first = self.ledger.rows + len(order)
            for i, copy in enumerate(added):
                ids = np.arange(copy.height) + first
                added[i] = copy.with_columns(pl.Series("event_id", ids))
                first += copy.height
        self.ledger.add("placeholders", len(placeholder))
        self.ledger.add("broken_clocks", len(broken))
        return added


def team_names(world: World) -> list[str]:
    """Names of the units of a roll-out, or of companies, over all worlds."""
    kind = "company" if world.assigned_by == "company" else "team"
    many = world.replications > 1 or world.first_world is not None
    first = world.first_world or 0
    teams = [(w + first, t) for w in range(world.replications) for t in range(world.teams)]
    return [f"w{w:04}-{kind}-{t:02}" if many else f"{kind}-{t:02}" for w, t in teams]


def _texts(words: list[str], codes: Int64s) -> pl.Series:
    """Codes as words; -1 is null."""
    table = pl.Series([*words, None], dtype=pl.String)
    return table.gather(np.where(codes < 0, len(words), codes))


def _tasks(codes: Int64s) -> pl.Series:
    """Task names, numbered within the user."""
    most = int(codes.max(initial=-1))
    return _texts([f"t{i}" for i in range(most + 1)], codes)


def _instants(us: Int64s) -> pl.Series:
    return pl.Series(us, dtype=pl.Int64).cast(pl.Datetime("us", "UTC"))
