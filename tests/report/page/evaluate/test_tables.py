"""Tables of effects."""

from __future__ import annotations

from factories.pages import plain_spaces, rendered, screen_text
from factories.plan_results import plan
from factories.results import full
from factories.trial_parts import effect

from resume_gap.report.page.evaluate import tables
from resume_gap.report.text.numbers import MINUS
from resume_gap.results.plan import Pilot


def test_a_column_of_times_has_one_unit() -> None:
    rows = [
        ("a", effect("first_return", -26.0, 4.0, control=122.0)),
        ("b", effect("first_return", -29.0, 200.0, control=115.0)),
    ]
    table = tables.effects("x", "y", rows, full())
    assert [row[1:3] for row in table.rows] == [
        ("2 min 2 s", "1 min 36 s"),
        ("1 min 55 s", "1 min 26 s"),
    ]
    assert table.rows[0][3] == "-26 s [-30 s, -22 s]".replace("-", MINUS)
    spread = plan(
        pilot=Pilot(
            mean_seconds=115.0, sd_seconds=122.0, sd_lower_seconds=110.0, sd_upper_seconds=130.0
        )
    )
    text = " ".join(plain_spaces(rendered(spread).visible).split())
    assert "mean re-orientation time, counted up to 2 min 1 min 55 s" in text
    assert "2 min 2 s [1 min 50 s, 2 min 10 s]" in text
    assert "2 min 2 s between users around a mean of 1 min 55 s" in screen_text(spread)
