"""Elements, contexts and tasks numbered: by the database, or where the events are put in order."""

from collections.abc import Mapping
from functools import partial
from typing import Final

import numpy as np

from resume_gap.arrays import Ints, filled
from resume_gap.pipeline import own_names
from resume_gap.pipeline.own_names import OwnNames
from resume_gap.pipeline.queries import Runner

_NUMBERS: Final = ("element_no", "context_no", "task_no")


def number_labels(
    runner: Runner,
    columns: Mapping[str, str | None],
    read: int,
    memory: int,
    *,
    are_seen: bool = False,
) -> None:
    """Make `labels`, or promise it where nearly every row seems to have an element of its own.

    Args:
        runner: Holds `log`.
        columns: Event column to the file's column.
        read: Rows of the log.
        memory: That the run may use, bytes.
        are_seen: Whether `seen_elements` is there, of a log with neither contexts nor tasks.
    """
    runner.let(label_of_none=None)
    if are_seen:
        _order_elements(runner)
        return
    if columns.get("context") or columns.get("task"):
        runner.make("13_labels")
        return
    if own_names.pays(read, memory) and own_names.are_own(*runner.row("112_early_elements")):
        runner.let(label_of_none=read + 1)
        runner.promise("labels", partial(_see_elements, runner))
        return
    _see_elements(runner)


def promise_names(runner: Runner, own: OwnNames) -> None:
    """Promise `labels` of names that are put in order outside of the database."""

    def make() -> None:
        runner.lend("elements_in_order", own.table())
        runner.make("104_labels", kind="view")

    runner.promise("labels", make)


def numbers_of_labels(runner: Runner, read: int) -> dict[str, Ints]:
    """The columns of `labels`, each indexed by label_no; 0 for none, and unused.

    Args:
        runner: Holds `labels`, or has promised it.
        read: Rows of the log.
    """
    if runner.is_promised("labels"):
        numbers = {name: np.zeros(read + 2, dtype=np.int32) for name in _NUMBERS}
        numbers["element_no"][:-1] = np.arange(read + 1)
        return numbers
    relation = runner.read("26_label_numbers")
    many = len(runner.table("labels")) if runner.variable("label_of_none") is None else read + 1
    numbers = {name: np.zeros(1 + many, dtype=np.int32) for name in _NUMBERS}
    for batch in relation.to_arrow_reader():
        label = batch.column("label_no").to_numpy()
        for name, to in numbers.items():
            if batch.column(name).null_count < len(label):  # zeros that stay take no memory
                to[label] = filled(batch.column(name), 0)
    return numbers


def _see_elements(runner: Runner) -> None:
    """Make `labels` of a log with neither contexts nor tasks."""
    runner.make("102_seen_elements")
    _order_elements(runner)


def _order_elements(runner: Runner) -> None:
    """Make `labels` of `seen_elements`."""
    runner.make("103_elements_in_order")
    runner.remove("seen_elements")
    runner.make("104_labels", kind="view")
