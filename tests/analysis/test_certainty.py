"""A recommendation that depends on rows in question is none."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from resume_gap.analysis.certainty import large_elements, settled, unnamed_work
from resume_gap.results.analyze import Marker, Recommendation
from resume_gap.results.common import Check

if TYPE_CHECKING:
    from resume_gap.results.common import Word


NOTHING = Marker(reason="no_elements")


def check(words: tuple[Word, Word] | None) -> Check:
    return Check(check="lone_rows", severity="warn", count=1, share=None, words=words)


def marker(word: Word) -> Marker:
    return Marker(
        reason=None,
        recommendation=Recommendation(word=word, reason="worth_a_test", figures={"a": 1}),
    )


@pytest.mark.parametrize(
    ("word", "words", "is_settled"),
    [
        ("test", None, True),
        ("test", ("test", "test"), True),
        ("test", ("test", "do_not_build"), False),
        ("build", ("build", "test"), False),
        ("do_not_build", ("do_not_build", "not_enough_data"), False),
        # The sample is too small to say anything about the log.
        ("test", ("not_enough_data", "do_not_build"), True),
        ("not_enough_data", ("test", "do_not_build"), True),
        ("cannot_be_measured", ("test", "do_not_build"), True),
    ],
)
def test_rows_that_make_the_recommendation(
    word: Word, words: tuple[Word, Word] | None, *, is_settled: bool
) -> None:
    before = marker(word)
    after = settled(before, [check(None), check(words)])
    if is_settled:
        assert after == before
        return
    found = after.recommendation
    assert found is not None
    assert (found.word, found.reason) == ("not_enough_data", "depends_on_events")
    assert words is not None
    assert found.figures == {"a": 1, "word_first": words[0], "word_second": words[1]}


def test_nothing_recommended_stays() -> None:
    assert settled(NOTHING, [check(("test", "build"))]) == NOTHING


LIMITS = {"lift_upper": 0.08, "min_lift": 0.1, "search_upper_seconds": 4.0, "worth_seconds": 5.0}


@pytest.mark.parametrize(
    ("word", "unnamed", "limits", "is_blind"),
    [
        ("do_not_build", 0.5, {}, True),
        ("do_not_build", 0.9, {}, True),
        ("do_not_build", 0.49, {}, False),
        ("do_not_build", None, {}, False),
        # Were the rest of the work like the work at elements, too, it would not be enough.
        ("do_not_build", 0.5, {"lift_upper": 0.025}, True),
        ("do_not_build", 0.5, {"lift_upper": 0.024}, False),
        ("do_not_build", 0.5, {"search_upper_seconds": 1.25}, True),
        ("do_not_build", 0.5, {"search_upper_seconds": 1.24}, False),
        ("test", 0.9, {}, False),
    ],
)
def test_few_hits_are_no_reason_where_most_work_is_at_no_element(
    word: Word, unnamed: float | None, limits: dict[str, float], *, is_blind: bool
) -> None:
    before = replace(
        marker(word),
        place_without_element=unnamed,
        recommendation=Recommendation(
            word=word, reason="below_the_marks", figures={**LIMITS, **limits}
        ),
    )
    assert settled(before, []) == before
    found = unnamed_work(before)
    if not is_blind:
        assert found is None
        return
    assert found is not None
    assert (found.word, found.reason) == ("cannot_be_measured", "work_without_elements")
    assert found.figures == {**LIMITS, **limits, "without_element_share": unnamed}


@pytest.mark.parametrize(
    ("word", "chances", "is_blind"),
    [
        ("do_not_build", {"last_touched": 0.91}, True),
        ("do_not_build", {"last_touched": 0.9}, False),
        ("do_not_build", {"last_touched": 0.95, "most_used": 0.89}, False),
        ("do_not_build", {"last_touched": 0.95, "recent_three": 0.1}, True),
        ("do_not_build", {"last_touched": None}, False),
        ("do_not_build", {}, False),
        ("test", {"last_touched": 0.99}, False),
    ],
)
def test_no_lift_is_no_reason_where_chance_leaves_no_room(
    word: Word, chances: dict[str, float | None], *, is_blind: bool
) -> None:
    policies: Any = [SimpleNamespace(name=name, chance=one) for name, one in chances.items()]
    before = replace(
        marker(word),
        policies=policies,
        recommendation=Recommendation(word=word, reason="below_the_marks", figures=LIMITS),
    )
    found = large_elements(before)
    assert (found is not None) == is_blind
    if found is not None:
        assert (found.word, found.reason) == ("cannot_be_measured", "elements_too_large")
        assert found.figures == {**LIMITS, "chance": chances["last_touched"]}
