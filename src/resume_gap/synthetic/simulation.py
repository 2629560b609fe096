"""One simulated log with its truth, in memory or as a stream of blocks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import polars as pl

from resume_gap.synthetic.draw import UserBlock, draw_block
from resume_gap.synthetic.people import NEVER_US, Int64s, draw_people
from resume_gap.synthetic.rows import Writer, team_names
from resume_gap.synthetic.truth import Truth, gather_truth, summary
from resume_gap.synthetic.world import World

_BLOCK_EVENTS: Final = 250_000
_SCHEMA_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Simulated:
    """A log and what was planted in it."""

    world: World
    seed: int
    log: pl.DataFrame
    """One row per event, in order of arrival within each block of users."""
    interruptions: pl.DataFrame
    """One row per planted interruption that the user came back from, of any length."""
    users: pl.DataFrame
    """One row per user."""
    assignments: pl.DataFrame | None
    """user_id, variant, assigned_at; only for a trial."""
    rollout: pl.DataFrame | None
    """unit, launched_at (null: never); only for a roll-out."""
    truth: dict[str, Any]
    """Plain JSON values: parameters, seed, rows by kind, and `summary` at the world's own
    inactivity threshold and cap."""

    def summary(self, *, pause_seconds: float, cap_seconds: float) -> dict[str, Any]:
        """The true figures at another inactivity threshold and cap; see `truth.summary`."""
        return summary(self.interruptions, pause_seconds=pause_seconds, cap_seconds=cap_seconds)


@dataclass(slots=True)
class Simulation:
    """A run in progress: take all `frames`, then ask for the rest.

    Memory is bounded by one block of users (a few hundred thousand events) and the truth.
    """

    world: World
    seed: int
    _writer: Writer = field(init=False)
    _returns: list[dict[str, Int64s]] = field(init=False, default_factory=list)
    _quits: list[Int64s] = field(init=False, default_factory=list)
    _end_us: int = field(init=False, default=0)
    _truth: Truth | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        if not 0 <= self.seed < 2**63:
            raise ValueError("seed must lie in [0, 2^63)")
        self._writer = Writer(self.world, draw_people(self.world, seed=self.seed))

    def frames(self) -> Iterator[pl.DataFrame]:
        """Yield the log, one block of users at a time."""
        people = self._writer.people
        size = _block_users(self.world)
        for number, first in enumerate(range(0, len(people), size)):
            users = np.arange(first, min(first + size, len(people)))
            rng = np.random.default_rng([self.seed, 2, number])
            block = draw_block(self.world, people, users, rng)
            if not block.events:
                continue
            self._remember(block)
            # A stream of its own: stamps, duplicates and noise change nobody's behavior.
            frame = self._writer.frame(block, np.random.default_rng([self.seed, 3, number]))
            if frame.height:
                yield frame

    def truth(self) -> Truth:
        """The planted truth, once all frames were taken."""
        if self._truth is None:
            returns = {
                name: np.concatenate([part[name] for part in self._returns])
                for name in (self._returns[0] if self._returns else ())
            }
            if not returns:
                raise ValueError("nobody worked in this world: raise users, weeks or attendance")
            self._truth = gather_truth(
                self.world,
                self._writer,
                returns=returns,
                quits=np.concatenate(self._quits),
                end_us=self._end_us,
            )
        return self._truth

    def described(self) -> dict[str, Any]:
        """The content of `truth.json`, once all frames were taken."""
        world, truth, ledger = self.world, self.truth(), self._writer.ledger
        return {
            "schema_version": _SCHEMA_VERSION,
            "seed": self.seed,
            "users": world.people,
            "users_quit": int(truth.users["quit"].sum()),
            "rows": {"log": ledger.rows, **ledger.kinds},
            "log_end_us": truth.log_end_us,
            "returns": truth.returns,
            "summary": summary(
                truth.interruptions,
                pause_seconds=world.pause_minutes * 60,
                cap_seconds=world.cap_minutes * 60,
            ),
            "world": world.parameters(),
        }

    def assignments(self) -> pl.DataFrame | None:
        """What a trial's assignment file says: user_id, variant, assigned_at."""
        if self.world.launch != "trial":
            return None
        users = self.truth().users.filter(pl.col("assigned_at").is_not_null())
        if self.world.new_id_share:
            users = users.with_columns(pl.coalesce("new_user_id", "user_id").alias("user_id"))
        company = [pl.col("team").alias("company")] if self.world.assigned_by == "company" else []
        rows = users.select("user_id", pl.col("arm").alias("variant"), "assigned_at", *company)
        rng = np.random.default_rng([self.seed, 4])
        both = rows.filter(pl.Series(rng.random(rows.height) < self.world.both_arms_share))
        other = pl.when(pl.col("variant") == "control").then(pl.lit("treatment"))
        return pl.concat(
            [
                rows,
                both.with_columns(
                    other.otherwise(pl.lit("control")).alias("variant"),
                    pl.col("assigned_at").dt.offset_by("1d"),
                ),
            ]
        )

    def rollout(self) -> pl.DataFrame | None:
        """What a roll-out's file says: unit, launched_at."""
        if self.world.launch != "rollout":
            return None
        people = self._writer.people
        at = np.full(self.world.teams * self.world.replications, -1, dtype=np.int64)
        at[people.team] = np.where(people.assigned_at_us < NEVER_US, people.assigned_at_us, -1)
        peopled = np.zeros(len(at), dtype=np.bool_)
        peopled[people.team] = True
        launched = pl.Series(at).cast(pl.Datetime("us", "UTC")).set(pl.Series(at < 0), None)
        units = pl.DataFrame({"unit": team_names(self.world), "launched_at": launched})
        return units.filter(pl.Series(peopled))

    def _remember(self, block: UserBlock) -> None:
        self._returns.append(block.returns)
        self._quits.append(block.quits)
        at = block.events["at"]
        logged = at[at < self._writer.cut_us]
        self._end_us = max(self._end_us, int(logged.max(initial=0)))


def simulate(world: World, *, seed: int = 0) -> Simulated:
    """Draw a log and its truth into memory; the same world and seed give the same rows.

    Args:
        world: the parameters.
        seed: any integer in [0, 2^63).

    Raises:
        ValueError: the seed is out of range, or nobody worked at all.
    """
    run = Simulation(world, seed)
    frames = list(run.frames())
    truth = run.truth()
    return Simulated(
        world=world,
        seed=seed,
        log=pl.concat(frames),
        interruptions=truth.interruptions,
        users=truth.users,
        assignments=run.assignments(),
        rollout=run.rollout(),
        truth=run.described(),
    )


def _block_users(world: World) -> int:
    """Users whose events fit one block, by the mean of a user of median activity."""
    days = 5 * world.weeks * world.attendance_share
    events = days * world.stretches_per_day_mean * world.stretch_steps_median
    return max(1, round(_BLOCK_EVENTS / max(events, 1)))
