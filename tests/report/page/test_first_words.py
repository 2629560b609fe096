"""A first screen has at most 90 words besides its figures, whatever was found."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from factories.before_launch import recommended
from factories.results import ALL, blind, changed, disagreeing, fleeting, full, less
from factories.trial_results import LAUNCHES

from resume_gap.report.page import build
from resume_gap.report.text.clauses import words
from resume_gap.results.analyze import Recommendation
from resume_gap.results.common import BlindReason, Check, RecommendationReason, Word

if TYPE_CHECKING:
    from resume_gap.results.run import Run

MOST = 90
LITTLE = {
    "users_needed": 1_200,
    "users": 5,
    "eligible": 6,
    "effective_users": 2,
    "give_ups_lower_seconds": 6.2,
}
WORDS: dict[RecommendationReason, Word] = {
    "above_the_marks": "build",
    "worth_a_test": "test",
    "give_ups": "test",
    "known_well_enough": "test",
    "below_the_marks": "do_not_build",
}
LONG = tuple(
    Check(
        check=str(n),
        severity=severity,
        message=f"{n} of them {'are unlike ' * 30}",
        action=f"{n}",
        count=1,
        share=None,
    )
    for n, severity in enumerate(("warn", "warn", "note"))
)


def first_words(run: Run) -> int:
    page = build.page(replace(run, data_quality=LONG))
    head, badge = page.headline, page.headline.decision
    texts = [head.sentence, f"How sure: {head.sure}" if head.sure else "", head.more, *head.details]
    texts += (
        [badge.word, badge.proviso, badge.reason, badge.next_step, badge.change, badge.change_lead]
        if badge
        else []
    )
    texts += [head.picture.caption] if head.picture else []
    texts += [page.trust.word, page.trust.text] if page.trust else []
    return words(" ".join(texts))


def test_every_kind_of_page() -> None:
    found = {name: first_words(make()) for name, make in {**ALL, **LAUNCHES}.items()}
    assert [(name, n) for name, n in found.items() if n > MOST] == []


def test_every_reason_of_a_recommendation() -> None:
    runs = (full(), less(), disagreeing())
    found = {}
    for run, reason in itertools.product(runs, get_args(RecommendationReason)):
        word = WORDS.get(reason, "not_enough_data")
        made = recommended(word, reason, **LITTLE)
        of = first_words(changed(run, marker={"recommendation": made}))
        found[reason, run.excess.word] = of
    assert [(name, n) for name, n in found.items() if n > MOST] == []


def test_every_reason_why_a_log_cannot_be_measured() -> None:
    found = {reason: first_words(blind(reason)) for reason in get_args(BlindReason)}
    for reason in (
        "elements_do_not_recur",
        "element_names_vary",
        "work_without_elements",
        "elements_in_fixed_order",
        "work_on_new_elements",
        "elements_too_large",
    ):
        figures = {"recurring_share": 0.002, "within_share": 0.61, "varying_share": 0.74}
        word = Recommendation(word="cannot_be_measured", reason=reason, figures=figures)
        of = changed(
            fleeting(),
            excess={"word": "includes_zero", "lower": -1.0},
            marker={"recommendation": word},
        )
        found[reason] = first_words(of)
    assert [(name, n) for name, n in found.items() if n > MOST] == []
