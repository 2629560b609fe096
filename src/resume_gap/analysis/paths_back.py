"""What people do first after an interruption, as paths that name nobody."""

from typing import Final

import polars as pl

from resume_gap.pipeline.queries import Runner
from resume_gap.quality.small_groups import EventNames
from resume_gap.results.workday import FirstPath

_MOST: Final = 12


def first_paths(runner: Runner, names: EventNames) -> tuple[FirstPath, ...]:
    """The most frequent paths back, none of a small group.

    Args:
        runner: Holds `lags` and `replays` of the headline threshold.
        names: Event names that may be shown, and the groups that may be.
    """
    return chosen(runner.read("48_first_paths").pl(), names)


def chosen(rows: pl.DataFrame, names: EventNames) -> tuple[FirstPath, ...]:
    """The paths that may be named, the most frequent first.

    Args:
        rows: user_no, first_event, work_event (null: none within the cap), at_once, and n.
        names: Event names that may be shown, and the groups that may be.
    """
    columns = ("first_event", "work_event", "at_once")
    # Texts are compared once here; a log of many users has millions of rows and few paths.
    rows = rows.cast({"first_event": pl.Categorical, "work_event": pl.Categorical})
    paths = (
        rows.group_by(columns)
        .agg(pl.col("n").sum())
        .with_columns(
            first=pl.col("first_event").cast(pl.String), work=pl.col("work_event").cast(pl.String)
        )
        .sort(["n", "first", "work", "at_once"], descending=[True, *[False] * 3], nulls_last=True)
        .with_row_index("path", offset=1)
    )
    keyed = rows.join(paths.select("path", *columns), on=columns, nulls_equal=True)
    large = names.groups.users_of_large(keyed["user_no"].to_numpy(), keyed["path"].to_numpy())
    shown = {
        number: FirstPath(first=first, work=work, at_once=at_once, interruptions=n)
        for number, first, work, at_once, n in paths.select(
            "path", "first", "work", "at_once", "n"
        ).iter_rows()
        if number in large and names.may_show(first) and (work is None or names.may_show(work))
    }
    most = names.groups.named(large, list(shown)[:_MOST])
    return tuple(shown[number] for number in most)
