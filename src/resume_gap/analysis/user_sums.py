"""The published sums of each user, those of the replay beside them."""

import polars as pl

from resume_gap.analysis import excess as longer
from resume_gap.replay.collected import Replays
from resume_gap.replay.returns import ReturnSums
from resume_gap.replay.totals import ThresholdSums


def user_sums_of(
    returns: ReturnSums,
    replays: Replays,
    headline: ThresholdSums,
    best: str | None,
    *,
    known: bool = True,
) -> pl.DataFrame:
    """The published per-user sums with those of the replay beside them.

    Args:
        returns: Sums of the headline threshold.
        replays: The replay.
        headline: Its sums at that threshold.
        best: Policy whose hits are published; None: none are.
        known: Whether any event counts as productive.
    """
    sums = returns.user_sums
    none = pl.lit(None, dtype=pl.Int64)
    if not known:
        unknown = ("reorientation_us", "productive", "zero", "productive_us")
        sums = sums.with_columns(**dict.fromkeys(unknown, none))
    if not known or not headline.columns:
        return sums.with_columns(
            excess_us=pl.lit(None, dtype=pl.Float64), matched=none, hits=none, addressable=none
        )
    users = sums["user_no"].to_numpy()

    def column(name: str) -> pl.Series:
        if best is None:
            return pl.Series(name, [None] * len(users), dtype=pl.Int64)
        return pl.Series(name, headline.by_user(f"{best}_{name}", users))

    own = longer.user_excess(replays, headline)
    return sums.join(own, on="user_no", how="left", maintain_order="left").with_columns(
        pl.col("excess_us").fill_null(0.0)
        if own["excess_us"].null_count() == 0
        else pl.col("excess_us"),
        pl.col("matched").fill_null(0).cast(pl.Int64),
        hits=column("hit"),
        addressable=column("addressable"),
    )
