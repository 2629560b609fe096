"""Tables with the same columns are read as one, and every row keeps the number of its file."""

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import duckdb
import pytest

from resume_gap.sources.groups import Group, group
from resume_gap.sources.tables import InputTable


@dataclass(frozen=True)
class Read:
    """What `group` asks of a table."""

    name: str
    columns: dict[str, Any]
    rows: int = 1
    rest: object = None
    view: str = ""

    @property
    def file(self) -> SimpleNamespace:
        return SimpleNamespace(label=self.name)

    @property
    def parquet(self) -> Path:
        return Path(self.name)


def table(name: str, rows: int = 1, rest: object = None, **kinds: str) -> InputTable:
    columns = {n: SimpleNamespace(sql=f'"{n}"', kind=kind) for n, kind in kinds.items()}
    return cast("InputTable", Read(name, columns, rows, rest))


def numbers(*tables: InputTable) -> list[tuple[int, ...]]:
    return [found.numbers for found in group(tables)]


def test_like_tables_are_one_group_wherever_they_stand() -> None:
    a = [table(f"a{i}", user_id="VARCHAR", n="BIGINT") for i in range(3)]
    b = table("b", user_id="VARCHAR", n="DOUBLE")
    assert numbers(a[0], b, a[1], a[2]) == [(0, 2, 3), (1,)]


def test_name_type_place_and_rest_make_the_difference() -> None:
    one = table("a", x="VARCHAR", y="VARCHAR")
    assert len(numbers(one, table("b", y="VARCHAR", x="VARCHAR"))) == 2
    assert len(numbers(one, table("b", x="VARCHAR", z="VARCHAR"))) == 2
    assert len(numbers(one, table("b", rest="more", x="VARCHAR", y="VARCHAR"))) == 2
    assert len(numbers(one, table("b", x="VARCHAR", y="VARCHAR"))) == 1


def test_a_table_without_rows_is_left_out_and_keeps_its_number() -> None:
    assert numbers(table("a", 0, x="INT"), table("b", x="INT")) == [(1,)]


def test_a_column_that_hides_the_number_of_the_file_makes_a_group_of_its_own() -> None:
    tables = [table(name, File_Index="INT", other="INT") for name in "ab"]
    assert numbers(*tables) == [(0,), (1,)]


@pytest.mark.parametrize(
    ("places", "expected"), [((4,), [4]), ((2, 3, 4), [2, 3, 4]), ((0, 3, 9), [0, 3, 9])]
)
def test_rows_say_which_input_they_are_from(places: tuple[int, ...], expected: list[int]) -> None:
    some = Group(tuple(table(str(i), x="INT") for i in places), places)
    sql = f"select {some.input_no} from range({len(places)}) as t(file_index)"
    assert [row[0] for row in duckdb.sql(sql).fetchall()] == expected


def test_a_group_is_called_by_its_first_input() -> None:
    tables = tuple(table(name, x="INT") for name in ("a.csv", "b.csv", "c.csv"))
    assert Group(tables, (0, 1, 2)).label == "a.csv (and 2 like it)"
    assert Group(tables[:1], (0,)).label == "a.csv"
