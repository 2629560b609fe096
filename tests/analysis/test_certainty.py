"""A recommendation that depends on rows in question is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from resume_gap.analysis.certainty import settled
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
