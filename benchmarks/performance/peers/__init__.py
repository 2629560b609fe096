"""Other ways to the same answer, each a script that any interpreter with its library can run.

A script reads a `Question` as JSON from standard input and prints its answer as JSON: how many gaps
were longer than the threshold (`returns`), how many of them interrupted work (`interruptions`), and
the sum of the first productive waits (`wait_us`); None where it does not go that far.
"""

from pathlib import Path
from typing import Final, Literal, NamedTuple

HERE: Final = Path(__file__).parent


class Peer(NamedTuple):
    """One other way.

    Attributes:
        name: Its script, and what --only calls it.
        label: What the page calls it.
        modules: What it imports.
        dialect: Of the query that it runs; None where it has its own code.
        about: What it does, for the page.
    """

    name: str
    label: str
    modules: tuple[str, ...]
    dialect: Literal["duckdb", "spark", "clickhouse"] | None
    about: str

    @property
    def script(self) -> Path:
        """The file to run."""
        return HERE / f"{self.name}.py"


PEERS: Final = (
    Peer(
        "in_duckdb",
        "DuckDB, textbook SQL",
        ("duckdb",),
        "duckdb",
        "the query of `resume-gap sql`: the gap by `lag`, sessions by a running sum, a group by",
    ),
    Peer("in_polars", "Polars, streaming", ("polars",), None, "the same as expressions"),
    Peer(
        "in_clickhouse",
        "ClickHouse, in process",
        ("chdb",),
        "clickhouse",
        "the query of `resume-gap sql`",
    ),
    Peer("in_spark", "Spark, local", ("pyspark",), "spark", "the query of `resume-gap sql`"),
    Peer(
        "in_retentioneering",
        "retentioneering",
        ("retentioneering",),
        None,
        "`split_sessions` alone: no interruptions, no waits",
    ),
)
