"""An entry of a check of a launch, and of a code of it."""

from __future__ import annotations

from resume_gap.report.text.launchchecks.entry import LaunchCheck, LaunchOutcome


def test_a_code_that_cannot_fail_has_no_plain_words() -> None:
    assert LaunchOutcome("as it is").plain is None


def test_a_check_has_one_title_and_its_codes() -> None:
    entry = LaunchCheck(title="Users", outcomes={"none": LaunchOutcome("nobody")})
    assert (entry.title, entry.outcomes["none"].found) == ("Users", "nobody")
