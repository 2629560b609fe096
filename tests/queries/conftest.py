"""One database for queries over tables written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from resume_gap.pipeline.queries import Runner

if TYPE_CHECKING:
    from collections.abc import Iterator


class HandMade(Runner):
    """Runs a query over tables that a test fills."""

    def given(self, relation: str, columns: str, *rows: tuple[Any, ...]) -> None:
        """A table of these rows; columns as in `create table`."""
        self.con.execute(f"create or replace table {relation} ({columns})")
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self.con.executemany(f"insert into {relation} values ({marks})", list(rows))

    def rows(self, name: str, **variables: Any) -> list[tuple[Any, ...]]:
        """What a query finds, with these variables."""
        self.let(**variables)
        return self.read(name).fetchall()

    def row_of(self, name: str, **variables: Any) -> dict[str, Any]:
        """The only row, by column."""
        self.let(**variables)
        found = self.read(name)
        (row,) = found.fetchall()
        return dict(zip(found.columns, row, strict=True))


@pytest.fixture(scope="session")
def runner() -> Iterator[HandMade]:
    with duckdb.connect(config={"threads": 1}) as con:
        yield HandMade(con)
