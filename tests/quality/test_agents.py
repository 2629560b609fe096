"""Events of assistants: proposed by name, and what leaving them out does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest
from factories.streams import MINUTE, SECOND, contents_of, steps_of

from resume_gap.constants import HEARTBEAT_RAISES, ROLE_MIN_COUNT
from resume_gap.quality import agents
from resume_gap.quality.agents import agent_checks, returns_with
from resume_gap.quality.comparison import RowsLeftOut, SampleMeasurement, WithAndWithout
from resume_gap.quality.resampling import Resampling
from resume_gap.quality.small_groups import EventNames
from resume_gap.sources.role_bits import LIKELY_AGENT
from resume_gap.sources.role_names import is_agent
from resume_gap.sources.roles import Mark

if TYPE_CHECKING:
    from resume_gap.results.common import Check

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


# What leaving them out does ----------------------------------------------------------------------

NAMES = ("edit", "assistant_edited", "bot_replied")
LEAST = int(ROLE_MIN_COUNT.value)


def sampled(agent_events: int, *, known: int = 9) -> SampleMeasurement:
    """Two samples of streams: work of one user each and the events of two agents."""
    streams = {1: [(0, 1 << 32), (2 * HALF_HOUR, 1 << 32)]}
    own = {2: [(n, (2 + n % 2) << 32) for n in range(agent_events)], 3: [(0, 1 << 32)]}
    resampling = Resampling(
        contents_of([1, 0, 0]),
        1,
        HALF_HOUR,
        None,
        all_returns=False,
    )
    shown = EventNames(users={"assistant_edited": frozenset(range(known))})
    return SampleMeasurement([steps_of(streams), steps_of(own)], NAMES, shown, 0.0, resampling)


class Instants:
    """A runner that knows the instants of agents."""

    def let(self, *, sampled_streams: list[int]) -> None:
        assert sampled_streams == [1, 2, 3]

    def read(self, name: str) -> Instants:
        assert name == "27_agent_instants"
        return self

    def to_arrow_table(self) -> pa.Table:
        return pa.table({"stream_no": [1], "at_us": [HALF_HOUR]})


@dataclass
class Given:
    """The part of the roles that the check reads."""

    agent: tuple[str, ...] = ("bot_replied",)


def test_agents_left_out_are_noted_with_the_returns_of_all_samples() -> None:
    runner, roles = (Instants(), Given())  # type: tuple[Any, Any]
    (check,) = agent_checks(runner, sampled(4), roles, 7)
    assert (check.check, check.severity, check.count) == ("agent_events", "note", 7)
    assert check.figures == {"returns_with": 0, "returns_without": 1}
    assert check.names == ("bot_replied",)


def proposed(
    monkeypatch: pytest.MonkeyPatch, agent_events: int, *, before: int, after: int, known: int = 9
) -> list[Check]:
    def measured(_: object, of: SampleMeasurement, left_out: RowsLeftOut) -> WithAndWithout:
        assert left_out(of.sample[0]).tolist() == [False, False]
        assert left_out(of.sample[1]).tolist() == [True] * agent_events + [False]
        return WithAndWithout({"returns_with": before, "returns_without": after})

    monkeypatch.setattr(agents, "compared", measured)
    runner, roles = None, Given()  # type: Any, Any
    return agent_checks(runner, sampled(agent_events, known=known), roles, 0)


def test_agents_by_name_are_proposed_from_some_events_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert proposed(monkeypatch, LEAST - 1, before=10, after=10) == []
    (check,) = proposed(monkeypatch, LEAST, before=10, after=20)
    assert (check.check, check.count, check.share) == ("likely_agents", LEAST, LEAST / (LEAST + 3))
    assert check.figures == {"returns_with": 10, "returns_without": 20, "by_column": 0}
    assert check.names == ("assistant_edited",)  # the other name has too few users
    (check,) = proposed(monkeypatch, LEAST, before=10, after=20, known=4)
    assert check.names == ()


LIMIT = round(100 * HEARTBEAT_RAISES.value)


@pytest.mark.parametrize(
    ("before", "after", "severity"),
    [
        (100, 100 + LIMIT, "warn"),
        (100, 100 + LIMIT - 1, "note"),
        (100, 100 - LIMIT, "warn"),
        (0, 0, "note"),
        (0, 1, "warn"),
    ],
)
def test_it_is_a_warning_where_a_tenth_of_the_returns_moves(
    monkeypatch: pytest.MonkeyPatch, before: int, after: int, severity: str
) -> None:
    (check,) = proposed(monkeypatch, LEAST, before=before, after=after)
    assert check.severity == severity


def test_the_first_event_may_be_an_agents(monkeypatch: pytest.MonkeyPatch) -> None:
    left_out: list[list[bool]] = []

    def measured(_: object, of: SampleMeasurement, rows: RowsLeftOut) -> WithAndWithout:
        left_out.extend(rows(steps).tolist() for steps in of.sample)
        return WithAndWithout({})

    monkeypatch.setattr(agents, "compared", measured)
    first = replace(sampled(2 * LEAST), event_names=("bot_replied", "edit", "assistant_edited"))
    runner, roles = None, Given()  # type: Any, Any
    (check,) = agent_checks(runner, first, roles, 0)
    assert check.count == LEAST + 3
    assert left_out == [[True, True], [False, True] * LEAST + [True]]


def test_agents_by_a_column_are_proposed_beside_those_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left_out: list[list[bool]] = []

    def measured(_: object, of: SampleMeasurement, rows: RowsLeftOut) -> WithAndWithout:
        left_out.extend(rows(steps).tolist() for steps in of.sample)
        return WithAndWithout({})

    monkeypatch.setattr(agents, "compared", measured)
    known = sampled(2 * LEAST)
    contents = replace(
        known.resampling.contents, kind_by_agent=np.array([True, True, False, False])
    )
    of = replace(known, resampling=replace(known.resampling, contents=contents))
    runner, roles = None, Given()  # type: Any, Any
    (check,) = agent_checks(runner, of, roles, 0, [Mark(LIKELY_AGENT, "actor", "bot")])
    assert left_out == [[True, True], [True] * 2 * LEAST + [True]]
    assert check.count == 2 * LEAST + 3
    assert check.figures == {"by_column": 1}
    assert check.names == ("actor=bot", "assistant_edited")
