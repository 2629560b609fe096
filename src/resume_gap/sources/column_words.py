"""Columns that are known by the words of their names, also inside of a dotted name."""

from collections.abc import Callable, Collection, Sequence
from typing import Final

from resume_gap.sources.columns import plain_name

_MOST: Final = 10


def name_ends(name: str) -> tuple[str, ...]:
    """Plain names of a column: the whole one, its last part and its last two parts."""
    parts = name.removeprefix("$").split(".")
    ends = (name, parts[-1], "".join(parts[-2:]))
    return tuple(plain_name(end).removeprefix("$") for end in ends)


def first_columns(
    names: Sequence[str], other: Collection[str], is_one: Callable[[str], bool]
) -> tuple[str, ...]:
    """Those of the columns found that are of a kind, at most ten.

    Args:
        names: All columns.
        other: Columns that are looked at anyhow.
        is_one: Whether a column is of the kind.
    """
    return tuple(name for name in names if name not in other and is_one(name))[:_MOST]
