"""Columns of the log that users share as a whole: company, team, class, site.

They are looked at for arms that were assigned together, also when nobody mapped them; names decide.
"""

from typing import Final

from resume_gap.sources.column_words import name_ends

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


def is_unit_column(name: str) -> bool:
    """Whether a column's name says so."""
    return any(
        end in _UNITS or any(end.removesuffix(e) in _UNITS for e in _ENDINGS)
        for end in name_ends(name)
    )
