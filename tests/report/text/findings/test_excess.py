"""The comparison with uninterrupted work, as sentences."""

from __future__ import annotations

from factories.findings import usual


def test_interruptions_without_work_agree_with_their_number() -> None:
    says = "ended without work and count as the cap; without them, getting back did not take"
    assert says in usual("longer_by_give_ups").message
    one = usual("longer_by_give_ups", count=1).message
    assert one.startswith("1 interruption (12 %) ended without work and counts as the cap; without")
    assert "without it, getting back" in one


def test_a_bound_of_the_error_is_in_seconds() -> None:
    assert usual("early_controls").message.endswith("may be off by 1.5 s")
