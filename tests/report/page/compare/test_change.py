"""The change at every horizon, and what is said where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factories.launch_results import few_dates, longer, short, shorter, unchanged
from factories.pages import number

from resume_gap.report.page.compare.change import change
from resume_gap.report.page.model import Figure, Paragraph

if TYPE_CHECKING:
    from resume_gap.results.compare import Compared


def texts(found: Compared) -> str:
    return " ".join(b.text for b in change(found).blocks if isinstance(b, Paragraph))


def test_the_heading_is_the_finding() -> None:
    assert change(shorter()).title == (
        "After the launch people were back at work 24 s faster than expected (12 s to 35 s faster)"
    )
    assert change(longer()).title.endswith("17 s slower than expected (7.8 s to 26 s slower)")
    assert change(unchanged()).title == "No change detected: 16 s faster to 7.2 s slower"
    assert change(few_dates()).title.endswith("21 s faster than expected, without a p")
    assert change(short()).title == "No change is computed"


def test_every_horizon_is_a_row_the_shortest_first() -> None:
    found = shorter()
    (figure,) = (b for b in change(found).blocks if isinstance(b, Figure))
    assert [row[0] for row in figure.table.rows] == ["7 days", "14 days (decides)", "28 days"]
    for row in figure.table.rows:
        difference = number(row[3])
        assert round(number(row[1]) - number(row[2])) == round(difference)
    assert figure.table.rows[1][-3:] == ("0.014", "71", "0.014")


def test_it_is_said_that_users_were_not_assigned_at_random() -> None:
    for found in (shorter(), unchanged(), few_dates(), short()):
        assert "before/after, not causal" in texts(found)


def test_a_missing_p_has_its_reason() -> None:
    assert "A p-value needs 53 earlier dates" in texts(few_dates())
    assert "What is usual takes 28 days before the launch" in texts(short())
    assert not any(isinstance(block, Figure) for block in change(short()).blocks)


def test_the_rank_is_a_sentence() -> None:
    assert "Of 71 earlier dates without a launch none shows a change as large" in texts(shorter())
    assert "Of 71 earlier dates without a launch 21 show a change as large" in texts(unchanged())
