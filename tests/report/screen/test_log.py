"""Lines of the screen that say how the log was taken."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest
from factories.results import changed, full

from resume_gap.report.screen import log

if TYPE_CHECKING:
    from resume_gap.results.run import Run


def text(run: Run, name: str) -> str:
    return next(line.text for line in log.lines(run) if line.name == name)


def test_which_lines_there_are_and_what_is_left_of_them() -> None:
    shorter = {line.name: [text for _, text in line.shorter] for line in log.lines(full())}
    assert shorter == {
        "read": ["1,245,210 rows from 2 files; 1,240,002 used, 5,208 dropped"],
        "columns": [""],
        "work": ["guessed from names: edit_cell and 2 more (38 % of the events)", ""],
        "threshold": ["30 min, default"],
    }
    nothing = changed(full(), roles={"source": "none"})
    work = next(line for line in log.lines(nothing) if line.name == "work")
    assert [text for _, text in work.shorter] == [""]


def test_rows_that_were_read_and_why_some_were_dropped() -> None:
    assert text(full(), "read") == (
        "1,245,210 rows from 2 files; 1,240,002 used, 5,208 dropped (event id seen before 4,100, "
        "unreadable time 1,000, no user 108)"
    )
    one = full().generated_from.inputs[:1]
    dropped = {"no_user": 5, "no_event": 5, "no_time": 9, "unreadable_time": 1}
    rows = dataclasses.replace(full().rows, read=100, used=80, dropped=dropped)
    assert text(changed(full(), inputs=one, rows=rows), "read") == (
        "100 rows from data/events-2026-03.parquet; 80 used, 20 dropped (no time 9, no event name "
        "5, no user 5, ...)"
    )
    rows = dataclasses.replace(rows, read=1, used=1, dropped={})
    assert text(changed(full(), rows=rows), "read") == "1 row from 2 files, all used"


def test_a_long_path_is_shown_by_its_end() -> None:
    path = "folder/" * 20 + "log.csv"
    one = dataclasses.replace(full().generated_from.inputs[0], path=path)
    shown = text(changed(full(), inputs=(one,)), "read")
    assert f"from \N{HORIZONTAL ELLIPSIS}{path[-39:]};" in shown


def test_columns_that_were_found() -> None:
    assert text(full(), "columns") == (
        "user_id=uid, timestamp=ts, event, target=element, context=page"
    )


@pytest.mark.parametrize(
    ("roles", "says"),
    [
        (
            {},
            (
                "guessed from names: edit_cell, add_row, write_comment (38 % of the events); task "
                "end: submit_report, logout"
            ),
        ),
        (
            {"source": "configured", "productive": ("a",), "completing": ()},
            "a (38 % of the events; as configured)",
        ),
        (
            {
                "productive": ("a",),
                "completing": (),
                "away": ("idle",),
                "away_share": 0.25,
                "ignored": ("ping",),
                "agent": ("bot",),
            },
            (
                "guessed from names: a (38 % of the events); idle: idle (25 % of the rows used); "
                "ignored: ping; agents: bot"
            ),
        ),
        (
            {"source": "none"},
            (
                "none seen; the most frequent are view_page (510,000), edit_cell (402,100), "
                "scroll (120,400), add_row (51,000)"
            ),
        ),
        ({"productive_events": 0, "leading": ()}, "none seen"),
    ],
)
def test_what_counts_as_work(roles: dict[str, Any], says: str) -> None:
    assert text(changed(full(), roles=roles), "work") == says


def test_of_many_names_the_first_few_are_shown() -> None:
    many = {
        name: tuple(f"{name}{n}" for n in range(5))
        for name in ("productive", "completing", "away", "ignored", "agent")
    }
    shown = text(changed(full(), roles={"source": "configured", **many}), "work")
    for name, most in zip(many, (4, 3, 3, 2, 2), strict=True):
        rest = f"{many[name][most - 1]} and {5 - most} more"
        assert rest in shown
        assert many[name][most] not in shown
    for letters, cut in ((30, False), (31, True)):
        long = dict.fromkeys(many, ("x" * letters,))
        line = text(changed(full(), roles={"source": "configured", **long}), "work")
        assert line.count("x" * 30) == (0 if cut else 5)
    leading = tuple(("y" * 17, n) for n in range(9, 4, -1))
    nothing = text(changed(full(), roles={"source": "none", "leading": leading}), "work")
    assert (nothing.count("y" * 15), nothing.count("y" * 16)) == (4, 0)


def test_the_threshold_its_interval_its_source_and_why() -> None:
    learned = {"source": "learned", "seconds": 250.0, "ci_lower": 200.0, "ci_upper": 300.0}
    assert text(changed(full(), threshold=learned), "threshold").startswith(
        "4 min 10 s [3 min 20 s, 5 min], learned from this log: "
    )
    given = {"source": "given", "reason": "given"}
    assert text(changed(full(), threshold=given), "threshold") == "30 min, given: with --gap"
    predicted = {"source": "given", "reason": "prediction"}
    assert text(changed(full(), threshold=predicted), "threshold").startswith(
        "30 min, from prediction.json: "
    )
