"""Whether a trial can be trusted, on its page."""

from __future__ import annotations

import dataclasses

from factories.pages import part, plain_spaces, rendered
from factories.trial_parts import trust
from factories.trial_results import trial, withheld

from resume_gap.report.page import build
from resume_gap.report.page.model import Table


def test_a_check_that_stopped_the_trial_stands_in_full_below_the_first_screen() -> None:
    head = build.page(withheld()).headline
    assert head.decision is not None
    assigned = "1,502 users assigned to control, 1,198 to treatment; with an intended 1 to 1"
    assert head.decision.whole_reason.startswith("Users assigned to each arm: ")
    assert assigned in plain_spaces(head.decision.whole_reason)
    section = next(s for s in build.page(withheld()).sections if s.name == "trust")
    arms, *boxes = section.blocks
    assert "control works without the marker, treatment with it" in str(arms)
    words = [getattr(block, "word", "") for block in boxes]
    assert "\N{MULTIPLICATION X}\N{NO-BREAK SPACE}failed" in words[0]
    assert "!\N{NO-BREAK SPACE}warned" in words[1]
    assert "greatest for platform" in str(boxes[0])
    assert "greatest for platform" not in head.decision.reason
    assert "greatest for platform" in head.decision.whole_reason
    detail = next(s for s in build.page(withheld()).sections if s.name == "checks")
    table = next(b for b in detail.blocks if isinstance(b, Table) and b.columns[0] == "check")
    assert "failed" not in str(table.rows)
    assert "\N{CHECK MARK} passed" in plain_spaces(str(table)).replace("\\xa0", " ")
    assert plain_spaces(rendered(withheld()).visible).count(assigned) == 1


def test_a_check_that_failed_beside_a_verdict_has_its_box_first() -> None:
    bad = dataclasses.replace(trust().checks[0], status="failed")
    text = part(trial(trust=trust(checks=(*trust().checks[1:], bad))), "trust")
    assert text.index("failed: Users assigned") < text.index("warned: Returns without")


def test_the_title_counts_the_checks_that_could_not_be_made() -> None:
    passed = dataclasses.replace(trust().checks[0], status="passed")
    unmade = dataclasses.replace(trust().checks[0], status="not_checked")
    for checks, title in (
        ((passed, passed), "All 2 checks of the trial passed"),
        ((passed,), "The one check of the trial passed"),
        ((passed, unmade), "1 check of the trial passed, 1 could not be made"),
        ((), "Nothing of this trial was checked"),
    ):
        page = build.page(trial(trust=trust(checks=checks)))
        assert next(s for s in page.sections if s.name == "trust").title == title
