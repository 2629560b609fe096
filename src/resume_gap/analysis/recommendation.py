"""The decision word before launch: build, test, do not build, or not enough data (section 7).

Knows the policies' per-user sums only. `build` still means behind an A/B test.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from resume_gap.constants import (
    DECISION_ERROR,
    DECISION_LIFT_WIDTH,
    DECISION_LIST_SHARE,
    DECISION_MIN_EFFECTIVE_USERS,
    DECISION_MIN_ELIGIBLE,
    DECISION_MIN_USERS,
    DECISION_WORTH_SHARE,
    MIN_LIFT,
    NOTICED_MIDDLE,
    REMOVED_MIDDLE,
    WORTH,
    WRONG_COST_MIDDLE,
)
from resume_gap.results.common import RecommendationReason, Word
from resume_gap.stats.policies import PolicyFigures, PolicySums, figures
from resume_gap.stats.ratio import effective_users

Rule = Literal["a", "b", "c", "d", "e", "give_ups", "too_little"]
_REASONS: Mapping[Rule, RecommendationReason] = {
    "a": "below_the_marks",
    "b": "above_the_marks",
    "c": "worth_a_test",
    "d": "known_well_enough",
    "e": "too_uncertain",
    "give_ups": "give_ups",
    "too_little": "too_little",
}
_ORDER: tuple[Word, ...] = ("build", "test", "not_enough_data", "do_not_build")
"""From the best word on. `do_not_build` counts only when all say so, hence last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The word with the figures that led to it."""

    word: Word
    reason: RecommendationReason
    best: str | None
    """The policy with the best word, then the highest lift; None where none takes part."""
    figures: Mapping[str, float | int | str]
    """Marks, figures of the best policy and the words of all.

    Always: users, eligible, effective_users, policies (taking part), worth_seconds,
    min_lift (a share), word_<policy> (or why it takes no part). With a best policy: rule, hit,
    lift, lift_over_habit, search_seconds, middle_case_seconds; past rule 1 their limits as the
    rules use them, *_lower (erring with 5 % / policies) and *_upper (5 %), and *_half_width (5 %).
    users_needed where width is what is missing.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marks:
    """What is asked for, and how surely."""

    worth: float
    min_lift: float
    for_yes: float
    """One-sided error of a limit that speaks for the marker."""
    for_no: float = DECISION_ERROR.value
    """And of every other limit."""
    lift_width: float = DECISION_LIFT_WIDTH.value / 100
    list_share: float = DECISION_LIST_SHARE.value
    """Part of the lift asked for by which a list must surely beat habit."""

    @property
    def search_width(self) -> float:
        return DECISION_WORTH_SHARE.value * self.worth


def recommend(
    policies: Sequence[PolicySums],
    *,
    users: int,
    worth_seconds: float = WORTH.value,
    min_lift_points: float = MIN_LIFT.value,
    noticed: float = NOTICED_MIDDLE.value,
    removed: float = REMOVED_MIDDLE.value,
    wrong_cost_seconds: float = WRONG_COST_MIDDLE.value,
    may_build: bool = True,
) -> Decision:
    """The decision over all policies, at one threshold.

    Args:
        policies: In a fixed order, which settles ties; all over the same interruptions.
        users: Users behind them.
        worth_seconds: Least worthwhile saving per interruption.
        min_lift_points: Least worthwhile lift over chance, in points.
        noticed: Middle case: share of the markers that are noticed.
        removed: Middle case: share of the search that a noticed hit removes.
        wrong_cost_seconds: Middle case: cost of a noticed miss.
        may_build: Whether nothing is known against extra time; else what is `build` is `test`, with
            the same best policy.
    """
    middle = {"noticed": noticed, "removed": removed, "wrong_cost_seconds": wrong_cost_seconds}
    judged = (figures(policy, **middle) for policy in policies if policy.reason is None)
    parts = [part for part in judged if part is not None]
    marks = _Marks(
        worth=float(worth_seconds),
        min_lift=min_lift_points / 100,
        for_yes=DECISION_ERROR.value / max(1, len(parts)),
    )
    eligible = int(policies[0].eligible.sum()) if policies else 0
    effective = effective_users(policies[0].eligible) if policies else 0.0
    lacking = _lacking(users, eligible, effective)
    ruled: dict[str, tuple[Word, Rule]] = {
        p.name: ("not_enough_data", "too_little") if lacking else _rule(p, marks) for p in parts
    }
    best = min(
        parts, key=lambda p: (_ORDER.index(ruled[p.name][0]), -p.lift.estimate), default=None
    )
    if not may_build:
        ruled = {name: ("test", "c") if found[1] == "b" else found for name, found in ruled.items()}
    numbers: dict[str, float | int | str] = {
        "users": users,
        "eligible": eligible,
        "effective_users": effective,
        "policies": len(parts),
        "worth_seconds": marks.worth,
        "min_lift": marks.min_lift,
    }
    for policy in policies:
        word = ruled[policy.name][0] if policy.name in ruled else policy.reason
        numbers[f"word_{policy.name}"] = word or "not_enough_data"
    if best is None:
        return Decision(
            word="not_enough_data", reason=_nothing(policies, eligible), best=None, figures=numbers
        )
    word, rule = ruled[best.name]
    needed = _users_needed(best, marks, users) if rule == "e" else None
    numbers |= {"rule": rule} | _numbers(best, None if lacking else marks)
    if needed is not None:
        numbers["users_needed"] = needed
    return Decision(word=word, reason=_REASONS[rule], best=best.name, figures=numbers)


def settle(headline: Decision, others: Sequence[Decision]) -> Decision:
    """The headline's recommendation after a look at the thresholds around it.

    Where a word for the marker stands against `do_not_build`, the threshold decides and the data
    do not: `not_enough_data`, with both words in the numbers.

    Args:
        headline: At the threshold of the run.
        others: At half and at double of it.
    """
    words = [r.word for r in (headline, *others)]
    against: Word = "do_not_build"
    in_favor = [word for word in _ORDER[:2] if word in words]
    if not in_favor or against not in words:
        return headline
    both = (in_favor[0], against) if headline.word in in_favor else (against, in_favor[0])
    numbers = {
        **headline.figures,
        "word_at_threshold": headline.word,
        "word_first": both[0],
        "word_second": both[1],
    }
    return replace(headline, word="not_enough_data", reason="depends_on_threshold", figures=numbers)


def _lacking(users: int, eligible: int, effective: float) -> bool:
    """Rule 1: whether there is too little to look at the figures."""
    return (
        users < DECISION_MIN_USERS.value
        or eligible < DECISION_MIN_ELIGIBLE.value
        or math.floor(effective) < DECISION_MIN_EFFECTIVE_USERS.value
    )


def _rule(of: PolicyFigures, marks: _Marks) -> tuple[Word, Rule]:
    """Rule 2: the first that applies to one policy, unless give-ups are worth a test."""
    word, rule = _by_search(of, marks)
    if rule in ("a", "d", "e") and word != "test" and _give_ups_are_worth_it(of, marks):
        return "test", "give_ups"
    return word, rule


def _give_ups_are_worth_it(of: PolicyFigures, marks: _Marks) -> bool:
    """Whether only the search falls short, and the give-ups could make up for it."""
    if of.give_ups is None or of.lift.estimate < marks.min_lift:
        return False
    return (
        of.lift.lower(marks.for_yes) > 0
        and _beats_habit(of, marks)
        and of.give_ups.lower(marks.for_yes) >= marks.worth
    )


def _beats_habit(of: PolicyFigures, marks: _Marks) -> bool:
    """Whether the lift over habit is surely above 0; a list must be further above."""
    lower = of.over_habit.lower(marks.for_yes)
    return lower >= marks.list_share * marks.min_lift if of.is_list else lower > 0


def _by_search(of: PolicyFigures, marks: _Marks) -> tuple[Word, Rule]:
    """The first of rules (a) to (e) that applies."""
    lift, habit, search = of.lift, of.over_habit, of.search
    no, yes = marks.for_no, marks.for_yes
    if lift.upper(no) < marks.min_lift or search.upper(no) < marks.worth:
        return "do_not_build", "a"
    if (
        lift.lower(yes) >= marks.min_lift
        and of.middle.lower(yes) >= marks.worth
        and _beats_habit(of, marks)
    ):
        return "build", "b"
    if lift.lower(yes) > 0 and _beats_habit(of, marks) and search.lower(yes) >= marks.worth:
        return "test", "c"
    if lift.half_width(no) <= marks.lift_width and search.half_width(no) <= marks.search_width:
        reached = lift.estimate >= marks.min_lift and search.estimate >= marks.worth
        beats = _beats_habit(of, marks) if of.is_list else habit.estimate > 0
        return ("test" if reached and beats else "do_not_build"), "d"
    return "not_enough_data", "e"


def _users_needed(of: PolicyFigures, marks: _Marks, users: int) -> int | None:
    """Users x (half-width / distance to the mark)^2, the larger of both marks.

    Rule (d) decides at the latest, once both half-widths are narrow enough. The users for that
    take the place of a number beyond them, and of one that the log has already (when something
    else than the two marks is missing). None where no number is enough.
    """
    half = (of.lift.half_width(marks.for_no), of.search.half_width(marks.for_no))
    apart = (
        abs(of.lift.estimate - marks.min_lift),
        abs(of.search.estimate - marks.worth),
    )
    at_marks = users * max(map(_ratio, half, apart)) ** 2
    latest = users * max(map(_ratio, half, (marks.lift_width, marks.search_width))) ** 2
    needed = at_marks if users < at_marks <= latest else latest
    return math.ceil(needed) if math.isfinite(needed) else None


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else math.inf


def _numbers(best: PolicyFigures, marks: _Marks | None) -> dict[str, float | int | str]:
    """The best policy's figures; with marks their limits too, where they are finite."""
    found = {"hit": best.hit}
    for name, unit, ratio in (
        ("lift", "", best.lift),
        ("lift_over_habit", "", best.over_habit),
        ("search", "_seconds", best.search),
        ("middle_case", "_seconds", best.middle),
    ):
        found[f"{name}{unit}"] = ratio.estimate
        if marks is not None:
            found[f"{name}_lower{unit}"] = ratio.lower(marks.for_yes)
            found[f"{name}_upper{unit}"] = ratio.upper(marks.for_no)
            found[f"{name}_half_width{unit}"] = ratio.half_width(marks.for_no)
    if best.give_ups is not None and marks is not None:
        found["give_ups_lower_seconds"] = best.give_ups.lower(marks.for_yes)
    return {name: value for name, value in found.items() if math.isfinite(value)}


def _nothing(policies: Sequence[PolicySums], eligible: int) -> RecommendationReason:
    """Why no policy takes part."""
    if not policies:
        return "no_elements"
    return "order_unknown" if eligible else "no_interruptions"
