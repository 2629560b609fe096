"""The SQL files under `queries/`: found, run in order, and kept for the page's methods."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, Self

import duckdb
import numpy as np
import pyarrow as pa

from resume_gap.arrays import Ints
from resume_gap.sqltext import quote_ident

Variable = str | int | bool | list[str] | list[int] | None
"""What a DuckDB variable may hold."""

MACROS = "00_macros"
"""The file of the rules that several queries share; loaded before all others."""


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


_OF_VIEWS: Final = {"null_texts"}
"""Variables that views on names ask for when they are read."""


class Runner:
    """Runs query files against one connection.

    A file `42_returns.sql` becomes the relation `returns`. Parameters are DuckDB variables, so a
    file runs unchanged in the DuckDB shell.

    Attributes:
        con: The connection.
        ran: File name to SQL of every file that was run.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, database: str | None = None) -> None:
        self.con = con
        self._database = database
        self._use(con)
        self.ran: dict[str, str] = {}
        self._made: dict[str, str] = {}
        self._variables: dict[str, Variable] = {}
        self._promised: dict[str, Callable[[], None]] = {}
        self._lent: dict[str, pa.Table] = {}
        con.execute(self._text(MACROS))

    @contextmanager
    def beside(self) -> Iterator[Self]:
        """A runner on an empty database, with names and variables of its own, in the same sandbox.

        Another sandbox would take longer to open than a small log takes to measure.
        """
        database = "beside"
        self.con.execute(f"attach ':memory:' as {database}")
        try:
            with self.con.cursor() as con:
                yield type(self)(con, database)
        finally:
            self.con.execute(f"detach {database}")

    def writer(self) -> duckdb.DuckDBPyConnection:
        """A second connection to the same database, while this one hands over rows."""
        con = self.con.cursor()
        self._use(con)
        return con

    def aside(self, *variables: str) -> Self:
        """A runner on a second connection to the same database, for another thread that reads.

        What was promised is made before, as both may read it.

        Args:
            variables: Their values are taken over, as is what views of names ask for.
        """
        for relation in [*self._promised]:
            self._keep_promise(relation)
        found = copy(self)
        found.con = self.writer()
        for relation, rows in self._lent.items():
            found.con.register(relation, rows)
        # What one makes or lends from here on is not the other's.
        found._made, found._lent = {**self._made}, {**self._lent}  # noqa: SLF001 - its own kind
        found._promised, found._variables = {}, {}  # noqa: SLF001
        asked = {*variables, *self._variables.keys() & _OF_VIEWS}
        found.let(**{name: self.variable(name) for name in sorted(asked)})
        return found

    def make(self, name: str, *, kind: Literal["table", "view"] = "table") -> None:
        """Create the relation that `NAME.sql` describes, replacing one of the same name."""
        relation = _relation(name)
        if relation in self._made:
            # The old rows go before the new ones come, so that memory never holds both.
            self.con.execute(f"drop {self._made[relation]} if exists {relation}")
        self._made[relation] = kind
        self.con.execute(f"create or replace {kind} {relation} as {self._text(name)}")

    def promise(self, relation: str, make: Callable[[], None]) -> None:
        """Have a relation made when a query first reads it, which is never in many runs."""
        self._promised[relation] = make

    def is_promised(self, relation: str) -> bool:
        """Whether a relation was promised, and no query has read it so far."""
        return relation in self._promised

    def view(self, name: str, sql: str) -> None:
        """Create a view from SQL that a table of columns generates; NAME is numbered as a file."""
        self.note(name, sql)
        self.con.execute(f"create or replace view {quote_ident(_relation(name))} as\n{sql}")

    def note(self, name: str, sql: str) -> None:
        """List SQL that ran and stands in no file; NAME is numbered as a file."""
        self.ran[f"{name}.sql"] = sql

    def read(self, name: str) -> duckdb.DuckDBPyRelation:
        """The relation of `NAME.sql`, streamed instead of stored."""
        return self.con.sql(self._text(name))

    def row(self, name: str) -> tuple[Any, ...]:
        """The only row of `NAME.sql`."""
        return self.one(self._text(name))

    def table(self, relation: str) -> duckdb.DuckDBPyRelation:
        """A relation as it is, in no order."""
        self._keep_promise(relation)
        return self.con.table(relation)

    def has(self, relation: str) -> bool:
        """Whether there is such a table or view."""
        try:
            self.columns(relation)
        except duckdb.CatalogException:
            return False
        return True

    def columns(self, relation: str) -> list[str]:
        """The names of a relation's columns, in their order."""
        return [row[0] for row in self.con.execute(f"describe {quote_ident(relation)}").fetchall()]

    def store(self, relation: str, rows: pa.Table) -> None:
        """Create a table from rows made elsewhere, replacing one of the same name."""
        name = quote_ident(relation)
        self.con.register("handed_over", rows)
        self.con.execute(f"create or replace table {name} as select * from handed_over")
        self.con.unregister("handed_over")

    def extend(self, relation: str, rows: pa.Table) -> None:
        """Add rows made elsewhere to a table that `store` created."""
        self.con.register("handed_over", rows)
        self.con.execute(f"insert into {quote_ident(relation)} select * from handed_over")
        self.con.unregister("handed_over")

    def lend(self, relation: str, rows: pa.Table) -> None:
        """Let queries read rows made elsewhere where they are, without a copy."""
        self.con.register(relation, rows)  # which no other connection sees
        self._lent[relation] = rows

    def take_back(self, relation: str) -> None:
        """Forget rows that were lent."""
        self.con.unregister(relation)
        self._lent.pop(relation)

    def remove(self, relation: str) -> None:
        """Forget a table that no later step reads; it leaves the memory."""
        self._made.pop(relation, None)
        self.con.execute(f"drop table if exists {quote_ident(relation)}")

    def rename(self, relation: str, name: str) -> None:
        """Give a table another name, replacing the table of that name."""
        self.con.execute(f"drop table if exists {quote_ident(name)}")
        self.con.execute(f"alter table {quote_ident(relation)} rename to {quote_ident(name)}")

    def rename_view(self, view: str, name: str) -> None:
        """Give a view another name."""
        self.con.execute(f"alter view {quote_ident(view)} rename to {quote_ident(name)}")

    def let(self, **variables: Variable) -> None:
        """Set DuckDB variables; text is bound, never pasted. One that stays costs nothing."""
        for name, value in variables.items():
            if name in self._variables and _is_same(self._variables[name], value):
                continue
            self.con.execute(f"set variable {name} = $1", [value])
            self._variables[name] = value

    def variable(self, name: str) -> Variable:
        """The value that `let` gave a variable; None without any."""
        return self._variables.get(name)

    def one(self, sql: str) -> tuple[object, ...]:
        """The only row of a query."""
        (row,) = self.con.execute(sql).fetchall()
        return tuple(row)

    def _use(self, con: duckdb.DuckDBPyConnection) -> None:
        """Take names without a database from this runner's own."""
        if self._database is not None:
            con.execute(f"use {self._database}")

    def _text(self, name: str) -> str:
        """The text of a file that is about to run."""
        sql = text(name)
        for relation in [*self._promised]:
            if re.search(rf"\b(from|join) {relation}\b", sql):
                self._keep_promise(relation)
        self.ran.setdefault(f"{name}.sql", sql)
        return sql

    def _keep_promise(self, relation: str) -> None:
        """Make a relation if it was promised."""
        make = self._promised.pop(relation, None)
        if make is not None:
            make()


def by_stream(relation: duckdb.DuckDBPyRelation, column: str) -> Ints:
    """A column of a relation with one row per stream, indexed by stream_no."""
    table = relation.to_arrow_table()
    stream = table.column("stream_no").to_numpy()
    index = np.zeros(int(stream.max(initial=0)) + 1, dtype=np.int64)
    index[stream] = table.column(column).to_numpy()
    return index


def rows_of_streams(runner: Runner) -> Ints:
    """Rows by stream_no, 0 unused, at least those that take part.

    Args:
        runner: Holds `streams`.
    """
    return by_stream(runner.table("streams").filter("stream_no is not null"), "n")


def _is_same(known: Variable, value: Variable) -> bool:
    """Whether a variable has that value, and its type, which decides how queries read it."""
    return type(known) is type(value) and not isinstance(value, list) and known == value


def _relation(name: str) -> str:
    """The relation of a file: its name without the number."""
    return name.partition("_")[2]
