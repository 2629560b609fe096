"""Sentences about the starts of returns."""

from __future__ import annotations

from factories.findings import FIGURES, check


def test_elements_touched_at_once() -> None:
    said = check("touched_at_once", count=1, figures=FIGURES["touched_at_once"])
    assert said.message.startswith(
        "1 return (12%) is at the element last touched within 2 s, but 99% of the people who"
    )
    assert said.message.endswith(
        "With these events: 1,200 returns, 8 interruptions. Without these events: 900 returns, 9"
        " interruptions"
    )


def test_people_who_sign_in_late() -> None:
    said = check("signed_in_late", count=1, figures=FIGURES["signed_in_late"])
    assert said.message.startswith("in 1 return people sign in about 20 s after the first event")


def test_work_under_another_name() -> None:
    said = check("work_renamed", names=("edit", "grid"), figures=FIGURES["work_renamed"])
    assert said.message.startswith("about when edit ends, grid begins, as often, as where a")
    assert "only one of them counts as work. With the time of the other: 1,200" in said.message
    assert said.action == "if both are work, add them to --productive: edit,grid"
    begun = check("work_renamed", figures=FIGURES["work_renamed"] | {"is_end": 0})
    assert begun.message.startswith("about when an event that is none ends, an event of work")
    assert begun.action.endswith(": NAMES")


def test_ids_of_a_day() -> None:
    assert ", is seen within a day only: ids may" in check("ids_of_a_day", count=1).message
