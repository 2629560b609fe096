"""Columns of the log that users share as a whole: company, team, class, site.

They are looked at for arms that were assigned together, also when nobody mapped them; names decide.
"""

from collections.abc import Collection, Sequence
from typing import Final

from resume_gap.sources.columns import plain_name

_UNITS: Final = frozenset(
    (
        *("company", "organization", "organisation", "org", "account", "tenant", "workspace"),
        *("team", "customer", "institution", "school", "university", "class", "classroom"),
        *("course", "department", "office", "site", "store", "branch", "clinic", "hospital"),
        *("practice", "household", "employer", "firm", "business", "district", "region"),
        *("country", "city", "market"),
    )
)
"""Plain names of what may have been assigned as a whole, without what says how it is named."""
_ENDINGS: Final = ("id", "name", "key", "uuid", "slug", "code", "number", "no")
_MOST: Final = 10


def unit_columns(names: Sequence[str], other: Collection[str]) -> tuple[str, ...]:
    """Those of the columns found that name a group of users, at most ten.

    Args:
        names: All columns.
        other: Columns that are looked at anyhow.
    """
    found = [name for name in names if name not in other and is_unit_column(name)]
    return tuple(found[:_MOST])


def is_unit_column(name: str) -> bool:
    """Whether a column's name says so."""
    parts = name.removeprefix("$").split(".")
    ends = (plain_name(end) for end in (name, parts[-1], "".join(parts[-2:])))
    return any(
        end in _UNITS or any(end.removesuffix(e) in _UNITS for e in _ENDINGS) for end in ends
    )
