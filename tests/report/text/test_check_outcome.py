"""What is printed about a code: texts, and how texts are made of a check."""

from __future__ import annotations

from resume_gap.report.text.check_outcome import CheckOutcome
from resume_gap.results.trust import TrustCheck

CHECK = TrustCheck(name="both_arms", code="some", status="warned", p=0.5, figures={"users": 3})


def test_texts_are_printed_as_they_are() -> None:
    entry = CheckOutcome("as it is", option="--an option")
    assert (entry.found_by(CHECK), entry.option_for(CHECK)) == ("as it is", "--an option")
    assert CheckOutcome("as it is").option_for(CHECK) == ""


def test_others_are_made_of_the_check_and_its_figures() -> None:
    entry = CheckOutcome(
        lambda c, f: f"{f['users']}, p = {c.p}", option=lambda f: f"--leave {f['users']}"
    )
    assert (entry.found_by(CHECK), entry.option_for(CHECK)) == ("3, p = 0.5", "--leave 3")
