"""Whether two report folders say the same: every figure, every row of the tables.

Of what a report was made from (`generated_from`) only what was found in the inputs is compared, and
the page not at all: it is made of the figures.
"""

import filecmp
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from resume_gap.output.recognize import PREDICTION, SUMMARY, content_of
from resume_gap.results.common import SUSPECTS
from resume_gap.system.filesystem import read_small

_FIGURES: Final = (SUMMARY, "data_quality.json", PREDICTION)
_TABLES: Final = ("interruptions.parquet", "users.parquet")
_COMPARED: Final = (*_FIGURES, *_TABLES, SUSPECTS)
_OF_THE_RUN: Final = frozenset({"generated_from", "sha256"})
"""Keys of JSON that say what a file was made of, and the seal over them."""
_OF_THE_LOG: Final = ("rows", "first_at", "last_at")
"""What is compared of that: what was found in each input."""
_NOTHING: Final = "nothing"


class Discrepancy(NamedTuple):
    """One thing that two reports say differently.

    Attributes:
        file: The file of the report.
        place: A figure as in `check-text`, a column and row, or empty for a whole file.
        was: What stands in the report.
        now: What the other one says.
    """

    file: str
    place: str
    was: str
    now: str


class Reproduction(NamedTuple):
    """A report compared with one that was made again.

    Attributes:
        figures: Values of JSON that were compared.
        rows: Rows that were compared, by table.
        missing: Files that the report does not have (any more), which were not compared.
        differences: What differs, file by file.
    """

    figures: int
    rows: dict[str, int]
    missing: tuple[str, ...]
    differences: tuple[Discrepancy, ...]

    @property
    def is_same(self) -> bool:
        """Whether every figure and every row is the same."""
        return not self.differences


def compared_with(report: Path, other: Path) -> Reproduction:
    """Compare a report with one that was made from the same log.

    Raises:
        OSError: A file cannot be read.
        ValueError: One is broken.
    """
    figures, rows, found = 0, {}, []
    files = [name for name in _COMPARED if any((of / name).is_file() for of in (report, other))]
    missing = tuple(name for name in files if not os.path.lexists(report / name))
    for name in files:
        if name in missing:
            continue
        path, its = report / name, other / name
        if not (path.is_file() and its.is_file()):
            found.append(Discrepancy(name, "", *(_a_file(one) for one in (path, its))))
        elif name in _TABLES:
            rows[name], unlike = _tables(name, path, its)
            found += unlike
        elif name in _FIGURES:
            was, now = _values(path), _values(its)
            figures += len(was.keys() | now.keys())
            found += [
                Discrepancy(name, place, was.get(place, _NOTHING), now.get(place, _NOTHING))
                for place in dict.fromkeys((*was, *now))
                if was.get(place) != now.get(place)
            ]
        elif not filecmp.cmp(path, its, shallow=False):
            found.append(Discrepancy(name, "", "a list", "another"))
    return Reproduction(figures, rows, missing, tuple(found))


def _a_file(path: Path) -> str:
    return "a file" if path.is_file() else "no file"


def _values(path: Path) -> dict[str, str]:
    """Every value of a JSON file of ours by its place.

    Raises:
        ValueError: It is none.
    """
    content = content_of(read_small(path))
    if content is None:
        raise ValueError(f"{path.name} is no file of resume-gap")
    known = {key: value for key, value in content.items() if key not in _OF_THE_RUN}
    made = content.get("generated_from")
    if isinstance(made, dict) and isinstance(made.get("inputs"), list):
        read = [one for one in made["inputs"] if isinstance(one, dict)]
        known["generated_from"] = {
            "inputs": [{key: one[key] for key in _OF_THE_LOG if key in one} for one in read]
        }
    return dict(_leaves(known, ""))


def _leaves(value: Any, place: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - JSON
    """Places such as `marker.policies[0].hit`, and what stands there as JSON."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _leaves(inner, f"{place}.{key}" if place else key)
    elif isinstance(value, list) and value:
        for number, inner in enumerate(value):
            yield from _leaves(inner, f"{place}[{number}]")
    elif isinstance(value, float) and value.is_integer():
        yield place, str(int(value))  # 5.0 is 5
    else:
        yield place, repr(value) if isinstance(value, str) else str(value)


def _tables(name: str, path: Path, other: Path) -> tuple[int, list[Discrepancy]]:
    """The rows of a table, and where it differs: by column the first row that does."""
    mine, its = pq.ParquetFile(path), pq.ParquetFile(other)
    rows = mine.metadata.num_rows
    if filecmp.cmp(path, other, shallow=False):
        return rows, []
    if rows != its.metadata.num_rows:
        return rows, [Discrepancy(name, "rows", f"{rows:,}", f"{its.metadata.num_rows:,}")]
    found = []
    columns = dict.fromkeys((*mine.schema_arrow.names, *its.schema_arrow.names))
    for column in columns:
        there = [column in one.schema_arrow.names for one in (mine, its)]
        if not all(there):
            was, now = ("a column" if one else _NOTHING for one in there)
            found.append(Discrepancy(name, column, was, now))
            continue
        found += _unlike(name, column, *(one.read([column]).column(0) for one in (mine, its)))
    return rows, found


def _unlike(
    name: str, column: str, was: pa.ChunkedArray, now: pa.ChunkedArray
) -> Iterator[Discrepancy]:
    """The first row that differs, if any."""
    if was.type != now.type:
        yield Discrepancy(name, column, str(was.type), str(now.type))
        return
    same = pc.equal(was, now)
    both_null = pc.and_(pc.is_null(was), pc.is_null(now))
    if pa.types.is_floating(was.type):  # what is no number is equal to nothing
        same = pc.or_(same, pc.and_(pc.is_nan(was), pc.is_nan(now)))
    differs = pc.invert(pc.or_(pc.fill_null(same, fill_value=False), both_null))
    row = pc.index(differs, value=True).as_py()
    if row >= 0:
        place = f"{column}, row {row + 1:,}"
        yield Discrepancy(name, place, str(was[row].as_py()), str(now[row].as_py()))
