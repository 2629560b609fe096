"""What a trial and its checks come to, in words."""

from __future__ import annotations

import dataclasses

import pytest
from factories.pages import plain_spaces, rendered, screen_text
from factories.trial_parts import few, trust
from factories.trial_results import TRIALS, silent, trial

from resume_gap.report.page import build
from resume_gap.report.text import evaluation as trialphrases
from resume_gap.report.text.launchchecks.table import CHECKS as LAUNCH_CHECKS
from resume_gap.report.text.trialchecks.table import CHECKS
from resume_gap.results.evaluate import Mechanism, Verdict


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("log_begins_late", "The log before the trial"),
        ("unusable_assignments", "Assignments that cannot be read"),
    ],
)
def test_checks_have_names(name: str, shown: str) -> None:
    check = dataclasses.replace(trust().checks[0], name=name)
    assert trialphrases.check_name(check) == shown


@pytest.mark.parametrize("name", [*CHECKS, *LAUNCH_CHECKS])
def test_the_name_of_a_check_says_nothing_of_its_outcome(name: str) -> None:
    """It stands before what was found, which may be that the check failed."""
    shown = {**LAUNCH_CHECKS, **CHECKS}[name].title.casefold()
    assert not {"agrees", "same", "stays", "no", "not", "can", "could"} & set(shown.split())


def test_no_difference_seen_says_what_fits() -> None:
    fits = (
        "Anything from 3.0 s faster to 1.8 s slower fits these data: the trial cannot "
        "distinguish an effect in between from none."
    )
    found = TRIALS["none_seen"]()
    head = build.page(found).headline
    assert head.decision is not None
    assert plain_spaces(head.decision.whole_reason).startswith(fits)
    assert "is not shown to make them faster" in head.decision.reason
    unpointed = trial(evaluation=found.evaluation, mechanism=Mechanism(reason="no_elements"))
    assert trialphrases.because_in_short(unpointed).endswith("in this range from none.")
    assert fits in screen_text(found)
    odd = Verdict(word="no_difference_seen", reason="the reason of the model")
    found = trial(evaluation=found.evaluation, verdict=odd)
    assert odd.reason not in rendered(found).visible.lower() + screen_text(found).lower()


def test_one_arm_with_too_few_is_named() -> None:
    found = trial(
        **silent("few_users"),
        trust=trust(triggered_treatment=9),
        verdict=few(1_204, 9),
    )
    assert "9 people in treatment are too few" in screen_text(found)
    assert build.page(found).headline.sentence == "9 people in treatment are too few"
