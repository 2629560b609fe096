"""The figures of an analysis that are made of others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from factories.results import full

from resume_gap.results.workday import StoppingPlace


@pytest.mark.parametrize(("most", "stands_out"), [(5, True), (4, False), (None, False)])
def test_a_place_stands_out_with_a_twentieth(most: int | None, *, stands_out: bool) -> None:
    found = full()
    places = () if most is None else (StoppingPlace(target="a", interruptions=most),)
    counts = replace(found.counts, interruptions=100)
    some = replace(found, counts=counts, workday=replace(found.workday, places=places))
    assert some.place_stands_out is stands_out


@pytest.mark.parametrize(("stops", "leads"), [(20, True), (19, False)])
def test_a_place_leads_with_a_fifth(stops: int, *, leads: bool) -> None:
    some = replace(full(), counts=replace(full().counts, interruptions=100))
    assert some.leads(StoppingPlace(target="a", interruptions=stops)) is leads


def test_what_has_nothing_to_point_at_is_the_rest() -> None:
    policy = full().marker.policies[0]
    assert replace(policy, pointed=0.75).nothing_to_point_at == 0.25
    assert replace(policy, pointed=None).nothing_to_point_at is None
