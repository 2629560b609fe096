"""A card to change."""

from __future__ import annotations

import pytest

from resume_gap.report.card.content import Card, CardFigure


@pytest.fixture
def card() -> Card:
    return Card(
        command="analyze",
        subject=("ACME Budget", "90 users", "simulated"),
        headline="Getting back to work took 36 s to 61 s longer",
        sure="at least 95 % confident of 29 s to 67 s",
        word="Run an A/B test",
        proviso="",
        tone="try",
        why="",
        next_step="show a random half of users the marker",
        change="Why not build yet: the goal is 5 s.",
        figures=(
            CardFigure(label="Hit rate", value="40 %", detail="95 % interval [36 %, 44 %]"),
            CardFigure(label="At most", value="3.8 minutes", detail="per person and week"),
        ),
        caption="Back at work: 94 % by 5 min.",
        cautions=(),
    )
