"""Write a large synthetic event log: heavy-tailed users, UUID ids, rows in order of arrival.

    python benchmarks/make_log.py 10000000 big.parquet

The shape, not the truth, is what matters here: about seven events a burst (cut at 60 s), two or
three elements a burst, sticky elements, a late half per cent of rows.
"""

import sys
import uuid

import numpy as np
import polars as pl

NAMES = (
    "view_page",
    "open_item",
    "scroll",
    "click",
    "edit_cell",
    "update_field",
    "write_note",
    "save_draft",
    "submit",
    "search",
    "filter_list",
    "sort_list",
    "close_document",
)
WEIGHTS = np.array([18, 10, 14, 14, 16, 9, 5, 2, 1, 5, 3, 2, 1]) / 100
DAYS = 120
SECOND = 1_000_000


def event_log(rows: int, seed: int = 1) -> pl.DataFrame:
    """`rows` events with user_id, timestamp (us UTC), event, target, by arrival."""
    return arriving(rows, seed).drop("arrival")


def arriving(
    rows: int, seed: int = 1, *, elements: int | None = None, owner: str | None = None
) -> pl.DataFrame:
    """The same with the instant of arrival, us.

    Args:
        rows: Events.
        seed: The same seed gives the same log.
        elements: Distinct elements at most; None: one for 40 events, 400 at least.
        owner: Id of a user who owns half of the rows; None: nobody does.
    """
    rng = np.random.default_rng(seed)
    users = max(20, rows // 100)
    share = rng.pareto(1.3, users) + 0.3
    n = rng.multinomial(rows if owner is None else rows - rows // 2, share / share.sum())
    n[0] += rows - n.sum()
    user = np.repeat(np.arange(users), n)
    kind = rng.random(rows)
    gap = np.where(kind < 0.86, rng.lognormal(1.6, 1.0, rows), rng.lognormal(4.6, 0.8, rows))
    gap = np.where(kind > 0.975, rng.lognormal(8.6, 1.2, rows), gap)
    clock = np.cumsum(gap)
    first = np.minimum(np.concatenate([[0], np.cumsum(n)[:-1]]), rows - 1)
    since = clock - np.repeat(clock[first] - gap[first], n)
    begin = rng.random(users) * DAYS * 86_400 / 2
    at = (1_767_225_600 + (begin[user] + since) % (DAYS * 86_400)) * SECOND

    moves = rng.random(rows) < 0.3
    place = np.where(moves, np.arange(rows), 0)
    place = np.maximum.accumulate(place)
    element = (user * 37 + rng.zipf(1.6, rows).clip(max=400))[place] % (
        elements or max(400, rows // 40)
    )
    arrival = at + np.where(rng.random(rows) < 0.005, rng.exponential(3600 * SECOND, rows), 0)
    order = np.argsort(arrival, kind="stable")

    high, low = rng.integers(0, 2**63, (2, users))
    ids = pl.Series(
        [str(uuid.UUID(int=int(a) << 64 | int(b))) for a, b in zip(high, low, strict=True)]
    )
    if owner is not None:
        ids[0] = owner
    event = rng.choice(len(NAMES), rows, p=WEIGHTS)
    return pl.DataFrame(
        {
            "user_id": ids.gather(user[order]),
            "timestamp": pl.Series(at[order].astype(np.int64)).cast(pl.Datetime("us", "UTC")),
            "event": pl.Series(NAMES).gather(event[order]),
            "target": "element_" + pl.Series(element[order]).cast(pl.String),
            "arrival": arrival[order].astype(np.int64),
        }
    )


if __name__ == "__main__":
    event_log(int(sys.argv[1])).write_parquet(sys.argv[2], compression="zstd")
