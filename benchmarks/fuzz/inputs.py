"""Logs whose bytes, cells, columns or types are not what they should be."""

import gzip
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

from benchmarks.fuzz import books
from benchmarks.fuzz.forms import FORMS, ROWS, Columns, written
from benchmarks.fuzz.mutations import mutated
from benchmarks.fuzz.reading import as_a_run
from resume_gap.settings import Settings, resolve

ODD_TEXTS: Final = (
    "", " ", "\u00a0", "null", "NULL", "undefined", "NaN", "0", "[object Object]", "\x00",
    "\x1b[31m", "a\nb", "a\rb", 'a"b', "a,b", "\U0001f9ed",
    "L" * 5000, "=1+1", "../../x", "edit ", "EDIT", "e\u0301dit", "\u200b", "-1", "1e400",
)  # fmt: skip  # one line a text would hide the list
ODD_TIMES: Final = (
    "", "soon", "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "1970-01-01T00:00:00Z",
    "2099-12-31T23:59:59Z", "-0044-03-15", "2025-02-30T00:00:00Z", "2025-03-03T24:00:00",
    "2025-03-03 10:00", "03/04/2025 10:00", "2025-03-03T10:00:00+25:00", "1e18", "inf", "nan",
    "-9223372036854775808", "9223372036854775807", "99999999999999999999", "1741000000", "0",
)  # fmt: skip  # one line a time would hide the list
INT64: Final = 2**63


class Log(NamedTuple):
    """One mutated log.

    Attributes:
        path: Where it lies.
        settings: What it is read with.
    """

    path: Path
    settings: Settings


def made(random: Random, folder: Path) -> Log:
    """One mutated log, written into the folder."""
    form = random.choice(FORMS)
    path = folder / f"log.{form}"
    columns = _columns(random)
    for _ in range(random.randint(0, 3)):
        random.choice(_CHANGES)(columns, random)
    data = written(columns, form, random)
    if random.random() < 0.4:
        data = _mutated(data, form, random)
    path.write_bytes(data)
    return Log(path, resolve(_options(columns, random), {}))


def case(random: Random, folder: Path) -> Callable[[], object]:
    """One mutated log, written into the folder, and how a run reads it."""
    log = made(random, folder)
    return lambda: as_a_run(log.path, log.settings)


def _columns(random: Random) -> Columns:
    """A plain log of a few people; what a log may do without is often not there."""
    start = datetime(2025, 3, 3, 9, tzinfo=UTC)
    at = [start + timedelta(seconds=random.choice((1, 7, 30, 4000)) * n) for n in range(ROWS)]
    columns: Columns = {
        "user_id": [f"u{random.randrange(4)}" for _ in range(ROWS)],
        "timestamp": at,
        "event": [random.choice(("edit", "view", "submit", "idle")) for _ in range(ROWS)],
    }
    others: Columns = {
        "target": [random.choice(("a", "b", None)) for _ in range(ROWS)],
        "end": [one + timedelta(seconds=random.randrange(9)) for one in at],
        "received_at": [one + timedelta(seconds=2) for one in at],
        "sequence": list(range(ROWS)),
        "event_id": [f"e{n}" for n in range(ROWS)],
    }
    return columns | {name: one for name, one in others.items() if random.random() < 0.3}


def _odd_cells(columns: Columns, random: Random) -> None:
    """Some cells of one column as odd texts; the column becomes text."""
    name = random.choice(list(columns))
    odd = ODD_TIMES if name in ("timestamp", "end", "received_at") else ODD_TEXTS
    share = random.choice((0.02, 0.3, 1.0))
    columns[name] = [
        random.choice(odd)
        if random.random() < share
        else None
        if value is None
        else value.isoformat()
        if isinstance(value, datetime)
        else str(value)
        for value in columns[name]
    ]


def _other_type(columns: Columns, random: Random) -> None:
    """One column of another type altogether."""
    name = random.choice(list(columns))
    makers: tuple[Callable[[int], Any], ...] = (
        lambda n: n,
        lambda n: n + 0.5,
        lambda n: float("nan") if n % 2 else float("inf"),
        lambda n: INT64 - 1 - n,
        lambda n: -INT64 + n,
        lambda n: bool(n % 2),
        lambda n: date(1 + n % 9998, 1, 1),
        lambda n: time(n % 24, n % 60),
        lambda n: timedelta(days=n),
        lambda n: Decimal(n) / 7,
        lambda n: [n, None],
        lambda n: {"a": n, "b": {"c": str(n)}},
        lambda n: bytes([n % 256, 255]),
        lambda n: 1_741_000_000_000 + n if n % 2 else 1_741_000_000 + n,
        lambda _: None,
    )
    maker = random.choice(makers)
    columns[name] = [maker(n) for n in range(ROWS)]


def _rename(columns: Columns, random: Random) -> None:
    """One column under another name."""
    name = random.choice(list(columns))
    new = random.choice(("USER_ID", "ts", "Event", "", " ", "a.b", "rowid", 'x"y', "uid", "name"))
    columns[new] = columns.pop(name)


def _lose(columns: Columns, random: Random) -> None:
    """One column less."""
    if len(columns) > 1:
        del columns[random.choice(list(columns))]


def _many(columns: Columns, random: Random) -> None:
    """Many columns that nobody maps."""
    for number in range(random.choice((3, 3, 30, 300))):
        columns[f"c{number}"] = [number] * ROWS


_CHANGES: Final = (
    _odd_cells,
    _odd_cells,
    _odd_cells,
    _other_type,
    _other_type,
    _rename,
    _lose,
    _many,
)


def _mutated(data: bytes, form: str, random: Random) -> bytes:
    if form == "xlsx" and random.random() < 0.5:
        return books.changed(data, lambda part: mutated(part, random), random.randrange)
    if form.endswith(".gz") and random.random() < 0.5:
        return gzip.compress(mutated(gzip.decompress(data), random))
    return mutated(data, random)


def _options(columns: Columns, random: Random) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if random.random() < 0.3:
        given["map"] = {
            inner: name
            for inner, name in (
                ("user_id", "user_id"),
                ("timestamp", "timestamp"),
                ("event", "event"),
            )
            if name in columns
        }
    for name, values in (
        ("lenient", (True,)),
        ("time_unit", ("s", "ms", "us", "ns")),
        ("tz", ("Asia/Kolkata",)),
        ("keep_placeholder_ids", (True,)),
        ("by", (["target"],)),
        ("productive", (["edit*"], ["target=a"])),
    ):
        if random.random() < 0.15:
            given[name] = random.choice(values)
    return given
