"""Inputs that seem to be copies of one another, whose rows nothing else tells apart."""

from collections.abc import Sequence

import polars as pl

from resume_gap.results.common import Check

_SAME = ("n", "first_us", "last_us")


def copy_checks(spans: pl.DataFrame, paths: Sequence[str], alike: int) -> list[Check]:
    """Inputs with as many rows as another, from the same instant to the same.

    Rows that come again are dropped where stamps are finer than a second, so there is nothing to
    say. Where they are kept, one file that was given twice doubles its users' events.

    Args:
        spans: input_no, n, first_us and last_us of each input.
        paths: Of the inputs.
        alike: Rows that equal another one and were kept.
    """
    groups = (
        spans.filter(pl.col("first_us") < pl.col("last_us"))
        .group_by(_SAME)
        .agg(pl.col("input_no").sort())
        .filter(pl.col("input_no").list.len() > 1)
        .with_columns(copied=pl.col("n") * (pl.col("input_no").list.len() - 1))
        .sort("copied", "first_us", descending=True)
    )
    copied = int(groups["copied"].sum())
    if not copied or alike < copied:
        return []
    first, other, *_ = groups["input_no"][0]
    return [
        Check(
            check="copied_inputs",
            severity="warn",
            count=copied,
            share=copied / int(spans["n"].sum()),
            names=(paths[other], paths[first]),
            figures={"inputs": int(groups["input_no"].list.len().sum()) - groups.height},
        )
    ]
