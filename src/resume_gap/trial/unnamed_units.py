"""Units that no column names: what ids have in common, and assignments of one instant."""

from typing import Final

import polars as pl

from resume_gap.constants import RATIO_ERROR
from resume_gap.pipeline.queries import Runner
from resume_gap.stats.sample_ratio import over_time
from resume_gap.trial.data import Trial
from resume_gap.trial.unit import KnownValues
from resume_gap.units import DAY_US

DOMAIN: Final = "domain"
PREFIX: Final = "prefix"
INSTANT: Final = "instant"
_DOMAIN: Final = r"@([^@\s]+)$"
_PREFIX: Final = r"^([\p{L}\p{N}]+)[^\p{L}\p{N}]"


def unnamed_values(runner: Runner, trial: Trial) -> tuple[KnownValues, ...]:
    """The domain and the beginning of the ids, and the instants of the assignments.

    Args:
        runner: Holds `assigned`.
        trial: Its users; instants say nothing where its split changed over time, or where they are
            days.
    """
    users = runner.table("assigned").pl().sort("assigned_no")
    ids = pl.col("user_id")
    found = [
        _known(users, DOMAIN, ids.str.to_lowercase().str.extract(_DOMAIN)),
        _known(users, PREFIX, ids.str.extract(_PREFIX)),
    ]
    days = (users["logged_us"] // DAY_US).n_unique()
    if users["logged_us"].n_unique() > days and _is_steady(trial):
        found.append(_known(users, INSTANT, pl.col("logged_us").cast(pl.String)))
    return tuple(found)


def _known(users: pl.DataFrame, name: str, value: pl.Expr) -> KnownValues:
    values = users.select("assigned_no", value=value)
    return KnownValues("column", name, values, is_unnamed=True)


def _is_steady(trial: Trial) -> bool:
    """Whether the split of the arms stayed the same over the days."""
    p, _ = over_time(*trial.days)
    return p is None or p >= RATIO_ERROR.value
