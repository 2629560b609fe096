"""Work in a fixed order of elements: forms, and what only looks like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from factories.streams import HOUR, MINUTE, SECOND, contents_of, steps_of

from resume_gap.analysis.element_order import WorkPairs, continued, hides_hits, work_pairs
from resume_gap.constants import JUDGED_FROM
from resume_gap.results.analyze import Marker, Recommendation
from resume_gap.sources.role_bits import PRODUCTIVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resume_gap.pipeline.steps import Steps
    from resume_gap.results.common import Word

WORK, VIEW = 1 << 32, 2 << 32
CONTENTS = contents_of([PRODUCTIVE, 0])
MARKS: dict[str, float | int | str] = {"worth_seconds": 5.0, "min_lift": 0.1}


def form(elements: Sequence[int], *, every: int = 3) -> list[tuple[int, int]]:
    """Work on the elements, with an hour after each third and a look at another element between."""
    rows, at = [], 0
    for number, element in enumerate(elements, start=1):
        rows.append((at, WORK | element))
        at += HOUR if number % every == 0 else 10 * SECOND
        rows.append((at, VIEW | 99))
        at += SECOND
    return rows


def in_order(users: int, length: int = 10) -> list[Steps]:
    """Everybody works through the same elements, over and over, and stops at any of them."""
    one_round = list(range(1, length + 1))
    return [steps_of({number: form(one_round * 3) for number in range(1, users + 1)})]


def marker(word: Word = "do_not_build") -> Marker:
    return Marker(
        reason=None,
        recommendation=Recommendation(word=word, reason="below_the_marks", figures=MARKS),
    )


def found(
    sample: Sequence[Steps], *, of: Marker | None = None, mean_seconds: float | None = 40.0
) -> Recommendation | None:
    return hides_hits(
        of or marker(),
        sample,
        CONTENTS,
        threshold_us=30 * MINUTE,
        mean_seconds=mean_seconds,
    )


def test_pairs_are_work_on_elements_within_a_stream() -> None:
    rows = {
        4: [(0, WORK | 1), (SECOND, VIEW | 2), (2 * SECOND, WORK), (HOUR, WORK | 3)],
        7: [(0, WORK | 5), (SECOND, WORK | 6)],
    }
    pairs = work_pairs([steps_of(rows), steps_of({})], CONTENTS, threshold_us=30 * MINUTE)
    assert [column.tolist() for column in pairs] == [
        [4, 7],
        [1, 5],
        [3, 6],
        [True, False],
        [True, True],
    ]
    assert not len(work_pairs([], CONTENTS, threshold_us=1).user)


def test_a_gap_as_long_as_the_threshold_parts_nothing() -> None:
    rows = {4: [(0, WORK | 1), (30 * MINUTE, WORK | 2), (60 * MINUTE + 1, WORK | 3)]}
    pairs = work_pairs([steps_of(rows)], CONTENTS, threshold_us=30 * MINUTE)
    assert pairs.is_apart.tolist() == [False, True]


def test_what_usually_follows_is_learned_from_other_users_without_a_break() -> None:
    def pairs(*rows: tuple[int, int, int, bool]) -> WorkPairs:
        columns = map(np.array, zip(*rows, strict=True))
        return WorkPairs(*columns, np.zeros(len(rows), dtype=np.bool_))

    learned = [(2, 1, 2, False), (2, 1, 1, False), (2, 1, 1, False), (4, 3, 4, False)]
    tied = [(2, 3, 5, False)]
    judged = [(1, 1, 2, True), (1, 1, 1, True), (1, 3, 4, True), (3, 8, 9, True)]
    one = continued(pairs(*learned, *judged))
    assert (one.times.tolist(), one.as_usual.tolist()) == ([3, 1], [2, 0])
    assert one.by_chance == pytest.approx((2 * 1 + 1 * 1) / 4**2)  # 2 twice and 4 once expected
    assert continued(pairs(*learned, *tied, *judged)).as_usual.tolist() == [1, 0]
    own = [(3, 8, 9, False)]
    assert continued(pairs(*learned, *judged, *own)).as_usual.tolist() == [2, 0]
    broken = [(2, 8, 9, True)]
    assert continued(pairs(*learned, *judged, *broken)).as_usual.tolist() == [2, 0, 0]


def test_few_hits_are_no_reason_in_a_form() -> None:
    said = found(in_order(30))
    assert said is not None
    assert (said.word, said.reason) == ("cannot_be_measured", "elements_in_fixed_order")
    assert {**said.figures, **MARKS} == said.figures
    assert said.figures["next_share"] == 1.0
    assert said.figures["next_by_chance"] == pytest.approx(0.1, abs=0.02)


@pytest.mark.parametrize("word", ["build", "test", "not_enough_data"])
def test_only_a_no_is_withheld(word: Word) -> None:
    assert found(in_order(30), of=marker(word)) is None
    assert found(in_order(30), of=Marker(reason="no_elements")) is None


def test_it_is_a_no_where_even_the_right_place_would_save_too_little() -> None:
    assert found(in_order(30), mean_seconds=5.0) is not None
    assert found(in_order(30), mean_seconds=4.9) is None
    assert found(in_order(30), mean_seconds=None) is None
    assert found(in_order(30), mean_seconds=0.0) is None


def test_two_elements_in_turns_agree_by_chance() -> None:
    assert found(in_order(30, length=2)) is None


def partly_in_order(users: int, share: float) -> list[Steps]:
    """After a gap people go on in the order of ten elements so often, else anywhere among them."""
    random = np.random.default_rng(11)
    rows = {}
    for number in range(1, users + 1):
        elements = [1]
        for place in range(1, 90):
            goes_on = place % 3 or random.random() < share
            elements.append(elements[-1] % 10 + 1 if goes_on else int(random.integers(1, 11)))
        rows[number] = form(elements)
    return [steps_of(rows)]


@pytest.mark.parametrize(("share", "is_form"), [(0.45, False), (0.57, True)])
def test_half_of_what_chance_leaves_goes_on_in_order(share: float, is_form: bool) -> None:
    """By chance 0.1 agree, so that (0.45 of 0.9) + 0.1 is too little; 0.57 makes 0.61 of all."""
    said = found(partly_in_order(60, share))
    assert (said is not None) == is_form
    if said is not None:
        assert said.figures["next_share"] == pytest.approx(0.61, abs=0.03)
        assert said.figures["next_by_chance"] == pytest.approx(0.1, abs=0.01)


def test_so_many_times_at_least() -> None:
    fewest = int(JUDGED_FROM.value)
    times = continued(work_pairs(in_order(1), CONTENTS, threshold_us=30 * MINUTE)).times.sum()
    users = fewest // int(times)
    assert found(in_order(users)) is None
    assert found(in_order(users + 1)) is not None


def queue(users: int, *, again: float = 0.0) -> list[Steps]:
    """Everybody works on one element after another of their own, now and then on an old one."""
    random = np.random.default_rng(7)
    rows = {}
    for number in range(1, users + 1):
        own = [3 * place + int(random.integers(3)) + 1 for place in range(30)]
        old = random.random(30) < again
        rows[number] = form(
            [own[0] if is_old else one for one, is_old in zip(own, old, strict=True)]
        )
    return [steps_of(rows)]


def test_few_hits_are_no_reason_in_a_queue() -> None:
    said = found(queue(30))
    assert said is not None
    assert (said.word, said.reason) == ("cannot_be_measured", "work_on_new_elements")
    assert (said.figures["new_share"], said.figures["new_within_share"]) == (1.0, 1.0)
    assert found(queue(30, again=0.02)) is not None
    assert found(queue(30, again=0.15)) is None


def queue_with(rounds: Sequence[int]) -> list[Steps]:
    """After a gap everybody is at a new element; these, from 0 on, follow within the session."""
    random = np.random.default_rng(3)
    rows = {}
    for number in range(1, 31):
        elements = []
        for session in range(8):
            first = 1 + 12 * session + int(random.integers(6))
            elements += [first + 6 * step for step in rounds]
        rows[number] = form(elements, every=len(rounds))
    return [steps_of(rows)]


def test_only_changes_of_the_element_count_within_sessions() -> None:
    assert found(queue_with([0, 0, 0, 1, 1, 1])) is not None
    assert found(queue_with([0, 1, 0, 1, 0, 1])) is None


def test_a_form_that_is_filled_once_is_a_form() -> None:
    everything = list(range(1, 31))
    once = {number: form(everything, every=3 + number % 2) for number in range(1, 31)}
    assert (said := found([steps_of(once)])) is not None
    assert said.reason == "elements_in_fixed_order"


def test_everybody_at_elements_of_their_own_has_no_usual_next() -> None:
    random = np.random.default_rng(5)
    own = {number: form(random.integers(1, 90, size=60).tolist()) for number in range(1, 31)}
    assert found([steps_of(own)]) is None
    assert found([]) is None
