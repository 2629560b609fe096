"""Which way the touches of sessions are found."""

from factories.chunks import chunk_of

from resume_gap.replay.chunks import Sessions
from resume_gap.replay.groups import TouchGroups
from resume_gap.replay.session_touches import SessionTouches
from resume_gap.replay.touched import touched


def test_touches_go_through_loops_where_these_are_compiled(loops: str) -> None:
    chunk = chunk_of([{}], [{"burst": 0, "element": 1, "first_step": 0}])
    found = touched(chunk, Sessions.at(chunk.bursts, 5))
    assert isinstance(found, SessionTouches if loops == "compiled" else TouchGroups)
