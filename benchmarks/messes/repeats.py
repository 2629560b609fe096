"""Rows that come twice, late or in another order."""

from random import Random
from typing import Final

from benchmarks.messes.logs import (
    HOUR,
    MINUTE,
    SECOND,
    added,
    csv_file,
    every,
    log,
    numbered,
    one,
    table,
)
from benchmarks.messes.mess import Made, Mess, Rows, Used


def retried() -> Made:
    """Every tenth event was sent again with its id."""
    rows = numbered(log())
    return one([*rows, *every(rows, 10)], rows)


def retried_with_other_content() -> Made:
    """Every tenth event was sent again with its id and another element."""
    rows = numbered(log())
    return one([*rows, *(row | {"target": "other"} for row in every(rows, 10))], rows)


def ids_of_something_else() -> Made:
    """What is called event_id names the visit, not the event."""
    return one([row | {"event_id": f"v{n // 6}"} for n, row in enumerate(log())])


def retried_and_restamped() -> Made:
    """Every tenth event was sent again with its id, stamped 40 minutes later."""
    rows = numbered(log())
    again = [row | {"at_us": row["at_us"] + 40 * MINUTE} for row in every(rows, 10)]
    return one([*again, *rows], rows)


def equal_in_every_column() -> Made:
    """Every tenth row is there twice; there are no ids, and times have milliseconds."""
    rows = log()
    return one([*rows, *every(rows, 10)], rows)


def _whole_seconds() -> Rows:
    return [row | {"at_us": row["at_us"] // SECOND * SECOND} for row in log()]


def equal_in_whole_seconds() -> Made:
    """Every tenth row is there twice; times are whole seconds, so both may be real."""
    rows = _whole_seconds()
    return one([*rows, *every(rows, 10)])


def equal_in_what_is_used() -> Made:
    """Every tenth row is there twice but for the length of a text, which nothing reads."""
    rows = added(log(), length=1)
    return one([*rows, *(row | {"length": 2} for row in every(rows, 10))])


def given_twice() -> Made:
    """The same file is given twice."""
    found = one(log())
    return found._replace(given=("log.csv", "log.csv"))


def days_that_overlap() -> Made:
    """Two exports share 40 rows."""
    rows = log()
    return Made({"a.csv": csv_file(rows[:140]), "b.csv": csv_file(rows[100:])}, rows)


def a_copy_under_another_name() -> Made:
    """The file is there twice, as log.csv and as log (1).csv."""
    rows = log()
    return Made({"log.csv": csv_file(rows), "log (1).csv": csv_file(rows)}, rows)


def out_of_order() -> Made:
    """The rows are shuffled."""
    rows = log()
    return one(Random(1).sample(rows, len(rows)), rows)  # noqa: S311 - a log is no secret


def backwards() -> Made:
    """The newest row comes first."""
    return one(log()[::-1])


def ties_with_a_sequence() -> Made:
    """Two events share each instant, the second one first in the file; a column numbers them."""
    rows = [
        row | {"at_us": row["at_us"] // (2 * MINUTE) * 2 * MINUTE, "sequence": n}
        for n, row in enumerate(log())
    ]
    return one(rows[::-1])


def ties_without_a_sequence() -> Made:
    """Two events share each instant, and nothing says which came first."""
    rows = [row | {"at_us": row["at_us"] // (2 * MINUTE) * 2 * MINUTE} for row in log()]
    return one(rows[::-1])


def files_in_the_wrong_order() -> Made:
    """The file of the second half is called a.csv, that of the first b.csv."""
    rows = log()
    return Made({"b.csv": csv_file(rows[:101]), "a.csv": csv_file(rows[101:])}, rows)


def arrived_late() -> Made:
    """Every visit of two people arrived six hours later."""
    rows = added(
        log(),
        received_at=lambda row: (
            (row["at_us"] + (6 * HOUR if row["user_id"] < "ann02" else 0)) // SECOND
        ),
    )
    return one(rows)


def one_instant_for_a_batch() -> Made:
    """A phone stamped each visit's six events with the instant at which it sent them."""
    rows = log()
    batches = [rows[n // 6 * 6 + 5]["at_us"] for n in range(len(rows))]
    return table([row | {"at_us": at_us} for row, at_us in zip(rows, batches, strict=True)])


N: Final = 24
"""Rows that are repeated where every tenth is."""
REPEATS: Final = (
    Mess(retried, Used({"repeated_event_id": N})),
    Mess(
        retried_with_other_content,
        Used({"repeated_event_id": N}, finds=("event_id_conflicts",)),
        {"map": {"event_id": "event_id"}},
    ),
    Mess(ids_of_something_else, Used(finds=("event_id_conflicts",))),
    Mess(retried_and_restamped, Used({"repeated_event_id": N})),
    Mess(equal_in_every_column, Used({"duplicate_row": N})),
    Mess(equal_in_whole_seconds, Used(finds=("equal_rows_kept",))),
    Mess(equal_in_what_is_used, Used()),
    Mess(given_twice, Used(finds=("repeated_input",))),
    Mess(days_that_overlap, Used({"duplicate_row": 40})),
    Mess(a_copy_under_another_name, Used({"duplicate_row": 240})),
)
ORDER: Final = (
    Mess(out_of_order, Used()),
    Mess(backwards, Used()),
    Mess(ties_with_a_sequence, Used()),
    Mess(ties_without_a_sequence, Used()),
    Mess(files_in_the_wrong_order, Used()),
    Mess(arrived_late, Used()),
    Mess(one_instant_for_a_batch, Used()),
)
