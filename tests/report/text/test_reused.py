"""The line that says what a run found in its state folder."""

import pytest

from resume_gap.report.text.reused import not_kept, reused
from resume_gap.system.state import Outcome
from resume_gap.system.state_index import Fault

KEPT, CHANGED, NEW = Outcome.KEPT, Outcome.CHANGED, Outcome.NEW


@pytest.mark.parametrize(
    ("outcomes", "fault", "line"),
    [
        ({KEPT: 31}, None, "31 of 31 files as read before"),
        ({KEPT: 30, NEW: 1}, None, "30 of 31 files as read before, 1 is new or changed"),
        ({NEW: 2}, None, "0 of 2 files as read before, 2 are new or changed"),
        (
            {KEPT: 1, CHANGED: 2},
            None,
            "1 of 3 files as read before, 2 had to be read anew, as options or other files changed",
        ),
        (
            {NEW: 1},
            Fault.DAMAGE,
            "0 of 1 files as read before, what is damaged there is not used",
        ),
        (
            {},
            None,
            "nothing to keep: Parquet files, databases and frames are read where they lie",
        ),
    ],
)
def test_the_line_says_what_was_kept_and_why_the_rest_was_not(outcomes, fault, line):
    assert reused(outcomes, fault) == f"state: {line}"


def test_what_another_version_left_is_named():
    line = reused({NEW: 2}, Fault.VERSION)
    assert line.endswith("what another version left is not used")


def test_what_is_not_kept_says_that_the_report_is_whole():
    assert not_kept("it is full") == "state: nothing new is kept: it is full; the report is whole"
