"""Events of assistants: proposed by name, and what leaving them out does."""

from __future__ import annotations

import numpy as np
import pytest
from factories.streams import MINUTE, SECOND, steps_of

from resume_gap.quality.agents import returns_with
from resume_gap.sources.role_names import is_agent

HALF_HOUR = 30 * MINUTE


def test_an_agent_cuts_a_gap_in_two_or_fills_it() -> None:
    steps = steps_of({4: [(0, 1), (2 * HALF_HOUR, 1)], 7: [(0, 1), (3 * HALF_HOUR, 1)]})

    def returns(*agents: tuple[int, int]) -> int:
        stream, at = np.array(agents, dtype=np.int64).reshape(-1, 2).T
        return returns_with(steps, stream, at, threshold_us=HALF_HOUR)

    assert returns() == 2
    assert returns((4, HALF_HOUR)) == 1
    assert returns((7, HALF_HOUR + SECOND)) == 3
    assert returns((4, HALF_HOUR), (7, HALF_HOUR + SECOND)) == 2
    assert returns((5, HALF_HOUR), (9, SECOND)) == 2  # of people who are not looked at


def test_a_spell_goes_on_beneath_an_agent() -> None:
    steps = steps_of({1: [(0, 1), (4 * HALF_HOUR, 1)]}, own_end=[3 * HALF_HOUR, 4 * HALF_HOUR])
    at = np.array([HALF_HOUR])
    assert returns_with(steps, np.array([1]), at, threshold_us=HALF_HOUR) == 0


@pytest.mark.parametrize(
    ("name", "agent"),
    [
        ("assistant_edited_file", True),
        ("Agent.Replied", True),
        ("scheduledExportRun", True),
        ("copilot_suggestion", True),
        ("assistant_opened", False),
        ("bot list viewed", False),
        ("closed_assistant", False),
        ("meeting_scheduled", False),
        ("edit", False),
    ],
)
def test_names_of_agents(name: str, *, agent: bool) -> None:
    assert is_agent(name) == agent
