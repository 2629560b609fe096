"""The words of the simulated product."""

from __future__ import annotations

from resume_gap.synthetic.names import (
    AWAY,
    COMPLETING,
    EVENTS,
    IGNORED,
    MARKER,
    PRODUCTIVE,
    SUBMIT,
    decorated,
    documents,
    targets,
)


def test_elements_and_documents_have_names_of_their_own() -> None:
    found = targets(12, 3)
    assert len(set(found)) == 36
    assert found[4] == "d01-f01"
    assert documents(12)[1] == "doc-01"


def test_hostile_names_stay_distinct() -> None:
    plain = targets(40, 12)
    assert decorated(plain, hostile=False) == plain
    hostile = decorated(plain, hostile=True)
    assert len(set(hostile)) == len(plain)
    assert all(name.endswith(f" {own}") for name, own in zip(hostile, plain, strict=True))


def test_roles_are_those_of_events_there_are() -> None:
    for names in (PRODUCTIVE, COMPLETING, AWAY, IGNORED, MARKER):
        assert set(names) <= set(EVENTS)
    assert EVENTS[SUBMIT] == "submit"
