"""Whether work goes on beside the last element: in a fixed order, or at new ones (section 6).

So it is in a form, and in a queue. A marker at the last element may show where, too, but none of
its hits is counted.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from resume_gap import constants
from resume_gap.analysis import certainty
from resume_gap.arrays import Bools, Ints
from resume_gap.distinct import places
from resume_gap.pipeline.bursts import gaps
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.steps import Steps
from resume_gap.results.analyze import Marker, Recommendation
from resume_gap.results.common import RecommendationReason
from resume_gap.stats.jackknife import jackknife

_NONE = 0
"""In place of an element's number, where no element usually follows."""


class WorkPairs(NamedTuple):
    """Work on an element and the next work on one by the same user; n pairs.

    Attributes:
        user: (n) number of the stream.
        first: (n) element of the first, above 0.
        second: (n) element of the second, above 0.
        is_apart: (n) whether the second is in a later session.
        is_new: (n) whether the user did not work on the second's element before.
    """

    user: Ints
    first: Ints
    second: Ints
    is_apart: Bools
    is_new: Bools

    def where(self, rows: Bools) -> "WorkPairs":
        """Some of the pairs."""
        return WorkPairs(
            self.user[rows],
            self.first[rows],
            self.second[rows],
            self.is_apart[rows],
            self.is_new[rows],
        )


class Continued(NamedTuple):
    """Work on elements that went on in a later session; k users.

    Attributes:
        times: (k) how often it did.
        as_usual: (k) how often at the element that usually follows the last one among others.
        by_chance: The share of these that last and next elements would have that do not depend
            on each other.
    """

    times: Ints
    as_usual: Ints
    by_chance: float


def hides_hits(
    marker: Marker,
    sample: Sequence[Steps],
    contents: Contents,
    *,
    threshold_us: int,
    mean_seconds: float | None,
) -> Recommendation | None:
    """That few hits are no reason against a marker, as work goes on beside it; else None.

    Args:
        marker: What was found about the marker.
        sample: Whole streams in order.
        contents: Meaning of the contents.
        threshold_us: What parts sessions.
        mean_seconds: Mean re-orientation time; None where it is not known.
    """
    found = marker.recommendation
    if found is None or found.word != "do_not_build" or mean_seconds is None:
        return None
    pairs = work_pairs(sample, contents, threshold_us=threshold_us)
    if pairs.is_apart.sum() < constants.JUDGED_FROM.value:
        return None
    worth = float(found.figures["worth_seconds"])
    for judge in (_in_order, _at_new_elements):
        reason, share, figures = judge(pairs)
        if share and share * mean_seconds >= worth:
            return certainty.blind(reason, {**found.figures, **figures})
    return None


_Beside = tuple[RecommendationReason, float, dict[str, float]]
"""The reason, how often work goes on so, 0 where that is too rare to count, and both figures."""


def _in_order(pairs: WorkPairs) -> _Beside:
    """How often work goes on at the element that usually follows."""
    seen = continued(pairs)
    share = jackknife(seen.as_usual, seen.times)
    least = share.lower(constants.DECISION_ERROR.value) if share else 0.0
    beyond_chance = least - seen.by_chance >= constants.FIXED_ORDER.value * (1 - seen.by_chance)
    estimate = share.estimate if share and beyond_chance and seen.by_chance < 1 else 0.0
    figures = {"next_share": estimate, "next_by_chance": seen.by_chance}
    return "elements_in_fixed_order", estimate, figures


def _at_new_elements(pairs: WorkPairs) -> _Beside:
    """How often work goes on at an element that was not worked on before, after gaps and within."""
    after, within = (
        _share(pairs.where(rows).is_new)
        for rows in (pairs.is_apart, ~pairs.is_apart & (pairs.first != pairs.second))
    )
    estimate = after if min(after, within) >= constants.NEW_ELEMENTS.value else 0.0
    return "work_on_new_elements", estimate, {"new_share": after, "new_within_share": within}


def _share(rows: Bools) -> float:
    return float(rows.mean()) if len(rows) else 0.0


def work_pairs(sample: Sequence[Steps], contents: Contents, *, threshold_us: int) -> WorkPairs:
    """Work on elements, each with the next.

    Args:
        sample: Whole streams in order.
        contents: Meaning of the contents.
        threshold_us: What parts sessions.
    """
    parts = [_pairs(steps, contents, threshold_us) for steps in sample if len(steps.at)]
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return WorkPairs(none, none, none, none.astype(np.bool_), none.astype(np.bool_))
    return WorkPairs(*map(np.concatenate, zip(*parts, strict=True)))


def _pairs(steps: Steps, contents: Contents, threshold_us: int) -> WorkPairs:
    session = np.cumsum(steps.opens() | (gaps(steps) > threshold_us))
    element = contents.element(steps.content).astype(np.int64)
    rows = np.flatnonzero(contents.is_work(steps.content) & (element > 0))
    user = steps.stream_no[steps.stream_index()[rows]]
    element, session = element[rows], session[rows]
    is_new = np.zeros(len(rows), dtype=np.bool_)
    is_new[np.unique(user.astype(np.int64) << 32 | element, return_index=True)[1]] = True
    is_apart = session[1:] > session[:-1]
    pairs = WorkPairs(user[1:], element[:-1], element[1:], is_apart, is_new[1:])
    return pairs.where(user[1:] == user[:-1])


def continued(pairs: WorkPairs) -> Continued:
    """How often work went on as it usually does, judged by what other users do without a break.

    Users are halved by their number; what usually follows in one half is looked for in the other.

    Args:
        pairs: Work on elements, each with the next.
    """
    expected = np.full(len(pairs.user), _NONE)
    half = pairs.user % 2
    for one in (0, 1):
        learned = pairs.where((half != one) & ~pairs.is_apart)
        mine = half == one
        elements, following = _usual(learned)
        expected[mine] = np.append(following, _NONE)[places(elements, pairs.first[mine])]
    expected, apart = expected[pairs.is_apart], pairs.where(pairs.is_apart)
    users, who = np.unique(apart.user, return_inverse=True)
    return Continued(
        times=np.bincount(who, minlength=len(users)),
        as_usual=np.bincount(who[expected == apart.second], minlength=len(users)),
        by_chance=_by_chance(expected, apart.second),
    )


def _usual(pairs: WorkPairs) -> tuple[Ints, Ints]:
    """Elements in order, each with the other one that follows most often; none where two do."""
    changes = pairs.where(pairs.first != pairs.second)
    both, count = np.unique(changes.first << 32 | changes.second, return_counts=True)
    first, second = both >> 32, both & 0xFFFFFFFF
    order = np.lexsort((-count, first))
    first, second, count = first[order], second[order], count[order]
    heads = np.flatnonzero(np.diff(first, prepend=_NONE))
    is_tie = np.append((np.diff(first) == 0) & (np.diff(count) == 0), False)
    return first[heads], np.where(is_tie[heads], _NONE, second[heads])


def _by_chance(one: Ints, other: Ints) -> float:
    """The share in which two columns of elements agree if they do not depend on each other.

    As in Cohen's kappa (1960, Educational and Psychological Measurement 20:37-46).
    """
    if not len(one):
        return 0.0
    names, both = np.unique(np.concatenate([one, other]), return_inverse=True)
    first, second = (np.bincount(half, minlength=len(names)) for half in np.split(both, 2))
    return int((first * second)[names != _NONE].sum()) / len(one) ** 2
