"""The SQL files under `queries/`: found, run in order, and kept for the page's methods."""

from functools import cache
from pathlib import Path
from typing import Literal

import duckdb


@cache
def folder() -> Path:
    """Where the SQL files are: inside the installed package, else at the top of the checkout."""
    here = Path(__file__).resolve()
    installed = here.parents[1] / "queries"
    return installed if installed.is_dir() else here.parents[3] / "queries"


@cache
def text(name: str) -> str:
    """The text of `queries/NAME.sql`."""
    return (folder() / f"{name}.sql").read_text(encoding="utf-8")


class Runner:
    """Runs query files against one connection.

    A file `31_stops.sql` becomes the relation `stops`. Parameters are DuckDB variables, so a file
    runs unchanged in the DuckDB shell.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con
        self.ran: dict[str, str] = {}

    def make(self, name: str, *, kind: Literal["table", "view"] = "table") -> None:
        """Create the relation that `NAME.sql` describes, replacing one of the same name."""
        self.ran.setdefault(f"{name}.sql", text(name))
        relation = name.partition("_")[2]
        self.con.execute(f"drop {kind} if exists {relation}")
        self.con.execute(f"create {kind} {relation} as {text(name)}")

    def add(self, name: str) -> None:
        """Add the rows of `NAME.sql` to its relation, which begins empty."""
        self.ran.setdefault(f"{name}.sql", text(name))
        relation = name.partition("_")[2]
        there = self.con.execute(
            "select 1 from duckdb_tables() where table_name = $1", [relation]
        ).fetchall()
        verb = f"insert into {relation}" if there else f"create table {relation} as"
        self.con.execute(f"{verb} {text(name)}")

    def read(self, name: str) -> duckdb.DuckDBPyRelation:
        """The relation of `NAME.sql`, streamed instead of stored."""
        self.ran.setdefault(f"{name}.sql", text(name))
        return self.con.sql(text(name))

    def let(self, **variables: str | int | bool | list[str]) -> None:
        """Set DuckDB variables; text is bound, never pasted."""
        for name, value in variables.items():
            self.con.execute(f"set variable {name} = $1", [value])

    def one(self, sql: str) -> tuple[object, ...]:
        """The only row of a query."""
        (row,) = self.con.execute(sql).fetchall()
        return tuple(row)
