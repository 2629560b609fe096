"""What else changed: failed checks in boxes, the others in a table, both sides counted."""

from __future__ import annotations

import pytest
from factories.launch_results import COMPARED, another_change, short, shorter, unchanged

from resume_gap.report.page.compare.trust import checked, trust
from resume_gap.report.page.model import Note, Table


def test_the_heading_says_how_it_went() -> None:
    assert trust(another_change()).title == "2 checks of what else changed failed"
    assert trust(shorter()).title == "Nothing else is seen to have changed, 1 check warned"
    assert trust(unchanged()).title == "Nothing else is seen to have changed, 2 checks warned"
    assert trust(short()).title == "2 checks passed, 6 could not be made"


@pytest.mark.parametrize("name", COMPARED)
def test_every_check_is_said_once(name: str) -> None:
    found = COMPARED[name]()
    boxes = [block for block in trust(found).blocks if isinstance(block, Note)]
    rows = [
        row for block in checked(found).blocks if isinstance(block, Table) for row in block.rows
    ]
    assert len(boxes) + len(rows) == len(found.comparison.trust.checks)
    loud = [one for one in found.comparison.trust.checks if one.status in ("failed", "warned")]
    assert len(boxes) == len(loud)


def test_both_sides_are_counted() -> None:
    (table,) = (block for block in trust(shorter()).blocks if isinstance(block, Table))
    assert "before the launch (2026-03-02)" in table.caption
    assert table.rows[0] == ("days", "112", "33")
    assert table.rows[-1] == ("returns that never get a marker", "6,100", "1,980")


def test_changed_events_are_named_with_what_happened_to_them() -> None:
    texts = " ".join(
        block.text for block in trust(another_change()).blocks if isinstance(block, Note)
    )
    assert (
        "edit_cell (gone), cell_edited (new), heartbeat (far more or less often) and 1 more"
        in texts
    )
