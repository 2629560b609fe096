"""What people do first after an interruption, as paths that name nobody."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

import numpy as np
import polars as pl

from resume_gap.distinct import distinct
from resume_gap.pipeline.queries import Runner
from resume_gap.quality.small_groups import EventNames
from resume_gap.results.workday import FirstPath

_MOST: Final = 12


def first_paths(runner: Runner, names: EventNames) -> tuple[FirstPath, ...]:
    """The most frequent paths back, none of a small group.

    Args:
        runner: Holds `lags` and `replays` of the headline threshold, and `kinds`.
        names: Event names that may be shown, and the groups that may be.
    """
    kinds = runner.table("kinds").select("kind_no", "event").fetchall()
    return chosen(runner.read("48_first_paths").pl(), dict(kinds), names)


def chosen(
    rows: pl.DataFrame, events: Mapping[int, str], names: EventNames
) -> tuple[FirstPath, ...]:
    """The paths that may be named, the most frequent first.

    Args:
        rows: user_no, first_kind, work_kind (0: none within the cap), at_once.
        events: The event name of each kind; several kinds may have one.
        names: Event names that may be shown, and the groups that may be.
    """
    span = 1 + max(events, default=0)
    code = rows.select(
        (pl.col("first_kind").cast(pl.Int64) * span + pl.col("work_kind")) * 2 + pl.col("at_once")
    )
    codes, which = distinct(code.to_series().to_numpy())
    paths = [
        (events[kinds // span], events.get(kinds % span), bool(at_once))
        for kinds, at_once in (divmod(one, 2) for one in codes.tolist())
    ]
    many: Counter[tuple[str, str | None, bool]] = Counter()
    for path, n in zip(paths, np.bincount(which).tolist(), strict=True):
        many[path] += n
    ordered = sorted(many, key=lambda p: (-many[p], p[0], p[1] is None, p[1] or "", p[2]))
    number = {path: at for at, path in enumerate(ordered)}
    numbers = 1 + np.array([number[path] for path in paths], dtype=np.int64)
    large = names.groups.users_of_large(rows["user_no"].to_numpy(), numbers[which])
    shown = [
        at
        for at, (first, work, _) in enumerate(ordered, start=1)
        if at in large and names.may_show(first) and (work is None or names.may_show(work))
    ]
    most = names.groups.named(large, shown[:_MOST])
    return tuple(
        FirstPath(first=first, work=work, at_once=at_once, interruptions=many[first, work, at_once])
        for first, work, at_once in (ordered[at - 1] for at in most)
    )
