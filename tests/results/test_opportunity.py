"""The figures of an opportunity that are made of others."""

from __future__ import annotations

from resume_gap.results.opportunity import TornadoRow


def test_swings_have_no_sign() -> None:
    row = TornadoRow(
        name="wrong_cost_seconds",
        low=0,
        high=5,
        saving_at_low_seconds=4.0,
        saving_at_high_seconds=1.5,
    )
    assert row.swing_seconds == 2.5
