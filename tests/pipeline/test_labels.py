"""Labels: made by the database, or promised until a query reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from resume_gap.pipeline import own_names
from resume_gap.pipeline.labels import number_labels, numbers_of_labels, promise_names
from resume_gap.pipeline.own_names import OwnNames
from resume_gap.pipeline.queries import Runner

if TYPE_CHECKING:
    from collections.abc import Iterator

OWN = ["d", "a", "", "c", "b", *(f"e{number}" for number in range(15))]
FEW = ["d", "a", "", "a"]
MEMORY = 1 << 30


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> Iterator[Runner]:
    monkeypatch.setattr(own_names, "_LEAST", 3)
    with duckdb.connect() as con:
        runner = Runner(con)
        runner.let(log_columns=["target"])
        yield runner


def log_of(runner: Runner, names: list[str]) -> None:
    rows = {"target": names, "context": [""] * len(names), "task": [""] * len(names)}
    runner.store("log", pa.table(rows))
    number_labels(runner, {"target": "a column"}, len(names), MEMORY)


def labels(runner: Runner) -> dict[str, tuple[int | None, int]]:
    rows = runner.table("labels").select("target", "element_no", "label_no").fetchall()
    return {name: (element, label) for name, element, label in rows}


def test_elements_that_come_again_are_numbered_at_once(runner: Runner) -> None:
    log_of(runner, FEW)
    assert not runner.is_promised("labels")
    assert labels(runner) == {"a": (1, 1), "d": (2, 2), "": (None, 3)}
    assert numbers_of_labels(runner, 4)["element_no"].tolist() == [0, 1, 2, 0]


def test_elements_of_single_rows_wait_for_the_events(runner: Runner) -> None:
    log_of(runner, OWN)
    assert runner.is_promised("labels")
    numbers = numbers_of_labels(runner, len(OWN))
    assert runner.is_promised("labels")
    assert numbers["element_no"].tolist() == [*range(21), 0]
    assert not numbers["context_no"].any()
    assert not numbers["task_no"].any()


def test_both_ways_give_them_the_same_numbers(runner: Runner) -> None:
    log_of(runner, OWN)
    numbers = numbers_of_labels(runner, len(OWN))["element_no"]
    own = OwnNames(len(numbers) - 1, None)
    own.add(pa.array(OWN))
    own.number()
    by_database = labels(runner)
    promise_names(runner, own)
    here = labels(runner)
    assert here == by_database
    assert here[""] == (None, 21)
    for element, label in here.values():
        assert numbers[label] == (element or 0)
    assert np.array_equal(numbers_of_labels(runner, len(OWN))["element_no"][1:20], np.arange(1, 20))


def test_rows_that_are_few_or_many_are_numbered_at_once(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_LEAST", "_MOST"):
        monkeypatch.setattr(own_names, "_LEAST", 3)
        monkeypatch.setattr(own_names, name, {"_LEAST": 21, "_MOST": 19}[name])
        log_of(runner, OWN)
        assert not runner.is_promised("labels")
        assert labels(runner)[""] == (None, 20)


def test_with_contexts_the_database_numbers_labels(runner: Runner) -> None:
    log_of(runner, OWN)
    runner.let(log_columns=["target", "context"])
    runner.view("00_no_rows", "select * from log limit 0")
    number_labels(runner, {"target": "a", "context": "b"}, len(OWN), MEMORY)
    assert labels(runner)[""] == (None, 20)
