"""The decision word: every rule by hand, the order of words, and what section 7 simulated."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy import stats

from resume_gap.analysis.recommendation import Decision, Word, recommend, settle
from resume_gap.results.common import US, plain
from resume_gap.stats.give_ups import GiveUpSums
from resume_gap.stats.policies import PolicySums

if TYPE_CHECKING:
    from collections.abc import Mapping

REASON = {
    "a": "below_the_marks",
    "b": "above_the_marks",
    "c": "worth_a_test",
    "d": "known_well_enough",
    "e": "too_uncertain",
}


def policy(name: str = "last_touched", *, users: int = 60, reason: str | None = None, **sums: Any):
    """All users alike unless given arrays: ten interruptions each, six right, 30 s of search."""
    one: dict[str, Any] = {
        "eligible": 10,
        "hits": 6,
        "chance_2520": 1 * 2520,
        "habit_hits": 2,
        "search_us": 300 * US,
    } | sums
    arrays = {key: np.zeros(users, dtype=np.int64) + value for key, value in one.items()}
    return PolicySums(name=name, reason=reason, **arrays)


def swing(low: int, high: int, users: int = 60) -> np.ndarray:
    """Every second user low, the others high."""
    return np.where(np.arange(users) % 2 == 0, low, high)


def rule(found: Decision) -> tuple[str, Any]:
    return found.word, found.figures.get("rule")


@pytest.mark.parametrize(
    ("sums", "expected"),
    [
        ({}, ("build", "b")),
        ({"chance_2520": 6 * 2520}, ("do_not_build", "a")),  # no lift
        ({"search_us": 49 * US}, ("do_not_build", "a")),  # 4.9 s of search
        ({"search_us": 100 * US}, ("test", "c")),  # middle case 0.3 x 10 - 0.4 s
        ({"habit_hits": 6}, ("do_not_build", "d")),  # no better than habit
        ({"habit_hits": 6, "search_us": 100 * US}, ("do_not_build", "d")),
    ],
)
def test_rules_where_nothing_is_uncertain(sums: dict[str, int], expected: tuple[str, str]) -> None:
    assert rule(recommend([policy(**sums)], users=60)) == expected


def test_building_is_not_advised_where_no_extra_time_is_sure() -> None:
    """It is a test of the same policy; nothing else is another."""
    several = [policy(), policy("most_used", hits=8, search_us=100 * US)]
    for may_build, word in ((True, ("build", "b")), (False, ("test", "c"))):
        found = recommend(several, users=60, may_build=may_build)
        assert (rule(found), found.best) == (word, "last_touched")
        assert found.figures["word_last_touched"] == word[0]
    few = policy(hits=1)
    assert rule(recommend([few], users=60, may_build=False)) == rule(recommend([few], users=60))


def test_rule_d_takes_points_where_both_widths_are_narrow() -> None:
    # Lift swings around 0.15 by less than 5 points, lower limit of search below 5 s.
    hits, search = swing(2, 4), swing(45 * US, 57 * US)
    sums = {"hits": hits, "chance_2520": 2520 * 15 // 10, "search_us": search}
    found = recommend([policy(**sums, habit_hits=1)], users=60)
    assert rule(found) == ("test", "d")
    assert found.figures["search_lower_seconds"] < 5 <= found.figures["search_seconds"]  # type: ignore[operator]
    assert found.figures["lift_half_width"] < 0.05  # type: ignore[operator]
    assert rule(recommend([policy(**sums, habit_hits=3)], users=60)) == ("do_not_build", "d")


def half_width(values: np.ndarray) -> float:
    """Of a mean over users with one and the same weight."""
    return float(stats.t.ppf(0.95, len(values) - 1) * stats.sem(values))


def test_rule_e_says_how_many_users_would_do() -> None:
    # Lift 0.17 of ten and none in turn less 0.33; search 6 s of 12 and 0.
    sums = {"hits": swing(0, 10), "chance_2520": 2520 * 33 // 10, "search_us": swing(0, 120 * US)}
    half = half_width(swing(0, 1))
    found = recommend([policy(**sums)], users=60)
    assert rule(found) == ("not_enough_data", "e")
    assert found.figures["lift"] == pytest.approx(0.17)
    assert found.figures["lift_half_width"] == pytest.approx(half)
    assert found.figures["lift_upper"] == pytest.approx(0.17 + half)
    needed = math.ceil(60 * (half / 0.07) ** 2)  # the search asks for fewer
    assert needed > 60 * (half_width(swing(0, 12)) / 1) ** 2
    assert found.figures["users_needed"] == needed
    assert found.reason == "too_uncertain"


def test_users_needed_where_the_marks_do_not_say() -> None:
    # At the mark itself no number of users tells the sides apart; narrow enough decides then.
    search = swing(0, 120 * US)
    at_mark = recommend(
        [policy(hits=swing(0, 10), chance_2520=2520 * 4, search_us=search)], users=60
    )
    assert rule(at_mark) == ("not_enough_data", "e")
    expected = math.ceil(60 * (half_width(swing(0, 1)) / 0.05) ** 2)
    assert at_mark.figures["users_needed"] == expected
    # Both marks are reached surely, only the habit is in the way.
    habit = recommend(
        [policy(habit_hits=swing(2, 10), search_us=swing(50 * US, 350 * US))], users=60
    )
    assert rule(habit) == ("not_enough_data", "e")
    expected = math.ceil(60 * (half_width(swing(5, 35)) / 2.5) ** 2)
    assert habit.figures["users_needed"] == expected > 60
    # Nothing is asked for: no width is narrow enough, no number of users is said.
    free = recommend([policy(habit_hits=swing(2, 10))], users=60, worth_seconds=0)
    assert free.word in ("do_not_build", "not_enough_data")
    plain(free)


@pytest.mark.parametrize(
    ("users", "sums", "short"),
    [
        (49, {}, ("users", 49)),
        (60, {"eligible": 3, "hits": 2, "habit_hits": 1}, ("eligible", 180)),
        (60, {"eligible": np.r_[5000, np.full(59, 10)]}, ("effective_users", 1)),
    ],
)
def test_too_little_to_decide_on(users: int, sums: dict[str, Any], short: tuple[str, int]) -> None:
    found = recommend([policy(**sums)], users=users)
    assert rule(found) == ("not_enough_data", "too_little")
    assert found.reason == "too_little"
    assert int(found.figures[short[0]]) == short[1]
    assert found.best == "last_touched"
    assert "users_needed" not in found.figures
    assert not any("_lower" in name or "_upper" in name for name in found.figures)


def test_the_numbers_by_hand() -> None:
    found = recommend([policy()], users=70)
    assert found.best == "last_touched"
    expected = {
        "users": 70,
        "eligible": 600,
        "effective_users": 60.0,
        "policies": 1,
        "worth_seconds": 5.0,
        "min_lift": 0.1,
        "word_last_touched": "build",
        "rule": "b",
        "hit": 0.6,
        "lift": 0.5,
        "lift_over_habit": 0.4,
        "search_seconds": 30.0,
        "middle_case_seconds": 0.5 * (0.6 * 30 - 2 * 0.4),
    }
    for name in ("lift", "lift_over_habit"):
        expected |= {f"{name}_{end}": expected[name] for end in ("lower", "upper")}
        expected[f"{name}_half_width"] = 0.0
    for name in ("search", "middle_case"):
        point = expected[f"{name}_seconds"]
        expected |= {f"{name}_{end}_seconds": point for end in ("lower", "upper")}
        expected[f"{name}_half_width_seconds"] = 0.0
    assert set(found.figures) == set(expected)
    for name, value in expected.items():
        close = pytest.approx(value, abs=1e-9) if isinstance(value, float) else value
        assert found.figures[name] == close, name


def test_the_middle_case_takes_the_settings() -> None:
    dear = recommend([policy()], users=60, noticed=0.25, removed=0.5, wrong_cost_seconds=8)
    assert dear.figures["middle_case_seconds"] == pytest.approx(0.25 * (0.5 * 30 - 8 * 0.4))
    assert rule(dear) == ("test", "c")
    assert rule(recommend([policy()], users=60, worth_seconds=31)) == ("do_not_build", "a")
    assert rule(recommend([policy()], users=60, min_lift_points=51)) == ("do_not_build", "a")


NONE = {"hits": 1}
WIDE = {"hits": swing(0, 10), "chance_2520": 2520 * 4, "search_us": swing(0, 120 * US)}
TEST = {"search_us": 100 * US}


@pytest.mark.parametrize(
    ("several", "word", "best"),
    [
        ({"a": NONE, "b": TEST, "c": {}}, "build", "c"),
        ({"a": NONE, "b": TEST, "c": {"hits": 7, **TEST}}, "test", "c"),
        ({"a": NONE, "b": NONE}, "do_not_build", "a"),
        ({"a": NONE, "b": WIDE}, "not_enough_data", "b"),
        ({"a": {"search_us": 0}, "b": WIDE}, "not_enough_data", "b"),
        ({"a": {}, "b": {}}, "build", "a"),
    ],
)
def test_the_best_word_of_any(several: dict[str, dict[str, Any]], word: str, best: str) -> None:
    found = recommend([policy(name, **sums) for name, sums in several.items()], users=60)
    assert (found.word, found.best) == (word, best)
    assert {f"word_{name}" for name in several} <= set(found.figures)


def test_for_yes_the_error_is_divided_by_the_policies_that_take_part() -> None:
    def upwards(others: int, unknown: int = 0) -> Decision:
        first = policy(hits=swing(4, 8), search_us=swing(100 * US, 500 * US))
        more = [policy(f"other_{i}", **NONE) for i in range(others)]
        out = [policy(f"unknown_{i}", reason="order_unknown") for i in range(unknown)]
        return recommend([first, *more, *out], users=60)

    for others in (0, 4):
        found = upwards(others).figures
        error = stats.sem(swing(4, 8)) / 10
        t = stats.t.ppf(1 - 0.05 / (1 + others), 59)
        assert found["lift_lower"] == pytest.approx(0.5 - t * error)
        assert found["lift_upper"] == pytest.approx(0.5 + stats.t.ppf(0.95, 59) * error)
    with_unknown = upwards(0, unknown=4).figures
    assert with_unknown["lift_lower"] == upwards(0).figures["lift_lower"]
    assert with_unknown["word_unknown_0"] == "order_unknown"
    assert with_unknown["policies"] == 1


def test_nobody_takes_part() -> None:
    unknown = recommend([policy(reason="order_unknown")], users=60)
    assert (unknown.word, unknown.best) == ("not_enough_data", None)
    assert unknown.reason == "order_unknown"
    assert unknown.figures["word_last_touched"] == "order_unknown"
    assert recommend([], users=60).reason == "no_elements"
    nothing = recommend([policy(eligible=0, hits=0)], users=60)
    assert (nothing.reason, nothing.best) == ("no_interruptions", None)
    assert nothing.figures["word_last_touched"] == "not_enough_data"


def said(word: Word) -> Decision:
    return Decision(word=word, reason="too_uncertain", best="x", figures={"users": 60})


@pytest.mark.parametrize(
    ("headline", "others", "word"),
    [
        ("build", ["build", "test"], "build"),
        ("build", ["not_enough_data", "test"], "build"),
        ("build", ["build", "do_not_build"], "not_enough_data"),
        ("test", ["do_not_build", "test"], "not_enough_data"),
        ("do_not_build", ["do_not_build", "not_enough_data"], "do_not_build"),
        ("do_not_build", ["do_not_build", "build"], "not_enough_data"),
        ("not_enough_data", ["do_not_build", "test"], "not_enough_data"),
        ("not_enough_data", ["do_not_build", "do_not_build"], "not_enough_data"),
        ("test", [], "test"),
    ],
)
def test_words_that_change_with_the_threshold(
    headline: Word, others: list[Word], word: str
) -> None:
    found = settle(said(headline), [said(other) for other in others])
    assert found.word == word
    assert found.best == "x"
    words = {headline, *others}
    if "do_not_build" in words and words & {"build", "test"}:
        assert found.reason == "depends_on_threshold"
        pair = [found.figures["word_first"], found.figures["word_second"]]
        favor = "build" if "build" in words else "test"
        of_the_run = headline in ("build", "test")  # its word stands first
        assert pair == ([favor, "do_not_build"] if of_the_run else ["do_not_build", favor])
        assert found.figures["word_at_threshold"] == headline
    else:
        assert found == said(headline)


def test_every_rule_has_its_reason() -> None:
    draw = np.random.default_rng(5)
    seen: set[Any] = set()
    for _ in range(120):
        found = recommend(
            [
                policy(
                    name,
                    hits=draw.integers(0, int(draw.integers(1, 12)), 60),
                    habit_hits=int(draw.integers(0, 4)),
                    search_us=draw.integers(0, 40 * int(draw.integers(1, 13)), 60) * US,
                )
                for name in ("last_touched", "recent_three")[: int(draw.integers(1, 3))]
            ],
            users=60,
            worth_seconds=float(draw.integers(1, 20)),
        )
        seen.add(rule(found))
        assert found.reason == REASON[rule(found)[1]]
        plain(found)  # no NaN, no infinity
    assert {r for _, r in seen} == set("abcde")


def world(draw: np.random.Generator, users: int, right: float, chance: float, search: float):
    """Five policies over one team: people differ in how often an arrow is right for them."""
    eligible = 1 + draw.poisson(draw.gamma(2, 4, users))
    person = draw.beta(6 * right, 6 * (1 - right), users)
    habit = draw.binomial(eligible, chance)
    by_chance = draw.binomial(eligible, 5 * chance) * (2520 // 5)
    found = []
    for i in range(5):
        hits = draw.binomial(eligible, person * (1 - 0.05 * i) if right > chance else person)
        seconds = draw.gamma(np.maximum(hits, 1e-9), search)
        found.append(
            PolicySums(
                name=f"policy_{i}",
                eligible=eligible,
                hits=hits,
                chance_2520=by_chance,
                habit_hits=habit,
                search_us=(seconds * US).astype(np.int64),
            )
        )
    return found


def words(seed: int, *, users: int, right: float, search: float, runs: int = 100) -> Counter[str]:
    draw = np.random.default_rng(seed)
    return Counter(
        recommend(world(draw, users, right, 0.15, search), users=users).word for _ in range(runs)
    )


def test_no_lift_is_not_built() -> None:
    found = words(1, users=200, right=0.15, search=60)
    assert found["do_not_build"] >= 95
    assert found["build"] == 0


@pytest.mark.parametrize(("users", "least"), [(100, 96), (200, 97)])
def test_a_right_marker_is_built_or_tested(users: int, least: int) -> None:
    found = words(2, users=users, right=0.60, search=31)
    assert found["build"] + found["test"] >= least


@pytest.mark.parametrize("right", [0.15, 0.60])
def test_thirty_users_are_never_enough(right: float) -> None:
    assert words(3, users=30, right=right, search=60) == {"not_enough_data": 100}


def with_give_ups(
    *, later: int = 2, right_later: int = 2, abandoned: int = 2, users: int = 60, **sums: Any
) -> PolicySums:
    """Everybody left again twice of ten times; little search, but always back at the place."""
    one = policy(users=users, **{"search_us": 10 * US, "hits": 6, "habit_hits": 2} | sums)
    column = np.full(users, 1, dtype=np.int64)
    more = GiveUpSums(
        cap_us=900 * US,
        eligible=one.eligible,
        search_us=one.search_us,
        abandoned=column * abandoned,
        later=column * later,
        right_later=column * right_later,
        reached=one.eligible - abandoned,
        hits=one.hits,
    )
    return replace(one, give_ups=more)


def test_give_ups_are_worth_a_test_where_only_the_search_falls_short() -> None:
    found = recommend([with_give_ups()], users=60)
    assert rule(found) == ("test", "give_ups")
    assert found.reason == "give_ups"
    assert found.figures["give_ups_lower_seconds"] == pytest.approx(1 + 900 * 2 / 10)
    assert rule(recommend([replace(with_give_ups(), give_ups=None)], users=60)) == (
        "do_not_build",
        "a",
    )


@pytest.mark.parametrize(
    "sums",
    [
        {"chance_2520": 6 * 2520},  # no lift
        {"chance_2520": 2520 * 55 // 10},  # under ten points
        {"habit_hits": 6},  # no better than habit
        {"abandoned": 0, "later": 0, "right_later": 0},  # nobody leaves
    ],
)
def test_give_ups_do_not_help_a_marker_that_points_nowhere(sums: dict[str, int]) -> None:
    assert recommend([with_give_ups(**sums)], users=60).word == "do_not_build"


def test_give_ups_of_either_share_count() -> None:
    by_hits = with_give_ups(right_later=0)
    assert recommend([by_hits], users=60).reason == "give_ups"
    assert recommend([with_give_ups(right_later=0, hits=0)], users=60).word == "do_not_build"


def test_give_ups_decide_where_the_search_is_too_uncertain() -> None:
    wide = with_give_ups(search_us=np.where(np.arange(60) % 10 == 0, 400 * US, 0))
    assert rule(recommend([replace(wide, give_ups=None)], users=60)) == ("not_enough_data", "e")
    assert rule(recommend([wide], users=60)) == ("test", "give_ups")


def test_a_list_must_surely_beat_habit_by_half_of_the_lift_asked_for() -> None:
    one = policy(habit_hits=6, hits=swing(6, 7))
    assert recommend([one], users=60).word == "build"
    assert recommend([replace(one, is_list=True)], users=60).word == "do_not_build"
    clear = replace(policy(), is_list=True)
    assert recommend([clear], users=60).word == "build"


def test_a_rule_without_enough_elements_takes_no_part() -> None:
    found = recommend([policy(reason="few_elements", name="recent_three"), policy()], users=60)
    assert found.best == "last_touched"
    assert found.figures["policies"] == 1
    assert found.figures["word_recent_three"] == "few_elements"


@pytest.mark.parametrize(
    ("hits", "search", "expected"),
    [
        (swing(2, 4), swing(44 * US, 56 * US), ("test", "d")),  # 5 s, as it must be worth
        (swing(2, 4), swing(44 * US, 55 * US), ("do_not_build", "d")),
    ],
)
def test_rule_d_asks_for_the_mark_itself(
    hits: np.ndarray, search: np.ndarray, expected: tuple[str, str]
) -> None:
    one = policy(hits=hits, chance_2520=2520 * 15 // 10, search_us=search, habit_hits=1)
    assert rule(recommend([one], users=60)) == expected


def by_the_method(found: Mapping[str, Any], *, is_list: bool) -> tuple[str, str]:
    """Word and rule by section 7 of the method, from the figures that are shown."""
    least = found["lift_over_habit_lower"]
    beats_habit = least >= 0.05 if is_list else least > 0
    above = found["lift_lower"] > 0 and beats_habit
    if found["lift_upper"] < 0.1 or found["search_upper_seconds"] < 5:
        word, name = "do_not_build", "a"
    elif found["lift_lower"] >= 0.1 and found["middle_case_lower_seconds"] >= 5 and beats_habit:
        word, name = "build", "b"
    elif above and found["search_lower_seconds"] >= 5:
        word, name = "test", "c"
    elif found["lift_half_width"] <= 0.05 and found["search_half_width_seconds"] <= 2.5:
        reached = found["lift"] >= 0.1 and found["search_seconds"] >= 5
        ahead = beats_habit if is_list else found["lift_over_habit"] > 0
        word, name = "test" if reached and ahead else "do_not_build", "d"
    else:
        word, name = "not_enough_data", "e"
    saved = found.get("give_ups_lower_seconds", -math.inf)
    if word not in ("build", "test") and found["lift"] >= 0.1 and above and saved >= 5:
        return "test", "give_ups"
    return word, name


def drawn(draw: np.random.Generator, users: int) -> PolicySums:
    """A target rule around all the marks: little or much of anything, sure or not."""
    spread = draw.choice([0.02, 0.3, 1.0])

    def around(mean: float) -> np.ndarray:
        return mean * draw.gamma(1 / spread, spread, users)

    is_near = draw.random() < 0.4
    chance = draw.uniform(0, 0.3)
    lift = draw.uniform(0.05, 0.2) if is_near else draw.uniform(-0.05, 0.35)
    search = draw.uniform(45, 62) if is_near else draw.uniform(20, 250)
    hits = np.clip(around(10 * (chance + lift)), 0, 10).round()
    habit = np.clip(hits - around(draw.choice([0.2, 1.0, 3.0])) * draw.choice([0, 1]), 0, 10)
    columns = {
        "hits": hits.astype(np.int64),
        "habit_hits": (habit + (draw.random(users) < 0.2)).clip(0, 10).astype(np.int64),
        "chance_2520": round(chance * 25_200),
        "search_us": (around(search) * US).astype(np.int64),
    }
    one = with_give_ups(users=users, later=draw.integers(0, 2), right_later=0, **columns)
    kept = one if draw.random() < 0.5 else replace(one, give_ups=None)
    return replace(kept, is_list=bool(draw.random() < 0.3))


def test_the_word_is_that_of_the_method_for_any_figures() -> None:
    seen = Counter[tuple[str, str]]()
    for seed in range(1_500):
        draw = np.random.default_rng(seed)
        users = int(draw.choice([60, 200]))
        one = drawn(draw, users)
        found = recommend([one], users=users)
        expected = by_the_method(found.figures, is_list=one.is_list)
        assert rule(found) == expected, (seed, found.figures)
        seen[expected] += 1
    assert min(seen.values()) > 9
    assert len(seen) == 7
