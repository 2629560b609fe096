"""The method's page says the numbers that the code uses."""

import re
from pathlib import Path

import pytest

from benchmarks.method_constants import PAGE, in_unit_of, statements, with_table
from resume_gap.constants import named

ROOT = Path(__file__).parents[1]
TEXT = PAGE.read_text(encoding="utf-8")


def test_every_marked_number_is_that_of_its_constant() -> None:
    constants = named()
    found = list(statements(TEXT))
    assert len(found) == len(re.findall(r"<!--[A-Z_]+-->", TEXT)) > 80
    for name, value, unit in found:
        assert in_unit_of(constants[name], value, unit) == pytest.approx(constants[name].value), (
            f"{name}: the page says {value:g} {unit}"
        )


def test_a_wrong_number_is_found() -> None:
    ((name, value, unit),) = statements("within 11 minutes<!--MID_TASK_WINDOW--> before")
    assert in_unit_of(named()[name], value, unit) == 660


def test_the_table_of_constants_is_that_of_the_code() -> None:
    assert with_table(TEXT) == TEXT, "run: python benchmarks/method_constants.py"


def test_the_meaning_of_a_constant_needs_no_other_one() -> None:
    """It stands alone in a table, and in the report of every run."""
    leaning = re.compile(r"(and|or|if|another|asked|up to)\b")
    assert [name for name, one in named().items() if leaning.match(one.reason)] == []


def test_every_section_that_the_code_cites_is_there() -> None:
    there = set(re.findall(r"^## (\d+)\.", TEXT, flags=re.MULTILINE))
    assert there == {str(number) for number in range(11)}
    cited = set()
    for folder, kind in (("src", "py"), ("queries", "sql"), ("benchmarks", "py"), ("tests", "py")):
        for path in (ROOT / folder).rglob(f"*.{kind}"):
            cited.update(re.findall(r"[Ss]ections? (\d+)\b", path.read_text(encoding="utf-8")))
    assert {"0", "1", "2", "3", "4", "5", "6", "7", "8"} <= cited <= there
