"""The head of the page of a trial."""

from __future__ import annotations

from dataclasses import replace

import pytest
from factories.pages import plain_spaces, rendered, screen_text
from factories.trial_parts import evaluation, guardrail
from factories.trial_results import TRIALS, better, trial

from resume_gap.report.page import build
from resume_gap.report.page.evaluate.headline import _reason
from resume_gap.report.text import evaluation as trialphrases


@pytest.mark.parametrize(
    ("name", "sentence", "sure", "screen"),
    [
        (
            "better",
            "Back at work 8.1 s faster with the marker",
            "95 % confident of 4.2 s to 12 s faster",
            "Do not ship yet despite a faster return: interruptions per user got worse Back",
        ),
        (
            "worse",
            "Back at work 6.3 s slower with the marker",
            "95 % confident of 2.1 s to 10 s slower",
            "Slower at the first return; interruptions per user got worse; do not ship",
        ),
        (
            "none_seen",
            "No difference detected with the marker",
            "95 % confident of 3.0 s faster to 1.8 s slower",
            "Do not ship yet as interruptions per user got worse No difference",
        ),
        (
            "many_looks",
            "Back at work 8.1 s faster with the marker",
            "95 % confident of 1.2 s to 15 s faster",
            "the interval holds at every one of 28 interim looks",
        ),
        (
            "withheld",
            "The two groups cannot be compared",
            "chance alone makes groups this uneven in fewer than 1 of 1,000,000 trials",
            "Result withheld The two groups cannot be compared.",
        ),
        (
            "twelve_users",
            "12 people are too few for a result",
            "",
            "Not enough data 12 people are too few for a result.",
        ),
        (
            "nobody",
            "Nobody came back from an interruption after the assignment",
            "",
            "Not enough data Nobody came back",
        ),
    ],
)
def test_the_headline_is_the_verdict(name: str, sentence: str, sure: str, screen: str) -> None:
    found = TRIALS[name]()
    head = build.page(found).headline
    assert plain_spaces(head.sentence) == sentence
    assert plain_spaces(head.sure) == sure
    assert screen in screen_text(found)


def test_what_the_first_screen_needs() -> None:
    head = str(build.page(better()).headline)
    for words in (
        "Back at work 8.1 s faster with the marker",
        "word='Do not ship yet', proviso='despite a faster return: interruptions per user",
        "value='48 s', detail='with the marker; 56 s without it, over 1,198 and 1,204 users",
        "value='6.4 s faster', detail='95 % interval: between 4.2 s and 8.6 s faster; a hint only",
        "value='2 of 4'",
        "next_step='find out why interruptions per user got worse before more people see the",
    ):
        assert words in plain_spaces(head).replace("\\xa0", " "), words


def test_nothing_productive_says_what_to_do() -> None:
    found = TRIALS["no_work"]()
    assert "nothing in the log is known to be productive" in screen_text(found)
    assert "Say which events are work;" in rendered(found).visible


def test_guardrails_that_fail_are_counted() -> None:
    rails = evaluation(-8.1, 3.9, "better").guardrails
    two = (*rails, guardrail("productive_share", "share", 0.9, -0.1, "harmed"))
    head = build.page(trial(guardrails=two)).headline
    assert head.decision is not None
    assert head.decision.proviso == (
        "despite a faster return: interruptions per user, back at work within the cap got worse"
    )


def test_an_effect_that_changes_with_use_says_both() -> None:
    found = TRIALS["changes"]()
    head = build.page(found).headline
    assert plain_spaces(head.sentence) == (
        "At first 8.1 s faster [4.2 s, 12 s] with the marker, later 12 s slower [7.4 s, 17 s]"
    )
    assert head.decision is not None
    assert (head.decision.word, head.decision.proviso) == (
        "Do not ship yet",
        "as interruptions per user got worse",
    )
    assert "8.1 s faster, at the 4th and later ones 12.4 s slower" in plain_spaces(
        head.decision.reason
    )


@pytest.mark.parametrize(
    ("failed", "more"),
    [
        (1, ""),
        (2, " Also, the sizes of the groups are not as intended."),
        (3, " 2 more checks failed."),
    ],
)
def test_the_reason_is_the_first_failed_check_and_how_many_more(failed: int, more: str) -> None:
    found = TRIALS["withheld"]()
    (check,) = trialphrases.checks(found, "failed")
    others = [one for one in found.evaluation.trust.checks if one is not check]
    trust = replace(found.evaluation.trust, checks=(*[check] * failed, *others))
    reason = _reason(replace(found, evaluation=replace(found.evaluation, trust=trust)))
    assert reason.endswith(more)
    assert (reason.count(". ") > 1) == bool(more)
    assert reason.startswith("Assigned people: 1,502 without the marker, 1,198 with it; equal")
    new = replace(check, code="not_yet_worded")
    unknown = replace(trust, checks=(new, *others))
    reason = _reason(replace(found, evaluation=replace(found.evaluation, trust=unknown)))
    assert reason.startswith(trialphrases.check_name(check))
    beside = replace(trust, checks=(check, new, *others))
    reason = _reason(replace(found, evaluation=replace(found.evaluation, trust=beside)))
    assert reason.endswith(" 1 more check failed: users assigned to each arm.")
