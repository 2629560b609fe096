"""Touches gathered by session and element, against a loop over touches."""

from random import Random

import pytest
from factories.session_touches import THRESHOLDS, gathered, random_chunk

from resume_gap.replay.chunks import Sessions
from resume_gap.replay.groups import TouchGroups


@pytest.mark.parametrize("seed", range(40))
def test_groups_of_a_longer_threshold_are_unions_of_a_shorter_ones(seed: int) -> None:
    chunk = random_chunk(Random(seed))  # noqa: S311
    groups = TouchGroups.of(chunk, Sessions.at(chunk.bursts, THRESHOLDS[0]))
    for threshold in THRESHOLDS:
        sessions = Sessions.at(chunk.bursts, threshold)
        groups = groups.merged(sessions)
        expected = gathered(chunk, sessions)
        assert list(zip(groups.element, groups.session, strict=True)) == list(expected)
        shown = {"first_step": groups.first_step()}
        for name in next(iter(expected.values())):
            values = shown.get(name, getattr(groups, name))
            assert list(values) == [group[name] for group in expected.values()], (threshold, name)
