"""Groups of inputs that are tables of a connection."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from resume_gap.sources.tables import Column

if TYPE_CHECKING:
    import duckdb

    from resume_gap.sources.groups import Group


def group_of(
    con: duckdb.DuckDBPyConnection, relation: str, *, rest: str | None = None, number: int = 0
) -> Group:
    """A table as a group of one input, called like it; a dotted name walks into its columns."""
    kinds = {str(row[0]): str(row[1]) for row in con.execute(f"describe {relation}").fetchall()}

    def column(name: str, _: Any) -> Column | None:
        head, _, inner = name.partition(".")
        if head not in kinds:
            return None
        if inner:
            return Column(f"(cast({head} as json) ->> '$.{inner}')", "VARCHAR")
        return Column(head, kinds[head])

    columns = {name: Column(name, kind) for name, kind in kinds.items()}
    file = SimpleNamespace(label=relation)
    table = SimpleNamespace(columns=columns, names=tuple(columns), rest=rest, file=file)
    group = SimpleNamespace(
        relation=relation,
        label=relation,
        column=column,
        tables=(table,),
        numbers=(number,),
        input_no=f"cast({number} as usmallint)",
    )
    return cast("Group", group)
